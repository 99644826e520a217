"""See all accounts, and the names of accounts where a page says who did something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pipe_sched.access import Actor, may
from pipe_sched.actions.account_facts import site_names, staff_names
from pipe_sched.actions.account_scopes import looking_up
from pipe_sched.actions.account_views import AccountLine, AccountList
from pipe_sched.actions.door import allowed, present
from pipe_sched.store import accounts, sign_ins, ways_in
from pipe_sched.store.engine import Session, Store


def see_accounts(store: Store, actor: Actor, *, now: datetime | None = None) -> AccountList:
    """All accounts with their roles, by name."""
    with store.open_session(allowed(actor, "manage_accounts")) as session:
        lines = _lines(session, present(now))
        return AccountList(lines, site_names(session), staff_names(session))


def _lines(session: Session, now: datetime) -> tuple[AccountLine, ...]:
    names, held = accounts.names(session), accounts.all_grants(session)
    links, here = ways_in.open_links(session, now), sign_ins.count_standing(session, now)
    lines = (
        AccountLine(
            one.id,
            one.email,
            names.get(one.id, one.email),
            one.person,
            one.active,
            one.version,
            tuple(sorted(held.get(one.id, ()))),
            one.password is not None and one.secret is not None,
            links.get(one.id),
            here.get(one.id, 0),
        )
        for one in accounts.every(session)
    )
    return tuple(sorted(lines, key=lambda line: (not line.active, line.name.casefold())))


def account_names(store: Store, actor: Actor) -> Mapping[str, str]:
    """Names of accounts by id, for whoever is signed in; empty for anybody else."""
    if not may(actor, "own_account"):
        return {}
    with store.open_session(looking_up()) as session:
        return accounts.names(session)


def nobody_yet(store: Store) -> bool:
    """Whether there is no account at all: then the sign-in page says how to make the first."""
    with store.open_session(looking_up()) as session:
        return accounts.is_empty(session)
