"""Signing in through the pages: every step, where it leads, and what the browser is given."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from pipe_sched.access import LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.change_account import change_account
from pipe_sched.actions.end_sign_ins import end_sign_ins_of
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.sign_in import WRONG
from pipe_sched.identity.second_factor import code_at
from pipe_sched.store.engine import Store
from pipe_sched.web import create_app
from pipe_sched.web.browsers import browser_words
from pipe_sched.web.signing import safe_next
from tests.actions.builders import NOW
from tests.actions.people import MANAGER, PASSWORD, Person, somebody
from tests.web.client import Page, PageClient, Seen
from tests.web.conftest import WEEK, Fixed, client_for

HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
NEXT_CODE = timedelta(seconds=30)


@pytest.fixture
def owner(store: Store) -> Person:
    return somebody(store)


def cookies(page: Page) -> dict[str, str]:
    """What the answer sets, by the cookie's name."""
    lines = page.response.headers.getlist("Set-Cookie")
    return {line.partition("=")[0]: line for line in lines}


def first(client: PageClient, email: str, password: str = PASSWORD, path: str = "/sign-in") -> Page:
    """Send the first step; the answer itself, without following it."""
    form = client.get(path).form("/sign-in")
    return client.post(form.action, {**form.fields, "email": email, "password": password})


def enter(client: PageClient, owner: Person, path: str = "/sign-in") -> Page:
    """Sign in to the end; the last answer itself."""
    step = client.get(first(client, owner.email, path=path).response.headers["Location"])
    form = step.form("/sign-in/code")
    return client.post(form.action, {**form.fields, "code": code_at(owner.secret, NOW + NEXT_CODE)})


def test_password_then_code_then_the_first_page(stranger: PageClient, owner: Person) -> None:
    answer = enter(stranger, owner)
    assert answer.response.headers["Location"] == "/"
    page = stranger.get("/")
    assert page.heading == "Sites and weeks"
    assert "Heather" in page.text


@pytest.mark.parametrize("email", ["heather@example.org", "nobody@example.org"])
def test_a_wrong_password_is_told_beside_the_field_without_saying_which_is_wrong(
    stranger: PageClient, owner: Person, email: str
) -> None:
    page = first(stranger, email, "wrong")
    assert page.status == 400
    assert WRONG in page.text
    assert "pipe-sched" not in cookies(page)
    assert "wrong" not in page.text.replace(WRONG, "").lower().split("<main")[1]


def test_too_many_tries_are_answered_429_in_words_and_for_programs(stranger: PageClient) -> None:
    for _ in range(5):
        first(stranger, "nobody@example.org", "wrong")
    page = first(stranger, "nobody@example.org", "wrong")
    assert page.status == 429
    assert page.response.headers["Retry-After"] == "15"
    assert "Wait 15 seconds, then try again." in page.text


def test_fields_left_empty_are_told_beside_them(stranger: PageClient) -> None:
    page = first(stranger, "", "")
    assert page.status == 400
    assert "Enter your email address." in page.text
    assert "Enter your password." in page.text


def test_a_wrong_code_is_told_and_a_recovery_code_helps(
    stranger: PageClient, owner: Person
) -> None:
    step = stranger.get(first(stranger, owner.email).response.headers["Location"])
    wrong = stranger.send(step, "/sign-in/code", code="000000")
    assert wrong.status == 400
    assert "This code is not right" in wrong.text
    by_hand = stranger.get("/sign-in/code?recovery=1")
    assert stranger.send(by_hand, "recovery=1", code=owner.codes[0]).heading == "Sites and weeks"


@pytest.mark.parametrize("path", [WEEK, f"{WEEK}?day=3&x=%C3%A9", f"{WEEK}/timetable.csv"])
def test_a_page_leads_to_signing_in_and_back_to_itself(
    stranger: PageClient, owner: Person, path: str
) -> None:
    there = stranger.get(path, headers=HTML)
    assert there.status == 303
    answer = enter(stranger, owner, there.response.headers["Location"])
    assert answer.response.headers["Location"] == path


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "sites",
        "/" + "x" * 1000,
        "/x\r\nSet-Cookie: a=b",
    ],
    ids=range(9),
)
def test_no_address_leads_away_from_here_after_signing_in(
    stranger: PageClient, owner: Person, onward: str
) -> None:
    assert safe_next(onward) is None
    form = stranger.get("/sign-in").form("/sign-in")
    sent = {**form.fields, "email": owner.email, "password": PASSWORD, "next": onward}
    step = stranger.post(form.action, sent).response.headers["Location"]
    assert step == "/sign-in/code"
    code = stranger.get(step).form("/sign-in/code")
    answer = stranger.post(
        code.action,
        {**code.fields, "code": code_at(owner.secret, NOW + NEXT_CODE), "next": onward},
    )
    assert answer.response.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("get", WEEK, {}),
        ("get", WEEK, {"Accept": "application/json"}),
        ("get", "/runs/none/progress", {"Accept": "*/*"}),
        ("post", f"{WEEK}/generate", HTML),
        ("post", "/weeks", HTML),
        ("post", "/account/sign-ins/end", HTML),
    ],
)
def test_anything_else_is_answered_401_with_the_way_in(
    stranger: PageClient, method: str, path: str, headers: dict[str, str]
) -> None:
    more: dict[str, Any] = {"data": {}} if method == "post" else {}
    headers = {**headers, "Origin": "http://localhost"}
    page = getattr(stranger, method)(path, headers=headers, **more)
    assert page.status == 401
    assert page.heading == "Sign in first"
    assert "/sign-in" in page.html.links


