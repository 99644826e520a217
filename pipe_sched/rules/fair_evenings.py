"""Evening sessions are shared fairly

Among the workers of one job at one home site who have a shift this week, each evening session a
worker leads or attends counts 1: here, booked elsewhere this week, and in the last 12 weeks
(newcomers are given the average when the week is drawn up). A session is in the evening when its
start is at or after the home site's `evening_from` by wall time (default 5pm). The breach is the
largest number less the smallest. A group none of whose sessions may start in the evening is not
judged. Whoever has no `job` is in no group. The default price is 20 for each evening more.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span, Spans
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import facts, loads
from pipe_sched.rules.claims import Claim

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 20
DAY = 24 * 60


def claims(index: Index) -> Iterator[Claim]:
    """One claim per job and home site with two or more workers and possible evenings."""

    def evenings(site: str) -> Spans:
        # Counted back from midnight, so that the night the clocks change does not shift it.
        before = DAY - facts.site_limits(index, site).evening_from
        return tuple(Span(day.end - before, day.end) for day in index.days)

    words = "Evening sessions are shared unevenly: {0}, {1}."
    yield from loads.counted(index, "fair_evenings", words, evenings, lambda b: b.evenings)
