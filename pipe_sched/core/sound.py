"""Whether a frozen week is sound: every id known once, every number possible.

A week may come from a stranger's file; nothing is solved or stored before the
faults found here are none. Each fault is a sentence that names its place.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

from pipe_sched.core.clock import NoSuchTime
from pipe_sched.core.sound_numbers import far_away, wrong_numbers
from pipe_sched.core.week import Assignment, Curfew, Demand, Stay, Timetable, Week


def faults(week: Week) -> tuple[str, ...]:
    """Every fault of the week, or none."""
    try:
        week.clock  # noqa: B018  the property raises for a week that does not exist
    except NoSuchTime as error:
        return (f"week: {error}",)
    return tuple(
        itertools.chain(
            _grid(week),
            _twice(week),
            _dangling(week),
            _roles_of_people(week),
            _planned(week),
            _rings(week),
            wrong_numbers(week),
        )
    )


def _grid(week: Week) -> Iterator[str]:
    if week.grid < 1 or 60 % week.grid:
        yield f"grid: {week.grid} minutes do not divide an hour. Use 5, 10, 15, 20, 30 or 60."


def _twice(week: Week) -> Iterator[str]:
    tables: dict[str, Iterable[str]] = {
        "sites": (s.id for s in week.sites),
        "plans": week.plans,
        "rooms": (r.id for r in week.rooms),
        "people": (p.id for p in week.people),
        "demands": (d.id for d in week.demands),
        "bookings": (b.id for b in week.bookings),
        "pins": (a.demand for a in week.pins),
        "published": (a.demand for a in week.published),
        "cancelled": week.cancelled,
        "safe_to_see": (s.person for s in week.safe_to_see),
    }
    for table, ids in tables.items():
        for id, count in Counter(ids).items():
            if count > 1:
                yield f"{table}: the id “{id}” occurs {count} times. Give each its own."


def _dangling(week: Week) -> Iterator[str]:
    known = {
        "site": {s.id for s in week.sites},
        "room": {r.id for r in week.rooms},
        "person": {p.id for p in week.people},
        "demand": {d.id for d in week.demands},
    }
    for place, what, id in _references(week):
        if id is not None and id not in known[what]:
            yield f"{place}: there is no {what} “{id}”."


Reference = tuple[str, str, str | None]


def _references(week: Week) -> Iterator[Reference]:
    yield from (("plans", "site", s) for s in week.plans)
    for room in week.rooms:
        yield (f"rooms[{room.id}]", "site", room.site)
        yield from ((f"rooms[{room.id}].next_to", "room", r) for r in room.next_to)
    for p in week.people:
        yield (f"people[{p.id}]", "site", p.site)
        yield (f"people[{p.id}].manager", "person", p.manager)
        yield from ((f"people[{p.id}].hidden_from", "person", x) for x in p.hidden_from)
        yield from ((f"people[{p.id}].seen_by", "person", x) for x in p.seen_by)
    yield from _facts(week)
    for d in week.demands:
        yield from _of_demand(d)
    for owed in week.owed:
        yield ("owed", "person", owed.person)
        yield from (("owed", "demand", d) for d in owed.demands)
    for table, places in (("pins", week.pins), ("published", week.published)):
        for a in places:
            yield from _of_place(f"{table}[{a.demand}]", a)
    yield from (("cancelled", "demand", d) for d in week.cancelled)


def _facts(week: Week) -> Iterator[Reference]:
    for name in ("shifts", "absences", "paid", "free", "commitments", "stays", "curfews"):
        for i, row in enumerate(getattr(week, name)):
            yield (f"{name}[{i}]", "person", row.person)
            for site in getattr(row, "sites", ()) or (getattr(row, "site", None),):
                yield (f"{name}[{i}]", "site", site)
    for i, pair in enumerate(week.kept_apart):
        yield (f"kept_apart[{i}].a", "person", pair.a)
        yield (f"kept_apart[{i}].b", "person", pair.b)
    for i, safe in enumerate(week.safe_to_see):
        people = (safe.person, *safe.only, *safe.never)
        yield from ((f"safe_to_see[{i}]", "person", p) for p in people)
    for i, bar in enumerate(week.barred):
        yield (f"barred[{i}]", "person", bar.person)
        yield (f"barred[{i}]", "site", bar.site)
        yield (f"barred[{i}]", "room", bar.room)
    for i, way in enumerate(week.travel):
        yield (f"travel[{i}]", "site", way.from_site)
        yield (f"travel[{i}]", "site", way.to_site)
    for booking in week.bookings:
        yield (f"bookings[{booking.id}]", "site", booking.site)
        yield (f"bookings[{booking.id}]", "room", booking.room)
        everyone = booking.people + booking.leaders
        yield from ((f"bookings[{booking.id}]", "person", p) for p in everyone)


def _of_demand(d: Demand) -> Iterator[Reference]:
    place = f"demands[{d.id}]"
    yield (place, "site", d.site)
    people = [p for role in d.roles for p in role.people]
    people += [*d.attendees, *d.excused, *d.remote]
    yield from ((place, "person", p) for p in people)
    for one in (d.own_worker, d.back_up, d.third, d.regular):
        yield (place, "person", one)
    yield from ((f"{place}.rooms", "room", r) for r in d.rooms)
    yield (f"{place}.follows", "demand", d.follows)


def _of_place(place: str, a: Assignment) -> Iterator[Reference]:
    yield (place, "demand", a.demand)
    yield (place, "room", a.room)
    yield from ((place, "person", lead.person) for lead in a.staff)
    yield from ((place, "person", p) for p in a.attendees)


def _roles_of_people(week: Week) -> Iterator[str]:
    """People in rows that are not for their like, and pairs of one."""
    residents = {p.id for p in week.people if p.type == "resident"}
    others = {p.id for p in week.people} - residents
    rows: dict[str, Iterable[Stay | Curfew]] = {"stays": week.stays, "curfews": week.curfews}
    for table, items in rows.items():
        for i, row in enumerate(items):
            if row.person in others:
                yield f"{table}[{i}]: “{row.person}” is no resident. Name a resident."
    for i, pair in enumerate(week.kept_apart):
        if pair.a == pair.b:
            yield f"kept_apart[{i}]: “{pair.a}” cannot be kept apart from the same person."


def _planned(week: Week) -> Iterator[str]:
    """Sessions are due only at sites that are planned here."""
    for d in week.demands:
        if d.site not in week.plans:
            yield (
                f"demands[{d.id}]: its site “{d.site}” is not among “plans”. "
                "Add it there, or leave the session out."
            )


def _rings(week: Week) -> Iterator[str]:
    """Steps that wait for themselves; each ring is told once, by its first session."""
    before = {d.id: d.follows for d in week.demands}
    told: set[str] = set()
    for first in before:
        path: dict[str, None] = {}
        at: str | None = first
        while at in before and at not in told and at not in path:
            path[at] = None
            at = before[at]
        told.update(path)
        if at is not None and at in path:
            ring = list(path)[list(path).index(at) :]
            others = ", ".join(f"“{one}”" for one in ring[1:8])
            way = f", by way of {others}" if others else ""
            yield f"demands[{at}]: it follows itself{way}. Let one of them follow none."


def misplaced(week: Week, timetable: Timetable) -> tuple[str, ...]:
    """Ids and starts of a timetable that its week does not hold, as sentences; or none."""
    known = {
        "room": {r.id for r in week.rooms},
        "person": {p.id for p in week.people},
        "demand": {d.id for d in week.demands},
    }
    out = [
        f"{place}: there is no {what} “{id}” in the week."
        for a in timetable.assignments
        for place, what, id in _of_place(f"assignments[{a.demand}]", a)
        if id is not None and id not in known[what]
    ]
    twice = Counter(a.demand for a in timetable.assignments)
    out += [f"assignments[{d}]: placed {n} times." for d, n in twice.items() if n > 1]
    out += [
        f"assignments[{a.demand}].start: {a.start} is not in the week nor near it."
        for a in timetable.assignments
        if far_away(a.start)
    ]
    return tuple(out)
