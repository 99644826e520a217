"""Series gap

Sessions of one series keep their gap, so that what was done can settle. Two sessions of a
series lie at least the series' gap apart, from the end of one to the start of the other in
elapsed minutes, in this week and to the sessions before and after it.
Breach: the pairs of sessions that are nearer, and 1 for each session nearer to a booking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Booking, Demand, Level, Tier
from pipe_sched.rules.claims import Apart, Choice, Claim, Slot, Use
from pipe_sched.rules.facts import Instance, avoiding, key

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "series_gap"


def claims(index: Index) -> Iterator[Claim]:
    """An Apart for each series with two sessions due, a Within for each session and booking."""
    series: dict[str, list[Demand]] = defaultdict(list)
    for d in index.week.demands:
        if d.series is not None and d.gap > 0:
            series[d.series].append(d)
    for name, found in series.items():
        if len(found) > 1:
            yield _among(name, found)
        for booking in index.week.bookings:
            if booking.series == name:
                yield from _around(index, found, booking)


def _among(name: str, found: list[Demand]) -> Apart:
    gap = phrase.word(length(max(d.gap for d in found)))
    refs = tuple(phrase.demand(d.id) for d in found)
    listed = " and ".join(f"{{{i + 1}}}" for i in range(len(refs)))
    say = Phrase(f"Sessions of one series are {{0}} apart: {listed}.", (gap, *refs))
    slots = tuple(Slot(Choice(Use(d.id)), d.gap) for d in found)
    return Apart(NAME, found[0].site, key(name, "gap"), say, 1, slots)


def _around(index: Index, found: list[Demand], booking: Booking) -> Iterator[Claim]:
    for d in found:
        refs = (
            phrase.demand(d.id),
            phrase.word(length(d.gap)),
            phrase.day(booking.span.start),
        )
        say = Phrase("{0} is at least {1} from the session of its series on {2}.", refs)
        it = Instance(NAME, d.site, key(d.id, booking.id), say)
        hole = booking.span.padded(d.gap, d.gap)
        yield from avoiding(index, it, d, Choice(Use(d.id)), (hole,))


def length(minutes: int) -> str:
    """Minutes in words: "2 days", "36 hours", "1 hour", "45 minutes"."""
    for size, word in ((1440, "day"), (60, "hour")):
        if minutes and minutes % size == 0:
            return f"{minutes // size} {word}{'' if minutes == size else 's'}"
    return f"{minutes} minutes"
