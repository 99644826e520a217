"""Hashing passwords with argon2id, and telling whether one is right.

19 MiB, two passes, one lane: what OWASP asks for, quick enough for a small computer. At most two
are worked out at once, so that a flood of guesses takes neither all memory nor all processors.
An account that is not there, or has no password, is answered after the same work.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
PATIENCE = 10.0
"""Seconds that somebody waits for a turn."""
LONGEST = 128
NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$2SqXbdn4uw1cvO6LjHHHfQ$"
    "oC/3GYjIn1MCJbdAUdlTUS43HPluJMXs4P51/BWZ3qQ"
)
"""The hash of a random password that was thrown away: compared with where there is none."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_turns = BoundedSemaphore(AT_ONCE)


class Busy(RuntimeError):
    """Too many people sign in at this moment: nothing was verified."""


def hash_password(password: str) -> str:
    """The argon2id string of a password. Raises `Busy`."""
    with _turn():
        return _hasher.hash(same_letters(password))


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored string; None takes as long. Raises `Busy`."""
    given = same_letters(password)
    with _turn():
        try:
            _hasher.verify(stored or NOBODYS, given[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None and len(given) <= LONGEST


def same_letters(password: str) -> str:
    """One spelling (NFKC), so that every keyboard makes the same letters of it."""
    return unicodedata.normalize("NFKC", password)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy("Many people are signing in at this moment. Try again in a minute.")
    try:
        yield
    finally:
        _turns.release()
