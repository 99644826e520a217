"""Saving and loading the plan: sheets to rows and back, names kept apart.

Saving compares with what is there and touches only rows that differ, so that
an import of the same workbook writes nothing. Loading within some sites takes
one query per sheet: rows of those sites, of the people who belong to them, and
what is common to all (sites, travel, people from outside, bank holidays).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from pipe_sched.core.plan import Plan, SiteRow
from pipe_sched.store.engine import scope_of
from pipe_sched.store.sheets import REFERENCES, SHEETS, Sheet
from pipe_sched.store.tables import Name, PersonSite, PlanState

BY_SITE = ("hours", "routine", "cover", "rooms", "programmes", "rules")
BY_PERSON = {
    "staff": ("id",),
    "residents": ("id",),
    "shifts": ("staff",),
    "absences": ("staff",),
    "paid": ("staff",),
    "stays": ("resident",),
    "allocations": ("resident",),
    "curfews": ("resident",),
    "safe_to_see": ("resident",),
    "barred": ("resident",),
    "commitments": ("person",),
    "kept_apart": ("a", "b"),
}
"""Sheets limited by who the row is about: each of these columns must be in the scope."""
BY_ROW = {
    "rooms_closed": ("room", "rooms"),
    "enrolments": ("programme", "programmes"),
    "deliveries": ("programme", "programmes"),
}
"""Sheets limited by a row of another sheet that has a site."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as it lies in its table."""

    row: int
    position: int
    values: Mapping[str, Any]


def plan_version(session: Session) -> int:
    """How often the plan has changed; 0 before the first import."""
    state = session.get(PlanState, 1)
    return 0 if state is None else state.version


def load_plan(session: Session, sites: Iterable[str] | None = None) -> Plan:
    """The plan within the session's scope, or what concerns these sites of it, in order."""
    names = _names(session)
    limit = scope_of(session).limit if sites is None else frozenset(sites)
    found = {}
    for sheet in SHEETS.values():
        named = names.get(sheet.kind or "", {})
        found[sheet.name] = tuple(
            sheet.decode(s.values, named) for s in _read(session, sheet, limit)
        )
    return Plan(**found)


def load_sites(session: Session) -> tuple[SiteRow, ...]:
    """The sites within the session's scope."""
    sheet, named = SHEETS["sites"], _names(session).get("site", {})
    limit = scope_of(session).limit
    rows = (sheet.decode(s.values, named) for s in _read(session, sheet, None))
    return tuple(row for row in rows if limit is None or row.id in limit)


def save_plan(session: Session, plan: Plan) -> int:
    """Make the scope's plan this one; gives back how many rows and names were touched.

    Rows with an id are matched by it, others by being the same in every field. What the
    scope holds and `plan` does not is deleted.
    """
    touched = sum(_save(session, s, getattr(plan, s.name)) for s in SHEETS.values())
    touched += _save_names(session, plan)
    if touched:
        _place_people(session, plan)
        _count_up(session)
    return touched


def missing(plan: Plan) -> list[tuple[str, str]]:
    """Ids that rows refer to and no row has, each with the sheet that refers to it."""
    known = {name: {row.id for row in getattr(plan, name)} for name in set(REFERENCES.values())}
    found = {
        (sheet.name, value): None
        for sheet in SHEETS.values()
        for key in sheet.hints.keys() & REFERENCES.keys()
        for row in getattr(plan, sheet.name)
        if (value := getattr(row, key)) is not None and value not in known[REFERENCES[key]]
    }
    return sorted(found)


def names_of(session: Session) -> dict[tuple[str, str], str]:
    """Every name by (kind, id)."""
    rows = session.execute(select(Name.kind, Name.id, Name.name)).all()
    return {(kind, id_): name for kind, id_, name in rows}


def _names(session: Session) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for (kind, id_), name in names_of(session).items():
        out.setdefault(kind, {})[id_] = name
    return out


def _read(session: Session, sheet: Sheet, limit: frozenset[str] | None) -> list[Stored]:
    table = sheet.table
    query = select(table).order_by(table.c.position, table.c.row)
    if limit is not None:
        query = query.where(_inside(sheet, limit))
    keys = [c.key for c in table.columns if c.key not in ("row", "position")]
    return [
        Stored(r["row"], r["position"], {k: r[k] for k in keys})
        for r in session.execute(query).mappings()
    ]


