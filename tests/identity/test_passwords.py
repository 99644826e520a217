"""Passwords: how they are hashed, how many at once, and what they must be."""

from __future__ import annotations

import threading
import time
from statistics import median

import pytest

from pipe_sched.identity import passwords
from pipe_sched.identity.password_rules import faults
from pipe_sched.identity.passwords import AT_ONCE, NOBODYS, Busy, hash_password, is_right

EMAIL = "heather.moor@example.org"
GOOD = "three words in a row"


def test_a_password_is_hashed_with_argon2id_at_the_strength_that_was_decided() -> None:
    assert hash_password(GOOD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert NOBODYS.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_password_never_has_the_same_hash() -> None:
    assert hash_password(GOOD) != hash_password(GOOD)


def test_the_right_password_fits_and_any_other_does_not() -> None:
    stored = hash_password(GOOD)
    assert is_right(stored, GOOD)
    assert not is_right(stored, GOOD + " ")
    assert not is_right(stored, "")
    assert not is_right("no hash at all", GOOD)


def test_nothing_is_right_where_there_is_no_password() -> None:
    assert not is_right(None, GOOD)


def test_letters_count_however_the_keyboard_makes_them() -> None:
    stored = hash_password("caf\N{LATIN SMALL LETTER E WITH ACUTE} au lait noir")
    assert is_right(stored, "cafe\N{COMBINING ACUTE ACCENT} au lait noir")


def test_what_begins_with_the_password_and_is_too_long_does_not_fit() -> None:
    longest = "ab c" * 32
    stored = hash_password(longest)
    assert is_right(stored, longest)
    assert not is_right(stored, longest + "x")


def test_a_missing_account_takes_as_long_as_a_wrong_password() -> None:
    stored = hash_password(GOOD)

    def took(given: str | None) -> float:
        began = time.perf_counter()
        is_right(given, "wrong wrong wrong")
        return time.perf_counter() - began

    pairs = [(took(stored), took(None)) for _ in range(25)]
    known, unknown = median(a for a, _ in pairs), median(b for _, b in pairs)
    assert abs(known - unknown) < 0.1 * known


def test_at_most_two_are_worked_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    here, most, lock = 0, 0, threading.Lock()

    class Watched:
        def hash(self, _password: str) -> str:
            nonlocal here, most
            with lock:
                here += 1
                most = max(most, here)
            time.sleep(0.02)
            with lock:
                here -= 1
            return ""

    monkeypatch.setattr(passwords, "_hasher", Watched())
    crew = [threading.Thread(target=hash_password, args=(GOOD,)) for _ in range(12)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert most == AT_ONCE == 2


def test_whoever_waits_too_long_for_a_turn_is_told_to_try_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    with passwords._turn(), pytest.raises(Busy, match="Try again in a minute"):
        hash_password(GOOD)
    assert hash_password(GOOD)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elevenlette", "at least 12"),
        ("x" * 129, "at most 128"),
        ("my Heather.Moor password", "“heather.moor”"),
        ("pipe-sched for ever", "the name of this program"),
        ("Password1234", "first passwords that a guesser tries"),
        ("qwertyuiop123", "first passwords"),
        ("aaaaaaaaaaaa", "first passwords"),
        ("abcabcabcabcabc", "first passwords"),
        ("121212121212!", "first passwords"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused_in_words(password: str, says: str) -> None:
    (sentence,) = faults(password, EMAIL)
    assert says in sentence


@pytest.mark.parametrize(
    "password", [GOOD, "x7" + "q!Lm2#" * 2, "ålesund bergen tromsø", "k" + "ab" * 3 + "zyxwv" * 24]
)
def test_a_long_password_of_any_letters_is_taken(password: str) -> None:
    assert faults(password, EMAIL) == []


def test_a_very_short_local_part_forbids_nothing() -> None:
    assert faults("banana boat on a lake", "a@example.org") == []
