"""Weekend sessions are shared fairly

Among the workers of one job at one home site who have a shift this week, each session a worker
leads or attends that starts on a Saturday or Sunday counts 1: here, booked elsewhere this week,
and in the last 12 weeks (newcomers are given the average when the week is drawn up). The breach
is the largest number less the smallest. A group none of whose sessions may start at the weekend
is not judged. Whoever has no `job` is in no group. The default price is 20 for each weekend
session more.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core.index import Index
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import loads
from pipe_sched.rules.claims import Claim

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 20


def claims(index: Index) -> Iterator[Claim]:
    """One claim per job and home site with two or more workers and possible weekends."""
    words = "Weekend sessions are shared unevenly: {0}, {1}."
    days = index.days[5:]
    yield from loads.counted(index, "fair_weekends", words, lambda _: days, lambda b: b.weekends)
