"""Half-open stretches of time and the small algebra the rules need.

Every window, shift, absence and session in a frozen week is a `Span` in
elapsed minutes, so one set of operations serves rules, solver and pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch [start, end) in elapsed minutes since local Monday 00:00.

    Back-to-back spans do not overlap. Values may be negative or lie past the
    week's end: a week carries what lies just outside it.
    """

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Length in elapsed minutes."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one minute."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, minutes: int) -> Span:
        """The same length, later by `minutes`."""
        return Span(self.start + minutes, self.end + minutes)

    def padded(self, before: int, after: int) -> Span:
        """Grown by minutes on either side."""
        return Span(self.start - before, self.end + after)


Spans = tuple[Span, ...]


def merged(spans: Iterable[Span]) -> Spans:
    """Sorted, disjoint spans covering the same minutes; touching ones are joined."""
    out: list[Span] = []
    for span in sorted(s for s in spans if s.end > s.start):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def common(left: Iterable[Span], right: Iterable[Span]) -> Spans:
    """The minutes in both, as merged spans."""
    a, b = merged(left), merged(right)
    out: list[Span] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i].start, b[j].start), min(a[i].end, b[j].end)
        if start < end:
            out.append(Span(start, end))
        if a[i].end < b[j].end:
            i += 1
        else:
            j += 1
    return tuple(out)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> Spans:
    """The minutes of `spans` that no hole covers, as merged spans."""
    out: list[Span] = []
    gaps = merged(holes)
    for span in merged(spans):
        at = span.start
        for gap in gaps:
            if gap.end <= at or gap.start >= span.end:
                continue
            if gap.start > at:
                out.append(Span(at, gap.start))
            at = max(at, gap.end)
        if at < span.end:
            out.append(Span(at, span.end))
    return tuple(out)


def holds(spans: Iterable[Span], inner: Span) -> bool:
    """Whether `inner` lies whole within one of the spans (as given, not merged)."""
    return any(span.contains(inner) for span in spans)


def starts_within(spans: Iterable[Span], minutes: int, grid: int) -> tuple[int, ...]:
    """Every grid start at which a session of `minutes` lies whole within one span."""
    out: set[int] = set()
    for span in spans:
        first = -(-span.start // grid) * grid
        out.update(range(first, span.end - minutes + 1, grid))
    return tuple(sorted(out))
