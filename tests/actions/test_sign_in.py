"""Signing in: both steps, what slows guesses, and who is never kept out by them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import pytest

from pipe_sched.access import LOCAL, Grant
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.change_account import change_account
from pipe_sched.actions.errors import BadRequest, NotSignedIn, TooManyTries
from pipe_sched.actions.sign_in import WRONG, sign_in
from pipe_sched.actions.sign_out import sign_out
from pipe_sched.actions.visitor import PER_ADDRESS, Visitor
from pipe_sched.actions.who_asks import who_asks
from pipe_sched.store.engine import Store
from tests.actions.builders import NOW
from tests.actions.people import ELSEWHERE, MANAGER, PASSWORD, Person, somebody


def guess(store: Store, email: str, by: Visitor = ELSEWHERE, password: str = "wrong") -> str:
    """One try; gives back what the page would say."""
    try:
        sign_in(store, email, password, by, now=NOW)
    except (BadRequest, TooManyTries) as refusal:
        return refusal.sentence
    return "in"


def test_password_and_code_together_sign_somebody_in(store: Store) -> None:
    signed = somebody(store).enter()
    assert signed.full
    assert signed.name == "Heather"
    assert signed.actor.grants == {Grant("manager", "north")}


def test_a_password_alone_signs_nobody_in(store: Store) -> None:
    half = somebody(store).first()
    assert not half.full
    assert half.actor.grants == frozenset()


def test_the_email_address_counts_in_any_letters(store: Store) -> None:
    somebody(store)
    assert guess(store, "  HEATHER@Example.org ", password=PASSWORD) == "in"


@pytest.mark.parametrize("email", ["heather@example.org", "nobody@example.org", "", "x", "\x00"])
def test_a_wrong_try_says_the_same_for_everybody(store: Store, email: str) -> None:
    somebody(store)
    assert guess(store, email) == WRONG


def test_somebody_without_a_password_or_switched_off_is_answered_like_a_stranger(
    store: Store,
) -> None:
    somebody(store, "new@example.org", ready=False)
    gone = somebody(store, "gone@example.org")
    change_account(store, LOCAL, gone.id, Facts("Gone", MANAGER, active=False), version=1, now=NOW)
    for email in ("new@example.org", "gone@example.org"):
        assert guess(store, email, password=PASSWORD) == WRONG


@pytest.mark.parametrize("email", ["heather@example.org", "nobody@example.org"])
def test_after_five_wrong_tries_nothing_is_looked_at_for_known_and_unknown_alike(
    store: Store, email: str
) -> None:
    somebody(store)
    assert [guess(store, email) for _ in range(5)] == [WRONG] * 5
    said = guess(store, email, password=PASSWORD)
    assert said.startswith("There were too many tries. Wait 15 seconds, then try again.")


def test_guesses_from_elsewhere_do_not_keep_the_owner_out_of_a_known_browser(store: Store) -> None:
    owner = somebody(store)
    for _ in range(30):
        guess(store, owner.email)
        guess(store, owner.email, Visitor("203.0.113.9"))
    assert owner.enter().full


def test_guesses_from_the_owners_own_network_do_not_either(store: Store) -> None:
    owner = somebody(store)
    beside = replace(owner.browser, device="")
    for n in range(PER_ADDRESS + 10):
        guess(store, f"guess{n}@example.org", beside)
    assert "too many" in guess(store, "another@example.org", beside)
    assert owner.enter().full


def test_a_made_up_browser_cookie_shares_the_bucket_of_all_strangers(store: Store) -> None:
    owner = somebody(store)
    for n in range(5):
        guess(store, owner.email, replace(ELSEWHERE, device=f"made-up-{n}"))
    assert "too many" in guess(store, owner.email, replace(ELSEWHERE, device="made-up"))


def test_a_browser_known_to_one_account_is_a_stranger_to_another(store: Store) -> None:
    mine, other = somebody(store), somebody(store, "rowan@example.org")
    for _ in range(5):
        guess(store, other.email, mine.browser)
    assert "too many" in guess(store, other.email, ELSEWHERE)


def test_two_people_can_share_a_computer_and_both_stay_known_there(store: Store) -> None:
    mine, other = somebody(store), somebody(store, "rowan@example.org")
    other.browser = mine.browser
    other.enter()
    assert other.browser.device == mine.browser.device
    for _ in range(8):
        guess(store, mine.email)
        guess(store, other.email)
    assert mine.enter().full
    assert other.wait(seconds=30).enter().full


def test_guesses_in_a_known_browser_are_slowed_too(store: Store) -> None:
    owner = somebody(store)
    for _ in range(5):
        assert guess(store, owner.email, owner.browser) == WRONG
    assert "too many" in guess(store, owner.email, owner.browser, PASSWORD)
    assert guess(store, owner.email, ELSEWHERE, PASSWORD) == "in"


def test_ones_own_account_does_not_wash_guesses_at_others_off_the_network_address(
    store: Store,
) -> None:
    attacker = somebody(store, "attacker@example.org")
    stranger = replace(ELSEWHERE, device="")
    for n in range(PER_ADDRESS):
        guess(store, f"guess{n}@example.org", stranger)
        if n % 5 == 0 and n < PER_ADDRESS - 1:
            assert guess(store, attacker.email, stranger, PASSWORD) == "in"
    assert "too many" in guess(store, "victim@example.org", stranger)


def test_the_addresses_of_one_line_share_a_bucket(store: Store) -> None:
    for n in range(PER_ADDRESS):
        guess(store, f"guess{n}@example.org", Visitor(f"2001:db8:0:7::{n + 1:x}", "", "x"))
    near, far = (Visitor(f"2001:db8:0:{net}::ffff", "", "x") for net in (7, 8))
    assert "too many" in guess(store, "victim@example.org", near)
    assert guess(store, "victim@example.org", far) == WRONG


def test_an_unknown_account_is_answered_within_a_tenth_of_the_time_of_a_known_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody(store)
    monkeypatch.setattr("pipe_sched.store.guesses.FREE", 10**9)
    monkeypatch.setattr("pipe_sched.store.guesses.wait_after", lambda _beyond: None)

    def took(email: str) -> float:
        began = time.perf_counter()
        guess(store, email)
        return time.perf_counter() - began

    pairs = [(took("heather@example.org"), took("nobody@example.org")) for _ in range(40)]
    known, unknown = median(a for a, _ in pairs), median(b for _, b in pairs)
    assert abs(known - unknown) < 0.1 * known


def test_a_code_never_works_twice(store: Store) -> None:
    owner = somebody(store)
    owner.enter()
    with pytest.raises(BadRequest, match="was used before"):
        owner.give(owner.first(), owner.code())
    assert owner.wait(seconds=30).enter().full


def test_a_recovery_code_works_once(store: Store) -> None:
    owner = somebody(store)
    assert owner.give(owner.first(), owner.codes[3].lower().replace("-", " ")).full
    with pytest.raises(BadRequest):
        owner.give(owner.first(), owner.codes[3])
    assert owner.give(owner.first(), owner.codes[4]).full


def test_another_accounts_codes_are_worth_nothing(store: Store) -> None:
    owner, other = somebody(store), somebody(store, "rowan@example.org")
    for code in (other.code(), other.codes[0]):
        with pytest.raises(BadRequest):
            owner.give(owner.first(), code)


def guess_codes(owner: Person, by: Visitor, times: int) -> list[str]:
    """Sign in with the right password again and again, each time with one wrong code."""
    said = []
    for _ in range(times):
        try:
            owner.give(owner.first(by), "000000", by)
        except (BadRequest, TooManyTries) as refusal:
            said.append(type(refusal).__name__)
    return said


def test_who_knows_the_password_gets_no_more_codes_by_signing_in_again(store: Store) -> None:
    owner = somebody(store)
    said = guess_codes(owner, ELSEWHERE, 9)
    assert said == ["BadRequest"] * 5 + ["TooManyTries"] * 4


@pytest.mark.parametrize("way", ["app", "recovery"])
def test_while_codes_wait_not_even_the_right_one_is_looked_at(store: Store, way: str) -> None:
    owner = somebody(store)
    guess_codes(owner, ELSEWHERE, 6)
    half, right = owner.first(ELSEWHERE), {"app": owner.code(), "recovery": owner.codes[0]}[way]
    with pytest.raises(TooManyTries):
        owner.give(half, right, ELSEWHERE)
    assert owner.wait(seconds=60).give(half, owner.codes[0], ELSEWHERE).full


def test_wrong_codes_from_elsewhere_do_not_keep_the_owner_out(store: Store) -> None:
    owner = somebody(store)
    guess_codes(owner, ELSEWHERE, 9)
    assert owner.enter().full


def test_the_second_step_has_to_be_taken_within_ten_minutes(store: Store) -> None:
    owner = somebody(store)
    half = owner.first()
    with pytest.raises(NotSignedIn):
        owner.wait(minutes=10).give(half, owner.code())


def test_the_token_is_another_one_after_the_second_step(store: Store) -> None:
    owner = somebody(store)
    first = sign_in(store, owner.email, PASSWORD, owner.browser, now=owner.now)
    full = owner.give(owner.asks(first), owner.code())
    assert full.token != first.token
    assert who_asks(store, first.token, now=owner.now) is None


def test_a_sign_in_that_is_signed_out_is_over(store: Store) -> None:
    owner = somebody(store)
    entered = owner.give(owner.first(), owner.code())
    sign_out(store, owner.asks(entered), now=owner.now)
    assert who_asks(store, entered.token, now=owner.now) is None


@pytest.mark.parametrize(
    ("between", "steps", "good"),
    [
        ({"minutes": 29}, 1, True),
        ({"minutes": 30}, 1, False),
        ({"minutes": 25}, 28, True),
        ({"minutes": 25}, 29, False),
    ],
    ids=["used", "not used for half an hour", "used for 11 hours 40", "used for 12 hours"],
)
def test_a_sign_in_ends_after_half_an_hour_without_use_and_after_twelve_hours(
    store: Store, between: dict[str, float], steps: int, good: bool
) -> None:
    owner = somebody(store)
    token = owner.give(owner.first(), owner.code()).token
    found = None
    for _ in range(steps):
        found = who_asks(store, token, now=owner.wait(**between).now)
    assert (found is not None) == good


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(store: Store) -> None:
    owner = somebody(store)
    token = owner.give(owner.first(), owner.code()).token
    for _ in range(2):
        owner.wait(minutes=14)
        assert who_asks(store, token, active=False, now=owner.now) is not None
    assert who_asks(store, token, now=owner.wait(minutes=2).now) is None


def test_use_is_noted_at_most_once_a_minute(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = somebody(store)
    token = owner.give(owner.first(), owner.code()).token
    noted: list[object] = []
    monkeypatch.setattr("pipe_sched.store.sign_ins.note", lambda *given: noted.append(given))
    for _ in range(59):
        who_asks(store, token, now=owner.wait(seconds=1).now)
    assert noted == []
    who_asks(store, token, now=owner.wait(seconds=1).now)
    assert len(noted) == 1


def _lose_role(owner: Person) -> None:
    change_account(owner.store, LOCAL, owner.id, Facts("H", frozenset()), version=1, now=owner.now)


def _go(owner: Person) -> None:
    gone = Facts("H", MANAGER, active=False)
    change_account(owner.store, LOCAL, owner.id, gone, version=1, now=owner.now)


@pytest.mark.parametrize(
    ("change", "left"), [(_lose_role, frozenset()), (_go, None)], ids=["role", "switched off"]
)
def test_a_change_of_the_account_is_felt_with_the_next_request(
    store: Store, change: Callable[[Person], None], left: frozenset[Grant] | None
) -> None:
    owner = somebody(store)
    token = owner.give(owner.first(), owner.code()).token
    change(owner)
    found = who_asks(store, token, now=owner.now)
    assert (None if found is None else found.actor.grants) == left


@pytest.mark.parametrize("token", ["", "x", "é", "\x00", "a" * 10_000])
def test_a_token_that_was_never_given_is_nobodys(store: Store, token: str) -> None:
    assert who_asks(store, token, now=NOW) is None


def test_neither_tokens_nor_codes_nor_secrets_can_be_read_from_the_database(
    store: Store, url: str
) -> None:
    owner = somebody(store)
    entered = owner.give(owner.first(), owner.code())
    store.close()
    with open(url.removeprefix("sqlite:///"), "rb") as file:
        data = file.read()
    secrets = (entered.token, entered.device, owner.secret, PASSWORD, *owner.codes)
    assert b"heather@example.org" in data
    assert [s for s in secrets if s.encode() in data] == []
