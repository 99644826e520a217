"""Saving and loading the plan: sheets to rows and back, names kept apart.

Saving compares with what is there and touches only rows that differ, so that
an import of the same workbook writes nothing. Loading within some sites takes
one query per sheet: rows of those sites, of the people who belong to them, and
what is common to all (sites, travel, people from outside, bank holidays).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from pipe_sched.core.plan import Plan, SiteRow
from pipe_sched.store.crns import CRN
from pipe_sched.store.engine import scope_of
from pipe_sched.store.foreign import Foreign, check_values
from pipe_sched.store.gate import WITHIN
from pipe_sched.store.sheets import REFERENCES, SHEETS, Sheet
from pipe_sched.store.tables import Name, PersonSite, PlanState


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
    limit = scope_of(session).limit
    # All is read first: what a new row brings into reach was not there to be let go.
    there = {s.name: _read(session, s, limit) for s in SHEETS.values()}
    touched = sum(_save(session, s, getattr(plan, s.name), there[s.name]) for s in SHEETS.values())
    touched += _save_names(session, plan)
    if touched:
        _place_people(session, plan)
        _count_up(session)
    return touched


def foreign(session: Session, plan: Plan) -> list[str]:
    """The sheets in which saving this plan would write about other premises."""
    limit = scope_of(session).limit
    if limit is None:
        return []
    named = names_of(session)
    return [
        s.name
        for s in SHEETS.values()
        if _is_foreign(session, s, getattr(plan, s.name))
        or _renames(session, s, getattr(plan, s.name), named)
    ]


def _renames(
    session: Session, sheet: Sheet, rows: Iterable[Any], there: Mapping[tuple[str, str], str]
) -> bool:
    """Whether somebody or something beyond the scope would be called something else."""
    kind = sheet.kind
    if kind is None:
        return False
    known = [row for row in rows if (kind, row.id) in there]
    fresh = [{"kind": kind, "id": r.id} for r in known if there[kind, r.id] != r.name]
    try:
        check_values(session, scope_of(session).limit or frozenset(), Name, fresh)
    except Foreign:
        return True
    return False


def _is_foreign(session: Session, sheet: Sheet, rows: Iterable[Any]) -> bool:
    there = _read(session, sheet, None)
    wanted = [sheet.encode(row) for row in rows]
    places, gone = _match(sheet, there, wanted)
    pairs = zip(wanted, places, strict=True)
    written = [values for values, old in pairs if old is None or old.values != values]
    try:
        check_values(
            session,
            scope_of(session).limit or frozenset(),
            sheet.entity,
            [*written, *(stored.values for stored in gone)],
        )
    except Foreign:
        return True
    return False


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
    """Every name by (kind, id). CRNs are no names: see `crns`."""
    rows = session.execute(select(Name.kind, Name.id, Name.name).where(Name.kind != CRN)).all()
    return {(kind, id_): name for kind, id_, name in rows}


def _names(session: Session) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for (kind, id_), name in names_of(session).items():
        out.setdefault(kind, {})[id_] = name
    return out


def _read(session: Session, sheet: Sheet, limit: frozenset[str] | None) -> list[Stored]:
    entity = sheet.entity
    keys = [c.key for c in sheet.table.columns]
    query = select(*(getattr(entity, k) for k in keys)).order_by(entity.position, entity.row)
    if limit is not None:
        query = query.execution_options(**{WITHIN: limit})
    found = (dict(zip(keys, row, strict=True)) for row in session.execute(query))
    return [Stored(r.pop("row"), r.pop("position"), r) for r in found]


def _save(session: Session, sheet: Sheet, rows: Iterable[Any], there: list[Stored]) -> int:
    wanted = [sheet.encode(row) for row in rows]
    places, gone = _match(sheet, there, wanted)
    entity = sheet.entity
    added, changed = [], 0
    positions = _positions(session, sheet, there, places)
    for position, values, old in zip(positions, wanted, places, strict=True):
        if old is None:
            added.append({**values, "position": position})
        elif old.values != values or old.position != position:
            put = update(entity).where(entity.row == old.row)
            session.execute(put.values(**values, position=position))
            changed += 1
    if gone:
        session.execute(delete(entity).where(entity.row.in_([s.row for s in gone])))
    if added:
        session.execute(insert(entity), added)
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
    last = session.scalar(select(func.max(sheet.entity.position)).select_from(sheet.entity)) or 0
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
    """Work out again whom a site concerns, within the scope: see `_concerned`."""
    limit = scope_of(session).limit
    wanted = {(p, s): None for p, s in _concerned(plan) if limit is None or s in limit}
    there = {(p, s) for p, s in session.execute(select(PersonSite.person, PersonSite.site))}
    new = [{"person": p, "site": s} for p, s in wanted if (p, s) not in there]
    if new:
        session.execute(insert(PersonSite), new)
    people = {person for person, _ in wanted}
    for person, site in sorted(there - wanted.keys()):
        if person in people:
            mine = (PersonSite.person == person, PersonSite.site == site)
            session.execute(delete(PersonSite).where(*mine))


def _concerned(plan: Plan) -> Iterator[tuple[str, str]]:
    """(person, site): staff by list and shifts and their line managers, residents by stays, those
    from outside by when they are free, and whoever is enrolled in one of a site's programmes.
    """
    above = {s.id: s.manager for s in plan.staff}
    for staff in plan.staff:
        for person in _line(above, staff.id):
            yield from ((person, site) for site in staff.sites)
    yield from ((s.staff, site) for s in plan.shifts for site in s.sites)
    yield from ((s.resident, s.site) for s in plan.stays)
    yield from ((f.person, site) for f in plan.free for site in f.sites)
    sites = {p.id: p.site for p in plan.programmes}
    yield from ((e.person, sites[e.programme]) for e in plan.enrolments if e.programme in sites)


def _line(above: Mapping[str, str | None], person: str) -> Iterator[str]:
    """A worker, their line manager, and so on."""
    seen: dict[str, None] = {}
    now: str | None = person
    while now is not None and now not in seen:
        seen[now] = None
        now = above.get(now)
    yield from seen


def _count_up(session: Session) -> None:
    state = session.get(PlanState, 1)
    if state is None:
        session.add(PlanState(id=1, version=1))
    else:
        state.version += 1
    session.flush()