def test_a_half_sign_in_opens_no_page(stranger: PageClient, owner: Person) -> None:
    first(stranger, owner.email)
    assert stranger.get(WEEK).status == 401
    assert stranger.get("/account").status == 401
    assert "Sign out" not in stranger.get("/sign-in/code").text


def test_a_step_that_is_not_ones_own_leads_to_the_right_one(
    stranger: PageClient, owner: Person
) -> None:
    for path in ("/sign-in/code", "/sign-in/second-factor"):
        assert stranger.get(path).response.headers["Location"] == "/sign-in"
    first(stranger, owner.email)
    assert stranger.get("/sign-in/second-factor").response.headers["Location"] == "/sign-in/code"
    assert stranger.get("/sign-in/code").status == 200


def test_signing_out_ends_the_sign_in_for_its_token_too(app: Flask, client: PageClient) -> None:
    token = client.client.get_cookie("pipe-sched")
    assert token is not None
    page = client.send(client.get("/"), "/sign-out")
    assert page.heading == "Sign in"
    assert client.client.get_cookie("pipe-sched") is None
    assert PageClient(app).hold(token.value).get("/").status == 401


def test_a_sign_in_that_somebody_else_ended_is_over_with_the_next_page(
    stranger: PageClient, owner: Person, store: Store
) -> None:
    enter(stranger, owner)
    end_sign_ins_of(store, LOCAL, owner.id)
    assert stranger.get("/").status == 401


def test_a_role_that_is_taken_away_is_gone_with_the_next_page(
    stranger: PageClient, owner: Person, store: Store
) -> None:
    enter(stranger, owner)
    changed = Facts("Heather", frozenset({("administrator", "")}))
    change_account(store, LOCAL, owner.id, changed, version=1)
    page = stranger.get("/sites/north/2026-W49")
    assert page.status == 403
    assert stranger.get("/", headers=HTML).response.headers["Location"] == "/accounts"


def test_half_an_hour_without_use_signs_out(
    stranger: PageClient, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(stranger, owner)

    class Later(Fixed):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz) + timedelta(minutes=30)

    monkeypatch.setattr("pipe_sched.actions.door.datetime", Later)
    assert stranger.get("/").status == 401


def test_a_role_that_may_not_is_told_so(app: Flask) -> None:
    page = client_for(app, "staff", ["north"]).get("/accounts")
    assert page.status == 403
    assert "Your role does not allow this." in page.text


# What the browser is given


def test_the_cookie_is_kept_from_scripts_and_other_sites(
    stranger: PageClient, owner: Person
) -> None:
    given = cookies(enter(stranger, owner))
    assert {"pipe-sched", "pipe-sched-device"} <= given.keys()
    for name in ("pipe-sched", "pipe-sched-device"):
        parts = {part.strip() for part in given[name].split(";")[1:]}
        assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= parts
        assert not [part for part in parts if part.startswith("Domain")]
    assert "Max-Age" not in given["pipe-sched"]


