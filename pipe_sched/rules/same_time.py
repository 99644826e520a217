"""Sessions keep their usual day and time

A steady week is part of the help: people know that their session is on Tuesday at ten. The
breach is 1 for a session held on another weekday than usual, or on that day more than the
site's `same_time` minutes (default 60) earlier or later, by wall time. The default price is
60: as much as half an hour outside the liked times.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.clock import Clock
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, merged
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import facts, parts
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 60


def claims(index: Index) -> Iterator[Claim]:
    """One claim per demand with a usual start."""
    for d in index.week.demands:
        if d.usual is not None:
            off = facts.site_limits(index, d.site).same_time
            refs = (phrase.demand(d.id), phrase.at(d.usual))
            say = Phrase("{0} is not at its usual time, {1}.", refs)
            terms = (Term(Choice(Use(d.id), same_starts(index.clock, d.usual, off))),)
            yield Quota("same_time", d.site, d.id, say, 1, terms, lo=1, when=parts.held(d))


def same_starts(clock: Clock, usual: int, off: int) -> Spans:
    """The starts of that date whose wall time is at most `off` minutes from the usual one."""
    day = clock.day_span(clock.index(usual))
    if day.minutes == 24 * 60:
        return (Span(max(day.start, usual - off), min(day.end, usual + off + 1)),)
    meant = _wall(clock, usual)
    minutes = (m for m in range(day.start, day.end) if abs(_wall(clock, m) - meant) <= off)
    return merged(Span(m, m + 1) for m in minutes)


def _wall(clock: Clock, minute: int) -> int:
    local = clock.local(minute)
    return local.hour * 60 + local.minute
