"""What a worker's days look like from the rota alone. Not a rule itself.

Rest and breaks are about stretches of work, wherever it is and whatever it is made of:
shifts less absences, and bookings, joined where they touch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipe_sched.core.clock import Clock
from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span, Spans, merged
from pipe_sched.rules.cover_facts import bookings_of
from pipe_sched.rules.facts import duty

AROUND = 15
"""How many days before and after the Monday dates are known for: shifts lie near the week."""


def work_of(index: Index, person: str) -> Spans:
    """The stretches a person works without anything planned here."""
    booked = (b.span for b in bookings_of(index).get(person, ()))
    return merged((*duty(index, person, None), *booked))


@dataclass(frozen=True, slots=True)
class Rest:
    """From the last end of one working day to the first start of the next."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Elapsed minutes of rest; below zero when one day runs into the next."""
        return self.end - self.start


@dataclass(frozen=True)
class Dates:
    """Local dates around a week, found by minute."""

    clock: Clock

    @cached_property
    def _starts(self) -> list[int]:
        return [self.clock.day(i) for i in range(-AROUND, AROUND + 1)]

    def of(self, minute: int) -> int:
        """The day index of a minute; 0 is Monday."""
        return bisect_right(self._starts, minute) - 1 - AROUND

    def rests(self, work: Iterable[Span]) -> tuple[Rest, ...]:
        """The rests between working days: all that starts on one local date is one day."""
        days: dict[int, Span] = {}
        for span in work:
            date = self.of(span.start)
            known = days.get(date, span)
            days[date] = Span(min(known.start, span.start), max(known.end, span.end))
        ordered = [days[date] for date in sorted(days)]
        return tuple(Rest(a.end, b.start) for a, b in pairwise(ordered))


def joined(starts: Iterable[int], grid: int) -> Spans:
    """Start minutes on the grid as spans of starts, neighbours joined."""
    return tuple(Span(s.start, s.end - grid + 1) for s in merged(Span(t, t + grid) for t in starts))
