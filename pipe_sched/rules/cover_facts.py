"""Who is on the floor of a site, stretch by stretch. Not a rule itself.

Double cover and not alone both ask how many people are there at a minute. The crew
changes with shifts, absences, busy times and bookings; between two changes it is the
same few people, so each rule can name them and nobody off duty is ever counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span, Spans, merged, without
from pipe_sched.core.week import Booking, Demand
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Use

PREMISES = "approved_premises"
DEFAULT_MINIMUM = 2


@dataclass(frozen=True, slots=True)
class Crew:
    """The people on duty at a site during a stretch in which nothing of it changes.

    `on`: on shift there, not absent, in no commitment (its travel does not count, reading 2).
    `booked`: those of them in a booking; `off`: those of them in one off this floor.
    `paid`: people not on duty here who may be in a session in paid attendance.
    """

    span: Span
    on: tuple[str, ...]
    booked: tuple[str, ...]
    off: tuple[str, ...]
    paid: tuple[str, ...]
    minimum: int

    @property
    def free(self) -> int:
        """How many are in no booking."""
        return len(self.on) - len(self.booked)


def planned(index: Index) -> tuple[str, ...]:
    """The sites whose sessions are planned here."""
    return tuple(dict.fromkeys((*index.week.plans, *(d.site for d in index.week.demands))))


def counting(index: Index) -> tuple[str, ...]:
    """Everyone who counts for cover."""
    return tuple(p.id for p in index.week.people if p.counts)


def bookings_of(index: Index) -> Mapping[str, tuple[Booking, ...]]:
    """Bookings by the people in them, leaders included."""
    out: dict[str, list[Booking]] = defaultdict(list)
    for b in index.week.bookings:
        for person in dict.fromkeys((*b.people, *b.leaders)):
            out[person].append(b)
    return {key: tuple(value) for key, value in out.items()}


def crews(
    index: Index, site: str, people: Iterable[str], with_paid: bool = False
) -> tuple[Crew, ...]:
    """The site's crews out of these people, in order, over the week and a day either side.

    `paid` is filled, and crews are told apart by it, only `with_paid`.
    """
    books = bookings_of(index)
    on = {p: spans for p in people if (spans := _there(index, p, site))}
    booked = {p: merged(b.span for b in books.get(p, ())) for p in on}
    off = {p: merged(b.span for b in books.get(p, ()) if _off_floor(b, site)) for p in on}
    paid = {p: without(_paid(index, p), on.get(p, ())) for p in people if with_paid}
    bands = index.sites[site].cover if site in index.sites else ()
    tables = (on, booked, off, paid)
    found = [s for table in tables for spans in table.values() for s in spans]
    out: list[Crew] = []
    for at in _pieces(facts.frame(index), (*found, *(b.span for b in bands))):
        here = _at(on, at.start)
        among = [tuple(p for p in _at(table, at.start) if p in here) for table in (booked, off)]
        away = tuple(p for p in _at(paid, at.start) if p not in here)
        crew = Crew(at, here, among[0], among[1], away, _minimum(index, site, at.start))
        _append(out, crew)
    return tuple(out)


def uses_of(index: Index, people: Iterable[str]) -> tuple[tuple[Demand, Use], ...]:
    """Every session these people may be in, in whatever part, once per person and session."""
    out: dict[Use, Demand] = {}
    for person in people:
        for demand, _ in index.parts_by_person.get(person, ()):
            out[Use(demand.id, person)] = demand
    return tuple((demand, use) for use, demand in out.items())


def _there(index: Index, person: str, site: str) -> Spans:
    busy = (c.span for c in index.commitments.get(person, ()))
    return without(facts.duty(index, person, site), busy)


def _paid(index: Index, person: str) -> Spans:
    """Windows of paid attendance that some session due could use."""
    due = (demand for demand, _ in index.parts_by_person.get(person, ()))
    return index.paid.get(person, ()) if any(d.support for d in due) else ()


def _off_floor(booking: Booking, site: str) -> bool:
    return booking.off_floor or booking.site != site


def _pieces(frame: Span, spans: Iterable[Span]) -> Iterable[Span]:
    cuts = {frame.start, frame.end}
    for span in spans:
        cuts.update(t for t in (span.start, span.end) if frame.start < t < frame.end)
    return (Span(a, b) for a, b in pairwise(sorted(cuts)))


def _at(table: Mapping[str, Spans], minute: int) -> tuple[str, ...]:
    return tuple(p for p, spans in table.items() if any(s.start <= minute < s.end for s in spans))


def _minimum(index: Index, site: str, minute: int) -> int:
    found = index.sites.get(site)
    if found is None:
        return 0
    least = [b.minimum for b in found.cover if b.span.start <= minute < b.span.end]
    if least:
        return max(least)
    return DEFAULT_MINIMUM if found.type == PREMISES else 0


def _append(out: list[Crew], crew: Crew) -> None:
    """Join a crew to the one before when only the clock has moved."""
    last = out[-1] if out else None
    if last is not None and _same(last, crew):
        span = Span(last.span.start, crew.span.end)
        out[-1] = Crew(span, crew.on, crew.booked, crew.off, crew.paid, crew.minimum)
    else:
        out.append(crew)


def _same(a: Crew, b: Crew) -> bool:
    return (a.on, a.booked, a.off, a.paid, a.minimum) == (b.on, b.booked, b.off, b.paid, b.minimum)
