"""What a limited session may write: only rows of its own sites, about its own people.

Looked at before anything is sent, for rows of the mapped classes and for bulk statements alike.
The database would take a foreign row; this does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pipe_sched.core.clock import LONDON
from pipe_sched.store.reach import (
    BY_SITE,
    OPEN,
    OPEN_SHEETS,
    PERSON_SHEETS,
    ROW_SHEETS,
    SITE_SHEETS,
    Entity,
    Sites,
)
from pipe_sched.store.run_tables import Run
from pipe_sched.store.sheets import SHEETS
from pipe_sched.store.tables import FrozenWeek, Name, PersonSite

Values = Mapping[str, Any]


class Foreign(PermissionError):
    """A row that is not of the scope's sites, or about somebody who is not."""

    def __init__(self, table: str) -> None:
        super().__init__(f"A row of {table} concerns other premises.")
        self.table = table


def check_values(session: Session, sites: Sites, entity: Entity, rows: Iterable[Values]) -> None:
    """Raise `Foreign` for the first row that the scope may not hold."""
    name = entity.__tablename__ if hasattr(entity, "__tablename__") else entity.__table__.name
    for values in rows:
        if not _holds(session, sites, entity, name, values):
            raise Foreign(name)


def _holds(session: Session, sites: Sites, entity: Entity, name: str, values: Values) -> bool:
    if entity is PersonSite:
        return _may_place(session, sites, values)
    if entity in BY_SITE or name in SITE_SHEETS or name == "stays":
        own = values.get("site", _UNSAID) in (*sites, _UNSAID)
        free = name not in SHORT_IDS or _is_free(session, sites, name, values)
        return own and free and (name != "stays" or _may_stay(session, sites, values))
    if name in OPEN_SHEETS:
        return all(values.get(key, _UNSAID) in (*sites, _UNSAID) for key in OPEN_SHEETS[name])
    if name in PERSON_SHEETS:
        whose = (values[key] for key in PERSON_SHEETS[name] if key in values)
        return (
            _lists_within(sites, values)
            and all(_is_ours(session, sites, person) for person in whose)
            and (name != "commitments" or _is_theirs(session, sites, values))
        )
    if name in ROW_SHEETS:
        key, other = ROW_SHEETS[name]
        return key not in values or _row_within(session, sites, other, values[key])
    if entity is Name:
        return _may_name(session, sites, values)
    return entity in (*OPEN, Run, FrozenWeek)


_UNSAID = object()
"""Stands for a value that an update leaves alone."""
SHORT_IDS = frozenset({"rooms", "programmes"})
"""Sheets of a site whose rows people give short ids, by which other rows name them."""


def _is_free(session: Session, sites: Sites, sheet: str, values: Values) -> bool:
    """Whether no other premises use the row's id: what hangs on it there is theirs."""
    return "id" not in values or _row_within(session, sites, sheet, values["id"])


def _is_theirs(session: Session, sites: Sites, values: Values) -> bool:
    """Whether a commitment's id is not that of somebody of other premises."""
    table = SHEETS["commitments"].table.c
    query = select(table.person).where(table.id == values.get("id"))
    found = session.connection().execute(query, execution_options={"gated": True})
    return all(of_sites(session, sites, person) for person in found.scalars().all())


def _lists_within(sites: Sites, values: Values) -> bool:
    """Whether a row's own list of sites lies within the scope."""
    listed = values.get("sites")
    return listed is None or set(listed) <= sites


def of_sites(session: Session, sites: Sites, person: str) -> bool:
    """Whether somebody is of these sites, or of none at all yet."""
    found = _sites_of(session, PersonSite.__table__, "person", person)
    return not found or bool(found & sites)


def _is_ours(session: Session, sites: Sites, person: str) -> bool:
    """Whether somebody is of these sites now: a resident whose stay goes on, where it does.

    Premises that they left go on knowing them, and have nothing more to say of them.
    """
    stays, today = SHEETS["stays"].table.c, datetime.now(LONDON).date()
    goes_on = or_(stays.leaves.is_(None), stays.leaves >= today)
    query = select(stays.site).where(stays.resident == person, goes_on)
    found = session.connection().execute(query, execution_options={"gated": True})
    now = set(found.scalars())
    return bool(now & sites) if now else of_sites(session, sites, person)


def _may_stay(session: Session, sites: Sites, values: Values) -> bool:
    """Whether a new stay is in no stay of theirs at other premises; one that is stored goes on."""
    if "resident" not in values or "arrives" not in values:
        return True
    stays = SHEETS["stays"].table.c
    query = select(stays.site, stays.arrives, stays.leaves).where(
        stays.resident == values["resident"]
    )
    found = session.connection().execute(query, execution_options={"gated": True}).all()
    if (values.get("site"), values["arrives"]) in {(row.site, row.arrives) for row in found}:
        return True
    return not any(row.site not in sites and _overlap(row, values) for row in found)


def _overlap(there: Any, values: Values) -> bool:
    leaves = values.get("leaves")
    return (there.leaves is None or there.leaves > values["arrives"]) and (
        leaves is None or there.arrives < leaves
    )


def _sites_of(session: Session, table: Any, key: str, id_: str) -> set[str]:
    """The sites of whoever or whatever this is, wherever: to decide who may write about it."""
    query = select(table.c.site).where(table.c[key] == id_)
    found = session.connection().execute(query, execution_options={"gated": True})
    return set(found.scalars())


def _may_place(session: Session, sites: Sites, values: Values) -> bool:
    person = values.get("person")
    return values.get("site", _UNSAID) in (*sites, _UNSAID) and (
        person is None or of_sites(session, sites, person)
    )


def _row_within(session: Session, sites: Sites, sheet: str, id_: str) -> bool:
    return _sites_of(session, SHEETS[sheet].table, "id", id_) <= sites


def _may_name(session: Session, sites: Sites, values: Values) -> bool:
    kind, id_ = values.get("kind"), values.get("id")
    if kind is None or id_ is None:
        return True  # an update of rows that the criteria have chosen
    if kind == "site":
        return id_ in sites
    if kind == "room":
        return _row_within(session, sites, "rooms", id_)
    if kind == "commitment":
        return True  # the commitment's own row was looked at
    return kind in ("staff", "outside", "resident", "crn") and _is_ours(session, sites, id_)
