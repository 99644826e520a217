"""Whatever is wrong with a request, the answer is a plain page that says what and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from pipe_sched.access import LOCAL
from pipe_sched.actions.list_weeks import list_weeks
from pipe_sched.store.engine import Store, StoreUnavailable
from pipe_sched.web.limits import UPLOAD_LIMIT
from tests.web.client import PageClient
from tests.web.conftest import WEEK, client_for, generate

ABSENT = "/sites/nowhere/2026-W49"


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nothing", 404, "There is no such page"),
        (ABSENT, 404, "There is no site “nowhere”."),
        (f"{ABSENT}/people", 404, "“nowhere”"),
        (f"{ABSENT}/wall", 404, "“nowhere”"),
        (f"{ABSENT}/timetable.csv", 404, "“nowhere”"),
        ("/sites/north/2026-W50", 404, "No week 2026-W50"),
        ("/sites/north/2026-W53", 404, "No week 2026-W53"),
        ("/sites/north/2027-W53", 400, "Week 53 of 2027 does not exist: 2027 has weeks 1 to 52."),
        ("/sites/north/2027-W53/timetable.ics", 400, "Week 53 of 2027 does not exist"),
        ("/sites/north/1999-W01", 400, "The year 1999 is outside 2000 to 2100."),
        ("/sites/north/next", 400, "“next” is not a week. Write it like 2026-W49."),
        ("/sites/north/2026-W²", 400, "is not a week"),
        ("/sites/<img onerror=x>/2026-W49", 404, "&lt;img onerror=x&gt;"),
        (f"{WEEK}?day=7", 400, "day=0 (Monday) to day=6 (Sunday)"),
        (f"{WEEK}?day=²", 400, "There are seven days"),
        (f"{WEEK}?day=", 400, "There are seven days"),
        (f"{WEEK}/people/nobody", 404, "There is no such person in this week."),
        (f"{WEEK}/timetable.ics", 404, "Publish the week first"),
        (f"{WEEK}/sessions/nothing", 404, "There is no such session in this week"),
        (f"{WEEK}/versions/7", 404, "There is no version 7"),
        (f"{WEEK}/proposal", 404, "no changed timetable that waits"),
        ("/runs/none/progress", 404, "There is no such run."),
        (f"{WEEK}/generate", 405, "Go back to the page and use its buttons."),
        ("/weeks", 405, "Go back to the page"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(
    client: PageClient, held: Store, path: str, status: int, says: str
) -> None:
    page = client.get(path)
    assert page.status == status
    assert says in page.text
    assert "/" in page.html.links
    assert "<img onerror" not in page.text


@pytest.mark.parametrize(
    ("week", "says"),
    [
        ("2027-W53", "Week 53 of 2027 does not exist"),
        ("", "Enter a week, like 2026-W49."),
        ("30 November", "is not a week"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_a_week_that_cannot_be_drawn_up_is_told_beside_its_field(
    client: PageClient, week: str, says: str
) -> None:
    page = client.send(client.get("/"), "/weeks", week=week)
    assert page.status == 400
    assert says in page.text
    assert "There is a problem" in page.text
    assert "#week" in page.html.links
    assert page.html.ids["week"] == 1


def test_a_week_without_any_premises_is_not_drawn_up(tmp_path: Any) -> None:
    from pipe_sched.web import create_app

    client = client_for(create_app(f"sqlite:///{tmp_path}/empty.db"), "manager")
    fields = client.get("/").form("/workbook").fields
    page = client.post("/weeks", {**fields, "week": "2026-W49"})
    assert page.status == 400
    assert "there are no premises yet" in page.text


def test_the_last_week_of_2026_exists(client: PageClient) -> None:
    assert client.send(client.get("/"), "/weeks", week="2026-W53").status == 200


def workbook(client: PageClient, data: bytes, name: str = "week.xlsx") -> Any:
    return client.send(client.get("/"), "/workbook", workbook=(BytesIO(data), name))


def test_reading_no_file_asks_for_one(client: PageClient) -> None:
    page = client.send(client.get("/"), "/workbook")
    assert page.status == 400
    assert "Choose a workbook." in page.text


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook_is_refused_in_words(client: PageClient, data: bytes) -> None:
    page = workbook(client, data)
    assert page.status in (400, 422)
    assert "workbook" in page.text
    assert "Traceback" not in page.text


def test_an_address_where_a_file_is_asked_for_is_refused(client: PageClient) -> None:
    page = client.send(client.get("/"), "/workbook", workbook="http://127.0.0.1/week.xlsx")
    assert page.status == 400
    assert "Choose a workbook." in page.text


def test_a_file_over_the_limit_is_refused(client: PageClient) -> None:
    page = workbook(client, b"x" * (UPLOAD_LIMIT + 1))
    assert page.status == 413
    assert "at most 1 MiB" in page.text


def test_confirming_an_upload_that_is_gone_asks_for_the_file_again(client: PageClient) -> None:
    fields = client.get("/").form("/workbook").fields
    page = client.post("/workbook/gone", fields)
    assert page.status == 404
    assert "Choose the file again." in page.text


def test_a_form_without_its_token_does_nothing(client: PageClient, store: Store) -> None:
    page = client.post("/weeks", {"week": "2026-W49"})
    assert page.status == 400
    assert "Open the page again." in page.text
    assert list_weeks(store, LOCAL) == ()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost"])
def test_a_form_sent_from_another_site_does_nothing(
    client: PageClient, store: Store, origin: str
) -> None:
    fields = client.get("/").form("/weeks").fields
    page = client.post("/weeks", fields, headers={"Origin": origin})
    assert page.status == 403
    assert "sent from another site" in page.text
    assert list_weeks(store, LOCAL) == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:9", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "nonsense", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": ""},
        {"Origin": ""},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_that_the_browser_says_is_foreign_does_nothing(
    client: PageClient, headers: dict[str, str]
) -> None:
    fields = client.get("/").form("/weeks").fields
    assert client.post("/weeks", fields, headers=headers).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_sent_from_our_own_page_is_taken(
    client: PageClient, headers: dict[str, str]
) -> None:
    fields = client.get("/").form("/weeks").fields
    assert client.post("/weeks", fields, headers=headers).status == 303


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[", "localhost.evil"])
def test_a_foreign_host_name_is_refused(client: PageClient, host: str) -> None:
    page = client.get("/", headers={"Host": host})
    assert page.status == 400
    assert "http://127.0.0.1" in page.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:80", "[::1]:8000"])
def test_this_computers_own_names_are_taken(client: PageClient, host: str) -> None:
    assert client.get("/sign-in", headers={"Host": host}).status in (200, 303)


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "::ffff:10.0.0.1", "nonsense", ""])
def test_another_computer_is_refused(client: PageClient, address: str) -> None:
    page = client.get("/", environ_overrides={"REMOTE_ADDR": address})
    assert page.status == 403
    assert "Only the computer that runs pipe-sched" in page.text


def test_another_computer_is_refused_whatever_it_says_of_itself(client: PageClient) -> None:
    page = client.get(
        "/",
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
        headers={"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"},
    )
    assert page.status == 403


def test_a_second_generate_is_answered_with_the_way_to_the_first(
    client: PageClient, held: Store
) -> None:
    form = client.get(WEEK).form("/generate")
    generate(held, minutes=1)
    page = client.post(form.action, form.fields)
    assert page.status == 409
    assert WEEK in page.html.links
    assert "planned already" in page.heading


def test_the_same_generate_twice_is_one_run(client: PageClient, held: Store) -> None:
    form = client.get(WEEK).form("/generate")
    assert client.post(form.action, form.fields).status == 303
    run = list_weeks(held, LOCAL, "north")[0].run
    assert client.post(form.action, form.fields).status == 303
    again = list_weeks(held, LOCAL, "north")[0].run
    assert run is not None
    assert again is not None
    assert run.id == again.id


@pytest.mark.parametrize("seconds", ["9999999", "-1", "ten", ""])
def test_a_time_that_was_not_offered_is_refused(
    client: PageClient, held: Store, seconds: str
) -> None:
    page = client.send(client.get(WEEK), "/generate", seconds=seconds)
    assert page.status == 400
    assert "10 seconds, 30 seconds or 2 minutes" in page.text


def test_fields_that_nobody_asked_for_are_ignored(client: PageClient, held: Store) -> None:
    more = {"sites": "south", "role": "worker", "premises_id": "south", "workers": "64"}
    assert client.send(client.get(WEEK), "/generate", **more).status == 200


def test_stopping_a_run_that_is_not_there_says_so(client: PageClient, held: Store) -> None:
    fields = client.get(WEEK).form("/generate").fields
    page = client.post(f"{WEEK}/runs/none/stop", fields)
    assert page.status == 404
    assert "There is no such run." in page.text


@pytest.mark.parametrize(
    "path",
    ["/sites/a%00b/2026-W49", "/runs/%00/progress", "/record?site=%00", f"{WEEK}?%00=1"],
    ids=["a site", "a run", "a query", "a query's name"],
)
def test_an_address_with_a_character_that_no_database_takes_is_refused(
    client: PageClient, path: str
) -> None:
    page = client.get(path)
    assert page.status == 400
    assert "a character that nobody can type" in page.text


@pytest.mark.parametrize("field", ["email", "password", "odd\x00name"])
def test_a_field_with_such_a_character_is_refused(stranger: PageClient, field: str) -> None:
    form = stranger.get("/sign-in").form("/sign-in")
    page = stranger.post("/sign-in", {**form.fields, field: "a\x00b"})
    assert page.status == 400
    assert "a character that nobody can type" in page.text


def test_a_database_that_cannot_be_used_is_answered_so(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def shut(self: Store, scope: object) -> Iterator[None]:
        raise StoreUnavailable("The database cannot be used at the moment. Nothing was changed.")
        yield

    monkeypatch.setattr(Store, "open_session", shut)
    page = client.get("/")
    assert page.status == 503
    assert "The database cannot be used at the moment." in page.text


def test_a_fault_of_the_program_tells_nothing_of_itself(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("Resident Somebody at /home/secret")

    monkeypatch.setattr("pipe_sched.web.sites.list_weeks", fail)
    page = client.get("/")
    assert page.status == 500
    assert "The fault is on our side" in page.text
    assert "secret" not in page.text
