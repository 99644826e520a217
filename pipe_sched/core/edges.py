"""What lies just outside a week and matters to it, as bookings.

The last and next sessions of a series keep their gap across Sunday midnight, and a
session late on Sunday counts for Monday's rest; the record knows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipe_sched.core.clock import Clock
from pipe_sched.core.due import GROUP, due_id
from pipe_sched.core.expand import edge_dates, recurring, surroundings
from pipe_sched.core.plan import DeliveryRow, Plan, ProgrammeRow
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Booking, Week


def bookings(
    plan: Plan, clock: Clock, week: Week, given: tuple[Booking, ...]
) -> tuple[Booking, ...]:
    """The given bookings and those of the record, as far as they concern the week's people.

    A booking of the record that is also given (same kind, site and start, a shared person)
    is taken once, as given.
    """
    found = [b for b in recorded(plan, clock) if not any(_same(b, g) for g in given)]
    known = {p.id for p in week.people}
    rooms = {r.id for r in week.rooms}
    around = surroundings(clock)
    near = (b for b in given if b.series is not None or b.span.overlaps(around))
    kept = (_only(b, known, rooms) for b in (*near, *found))
    return tuple(b for b in kept if b.people or b.leaders or b.room)


def _same(a: Booking, b: Booking) -> bool:
    alike = (a.kind, a.site, a.span.start) == (b.kind, b.site, b.span.start)
    return alike and bool({*a.people, *a.leaders} & {*b.people, *b.leaders})


def _only(booking: Booking, known: set[str], rooms: set[str]) -> Booking:
    """The booking without people and room that the week does not hold."""
    return replace(
        booking,
        room=booking.room if booking.room in rooms else None,
        people=tuple(p for p in booking.people if p in known),
        leaders=tuple(p for p in booking.leaders if p in known),
    )


def recorded(plan: Plan, clock: Clock) -> tuple[Booking, ...]:
    """Sessions held just outside the week, and the nearest of each series on either side."""
    rows = {p.id: p for p in plan.programmes}
    residents = {r.id for r in plan.residents}
    out: dict[str, Booking] = {}
    for sessions in _sessions(plan, clock, rows).values():
        row = rows[sessions[0].programme]
        booking = _booking(clock, row, sessions, residents)
        if not booking.span.overlaps(Span(0, clock.length)) and _near(clock, row, booking):
            out[booking.id] = booking
    return tuple(sorted(out.values(), key=lambda b: (b.span, b.id)))


def _near(clock: Clock, row: ProgrammeRow, booking: Booking) -> bool:
    around = surroundings(clock)
    if booking.series is not None:
        around = Span(min(around.start, -row.gap), max(around.end, clock.length + row.gap))
    return booking.span.overlaps(around)


def _sessions(
    plan: Plan, clock: Clock, rows: Mapping[str, ProgrammeRow]
) -> Mapping[tuple[object, ...], list[DeliveryRow]]:
    """Held deliveries together by session: a group's attendances are one session."""
    near = set(edge_dates(clock))
    out: dict[tuple[object, ...], list[DeliveryRow]] = {}
    for d in plan.deliveries:
        row = rows.get(d.programme)
        if row is None or d.outcome != "held":
            continue
        if row.often == "series" or d.date in near:
            who = None if row.whom == "group" else d.person
            out.setdefault((d.programme, who, d.date, d.start), []).append(d)
    return out


def _booking(
    clock: Clock, row: ProgrammeRow, held: Iterable[DeliveryRow], residents: set[str]
) -> Booking:
    sessions = tuple(held)
    first = sessions[0]
    start = recurring(clock, first.date, first.start)
    people = tuple(sorted({d.person for d in sessions if d.person}))
    who = None if row.whom == "group" else first.person
    series = (f"{row.id}:{who}" if who else row.id) if row.often == "series" else None
    return Booking(
        due_id(row.site, row.id, who or GROUP, f"{first.date}T{first.start:%H%M}"),
        row.site,
        Span(start, start + first.minutes),
        row.kind,
        people,
        tuple(sorted({d.led_by for d in sessions if d.led_by})),
        first.room,
        off_floor=not row.on_floor,
        with_residents=any(p in residents for p in people),
        one_to_one=row.one_to_one,
        series=series,
        step=max(d.step for d in sessions),
    )
