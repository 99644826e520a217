"""Rows with dates and wall times, expanded into spans of one week.

A plan speaks of days and clock times, a week of elapsed minutes. Everything that
repeats (hours, routine, curfews) or crosses midnight (nights) is laid out here, so
that weeks in which the clocks change come out right in one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from pipe_sched.core.clock import Clock, NoSuchTime
from pipe_sched.core.kinds import neutral_commitment
from pipe_sched.core.plan import AbsenceRow, CommitmentRow, Plan, RoomClosedRow, ShiftRow
from pipe_sched.core.spans import Span, Spans
from pipe_sched.core.week import Absence, Commitment, Free, Paid, Shift

EDGE_DAYS = 2
"""Days on either side of a week that it carries: enough for nights and rest."""


def surroundings(clock: Clock) -> Span:
    """The week with its edge days, in minutes."""
    return Span(clock.day(-EDGE_DAYS), clock.day(7 + EDGE_DAYS))


def recurring(clock: Clock, day: date, at: time) -> int:
    """The minute of a wall time that repeats; one that the clocks skip is taken an hour on.

    A single dated row at such a time is refused instead (`Clock.minute`), but a room
    check at 1:30am every night must not make one night of the year unplannable.
    """
    try:
        return clock.minute(day, at)
    except NoSuchTime:
        return clock.minute(day, time(at.hour + 1, 0))


def on_day(clock: Clock, day: date, start: time | None, end: time | None) -> Span:
    """A stretch on one date; no start is midnight, no end (or one at or before it) runs over."""
    first = start or time(0)
    last = end or time(0)
    ends = day + timedelta(days=1) if last <= first else day
    return Span(recurring(clock, day, first), recurring(clock, ends, last))


def within(day: date, since: date | None, until: date | None) -> bool:
    """Whether a date lies between two dates, both included; None is open."""
    return (since is None or since <= day) and (until is None or day <= until)


def dates(clock: Clock, first: int = 0, last: int = 7) -> tuple[date, ...]:
    """The local dates of days `first` to `last - 1`; the seven of the week by default."""
    return tuple(clock.date_of(i) for i in range(first, last))


def daily(
    clock: Clock,
    start: time | None,
    end: time | None,
    days: tuple[int, ...],
    on: Iterable[date],
) -> Spans:
    """The same wall-clock stretch on each of the dates whose weekday is wanted (none: all).

    A stretch that lies wholly in an hour the clocks skip is left out.
    """
    wanted = (d for d in on if not days or d.isoweekday() in days)
    spans = (on_day(clock, d, start, end) for d in wanted)
    return tuple(sorted(s for s in spans if s.minutes))


def dated(clock: Clock, day: date, start: time, end: time, whose: str) -> Span:
    """A stretch on one date, of a row that is refused when its times do not exist.

    Raises:
        NoSuchTime: the clocks skip one of the times; the sentence says whose row it is.
    """
    try:
        return clock.span(day, start, end)
    except NoSuchTime as error:
        raise NoSuchTime(f"{whose}: {error}") from error


def edge_dates(clock: Clock) -> tuple[date, ...]:
    """The week's dates and its edge days."""
    return dates(clock, -EDGE_DAYS, 7 + EDGE_DAYS)


def cut(span: Span, to: Span) -> Span | None:
    """The part of a span inside another, or None when they share no minute."""
    if not span.overlaps(to):
        return None
    return Span(max(span.start, to.start), min(span.end, to.end))


def between(clock: Clock, row: AbsenceRow | RoomClosedRow, whose: str) -> Span:
    """From one date and time to another; raises ValueError with a sentence when backwards."""
    try:
        start = clock.minute(row.start_date, row.start)
        span = Span(start, clock.minute(row.end_date, row.end))
    except NoSuchTime as error:
        raise NoSuchTime(f"The absence or closure of “{whose}”: {error}") from error
    if span.end <= span.start:
        raise ValueError(
            f"The absence or closure of “{whose}” from {row.start_date} {row.start:%H:%M} ends "
            f"before it starts ({row.end_date} {row.end:%H:%M}). Correct one of the two."
        )
    return span


def shifts(plan: Plan, clock: Clock, staff: frozenset[str]) -> tuple[Shift, ...]:
    """The shifts of these staff that start in the week or on its edge days."""
    near = set(edge_dates(clock))
    found = (s for s in plan.shifts if s.staff in staff and s.date in near)
    return tuple(sorted((_shift(clock, s) for s in found), key=lambda s: (s.person, s.span)))


def _shift(clock: Clock, row: ShiftRow) -> Shift:
    on_call = row.type.replace(" ", "-").replace("_", "-").lower() == "on-call"
    span = dated(clock, row.date, row.start, row.end, f"A shift of “{row.staff}”")
    return Shift(row.staff, row.sites, span, on_call)


def absences(plan: Plan, clock: Clock, staff: frozenset[str]) -> tuple[Absence, ...]:
    """The absences of these staff, cut to the week and its edge."""
    out = []
    for row in plan.absences:
        if row.staff in staff:
            span = cut(between(clock, row, row.staff), surroundings(clock))
            if span:
                out.append(Absence(row.staff, span))
    return tuple(sorted(out, key=lambda a: (a.person, a.span)))


def paid(plan: Plan, clock: Clock, staff: frozenset[str]) -> tuple[Paid, ...]:
    """Windows for paid attendance of these staff, in the week or on its edge days."""
    near = set(edge_dates(clock))
    return tuple(
        Paid(row.staff, dated(clock, row.date, row.start, row.end, f"Paid time of “{row.staff}”"))
        for row in plan.paid
        if row.staff in staff and row.date in near
    )


def free(plan: Plan, clock: Clock, people: frozenset[str]) -> tuple[Free, ...]:
    """When people from outside are free in the week or on its edge days."""
    near = set(edge_dates(clock))
    return tuple(
        Free(
            row.person,
            dated(clock, row.date, row.start, row.end, f"A free time of “{row.person}”"),
            row.sites,
        )
        for row in plan.free
        if row.person in people and row.date in near
    )


def commitments(plan: Plan, clock: Clock, people: frozenset[str]) -> tuple[Commitment, ...]:
    """Commitments of these people: single dates, or weekdays from a date to another."""
    out: list[Commitment] = []
    for row in plan.commitments:
        if row.person in people:
            spans = _commitment_spans(clock, row)
            out.extend(_commitment(row, span) for span in spans)
    return tuple(sorted(out, key=lambda c: (c.person, c.span, c.name)))


def _commitment_spans(clock: Clock, row: CommitmentRow) -> Spans:
    if not row.days and row.until is None:
        if row.since not in edge_dates(clock):
            return ()
        return (dated(clock, row.since, row.start, row.end, f"Commitment “{row.id}”"),)
    on = (d for d in edge_dates(clock) if within(d, row.since, row.until))
    return daily(clock, row.start, row.end, row.days, on)


def _commitment(row: CommitmentRow, span: Span) -> Commitment:
    travel = row.travel if row.away else 0
    name = neutral_commitment(row.name)
    return Commitment(row.person, span, name, row.site, row.away, travel, row.purposeful)
