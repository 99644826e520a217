"""Longest run of sessions

Nobody goes from session to session for hours. A worker's run of sessions, in whatever part,
ends at a pause of 15 minutes or more and lasts at most two hours from its first to its last
minute (both numbers from their home site). A session of theirs that touches a run of
bookings is measured with it.
Breach: runs that last too long, and 1 for each session that makes a run with bookings so.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, merged
from pipe_sched.core.week import Demand, Level, Limits, Tier
from pipe_sched.rules.claims import Breaks, Choice, Claim, Use
from pipe_sched.rules.cover_facts import bookings_of
from pipe_sched.rules.facts import Instance, home_limits, is_staff, key, never
from pipe_sched.rules.series_gap import length
from pipe_sched.rules.working_day import joined

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "longest_run"


def claims(index: Index) -> Iterator[Claim]:
    """One Breaks for each worker whose sessions could make a long run, Quotas by booking."""
    booked = bookings_of(index)
    for person, parts in index.parts_by_person.items():
        if not is_staff(index, person):
            continue
        limits = home_limits(index, person)
        words = "{0} has sessions for more than {1} without {2} minutes' pause."
        lengths = (phrase.word(length(limits.longest_run)), phrase.word(limits.run_pause))
        say = Phrase(words, (phrase.person(person), *lengths))
        demands = list({d.id: d for d, _ in parts}.values())
        whole = sum(d.minutes for d in demands) + (len(demands) - 1) * (limits.run_pause - 1)
        if whole > limits.longest_run:
            site, choices = (
                index.people[person].site,
                tuple(Choice(Use(d.id, person)) for d in demands),
            )
            yield Breaks(NAME, site, person, say, 1, choices, limits.longest_run, limits.run_pause)
        runs = _runs((b.span for b in booked.get(person, ())), limits.run_pause)
        for d in demands if runs else ():
            bad = [s for s in _near(index, d, runs, limits) if _too_long(s, d, runs, limits)]
            if bad:
                it = Instance(NAME, d.site, key(person, d.id, "booked"), say)
                yield never(it, Choice(Use(d.id, person), joined(bad, index.week.grid)))


def _runs(spans: Iterator[Span], pause: int) -> Spans:
    """Spans joined where fewer than `pause` minutes lie between."""
    grown = merged(Span(s.start, s.end + pause - 1) for s in spans)
    return tuple(Span(s.start, s.end - pause + 1) for s in grown)


def _near(index: Index, d: Demand, runs: Spans, limits: Limits) -> list[int]:
    """Grid starts at which the session would join one of the runs."""
    grid = index.week.grid
    found: set[int] = set()
    for run in runs:
        first = run.start - d.minutes - limits.run_pause + 1
        found.update(range(-(-first // grid) * grid, run.end + limits.run_pause, grid))
    return sorted(found)


def _too_long(start: int, d: Demand, runs: Spans, limits: Limits) -> bool:
    session = Span(start, start + d.minutes)
    whole = next(r for r in _runs(iter((*runs, session)), limits.run_pause) if r.contains(session))
    return whole.minutes > limits.longest_run
