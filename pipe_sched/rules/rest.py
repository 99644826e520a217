"""Rest between working days

Eleven hours (or what the worker's home site says) lie between the last end of one working day
and the first start of the next, in elapsed minutes, also to the days just outside the week.
A working day is everything that starts on one local date: shifts less absences, bookings and
paid attendance, joined where they touch. It is judged only where paid attendance planned
here is at either end of the rest, because it causes or worsens it; shifts that lie too close
are a matter of the rota. Each paid attendance is judged beside the rota, and pairs of them on
neighbouring working days beside each other. Paid attendance is a session of staff support
that is not whole inside shifts less absences and bookings, but inside shifts and the
worker's `paid` windows; elsewhere the rule is silent, because `on_shift` is broken.
Breach: 1 for each rest shorter than that at whose end a paid attendance lies, unless the rota
begins or ends in the same minute; and pairs on neighbouring working days too near, of those
that are each far enough from the rota.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, holds, merged, starts_within
from pipe_sched.core.week import Demand, Level, Tier
from pipe_sched.rules.claims import Apart, Choice, Claim, Slot, Use
from pipe_sched.rules.facts import Instance, home_limits, is_staff, key, never
from pipe_sched.rules.series_gap import length
from pipe_sched.rules.working_day import Dates, Rest, joined, work_of

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "rest"


@dataclass(frozen=True, slots=True)
class Edge:
    """A fixed end of a rest: when the worker starts again, or when they worked until."""

    minute: int
    again: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Starts of a session outside the shift: too near an edge, or good, by working day."""

    bad: Mapping[Edge, list[int]]
    good: Mapping[int, list[int]]


def claims(index: Index) -> Iterator[Claim]:
    """Quotas of starts too near a shift, and an Apart for neighbouring days."""
    dates = Dates(index.clock)
    for person, parts in index.parts_by_person.items():
        if not is_staff(index, person) or not index.paid.get(person):
            continue
        demands = {d.id: d for d, _ in parts if d.support}
        work, rest = work_of(index, person), home_limits(index, person).rest
        by_minutes: dict[int, Outcome] = {}
        for d in demands.values():
            if d.minutes not in by_minutes:
                by_minutes[d.minutes] = _tried(index, dates, person, work, d.minutes, rest)
            yield from _too_near(index, person, d, by_minutes[d.minutes], rest)
        yield from _neighbours(index, person, list(demands.values()), by_minutes, rest)


def _tried(
    index: Index, dates: Dates, person: str, work: Spans, minutes: int, rest: int
) -> Outcome:
    """Every start outside the shift tried alone beside the rota."""
    bad: dict[Edge, list[int]] = defaultdict(list)
    good: dict[int, list[int]] = defaultdict(list)
    shifts = (s.span for s in index.shifts.get(person, ()))
    windows = merged((*shifts, *index.paid[person]))
    for start in starts_within(windows, minutes, index.week.grid):
        session = Span(start, start + minutes)
        if holds(work, session):
            continue
        whole = merged((*work, session))
        found = [e for r in dates.rests(whole) for e in _edges(r, session, work, rest)]
        for edge in found:
            bad[edge].append(start)
        if not found:
            block = next(s for s in whole if s.contains(session))
            good[dates.of(block.start)].append(start)
    return Outcome(bad, good)


def _edges(r: Rest, session: Span, work: Spans, rest: int) -> Iterator[Edge]:
    """The far end of a rest that is too short, where the session is at its near end."""
    if r.minutes >= rest:
        return
    if r.start == session.end and all(s.end != session.end for s in work):
        yield Edge(r.end, again=True)
    elif r.end == session.start and all(s.start != session.start for s in work):
        yield Edge(r.start, again=False)


def _too_near(index: Index, person: str, d: Demand, outcome: Outcome, rest: int) -> Iterator[Claim]:
    for edge, starts in outcome.bad.items():
        does = "starts work again on {1}" if edge.again else "works until {1}"
        words = f"{{0}} {does}: this would leave less than {{2}} of rest."
        refs = (phrase.person(person), phrase.at(edge.minute), phrase.word(length(rest)))
        name = key(d.id, person, "before" if edge.again else "after", edge.minute)
        it = Instance(NAME, d.site, name, Phrase(words, refs))
        yield never(it, Choice(Use(d.id, person), joined(starts, index.week.grid)))


def _neighbours(
    index: Index, person: str, demands: list[Demand], found: Mapping[int, Outcome], rest: int
) -> Iterator[Apart]:
    """Paid attendances that are good alone, on working days next to each other."""
    days: dict[int, list[Slot]] = defaultdict(list)
    for d in demands:
        for day, starts in found[d.minutes].good.items():
            choice = Choice(Use(d.id, person), joined(starts, index.week.grid))
            days[day].append(Slot(choice, rest))
    words = "{0} is paid to come on neighbouring days: less than {1} of rest would lie between."
    say = Phrase(words, (phrase.person(person), phrase.word(length(rest))))
    for day, left in days.items():
        right = [Slot(slot.choice) for slot in days.get(day + 1, ())]
        if right and _reach(index, left) + rest > _first(right) and _differ(left, right):
            site = index.people[person].site
            yield Apart(NAME, site, key(person, "days", day), say, 1, tuple(left), tuple(right))


def _reach(index: Index, slots: list[Slot]) -> int:
    """The latest end any of the slots can have."""
    return max(
        (slot.choice.starts or ())[-1].end - 1 + index.demands[slot.choice.use.demand].minutes
        for slot in slots
    )


def _first(slots: list[Slot]) -> int:
    return min((slot.choice.starts or ())[0].start for slot in slots)


def _differ(left: list[Slot], right: list[Slot]) -> bool:
    return len({slot.choice.use.demand for slot in (*left, *right)}) > 1
