"""Residents' lists of who may know them, as they are now, and the initials for paper.

Lists are never read from a frozen week: whoever is put on one is kept from the name at once, in
old weeks and versions too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipe_sched.core.initials import unique_initials
from pipe_sched.store.sheets import SHEETS
from pipe_sched.store.tables import Name, PersonSite


@dataclass(frozen=True, slots=True)
class Known:
    """A resident with their sites and lists: see `plan.ResidentRow`."""

    id: str
    sites: frozenset[str]
    restricted: bool
    hidden_from: frozenset[str]
    seen_by: frozenset[str]


def residents(session: Session) -> tuple[Known, ...]:
    """Every resident in the session's scope, in the order of the plan."""
    entity = SHEETS["residents"].entity
    columns = (entity.id, entity.restricted, entity.hidden_from, entity.seen_by)
    rows = session.execute(select(*columns).order_by(entity.position, entity.row)).all()
    where = defaultdict(set)
    for person, site in session.execute(select(PersonSite.person, PersonSite.site)).all():
        where[person].add(site)
    return tuple(
        Known(id_, frozenset(where[id_]), restricted, frozenset(hidden), frozenset(seen))
        for id_, restricted, hidden, seen in rows
    )


def initials_at(session: Session, site: str) -> dict[str, str]:
    """The initials of everybody who ever stayed at a site, no two the same, for paper.

    They hang on the plan alone and not on who asks; newcomers never change anybody's.
    """
    here = [r.id for r in residents(session) if site in r.sites]
    found = session.execute(select(Name.id, Name.name).where(Name.kind == "resident")).all()
    names = {row.id: row.name for row in found}
    return unique_initials({id_: names[id_] for id_ in here if id_ in names})
