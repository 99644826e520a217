"""Somebody with an account, a phone and a browser, for tests of signing in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pipe_sched.access import LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.give_second_factor import give_second_factor
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.set_up_second_factor import offer_second_factor, set_up_second_factor
from pipe_sched.actions.sign_in import Entered, sign_in
from pipe_sched.actions.use_link import set_password
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import SignedIn, who_asks
from pipe_sched.identity.second_factor import code_at
from pipe_sched.store.engine import Store
from tests.actions.builders import NOW

PASSWORD = "three words in a row"
MANAGER = frozenset({("manager", "north")})
ADMINISTRATOR = frozenset({("administrator", "")})
ELSEWHERE = Visitor("198.51.100.7", "", "Firefox on Windows")
"""A browser that nobody used before, somewhere else."""


@dataclass
class Person:
    """`secret` is what their phone holds, `codes` their recovery codes, `clock` their time."""

    store: Store
    id: str
    email: str
    now: datetime = NOW
    browser: Visitor = field(default_factory=lambda: Visitor("192.0.2.1", "", "Chrome on Linux"))
    secret: str = ""
    codes: tuple[str, ...] = ()

    def wait(self, **time: float) -> Person:
        """Let time pass for them."""
        self.now += timedelta(**time)
        return self

    def code(self) -> str:
        """What their app shows now."""
        return code_at(self.secret, self.now)

    def first(self, by: Visitor | None = None, password: str = PASSWORD) -> SignedIn:
        """Take the first step; gives back the half sign-in."""
        entered = sign_in(self.store, self.email, password, by or self.browser, now=self.now)
        return self.asks(entered)

    def asks(self, entered: Entered) -> SignedIn:
        """The sign-in as the next request finds it."""
        found = who_asks(self.store, entered.token, now=self.now)
        assert found is not None
        return found

    def give(self, half: SignedIn, code: str, by: Visitor | None = None) -> Entered:
        """Take the second step."""
        return give_second_factor(self.store, half, code, by or self.browser, now=self.now)

    def enter(self, by: Visitor | None = None) -> SignedIn:
        """Sign in from the first step to the last; the browser is known afterwards."""
        entered = self.give(self.first(by), self.code(), by)
        if by is None:
            self.browser = replace(self.browser, device=entered.device)
        return self.asks(entered)


def somebody(
    store: Store,
    email: str = "heather@example.org",
    grants: frozenset[tuple[str, str]] = MANAGER,
    *,
    ready: bool = True,
) -> Person:
    """An account; `ready`: its owner has used the link and is at a browser that is known."""
    name = email.partition("@")[0].title()
    made = make_account(store, LOCAL, email, Facts(name, grants), now=NOW)
    person = Person(store, made, email)
    return use_link(person) if ready else person


def use_link(person: Person, password: str = PASSWORD, *, lost_phone: bool = False) -> Person:
    """A link is made for the person, who uses it to the end."""
    link = make_link(person.store, LOCAL, person.id, second_factor=lost_phone, now=person.now)
    half = set_password(person.store, link.token, password, person.browser, now=person.now)
    signed = person.asks(half)
    if not signed.set_up:
        return person
    offer = offer_second_factor(person.store, signed)
    person.secret = offer.secret.replace(" ", "")
    done = set_up_second_factor(
        person.store, signed, offer.sealed, person.code(), person.browser, now=person.now
    )
    assert done.entered is not None
    person.browser = replace(person.browser, device=done.entered.device)
    person.codes = done.codes
    return person.wait(seconds=30)