def _inside(sheet: Sheet, sites: frozenset[str]) -> ColumnElement[bool]:
    columns = sheet.table.c
    if sheet.name in BY_SITE:
        return columns.site.in_(sites)
    mine = select(PersonSite.person).where(PersonSite.site.in_(sites))
    if sheet.name in BY_ROW:
        key, other = BY_ROW[sheet.name]
        target = SHEETS[other].table.c
        inside = columns[key].in_(select(target.id).where(target.site.in_(sites)))
        led = "led_by" in columns  # what a shared worker led elsewhere is part of a fair load
        return or_(inside, columns.led_by.in_(mine)) if led else inside
    if sheet.name in BY_PERSON:
        outside = select(SHEETS["outside"].table.c.id)
        return and_(
            *(or_(columns[k].in_(mine), columns[k].in_(outside)) for k in BY_PERSON[sheet.name])
        )
    return columns.row.is_not(None)


def _save(session: Session, sheet: Sheet, rows: Iterable[Any]) -> int:
    there = _read(session, sheet, scope_of(session).limit)
    wanted = [sheet.encode(row) for row in rows]
    places, gone = _match(sheet, there, wanted)
    table = sheet.table
    added, changed = [], 0
    positions = _positions(session, sheet, there, places)
    for position, values, old in zip(positions, wanted, places, strict=True):
        if old is None:
            added.append({**values, "position": position})
        elif old.values != values or old.position != position:
            put = update(table).where(table.c.row == old.row)
            session.execute(put.values(**values, position=position))
            changed += 1
    if gone:
        session.execute(delete(table).where(table.c.row.in_([s.row for s in gone])))
    if added:
        session.execute(insert(table), added)
    return len(added) + changed + len(gone)


def _match(
    sheet: Sheet, there: list[Stored], wanted: list[dict[str, Any]]
) -> tuple[list[Stored | None], list[Stored]]:
    """For each wanted row the stored one it replaces; and the stored ones left over."""
    key = _by_id if sheet.has_id else _by_values
    free: dict[str, list[Stored]] = {}
    for stored in reversed(there):
        free.setdefault(key(stored.values), []).append(stored)
    places = [bucket.pop() if (bucket := free.get(key(v))) else None for v in wanted]
    return places, [stored for bucket in free.values() for stored in bucket]


def _positions(
    session: Session, sheet: Sheet, there: list[Stored], places: list[Stored | None]
) -> list[int]:
    """Positions in the wanted order; rows that can keep theirs do, new ones go to the end."""
    last = session.scalar(select(func.max(sheet.table.c.position))) or 0
    kept = [old.position for old in places if old is not None]
    tail = list(range(last + 1, last + 1 + len(places) - len(kept)))
    if kept == sorted(kept) and all(old is not None for old in places[: len(kept)]):
        return kept + tail
    return sorted(stored.position for stored in there)[: len(kept)] + tail


def _by_id(values: Mapping[str, Any]) -> str:
    return str(values["id"])


def _by_values(values: Mapping[str, Any]) -> str:
    return repr(sorted(values.items(), key=lambda item: item[0]))


def _save_names(session: Session, plan: Plan) -> int:
    wanted = {
        (kind, row.id): row.name
        for sheet in SHEETS.values()
        if (kind := sheet.kind) is not None
        for row in getattr(plan, sheet.name)
    }
    there = names_of(session)
    fresh = {key: name for key, name in wanted.items() if there.get(key) != name}
    for (kind, id_), name in fresh.items():
        if (kind, id_) in there:
            put = update(Name).where(Name.kind == kind, Name.id == id_)
            session.execute(put.values(name=name))
    new = [{"kind": k, "id": i, "name": n} for (k, i), n in fresh.items() if (k, i) not in there]
    if new:
        session.execute(insert(Name), new)
    return len(fresh)


def _place_people(session: Session, plan: Plan) -> None:
    """Work out again whom a site concerns: staff by list and shifts, residents by stays, and
    whoever is enrolled in one of its programmes.
    """
    pairs = {(s.id, site): None for s in plan.staff for site in s.sites}
    pairs |= {(s.staff, site): None for s in plan.shifts for site in s.sites}
    pairs |= {(s.resident, s.site): None for s in plan.stays}
    sites = {p.id: p.site for p in plan.programmes}
    pairs |= {(e.person, sites[e.programme]): None for e in plan.enrolments if e.programme in sites}
    people = Counter(person for person, _ in pairs)
    for person in people:
        session.execute(delete(PersonSite).where(PersonSite.person == person))
    if pairs:
        session.execute(insert(PersonSite), [{"person": p, "site": s} for p, s in pairs])


def _count_up(session: Session) -> None:
    state = session.get(PlanState, 1)
    if state is None:
        session.add(PlanState(id=1, version=1))
    else:
        state.version += 1
    session.flush()
