"""Handover

Who starts a shift first hears what happened on the last one. The first minutes of a shift
(15 unless the worker's home site says otherwise) of someone who counts for cover are free
of sessions for them, unless they are absent then. On-call is not a shift.
Breach: 1 for each session of theirs that overlaps such minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, without
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules.claims import Choice, Claim, Within
from pipe_sched.rules.cover_facts import counting, uses_of
from pipe_sched.rules.facts import clear_of, home_limits, key, reach

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "handover"


def claims(index: Index) -> Iterator[Claim]:
    """A Within for each session someone who counts for cover may be in."""
    for person in counting(index):
        minutes = home_limits(index, person).handover
        holes = _first_minutes(index, person, minutes)
        words = "{0} has handover in the first {1} minutes of each shift."
        say = Phrase(words, (phrase.person(person), phrase.word(minutes)))
        windows = clear_of(index, holes)
        for demand, use in uses_of(index, (person,)):
            if any(h.overlaps(span) for h in holes for span in reach(index, demand)):
                name = key(person, demand.id)
                yield Within(NAME, demand.site, name, say, 1, Choice(use), windows)


def _first_minutes(index: Index, person: str, minutes: int) -> Spans:
    starts = (s.span for s in index.shifts.get(person, ()))
    first = (Span(s.start, min(s.end, s.start + minutes)) for s in starts)
    return without(first, index.absences.get(person, ()))
