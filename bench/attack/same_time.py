"""Sign-in answers alike, word for word and in time, whether or not there is such an account.

A wrong password for an account, for nobody's address, for an account without a password yet, and
the right one for an account that is switched off; in random order, so that whatever else the
computer does falls on all of them. Then the same while each of them waits.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import delete, update
from werkzeug.test import TestResponse

from bench.attack.figures import Figure, exactly, none, told, within
from bench.attack.hands import SCOPE
from bench.attack.house import make_store, reopened
from bench.attack.owner import PASSWORD, colleague, owner
from bench.attack.visit import Visit, quiet
from pipe_sched.access import LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.change_account import change_account
from pipe_sched.store.account_tables import Guesses
from pipe_sched.store.engine import Store
from pipe_sched.web import create_app

TIMES = 100
"""Tries of each kind; while waiting three times as many, for they are quick."""
APART = 0.10
WRONG, WAITING = 400, 429
FREE = 5
KNOWN = "known"
KINDS = {
    KNOWN: ("known@attack.example", "not the password"),
    "unknown": ("never@attack.example", "not the password"),
    "without a password": ("fresh@attack.example", "not the password"),
    "switched off": ("ended@attack.example", PASSWORD),
}
"""Who is asked for, all with as many letters, and with what password."""
CHANGES = (
    re.compile(r'(?<=name="csrf_token" type="hidden" value=")[^"]+'),
    re.compile(r"(?<=nonce[-=])[\"']?[\w+/=-]+"),
    re.compile(r"(?<=Wait )\d+ \w+"),
    re.compile(r"(?<==)[\w.-]{20,}"),
    re.compile("|".join(email for email, _ in KINDS.values())),
)
"""What is another on every page or cookie, whoever asks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one try was answered, without what is always another, and how long that took."""

    kind: str
    seconds: float
    status: int
    rest: tuple[str, ...]


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Try so often of each kind, then while all of them wait."""
    with TemporaryDirectory() as folder, quiet():
        url = make_store(Path(folder))
        store = reopened(url)
        people(store)
        browser, chance = Visit(create_app(url), "127.2.0.1"), Random(seed)
        browser.get("/sign-in")
        for kind in KINDS:  # the first of each loads what later ones find
            tried(browser, kind)
        yield from compared("", tries(browser, times, chance, lambda: let_off(store)), WRONG)
        let_wait(store, browser)
        browser.address = "127.2.0.2"
        yield from compared("waiting, ", tries(browser, 3 * times, chance, lambda: None), WAITING)
        store.close()


def people(store: Store) -> None:
    """The accounts of all kinds but the unknown."""
    now = datetime.now(UTC)
    owner(store, KINDS[KNOWN][0], now)
    colleague(store, KINDS["without a password"][0], now)
    left = owner(store, KINDS["switched off"][0], now)
    facts = Facts("Left", frozenset(), active=False)
    change_account(store, LOCAL, left.account, facts, version=1)


def tries(browser: Visit, times: int, chance: Random, before: Callable[[], None]) -> list[Answer]:
    """So many of each kind, in random order."""
    order, out = [kind for kind in KINDS for _ in range(times)], []
    chance.shuffle(order)
    for kind in order:
        before()
        out.append(tried(browser, kind))
    return out


def tried(browser: Visit, kind: str) -> Answer:
    """One try, timed."""
    email, password = KINDS[kind]
    began = time.perf_counter()
    answer = browser.send("/sign-in", email=email, password=password)
    took = time.perf_counter() - began
    return Answer(kind, took, answer.status_code, tuple(plain(answer)))


def plain(answer: TestResponse) -> Iterator[str]:
    """Headers, cookies and page, without what is always another."""
    for text in (*(f"{k}: {v}" for k, v in answer.headers), answer.get_data(as_text=True)):
        for changes in CHANGES:
            text = changes.sub("*", text)
        yield re.sub(r"(?<=Retry-After: )\d+", "*", text)


def let_off(store: Store) -> None:
    """Forget every try, so that nobody waits."""
    with store.open_session(SCOPE) as session:
        session.execute(delete(Guesses))


def let_wait(store: Store, browser: Visit) -> None:
    """Try each until the next would wait, and let them all wait for long."""
    let_off(store)
    for kind in KINDS:
        for _ in range(FREE):
            tried(browser, kind)
    with store.open_session(SCOPE) as session:
        session.execute(update(Guesses).values(until=datetime.now(UTC) + timedelta(days=2)))


def compared(when: str, answers: list[Answer], status: int) -> Iterator[Figure]:
    """Every kind against the known account."""
    of = {kind: [a for a in answers if a.kind == kind] for kind in KINDS}
    medians = {kind: 1000 * median(a.seconds for a in some) for kind, some in of.items()}
    known = next(a.rest for a in of[KNOWN])
    for kind, some in of.items():
        yield told(f"{when}{kind}: median of {len(some)}", f"{medians[kind]:.2f} ms")
    for kind in [k for k in KINDS if k != KNOWN]:
        apart = abs(medians[kind] / medians[KNOWN] - 1)
        yield within(f"{when}{kind}: further from known than", APART, apart)
    yield exactly(f"{when}answers {status}", len(answers), sum(a.status == status for a in answers))
    yield none(f"{when}answers in other words", sum(a.rest != known for a in answers))
