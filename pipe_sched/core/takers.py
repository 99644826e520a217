"""Who takes part in a programme this week, and when they are there.

Residents who live there without taking part (`pipe` no) are never in; enrolments may be
paused; a worker without any working time in the week is due nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipe_sched.core import places, stays
from pipe_sched.core.clock import Clock
from pipe_sched.core.expand import absences, dates, paid, shifts, within
from pipe_sched.core.plan import EnrolmentRow, Plan, ProgrammeRow, StaffRow, StayRow
from pipe_sched.core.spans import Span, Spans, common, merged, without


@dataclass(frozen=True, slots=True)
class Taker:
    """A person who takes part. `spans`: when a resident is there (arrival time gone by), the
    dates on which a worker is in service.

    `on`: the week's dates on which their enrolment runs. `since`: first day of the stay or
    of service, from which days are counted.
    """

    person: str
    spans: Spans
    on: frozenset[date]
    since: date | None = None

    def active(self, clock: Clock, window: Span) -> bool:
        """Whether the enrolment runs on the date on which a window begins."""
        return clock.local(window.start).date() in self.on

    def whole(self, clock: Clock, windows: Spans, possible: Spans, minutes: int) -> bool:
        """Whether they may be put in a group wherever it lies, and are there for some of it.

        Someone paused or not yet enrolled on one of the possible dates is left out that week:
        the group's day is not known before it is planned.
        """
        fits = any(s.minutes >= minutes for s in common(possible, self.spans))
        live = (w for w in windows if common((w,), possible))
        return fits and all(self.active(clock, w) for w in live)

    def days(self, clock: Clock, minutes: int) -> int:
        """On how many of the week's dates they are there long enough for a session."""
        inside = common(self.spans, (Span(0, clock.length),))
        whole = (common(inside, (clock.day_span(i),)) for i in range(7))
        return sum(any(s.minutes >= minutes for s in spans) for spans in whole)


@dataclass(frozen=True)
class Takers:
    """Answers who takes part in each programme of one plan and week."""

    plan: Plan
    clock: Clock

    def of(self, row: ProgrammeRow) -> tuple[Taker, ...]:
        """Those who take part in a programme, in the order of their ids."""
        found = self._enrolled(row) if row.enrolled else self._everyone(row)
        return tuple(sorted(found, key=lambda t: t.person))

    def _everyone(self, row: ProgrammeRow) -> Iterable[Taker]:
        if row.support or row.whom == "each_worker":
            wanted = (s for s in stays.in_service(self.plan, self.clock) if _is_for(row, s))
            yield from (t for s in wanted if (t := self._worker(s)))
        else:
            for person in self._stays:
                yield from self._resident(row, person, frozenset(dates(self.clock)))

    def _enrolled(self, row: ProgrammeRow) -> Iterable[Taker]:
        on: dict[str, set[date]] = {}
        for entry in self.plan.enrolments:
            if entry.programme == row.id:
                days = {d for d in dates(self.clock) if _enrolled_on(entry, d)}
                on[entry.person] = on.get(entry.person, set()) | days
        staff = {s.id: s for s in stays.in_service(self.plan, self.clock)}
        for person, days in on.items():
            if not days:
                continue
            if person in staff:
                taker = self._worker(staff[person], frozenset(days))
                yield from (taker,) if taker else ()
            else:
                yield from self._resident(row, person, frozenset(days))

    def _worker(self, row: StaffRow, on: frozenset[date] | None = None) -> Taker | None:
        """Due whatever their shifts: one on nights all week must be seen to be missed."""
        if not self._working.get(row.id):
            return None
        served = stays.staff_dates(self.clock, row)
        days = (i for i in range(7) if self.clock.date_of(i) in served)
        spans = tuple(self.clock.day_span(i) for i in days)
        return Taker(row.id, spans, served & on if on is not None else served, row.since)

    @cached_property
    def _working(self) -> dict[str, Spans]:
        """Minutes at work or paid for in the week, by staff member."""
        ids = frozenset(s.id for s in self.plan.staff)
        week = (Span(0, self.clock.length),)
        away: dict[str, list[Span]] = {}
        for a in absences(self.plan, self.clock, ids):
            away.setdefault(a.person, []).append(a.span)
        found: dict[str, list[Span]] = {}
        for s in shifts(self.plan, self.clock, ids):
            if not s.on_call:
                found.setdefault(s.person, []).append(s.span)
        for p in paid(self.plan, self.clock, ids):
            found.setdefault(p.person, []).append(p.span)
        return {p: common(week, without(s, away.get(p, ()))) for p, s in found.items()}

    @cached_property
    def _stays(self) -> dict[str, list[tuple[StayRow, Spans]]]:
        """Residents' stays that touch the week, with the minutes after arrival."""
        limits = {s.id: places.limits(s) for s in self.plan.sites}
        out: dict[str, list[tuple[StayRow, Spans]]] = {}
        for row, stay in stays.stays(self.plan, self.clock):
            settle = limits[row.site].arrival if stay.arrives and row.site in limits else 0
            span = Span(stay.span.start + settle, stay.span.end)
            if row.pipe and stays.in_week(self.clock, span):
                out.setdefault(row.resident, []).append((row, (span,)))
        return out

    def _resident(self, row: ProgrammeRow, person: str, on: frozenset[date]) -> Iterable[Taker]:
        wanted = [pair for pair in self._stays.get(person, ()) if _is_at(row, pair[0])]
        if wanted:
            spans = merged(s for _, spans in wanted for s in spans)
            yield Taker(person, spans, on, max(stay.arrives for stay, _ in wanted))


def _is_for(row: ProgrammeRow, staff: StaffRow) -> bool:
    """Support is given at the home site, to the jobs the programme names (none: all)."""
    jobs = row.attend_jobs
    return bool(staff.sites) and staff.sites[0] == row.site and (not jobs or staff.job in jobs)


def _is_at(row: ProgrammeRow, stay: StayRow) -> bool:
    """Whether a stay is where the programme sees people.

    Enrolled people seen in custody or in the community, and those of a kind open to other
    premises, may stay anywhere of that sort; everyone else at the programme's own site.
    """
    if stay.place != row.place:
        return False
    anywhere = row.enrolled and (row.away_kind or row.place != "premises")
    return anywhere or stay.site == row.site


def _enrolled_on(entry: EnrolmentRow, day: date) -> bool:
    if not within(day, entry.since, entry.until):
        return False
    paused = entry.paused_from is not None and within(day, entry.paused_from, entry.paused_until)
    return not paused
