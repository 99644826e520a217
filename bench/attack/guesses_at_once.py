"""Guesses from eight processes at one moment: none more is looked at, and nothing works twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bench.attack.crew import at_once, together
from bench.attack.figures import Figure, exactly
from bench.attack.house import reopened
from bench.attack.owner import Owner, colleague, owner
from pipe_sched.access import LOCAL
from pipe_sched.actions.errors import Refusal, TooManyTries
from pipe_sched.actions.give_second_factor import give_second_factor
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.sign_in import sign_in
from pipe_sched.actions.use_link import set_password
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import who_asks
from pipe_sched.store.engine import Store

PROCESSES = 8
EACH = 25
FREE = 5

Job = tuple[str, str, str, str]
"""What is sent, of whom, with what, and in which half sign-in."""


def attack(store: Store, url: str, now: datetime) -> Iterator[Figure]:
    """Send the same from all processes at once."""
    one, later = owner(store, "crowded@attack.example", now), now + timedelta(hours=1)
    guessed = rush(url, [("password", one.email, "not this one", "")] * EACH, now)
    yield exactly("at one moment: guesses", PROCESSES * EACH, guessed.total())
    yield exactly("at one moment: looked at", FREE, guessed["looked at"])
    for number, (name, prepared) in enumerate(TWICE.items()):
        moment = later + number * timedelta(hours=1)
        done = rush(url, [prepared(store, one, moment)], moment)
        yield exactly(f"at one moment: one {name} lets in", 1, done["in"])
    other = owner(store, "crowded-as-well@attack.example", now)
    half = begun(store, other, now)
    guessed = rush(url, [("code", other.email, "not a code", half)] * EACH, now)
    yield exactly("at one moment: codes looked at", FREE, guessed["looked at"])


def begun(store: Store, one: Owner, now: datetime) -> str:
    """A half sign-in's token."""
    return sign_in(store, one.email, one.password, one.browser, now=now).token


def _one_code(store: Store, one: Owner, now: datetime) -> Job:
    return "code", one.email, one.code(now), begun(store, one, now)


def _one_recovery_code(store: Store, one: Owner, now: datetime) -> Job:
    return "code", one.email, one.codes[0], begun(store, one, now)


def _one_link(store: Store, one: Owner, now: datetime) -> Job:
    new = colleague(store, f"new-{one.email}", now)
    return "link", "", make_link(store, LOCAL, new, now=now).token, ""


TWICE: dict[str, Callable[[Store, Owner, datetime], Job]] = {
    "code": _one_code,
    "recovery code": _one_recovery_code,
    "link": _one_link,
}
"""What works once, to be sent by everybody."""


def rush(url: str, jobs: list[Job], now: datetime) -> Counter[str]:
    """Let every process do these jobs, all beginning at the same moment."""
    return sum(together(PROCESSES, work, url, jobs, now), Counter[str]())


def work(number: int, url: str, jobs: list[Job], now: datetime) -> Counter[str]:
    """One process."""
    store, seen = reopened(url), Counter[str]()
    at_once()
    for what, who, given, half in jobs:
        by = Visitor(f"192.0.2.{number}")
        try:
            SEND[what](store, who, given, half, by, now)
        except TooManyTries:
            seen["waited"] += 1
        except Refusal:
            seen["looked at"] += 1
        else:
            seen["in"] += 1
    store.close()
    return seen


def _password(store: Store, who: str, given: str, _half: str, by: Visitor, now: datetime) -> object:
    return sign_in(store, who, given, by, now=now)


def _code(store: Store, _who: str, given: str, half: str, by: Visitor, now: datetime) -> object:
    found = who_asks(store, half, now=now)
    if found is None:
        raise Refusal("Another was quicker: the half sign-in is over.")
    return give_second_factor(store, found, given, by, now=now)


def _link(store: Store, _who: str, given: str, _half: str, by: Visitor, now: datetime) -> object:
    return set_password(store, given, f"chosen by {by.address}", by, now=now)


SEND: dict[str, Callable[[Store, str, str, str, Visitor, datetime], object]] = {
    "password": _password,
    "code": _code,
    "link": _link,
}
