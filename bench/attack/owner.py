"""Somebody with an account, a phone, recovery codes and a known browser: who is attacked."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

ROLE = ("manager", "north")
PASSWORD = "only the owner knows this"
EARLIER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Owner:
    """`secret`: what their phone holds; `codes`: their recovery codes; `browser`: is known."""

    account: str
    email: str
    password: str
    secret: str
    codes: tuple[str, ...]
    browser: Visitor

    def code(self, now: datetime) -> str:
        """What their phone shows."""
        return code_at(self.secret, now)


def colleague(store: Store, email: str, now: datetime) -> str:
    """An account whose owner has done nothing yet; gives back its id."""
    name = email.partition("@")[0].title()
    return make_account(store, LOCAL, email, Facts(name, frozenset({ROLE})), now=now)


def owner(store: Store, email: str, now: datetime, address: str = "127.0.0.1") -> Owner:
    """An account, made an hour ago the way that people make one."""
    moment, browser = now - EARLIER, Visitor(address, "", "Their own")
    account = colleague(store, email, moment)
    link = make_link(store, LOCAL, account, now=moment)
    entered = set_password(store, link.token, PASSWORD, browser, now=moment)
    half = asked(store, entered, moment)
    offer = offer_second_factor(store, half)
    secret = offer.secret.replace(" ", "")
    code = code_at(secret, moment)
    done = set_up_second_factor(store, half, offer.sealed, code, browser, now=moment)
    known = done.entered.device if done.entered else ""
    return Owner(account, email, PASSWORD, secret, done.codes, replace(browser, device=known))


def asked(store: Store, entered: Entered, now: datetime) -> SignedIn:
    """The sign-in as the next request finds it."""
    found = who_asks(store, entered.token, now=now)
    if found is None:
        raise LookupError("A sign-in that was just made is not there.")
    return found


def enter(store: Store, one: Owner, now: datetime) -> Entered:
    """Both steps from their own browser."""
    half = asked(store, sign_in(store, one.email, one.password, one.browser, now=now), now)
    return give_second_factor(store, half, one.code(now), one.browser, now=now)
