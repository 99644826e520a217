"""One's own account, everybody's accounts, and who may do what, through the pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from pipe_sched.access import ACTIONS, LOCAL, ROLES
from pipe_sched.actions.see_accounts import see_accounts
from pipe_sched.identity.second_factor import code_at
from pipe_sched.store.engine import Store
from pipe_sched.web.handles import handle
from tests.actions.builders import NOW
from tests.actions.lives import publish
from tests.actions.people import PASSWORD, Person, somebody
from tests.web.client import Page, PageClient
from tests.web.conftest import WEEK, client_for
from tests.web.test_sign_in import enter

OTHER = "some other words entirely"


@pytest.fixture
def owner(store: Store) -> Person:
    return somebody(store)


@pytest.fixture
def own(app: Flask, owner: Person) -> PageClient:
    """A browser in which the owner is signed in with everything they know."""
    client = PageClient(app)
    enter(client, owner)
    return client


@pytest.fixture
def keeper(app: Flask) -> PageClient:
    """A browser in which an administrator is signed in."""
    return client_for(app, "administrator")


def filled(page: Page, ending: str, **fields: str) -> dict[str, str]:
    """What a browser sends of the form: its lists stand on nothing unless chosen here."""
    lists = dict.fromkeys(re.findall(r'<select[^>]* name="(\w+)"', page.text), "")
    return {**page.form(ending).fields, **lists, **fields}


def change(client: PageClient, page: Page, owner: Person, **fields: str) -> Page:
    """Send the form of an account's page, an AP manager of North if nothing else is said."""
    address = f"/accounts/{owner.id}"
    sent = filled(page, address, **{"role_0": "manager", "site_0": "north", **fields})
    return client.post(address, sent)


# One's own


def test_the_own_account_says_roles_and_where_one_is_signed_in(own: PageClient) -> None:
    page = own.get("/account")
    assert "AP manager, North House" in page.text
    assert "10 of 10 left" in page.text
    assert "Here" in page.text
    assert page.text.count("Since 23 November 2026 at 9am") == 2


def test_a_sign_in_elsewhere_is_ended_from_here(app: Flask, own: PageClient, owner: Person) -> None:
    page = own.get("/account")
    which = next(f.fields["which"] for f in page.html.forms if "which" in f.fields)
    assert "That sign-in is over." in own.send(page, "/sign-ins/end", which=which).text
    gone = own.send(page, "/sign-ins/end", which=which)
    assert gone.status == 404


def test_all_other_sign_ins_are_ended_and_this_one_stays(own: PageClient) -> None:
    page = own.send(own.get("/account"), "/end-others")
    assert "One sign-in elsewhere is over." in page.text
    assert "Sign out everywhere else" not in page.text


def test_a_password_is_changed_with_the_present_one(own: PageClient, owner: Person) -> None:
    page = own.get("/account/password")
    wrong = own.send(page, "/password", current="wrong", password=OTHER, again=OTHER)
    assert wrong.status == 400
    assert "This is not your password now." in wrong.text
    weak = own.send(page, "/password", current=PASSWORD, password="short", again="short")
    assert "at least 12" in weak.text
    done = own.send(page, "/password", current=PASSWORD, password=OTHER, again=OTHER)
    assert "Your password is changed." in done.text
    assert owner.first(password=OTHER)


def test_another_phone_is_set_up_with_the_password(own: PageClient) -> None:
    page = own.get("/account/second-factor")
    found = re.search(r'app-secret">([A-Z2-7 ]+)<', page.text)
    assert found is not None
    code = code_at(found[1].replace(" ", ""), NOW)
    wrong = own.send(page, "/second-factor", code=code, current="wrong")
    assert "This is not your password now." in wrong.text
    assert found[1] in wrong.text
    done = own.send(wrong, "/second-factor", code=code, current=PASSWORD)
    assert "Your new phone is set up." in done.text
    assert len(re.findall(r"<code>", done.text)) == 10


def test_new_recovery_codes_are_shown_once(own: PageClient) -> None:
    page = own.get("/account/recovery-codes")
    assert own.send(page, "/recovery-codes", current="wrong").status == 400
    done = own.send(page, "/recovery-codes", current=PASSWORD)
    code = re.search(r"<code>([A-Z2-7-]+)</code>", done.text)
    assert code is not None
    assert code[1] not in own.get("/account/recovery-codes").text


# Everybody's


def test_an_administrator_adds_somebody_and_sees_their_link_once(
    keeper: PageClient, store: Store, stranger: PageClient
) -> None:
    page = keeper.get("/accounts/new")
    fields = {"name": "Rowan", "email": "rowan@example.org", "person": handle("1-w1")}
    lost = keeper.post("/accounts", filled(page, "/accounts", **fields, role_0="staff"))
    assert "Choose where this role is held." in lost.text
    sent = filled(page, "/accounts", **fields, role_0="staff", site_0="north")
    done = keeper.post("/accounts", sent)
    link = re.search(r"http://localhost(/set-password/[\w-]{43})", done.text)
    assert link is not None
    assert stranger.get(link[1]).heading == "Set your password"
    assert link[1] not in keeper.get("/accounts").text
    line = next(a for a in see_accounts(store, LOCAL).accounts if a.name == "Rowan")
    assert (line.grants, line.person) == ((("staff", "north"),), "1-w1")