def test_behind_a_public_address_the_cookies_are_bound_to_host_and_tls(
    url: str, store: Store, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPE_SCHED_SECRET", "x" * 40)
    browser = create_app(url, public_url="https://planner.example").test_client()
    proxied: dict[str, Any] = {
        "base_url": "https://planner.example",
        "headers": {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
            "Origin": "https://planner.example",
        },
    }
    form = Seen(browser.get("/sign-in", **proxied).text).forms[0]
    sent = {**form.fields, "email": owner.email, "password": PASSWORD}
    answer = browser.post("/sign-in", data=sent, **proxied)
    assert answer.status_code == 303
    (line,) = (
        line
        for line in answer.headers.getlist("Set-Cookie")
        if line.startswith("__Host-pipe-sched=")
    )
    parts = {part.strip() for part in line.split(";")[1:]}
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_the_token_changes_at_each_step_and_the_session_is_emptied(
    stranger: PageClient, owner: Person
) -> None:
    seen = []
    stranger.hold("planted-by-somebody-else")
    with stranger.client.session_transaction() as session:
        session["planted"] = "yes"
    half = first(stranger, owner.email)
    seen.append(cookies(half)["pipe-sched"])
    step = stranger.get(half.response.headers["Location"]).form("/sign-in/code")
    sent = {**step.fields, "code": code_at(owner.secret, NOW + NEXT_CODE)}
    seen.append(cookies(stranger.post(step.action, sent))["pipe-sched"])
    assert len({re.split("[=;]", line)[1] for line in seen} - {"planted-by-somebody-else"}) == 2
    with stranger.client.session_transaction() as session:
        assert "planted" not in session


def test_a_page_names_the_browser_in_a_few_words() -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120 Safari/537.36"
    assert browser_words(agent) == "Chrome on Windows"
    assert browser_words(f"{agent} Edg/120") == "Edge on Windows"
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"
    assert browser_words(iphone) == "Safari on an iPhone"
    assert browser_words("curl/8") == "A browser"


# The first time


def test_without_any_account_the_page_says_how_to_make_the_first(stranger: PageClient) -> None:
    assert "pipe-sched make-admin name@example.org" in stranger.get("/sign-in").text


def test_with_an_account_it_does_not(stranger: PageClient, owner: Person) -> None:
    assert "make-admin" not in stranger.get("/sign-in").text


def test_a_link_leads_through_password_and_app_to_recovery_codes_and_in(
    stranger: PageClient, store: Store
) -> None:
    person = somebody(store, ready=False)
    address = f"/set-password/{make_link(store, LOCAL, person.id).token}"
    page = stranger.get(address)
    assert "This link is for Heather." in page.text
    weak = stranger.send(page, address, password="short", again="short")
    assert "at least 12" in weak.text
    apart = stranger.send(page, address, password=PASSWORD, again="another")
    assert "The two passwords are not the same." in apart.text
    page = stranger.send(page, address, password=PASSWORD, again=PASSWORD)
    assert page.heading == "Set up your authenticator app"
    secret = re.search(r'app-secret">([A-Z2-7 ]+)<', page.text)
    assert secret is not None
    again = stranger.send(page, "/second-factor", code="000000")
    assert "not the one that belongs to this picture" in again.text
    assert secret[1] in again.text
    code = code_at(secret[1].replace(" ", ""), NOW)
    page = stranger.send(again, "/second-factor", code=code)
    assert page.heading == "Keep your recovery codes"
    assert len(set(re.findall(r"<code>([A-Z2-7-]{19})</code>", page.text))) == 10
    assert stranger.get("/").heading == "Sites and weeks"
    assert stranger.get(address).status == 404


def test_a_link_that_was_never_made_says_whom_to_ask(stranger: PageClient) -> None:
    page = stranger.get("/set-password/never-made")
    assert page.status == 404
    assert "Ask an administrator for a new one." in page.text


def test_the_picture_is_drawn_without_any_style_of_its_own(
    stranger: PageClient, store: Store
) -> None:
    person = somebody(store, ready=False)
    address = f"/set-password/{make_link(store, LOCAL, person.id).token}"
    page = stranger.send(stranger.get(address), address, password=PASSWORD, again=PASSWORD)
    assert "<svg" in page.text
    assert "style=" not in page.text


def test_a_person_without_a_second_factor_sets_one_up_at_the_next_sign_in(
    stranger: PageClient, store: Store
) -> None:
    person = somebody(store, grants=MANAGER, ready=False)
    address = f"/set-password/{make_link(store, LOCAL, person.id).token}"
    stranger.send(stranger.get(address), address, password=PASSWORD, again=PASSWORD)
    answer = first(stranger, person.email)
    assert answer.response.headers["Location"] == "/sign-in/second-factor"


# Which addresses need nobody

OPEN = {
    "GET /sign-in",
    "POST /sign-in",
    "GET /sign-in/code",
    "POST /sign-in/code",
    "GET /sign-in/second-factor",
    "POST /sign-in/second-factor",
    "GET /set-password/<token>",
    "POST /set-password/<token>",
    "POST /sign-out",
    "GET /health",
}
"""Every address that can be opened without signing in, and no other."""


def addresses(app: Flask) -> dict[str, tuple[str, str]]:
    """Method and an address for each of ours, by method and pattern."""
    found = {}
    for rule in app.url_map.iter_rules():
        values = {name: 1 if name == "number" else "none" for name in rule.arguments}
        for method in {"GET", "POST"} & (rule.methods or set()):
            with app.test_request_context():
                path = app.url_for(rule.endpoint, **values)
            found[f"{method} {rule.rule}"] = (method, path)
    found.pop("GET /static/<path:filename>")
    return found


def test_every_address_but_those_listed_needs_a_sign_in(app: Flask, stranger: PageClient) -> None:
    closed = set()
    for name, (method, path) in addresses(app).items():
        headers = {"Origin": "http://localhost"}
        answer = stranger.client.open(path, method=method, headers=headers)
        if answer.status_code == 401:
            closed.add(name)
    assert addresses(app).keys() - closed == OPEN
    assert len(closed) > 30
