"""Visiting people wait little between sessions

Who comes for the day should not sit between two sessions for hours. The breach, for each
visiting person, is the minutes from the first start to the last end of their sessions at one
site on one date (the date of the start), less the minutes of those sessions, over all their
site-days; sessions joined remotely or booked elsewhere are not looked at. The person's home
site decides level and price. The default price is 1 a minute: half of a minute outside the
liked times, because a psychologist has notes to write.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import visits
from pipe_sched.rules.claims import Claim, Gathered

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 1


def claims(index: Index) -> Iterator[Claim]:
    """One claim per visiting person who may have two sessions at one site on a date."""
    for p in visits.visitors(index):
        groups = tuple(g for g in visits.groups(index, p.id) if len(g.choices) > 1)
        if groups:
            say = Phrase("{0} waits between sessions.", (phrase.person(p.id),))
            yield Gathered("little_idle", p.site, p.id, say, 1, groups, "idle")