def test_an_email_address_that_has_an_account_is_told_beside_its_field(
    keeper: PageClient, owner: Person
) -> None:
    sent = filled(keeper.get("/accounts/new"), "/accounts", name="X", email=owner.email)
    page = keeper.post("/accounts", sent)
    assert page.status == 409
    assert "There is an account for heather@example.org already." in page.text


def test_an_administrator_changes_roles(keeper: PageClient, owner: Person, store: Store) -> None:
    page = keeper.get(f"/accounts/{owner.id}")
    more = {"role_1": "psychologist", "site_1": "*", "role_2": "administrator"}
    assert change(keeper, page, owner, **more).status == 303
    line = next(a for a in see_accounts(store, LOCAL).accounts if a.id == owner.id)
    held = {("manager", "north"), ("psychologist", ""), ("administrator", "")}
    assert set(line.grants) == held


def test_an_old_look_shows_both_what_it_is_and_what_was_wanted(
    keeper: PageClient, owner: Person
) -> None:
    page = keeper.get(f"/accounts/{owner.id}")
    assert change(keeper, page, owner, name="First").status == 303
    late = change(keeper, page, owner, name="<b>Second</b>")
    assert late.status == 409
    assert "First; may sign in" in late.text
    assert 'value="&lt;b&gt;Second&lt;/b&gt;"' in late.text
    assert change(keeper, late, owner, name="Third").status == 303
    assert "Third" in keeper.get("/accounts").text


def test_switching_somebody_off_ends_their_sign_ins(
    keeper: PageClient, own: PageClient, owner: Person
) -> None:
    address = f"/accounts/{owner.id}"
    sent = filled(keeper.get(address), address)
    del sent["active"]
    assert keeper.post(address, sent).status == 303
    assert "Switched off" in keeper.get("/accounts").text
    assert own.get("/account").status == 401


def test_an_administrator_does_not_take_their_own_role_away(
    app: Flask, keeper: PageClient, store: Store
) -> None:
    (mine,) = see_accounts(store, LOCAL).accounts
    address = f"/accounts/{mine.id}"
    sent = filled(keeper.get(address), address, role_0="manager", site_0="north")
    page = keeper.post(address, sent)
    assert page.status == 409
    assert "You cannot take your own role of administrator away" in page.text


def test_a_new_link_for_a_lost_phone_is_made(keeper: PageClient, owner: Person) -> None:
    page = keeper.get(f"/accounts/{owner.id}")
    done = keeper.send(page, "/link", second_factor="y")
    assert "/set-password/" in done.text


def test_somebodys_sign_ins_are_ended(keeper: PageClient, own: PageClient, owner: Person) -> None:
    page = keeper.send(keeper.get(f"/accounts/{owner.id}"), "/end")
    assert "Heather is signed out, in 2 places." in page.text
    assert own.get("/account").status == 401


def test_an_account_that_is_not_there_is_not_found(keeper: PageClient) -> None:
    page = keeper.get("/accounts/nobody")
    assert page.status == 404
    assert "There is no such account." in page.text


@pytest.mark.parametrize("role", sorted(ROLES.keys() - {"administrator"}))
def test_nobody_else_opens_the_pages_of_accounts(app: Flask, owner: Person, role: str) -> None:
    client = client_for(app, role, ["north"])
    for path in ("/accounts", "/accounts/new", f"/accounts/{owner.id}"):
        assert client.get(path).status == 403
    for path in ("/accounts", f"/accounts/{owner.id}", f"/accounts/{owner.id}/link"):
        assert client.post(path, {}).status == 403
    assert "Accounts" not in client.get("/permissions").text


# Who may do what


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_see_who_may_do_what(app: Flask, role: str) -> None:
    page = client_for(app, role).get("/permissions")
    assert page.status == 200
    for words in ROLES.values():
        assert words in page.text


def test_the_table_says_of_each_action_exactly_the_roles_of_access(client: PageClient) -> None:
    text = client.get("/permissions").response.get_data(as_text=True)
    rows = re.findall(r'app-permissions__does">(.*?)</th>(.*?)</tr>', text, re.DOTALL)
    said = {does: re.findall(r">(yes|no)<", cells) for does, cells in rows if "yes" in cells}
    wanted = {
        action.does.replace("'", "&#39;"): ["yes" if r in action.roles else "no" for r in ROLES]
        for action in ACTIONS.values()
        if action.roles & ROLES.keys()
    }
    assert said == wanted


def test_a_page_names_who_published_by_their_account(
    app: Flask, client: PageClient, held: Store
) -> None:
    publish(held)
    assert "by this computer" in client.get(f"{WEEK}/versions").text
    form = client.get(WEEK).form("/keep-all")
    client.post(form.action, form.fields)
    assert "Somebody manager-north-south" in client.get(f"{WEEK}/versions").text


def test_an_accounts_page_leads_to_what_its_owner_saw_and_changed(
    keeper: PageClient, owner: Person
) -> None:
    page = keeper.get(f"/accounts/{owner.id}")
    (address,) = re.findall(r'href="(/record/account/\w+)"', page.text)
    assert keeper.get(address).status == 200
