"""Sessions planned before a week and not marked yet, taken as held.

Next week is drawn up while this week's sessions still lie ahead. What is planned is then
the best knowledge of what will have been held; without it all key work would look
overdue and every series a step behind. What the record says always comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from urllib.parse import unquote

from pipe_sched.core.clock import Clock
from pipe_sched.core.due import GROUP
from pipe_sched.core.plan import DeliveryRow, Plan, ProgrammeRow
from pipe_sched.core.week import Booking

Key = tuple[str, str, int, int]
"""Programme, person or "group", ISO year and week."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A booking that was a session due: whose, and when by the wall clock."""

    row: ProgrammeRow
    who: str
    date: date
    start: time
    booking: Booking

    @property
    def key(self) -> Key:
        """What the record is asked for."""
        return (self.row.id, self.who, *self.date.isocalendar()[:2])


def presumed(plan: Plan, clock: Clock, given: Iterable[Booking]) -> tuple[DeliveryRow, ...]:
    """The bookings before the week of which the record does not speak, as held deliveries.

    A booking is known as a session once due by its id: a demand's id, alone or with more
    before it ("2026-W48:kirk:KEY:X1:1"). Marked sessions of the same programme and person in
    the same ISO week stand for the booking of their date, else for the earliest others, so
    that a session moved to another day is not counted twice.
    """
    spoken = _spoken(plan)
    asked: dict[Key, list[Planned]] = {}
    for found in _planned(plan, clock, given):
        asked.setdefault(found.key, []).append(found)
    out: list[DeliveryRow] = []
    for key, sessions in asked.items():
        marked = spoken.get(key, set())
        days = {day for day, _ in marked}
        left = sorted((s for s in sessions if s.date not in days), key=lambda s: (s.date, s.start))
        moved = max(0, len(marked) - (len(sessions) - len(left)))
        out.extend(d for s in left[moved:] for d in _as_held(s))
    return tuple(out)


def _spoken(plan: Plan) -> dict[Key, set[tuple[date, time]]]:
    """The dates and times marked, for each person and for groups."""
    groups = {p.id for p in plan.programmes if p.whom == "group"}
    out: dict[Key, set[tuple[date, time]]] = {}
    for d in plan.deliveries:
        who = GROUP if d.programme in groups else d.person
        if who is not None:
            key = (d.programme, who, *d.date.isocalendar()[:2])
            out.setdefault(key, set()).add((d.date, d.start))
    return out


def _planned(plan: Plan, clock: Clock, given: Iterable[Booking]) -> Iterable[Planned]:
    rows = {(p.site, p.id): p for p in plan.programmes}
    for booking in given:
        parts = [unquote(p) for p in booking.id.replace("/", ":").split(":")[-4:]]
        row = rows.get((parts[0], parts[1])) if len(parts) == 4 else None
        if row is not None and booking.span.start < 0:
            local = clock.local(booking.span.start)
            yield Planned(row, parts[2], local.date(), local.time(), booking)


def _as_held(found: Planned) -> Iterable[DeliveryRow]:
    """One row for one person's session; for a group its own and one for each member."""
    booking = found.booking
    members = [p for p in booking.people if p not in booking.leaders]
    for person in (None, *members) if found.row.whom == "group" else (found.who,):
        yield DeliveryRow(
            found.row.id,
            found.date,
            found.start,
            booking.span.minutes,
            "held",
            person,
            next(iter(booking.leaders), None),
            booking.step,
            booking.room,
        )
