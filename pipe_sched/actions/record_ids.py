"""What the record can be asked of one by one: the ids that an address's handle may stand for."""

from __future__ import annotations

from typing import Literal, get_args

from pipe_sched.access import Actor, sites_for
from pipe_sched.actions.door import allowed
from pipe_sched.core.clock import Clock
from pipe_sched.store import accounts, weeks
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.log_search import accounts_at
from pipe_sched.store.plans import names_of

Kind = Literal["person", "session", "account"]
KINDS: tuple[str, ...] = get_args(Kind)
PEOPLE = ("staff", "outside", "resident")


def record_ids(
    store: Store, actor: Actor, kind: str, site: str = "", clock: Clock | None = None
) -> tuple[str, ...]:
    """The people or accounts there are, or the sessions of a site's week.

    Raises:
        NotFound: a site where the viewer may not see the record.
    """
    scope = allowed(actor, "see_record", [site] if site else [])
    with store.open_session(scope) as session:
        if kind == "session":
            return () if clock is None else weeks.demand_ids(session, site, clock)
        return _people(session) if kind == "person" else _accounts(session, actor)


def _people(session: Session) -> tuple[str, ...]:
    return tuple(id_ for kind, id_ in names_of(session) if kind in PEOPLE)


def _accounts(session: Session, actor: Actor) -> tuple[str, ...]:
    """Those that hold a role where the viewer looks: of others it is not told that they are."""
    reach = sites_for(actor, "see_record")
    here = None if reach is None else accounts_at(session, reach)
    return tuple(id_ for id_ in accounts.names(session) if here is None or id_ in here)
