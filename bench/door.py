"""Signing somebody in without a page: an account with a role, and the token of a full sign-in.

For tests and attacks: they carry the token as a browser carries its cookie.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipe_sched.access import LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.enter_demo import DOMAIN, demo_people, enter_demo
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.visitor import Visitor
from pipe_sched.store.engine import Store

EVERY_SITE = ("",)
COOKIE = "pipe-sched"
"""The cookie that holds the token, where the pages answer this computer alone."""


def token_for(
    store: Store, role: str, sites: Iterable[str] = EVERY_SITE, *, person: str | None = None
) -> str:
    """The token of somebody who holds the role at these sites; an account is made if need be."""
    places = tuple(sites)
    key = "-".join(
        [role, *(site or "everywhere" for site in places), *([person] if person else [])]
    ).lower()
    if key not in {one.key for one in demo_people(store)}:
        facts = Facts(f"Somebody {key}", frozenset((role, site) for site in places), person)
        make_account(store, LOCAL, f"{key}{DOMAIN}", facts)
    return enter_demo(store, key, Visitor()).token
