"""Sessions lie in the times people like

A session outside the preferred times is better than none, but not by much for those who have
to come. The breach is the number of a session's minutes outside the demand's liked spans. The
default price is 2 a minute: a 45-minute session wholly outside costs 90, less than a change
of worker and more than a change of day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, merged
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 2


def claims(index: Index) -> Iterator[Claim]:
    """One claim per demand with liked spans, its starts grouped by their minutes outside."""
    for d in index.week.demands:
        if not d.liked:
            continue
        groups = outside(merged(d.liked), d.minutes, index.week.grid, index.clock.length)
        terms = tuple(Term(Choice(Use(d.id), starts), minutes) for minutes, starts in groups)
        if terms:
            say = Phrase("{0} lies outside its preferred times.", (phrase.demand(d.id),))
            yield Quota("liked_times", d.site, d.id, say, 1, terms, hi=0)


@lru_cache(maxsize=512)
def outside(liked: Spans, minutes: int, grid: int, length: int) -> tuple[tuple[int, Spans], ...]:
    """The week's grid starts by how many of the session's minutes are outside (0 left out).

    Neighbouring starts with the same number share one span.
    """
    groups: dict[int, list[Span]] = defaultdict(list)
    last = (-1, -1)
    for start in range(0, length, grid):
        missed = minutes - sum(
            max(0, min(s.end, start + minutes) - max(s.start, start)) for s in liked
        )
        if last == (missed, start - grid):
            groups[missed][-1] = Span(groups[missed][-1].start, start + 1)
        else:
            groups[missed].append(Span(start, start + 1))
        last = (missed, start)
    return tuple((missed, tuple(groups[missed])) for missed in sorted(groups) if missed)
