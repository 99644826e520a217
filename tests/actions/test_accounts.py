"""Accounts: links, passwords, second factors, sign-ins of one's own, and who manages them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pipe_sched.access import LOCAL, NOBODY, Actor, Grant
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.account_views import held_words
from pipe_sched.actions.change_account import ChangedMeanwhile, change_account
from pipe_sched.actions.change_password import change_password
from pipe_sched.actions.end_sign_ins import end_other_sign_ins, end_own_sign_in, end_sign_ins_of
from pipe_sched.actions.enter_demo import DOMAIN, demo_people, enter_demo
from pipe_sched.actions.errors import (
    BadRequest,
    Conflict,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooManyTries,
)
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.new_recovery_codes import new_recovery_codes
from pipe_sched.actions.see_accounts import account_names, nobody_yet, see_accounts
from pipe_sched.actions.see_own_account import see_own_account
from pipe_sched.actions.set_up_second_factor import offer_second_factor, set_up_second_factor
from pipe_sched.actions.use_link import look_at_link, set_password
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import SignedIn
from pipe_sched.identity.second_factor import code_at
from pipe_sched.store.engine import Store
from tests.actions.builders import NOW, later
from tests.actions.people import (
    ADMINISTRATOR,
    ELSEWHERE,
    MANAGER,
    PASSWORD,
    Person,
    somebody,
    use_link,
)

HOURS_72 = 72 * 3600
OTHER = "some other words entirely"


def link_of(person: Person, **more: Any) -> str:
    return make_link(person.store, LOCAL, person.id, now=person.now, **more).token


# Links


def test_a_link_sets_a_password_and_leads_through_the_app_to_being_signed_in(
    store: Store,
) -> None:
    person = use_link(somebody(store, ready=False))
    assert len(person.codes) == 10
    assert person.enter().full


def test_looking_at_a_link_does_not_use_it_up(store: Store) -> None:
    person = somebody(store, ready=False)
    token = link_of(person)
    for _ in range(60):
        assert look_at_link(store, token, ELSEWHERE, now=NOW).email == person.email


@pytest.mark.parametrize("why", ["used", "three days old", "a newer one made", "never made"])
def test_a_link_that_is_over_is_told_so(store: Store, why: str) -> None:
    person = somebody(store, ready=False)
    token, now = link_of(person), NOW
    if why == "used":
        set_password(store, token, PASSWORD, ELSEWHERE, now=NOW)
    elif why == "a newer one made":
        link_of(person)
    elif why == "three days old":
        now = later(HOURS_72)
    else:
        token = "never-made"
    with pytest.raises(NotFound, match="Ask an administrator for a new one"):
        set_password(store, token, OTHER, ELSEWHERE, now=now)


def test_a_link_works_to_the_end_of_its_72_hours(store: Store) -> None:
    token = link_of(somebody(store, ready=False))
    assert set_password(store, token, PASSWORD, ELSEWHERE, now=later(HOURS_72 - 1))


def test_whoever_tries_links_by_chance_is_slowed_down(store: Store) -> None:
    token = link_of(somebody(store, ready=False))
    for n in range(50):
        with pytest.raises(NotFound):
            look_at_link(store, f"guess{n}", ELSEWHERE, now=NOW)
    with pytest.raises(TooManyTries):
        look_at_link(store, token, ELSEWHERE, now=NOW)
    assert look_at_link(store, token, Visitor("203.0.113.1"), now=NOW)


def test_a_password_that_cannot_be_used_leaves_the_link_as_it_was(store: Store) -> None:
    token = link_of(somebody(store, ready=False))
    with pytest.raises(BadRequest, match="at least 12"):
        set_password(store, token, "short", ELSEWHERE, now=NOW)
    assert set_password(store, token, PASSWORD, ELSEWHERE, now=NOW)


def test_using_a_link_ends_every_sign_in_and_forgets_every_browser(store: Store) -> None:
    person = somebody(store)
    old, browser = person.enter(), person.browser
    use_link(person, OTHER)
    for _ in range(5):
        with pytest.raises(BadRequest):
            person.first(browser)
    with pytest.raises(TooManyTries):
        person.first(browser)
    person.browser = ELSEWHERE
    half = person.wait(minutes=1).first(password=OTHER)
    entered = person.asks(person.give(half, person.code()))
    assert old.id not in [
        one.id for one in see_own_account(store, entered, now=person.now).sign_ins
    ]


def test_a_link_for_a_forgotten_password_keeps_the_phone(store: Store) -> None:
    person = somebody(store)
    secret = person.secret
    use_link(person, OTHER)
    assert person.secret == secret
    assert person.give(person.first(password=OTHER), person.code()).full


def test_a_link_for_a_lost_phone_sets_up_another_and_ends_the_old_codes(store: Store) -> None:
    person = somebody(store)
    before = replace(person, browser=ELSEWHERE)
    use_link(person, OTHER, lost_phone=True)
    assert person.secret != before.secret
    for code in (before.codes[0], code_at(before.secret, person.now)):
        with pytest.raises(BadRequest):
            person.give(person.first(ELSEWHERE, OTHER), code, ELSEWHERE)


def test_nobody_gets_a_link_who_is_switched_off(store: Store) -> None:
    person = somebody(store)
    token = link_of(person)
    gone = Facts("H", MANAGER, active=False)
    change_account(store, LOCAL, person.id, gone, version=1, now=NOW)
    with pytest.raises(Conflict, match="switched off"):
        link_of(person)
    with pytest.raises(NotFound):
        look_at_link(store, token, ELSEWHERE, now=NOW)


# The second factor


def test_a_sign_in_without_a_second_factor_can_do_nothing_but_set_one_up(store: Store) -> None:
    person = somebody(store, ready=False)
    set_password(store, link_of(person), PASSWORD, ELSEWHERE, now=NOW)
    half = person.first()
    assert half.set_up
    assert half.actor == NOBODY
    with pytest.raises(BadRequest):
        person.give(half, "000000")


def test_a_stolen_password_does_not_replace_the_phone(store: Store) -> None:
    person = somebody(store)
    half = person.first(ELSEWHERE)
    offer = offer_second_factor(store, half)
    code = code_at(offer.secret.replace(" ", ""), person.now)
    with pytest.raises(NotSignedIn):
        set_up_second_factor(store, half, offer.sealed, code, ELSEWHERE, now=person.now)
    assert person.enter().full


def test_a_secret_offered_to_one_sign_in_is_not_taken_from_another(store: Store) -> None:
    one, other = somebody(store), somebody(store, "rowan@example.org")
    mine, theirs = one.enter(), other.enter()
    offer = offer_second_factor(store, theirs)
    code = code_at(offer.secret.replace(" ", ""), one.now)
    with pytest.raises(BadRequest, match="too old"):
        set_up_second_factor(
            store, mine, offer.sealed, code, one.browser, password=PASSWORD, now=one.now
        )


def renew(person: Person, signed: SignedIn, password: str) -> Any:
    offer = offer_second_factor(person.store, signed)
    secret = offer.secret.replace(" ", "")
    return set_up_second_factor(
        person.store,
        signed,
        offer.sealed,
        code_at(secret, person.now),
        person.browser,
        password=password,
        now=person.now,
    )


def test_another_phone_needs_the_password_and_ends_the_sign_ins_elsewhere(store: Store) -> None:
    person = somebody(store)
    elsewhere = person.enter()
    here = person.wait(seconds=30).enter()
    with pytest.raises(BadRequest, match="not your password"):
        renew(person, here, "wrong")
    done = renew(person, here, PASSWORD)
    assert done.entered is None
    assert len(done.codes) == 10
    standing = see_own_account(store, here, now=person.now).sign_ins
    assert [one.id for one in standing] == [here.id] != [elsewhere.id]


def test_new_recovery_codes_end_the_old_ones(store: Store) -> None:
    person = somebody(store)
    signed = person.enter()
    with pytest.raises(BadRequest):
        new_recovery_codes(store, signed, "wrong", person.browser, now=person.now)
    codes = new_recovery_codes(store, signed, PASSWORD, person.browser, now=person.now)
    with pytest.raises(BadRequest):
        person.give(person.first(), person.codes[0])
    assert person.give(person.first(), codes[0]).full
    assert see_own_account(store, signed, now=person.now).codes_left == 9


# One's own account


def test_a_changed_password_ends_all_other_sign_ins_and_no_other_password_works(
    store: Store,
) -> None:
    person = somebody(store)
    person.enter()
    here = person.wait(seconds=30).enter()
    given = (store, here, PASSWORD, OTHER, person.browser)
    assert change_password(*given, now=person.now) == 2
    with pytest.raises(BadRequest):
        person.first()
    assert person.give(person.first(password=OTHER), person.wait(seconds=30).code()).full


@pytest.mark.parametrize(
    ("current", "new", "says"),
    [
        ("wrong", OTHER, "not your password"),
        (PASSWORD, "short", "at least 12"),
        (PASSWORD, "my heather and moor", "heather"),
    ],
)
def test_a_password_is_not_changed_without_the_present_one_or_to_a_weak_one(
    store: Store, current: str, new: str, says: str
) -> None:
    person = somebody(store)
    here = person.enter()
    with pytest.raises(BadRequest, match=says):
        change_password(store, here, current, new, person.browser, now=person.now)
    assert person.first()


def test_the_present_password_cannot_be_guessed_at_a_computer_left_alone(store: Store) -> None:
    person = somebody(store)
    here = person.enter()
    for _ in range(5):
        with pytest.raises(BadRequest):
            change_password(store, here, "wrong", OTHER, person.browser, now=person.now)
    with pytest.raises(TooManyTries):
        change_password(store, here, PASSWORD, OTHER, person.browser, now=person.now)


def test_ones_own_sign_ins_are_listed_and_ended_one_by_one_or_all_others(store: Store) -> None:
    person = somebody(store)
    first = person.enter()
    second = person.wait(seconds=30).enter()
    here = person.wait(seconds=30).enter()
    own = see_own_account(store, here, now=person.now)
    assert [(one.id, one.here) for one in own.sign_ins[:1]] == [(here.id, True)]
    assert {first.id, second.id} < {one.id for one in own.sign_ins}
    end_own_sign_in(store, here, first.id, now=person.now)
    with pytest.raises(NotFound):
        end_own_sign_in(store, here, first.id, now=person.now)
    end_other_sign_ins(store, here, now=person.now)
    left = see_own_account(store, here, now=person.now).sign_ins
    assert [one.id for one in left] == [here.id]


def test_nobody_ends_a_sign_in_of_somebody_else(store: Store) -> None:
    one, other = somebody(store), somebody(store, "rowan@example.org")
    mine, theirs = one.enter(), other.enter()
    with pytest.raises(NotFound):
        end_own_sign_in(store, mine, theirs.id, now=one.now)
    assert theirs.id in [s.id for s in see_own_account(store, theirs, now=other.now).sign_ins]


# Managing accounts


def admin(store: Store, email: str = "keeper@example.org") -> tuple[Person, Actor]:
    person = somebody(store, email, ADMINISTRATOR)
    return person, person.enter().actor


@pytest.mark.parametrize("role", ["manager", "regime_lead", "psychologist", "regional", "staff"])
def test_only_an_administrator_manages_accounts(store: Store, role: Any) -> None:
    actor = Actor("somebody", frozenset({Grant(role)}))
    person = somebody(store)
    facts = Facts("X", ADMINISTRATOR)
    tries = (
        lambda: see_accounts(store, actor),
        lambda: make_account(store, actor, "x@example.org", facts),
        lambda: change_account(store, actor, person.id, facts, version=1),
        lambda: make_link(store, actor, person.id),
        lambda: end_sign_ins_of(store, actor, person.id),
    )
    for one in tries:
        with pytest.raises(NotAllowed):
            one()


def test_an_administrator_makes_an_account_and_sees_it_in_the_list(store: Store) -> None:
    keeper, actor = admin(store)
    facts = Facts("  Heather   Moor ", frozenset({("key_worker", "north")}), "1-w1")
    made = make_account(store, actor, "Heather@Example.org", facts, now=NOW)
    line = next(
        one for one in see_accounts(store, actor, now=keeper.now).accounts if one.id == made
    )
    assert (line.email, line.name, line.person) == ("heather@example.org", "Heather Moor", "1-w1")
    assert held_words(line.grants, {"north": "North House"}) == ("Key worker, North House",)
    assert not line.ready


def test_an_email_address_has_one_account(store: Store) -> None:
    somebody(store)
    with pytest.raises(Conflict, match="already"):
        make_account(store, LOCAL, "HEATHER@example.org", Facts("H", MANAGER), now=NOW)


@pytest.mark.parametrize(
    ("email", "facts", "says"),
    [
        ("no address", Facts("X", MANAGER), "name@example.org"),
        ("x@y", Facts("X", MANAGER), "name@example.org"),
        ("x@example.org\nbcc: y@z.org", Facts("X", MANAGER), "name@example.org"),
        (f"{'x' * 250}@example.org", Facts("X", MANAGER), "name@example.org"),
        ("x@example.org", Facts(" ", MANAGER), "Give the person's name"),
        ("x@example.org", Facts("x" * 101, MANAGER), "at most 100 letters"),
        ("x@example.org", Facts("X\u202e", MANAGER), "Give the person's name"),
        ("x@example.org", Facts("X", frozenset({("king", "north")})), "no such role"),
        ("x@example.org", Facts("X", frozenset({("worker", "")})), "no such role"),
        ("x@example.org", Facts("X", frozenset({("manager", "nowhere")})), "no such site"),
        ("x@example.org", Facts("X", MANAGER, "X0000011"), "no such member of staff"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_words(
    store: Store, email: str, facts: Facts, says: str
) -> None:
    with pytest.raises(BadRequest, match=says):
        make_account(store, LOCAL, email, facts, now=NOW)
    assert nobody_yet(store)


def test_an_administrator_is_one_at_every_site(store: Store) -> None:
    at_one = Facts("X", frozenset({("administrator", "north")}))
    make_account(store, LOCAL, "x@example.org", at_one, now=NOW)
    (line,) = see_accounts(store, LOCAL, now=NOW).accounts
    assert line.grants == (("administrator", ""),)


def test_an_old_look_at_an_account_stores_nothing(store: Store) -> None:
    person = somebody(store)
    change_account(store, LOCAL, person.id, Facts("First", MANAGER), version=1, now=NOW)
    with pytest.raises(ChangedMeanwhile, match="nothing was stored"):
        change_account(store, LOCAL, person.id, Facts("Second", MANAGER), version=1, now=NOW)
    (line,) = see_accounts(store, LOCAL, now=NOW).accounts
    assert (line.name, line.version) == ("First", 2)


@pytest.mark.parametrize(
    "facts", [Facts("K", MANAGER), Facts("K", ADMINISTRATOR, active=False)], ids=["role", "off"]
)
def test_nobody_takes_their_own_role_of_administrator_away(store: Store, facts: Facts) -> None:
    keeper, actor = admin(store)
    admin(store, "other@example.org")
    with pytest.raises(Conflict, match="your own role"):
        change_account(store, actor, keeper.id, facts, version=1, now=NOW)


@pytest.mark.parametrize(
    "facts", [Facts("K", MANAGER), Facts("K", ADMINISTRATOR, active=False)], ids=["role", "off"]
)
def test_the_last_administrator_stays_one(store: Store, facts: Facts) -> None:
    keeper, _ = admin(store)
    with pytest.raises(Conflict, match="last administrator"):
        change_account(store, LOCAL, keeper.id, facts, version=1, now=NOW)
    admin(store, "other@example.org")
    assert change_account(store, LOCAL, keeper.id, facts, version=1, now=NOW) == 2


def test_an_administrator_ends_somebodys_sign_ins(store: Store) -> None:
    person = somebody(store)
    person.enter()
    assert end_sign_ins_of(store, LOCAL, person.id, now=person.now) == 2
    assert see_accounts(store, LOCAL, now=person.now).accounts[0].signed_in == 0


@pytest.mark.parametrize("account", ["nobody", "", "x@example.org"])
def test_an_account_that_is_not_there_is_not_found(store: Store, account: str) -> None:
    for one in (
        lambda: make_link(store, LOCAL, account),
        lambda: end_sign_ins_of(store, LOCAL, account),
        lambda: change_account(store, LOCAL, account, Facts("X", MANAGER), version=1),
    ):
        with pytest.raises(NotFound):
            one()


def test_names_of_accounts_are_for_people_who_are_signed_in(store: Store) -> None:
    person = somebody(store)
    assert account_names(store, person.enter().actor) == {person.id: "Heather"}
    assert account_names(store, NOBODY) == {}


# The demo


def test_the_demo_door_lets_in_its_own_people_alone(store: Store) -> None:
    make_account(store, LOCAL, f"amber{DOMAIN}", Facts("Worker Amber", MANAGER), now=NOW)
    somebody(store)
    assert [one.name for one in demo_people(store)] == ["Worker Amber"]
    assert enter_demo(store, "amber", ELSEWHERE, now=NOW).full
    for key in ("heather", "heather@example.org", "", "x"):
        with pytest.raises(NotFound):
            enter_demo(store, key, ELSEWHERE, now=NOW)


def test_somebody_of_the_demo_who_set_a_password_is_no_longer_let_in_by_its_door(
    store: Store,
) -> None:
    person = somebody(store, f"amber{DOMAIN}")
    assert demo_people(store) == ()
    with pytest.raises(NotFound):
        enter_demo(store, "amber", ELSEWHERE, now=person.now + timedelta(minutes=1))
