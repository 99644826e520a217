"""CRNs to ids and back, at the boundary where people type them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipe_sched.actions.errors import BadRequest
from pipe_sched.core.plan import Plan
from pipe_sched.core.renaming import renamed, residents_in
from pipe_sched.store.crns import ids_by_crn, keep_crns, known_elsewhere, new_id
from pipe_sched.store.engine import Session

ELSEWHERE = "{0} is known at other premises. Ask somebody who may change those too."


@dataclass(frozen=True, slots=True)
class Exchange:
    """The ids for the CRNs that somebody typed. `new`: those given out for the first time."""

    ids: dict[str, str]
    new: dict[str, str]

    def plan(self, typed: Plan) -> Plan:
        """The rows with ids in place of CRNs."""
        return renamed(typed, self.ids)

    def keep(self, session: Session) -> None:
        """Remember the new ones, once their residents are stored."""
        keep_crns(session, self.new)

    def as_typed(self, id_: str) -> str:
        """An id as the person who typed the CRN knows it."""
        return next((crn for crn, own in self.ids.items() if own == id_), id_)


NO_EXCHANGE = Exchange({}, {})
"""For rows that hold ids already."""


def exchange(
    session: Session, typed: Plan, sites: frozenset[str] | None, more: Iterable[str] = ()
) -> Exchange:
    """The ids for all CRNs in these rows (and `more`); new ones for residents new in them.

    `sites`: those that the person may change (None: all).

    Raises:
        BadRequest: somebody is known at other premises alone.
    """
    crns = residents_in(typed) | frozenset(more)
    away = known_elsewhere(session, crns, sites)
    if away:
        raise BadRequest(" ".join(ELSEWHERE.format(crn) for crn in away))
    known = ids_by_crn(session)
    ids = {crn: known[crn] for crn in crns if crn in known}
    new = {r.id: new_id() for r in typed.residents if r.id not in ids}
    return Exchange({**ids, **new}, new)
