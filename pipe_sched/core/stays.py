"""Who is where: residents' stays, curfews, key workers and staff in service.

Demands, people and cover all ask the same questions of the same rows, with dates in
the middle of weeks; the answers, and what is assumed where a time is not given,
stand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from pipe_sched.core.clock import Clock
from pipe_sched.core.expand import cut, daily, dates, edge_dates, recurring, surroundings, within
from pipe_sched.core.plan import AllocationRow, Plan, StaffRow, StayRow
from pipe_sched.core.spans import Span, common, merged
from pipe_sched.core.week import Curfew, Stay

NATIONAL_CURFEW = (time(23), time(6))
"""Every night, for everyone resident at approved premises (domain facts, section 2)."""

COMES_AND_GOES = time(12)
"""Assumed time of an arrival or departure in or near the week whose time is not given [A]."""

NEVER_CAME = frozenset({"notarrived", "cancelled"})


def span_of(clock: Clock, row: StayRow) -> Span | None:
    """A stay in minutes, cut to the week's surroundings; None when it does not touch them.

    A stay marked departed without a date has no minutes: it is over, since when is not known.
    """
    status = row.status.lower().replace("_", "").replace(" ", "")
    if status in NEVER_CAME or (status == "departed" and row.leaves is None):
        return None
    around = surroundings(clock)
    start = recurring(clock, row.arrives, row.arrives_at or COMES_AND_GOES)
    end = around.end
    if row.leaves is not None:
        end = recurring(clock, row.leaves, row.leaves_at or COMES_AND_GOES)
        if end <= start:
            raise ValueError(
                f"The stay of “{row.resident}” at “{row.site}” ends on {row.leaves} before it "
                f"starts on {row.arrives}. Correct one of the two dates."
            )
    return cut(Span(start, end), around) if end > start else None


def stays(plan: Plan, clock: Clock) -> tuple[tuple[StayRow, Stay], ...]:
    """Every stay that touches the week or its edge, with its row, by resident and start."""
    out = []
    for row in plan.stays:
        span = span_of(clock, row)
        if span:
            came = recurring(clock, row.arrives, row.arrives_at or COMES_AND_GOES)
            arrives = came >= span.start
            out.append((row, Stay(row.resident, row.site, span, row.place, arrives)))
    return tuple(sorted(out, key=lambda pair: (pair[1].person, pair[1].span)))


def in_week(clock: Clock, span: Span) -> bool:
    """Whether a span shares a minute with the week itself."""
    return span.overlaps(Span(0, clock.length))


def curfews(
    plan: Plan, clock: Clock, held: Iterable[Stay], premises: frozenset[str]
) -> tuple[Curfew, ...]:
    """The national curfew for everyone resident at approved premises, and residents' own."""
    out: set[Curfew] = set()
    nights = daily(clock, *NATIONAL_CURFEW, (), edge_dates(clock))
    people = set()
    for stay in held:
        if stay.place == "premises":
            people.add(stay.person)
            if stay.site in premises:
                spans = common(nights, (stay.span,))
                out.update(Curfew(stay.person, s) for s in spans)
    for row in plan.curfews:
        if row.resident in people:
            on = (d for d in edge_dates(clock) if within(d, row.since, row.until))
            spans = daily(clock, row.start, row.end, row.days, on)
            out.update(Curfew(row.resident, s) for s in spans)
    return tuple(sorted(_joined(out), key=lambda c: (c.person, c.span)))


def _joined(found: set[Curfew]) -> Iterable[Curfew]:
    people = {c.person for c in found}
    for person in people:
        spans = merged(c.span for c in found if c.person == person)
        yield from (Curfew(person, s) for s in spans)


def staff_dates(clock: Clock, row: StaffRow) -> frozenset[date]:
    """The week's dates on which a staff member is in service."""
    return frozenset(d for d in dates(clock) if within(d, row.since, row.until))


def in_service(plan: Plan, clock: Clock) -> tuple[StaffRow, ...]:
    """Staff in service on at least one of the week's dates."""
    return tuple(s for s in plan.staff if staff_dates(clock, s))


def allocation(plan: Plan, clock: Clock, resident: str) -> AllocationRow | None:
    """Who is key worker this week: the allocation that holds on most of its dates.

    An allocation holds from its date until the next row's (exact reading 7); a demand has
    one key worker, so when it changes in the week the one with more dates counts, the
    later one when even. None when no row has begun by Sunday.
    """
    rows = sorted((a for a in plan.allocations if a.resident == resident), key=lambda a: a.since)
    held: dict[int, int] = {}
    for day in dates(clock):
        begun = [i for i, a in enumerate(rows) if a.since <= day]
        if begun:
            held[begun[-1]] = held.get(begun[-1], 0) + 1
    if not held:
        return None
    return rows[max(held, key=lambda i: (held[i], i))]
