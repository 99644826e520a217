"""Double cover

Enough people stay on the floor of each premises, day and night, whatever is planned. Per
premises and minute: *on* are the people on shift there who count for cover, less absences and
commitments (their travel does not count); *n* is the largest minimum of the bands that apply (2
at approved premises where no band does; other sites have no cover unless they have bands).
Where on is at least n, at most on - n of them are in sessions off the floor and at most on - 1
in sessions of any kind; bookings of theirs are sessions too. Where the rota alone has fewer
than n, none of them is in a session. Someone who joins remotely or is at another site is off
the floor. Nobody counts while off duty, so paid attendance takes nobody away. Breach, for each
stretch in which the crew, who of it is booked, and n stay the same: the most people too many in
sessions planned here at any one minute of it, bookings taken off the limit first, which is
never below 0; someone in two at once counts twice. The two limits are counted one by one; but
the first not where the second allows no more, and the second, where it allows more, not unless
some session of the crew stays on the floor.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Demand, Tier
from pipe_sched.core.week import Level as RuleLevel
from pipe_sched.rules.claims import Claim, Cover, Level, Use
from pipe_sched.rules.cover_facts import PREMISES, Crew, counting, crews, planned, uses_of
from pipe_sched.rules.facts import key

LEVEL: RuleLevel = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "double_cover"


def claims(index: Index) -> Iterator[Claim]:
    """Two Cover claims at most for each stretch of constant crew."""
    last = index.clock.length + max((d.minutes for d in index.week.demands), default=0)
    week = Span(0, last)
    for id in planned(index):
        site = index.sites.get(id)
        if site is None or (site.type != PREMISES and not site.cover):
            continue
        for crew in crews(index, id, counting(index)):
            if crew.span.overlaps(week):
                yield from _of_crew(index, id, crew)


def _of_crew(index: Index, site: str, crew: Crew) -> Iterator[Cover]:
    found = uses_of(index, crew.on)
    every = tuple(use for _, use in found)
    if len(crew.on) < crew.minimum:
        yield from _limit(site, crew, "short", every, 0)
        return
    off = tuple(use for demand, use in found if leaves_floor(demand, use, site))
    most_off = max(0, len(crew.on) - crew.minimum - len(crew.off))
    most = max(0, crew.free - 1)
    yield from _limit(site, crew, "floor", off, most_off, unless=most)
    if most <= most_off or len(off) < len(every):
        yield from _limit(site, crew, "any", every, most)


def leaves_floor(demand: Demand, use: Use, site: str) -> bool:
    """Whether the person is off this site's floor while in the session."""
    return not demand.on_floor or demand.site != site or use.person in demand.remote


def _limit(
    site: str, crew: Crew, part: str, uses: tuple[Use, ...], most: int, unless: int | None = None
) -> Iterator[Cover]:
    """The limit, unless it can never be passed or one at least as tight stands anyway."""
    if len({use.person for use in uses}) <= most or (unless is not None and unless <= most):
        return
    name = key(site, crew.span.start, part)
    yield Cover(NAME, site, name, _say(site, crew, part), 1, (Level(crew.span, most),), uses)


def _say(site: str, crew: Crew, part: str) -> Phrase:
    when = phrase.stretch(crew.span.start, crew.span.end)
    where, on = phrase.site(site), len(crew.on)
    if part == "short":
        missing = phrase.word(crew.minimum - on)
        words = "Rota short by {0}, {1}: nobody who counts for cover at {2} is in a session then."
        return Phrase(words, (missing, when, where))
    people = "1 person who counts" if on == 1 else f"{on} people who count"
    booked = len(crew.off if part == "floor" else crew.booked)
    already = f", {booked} of them in a session already" if booked else ""
    words = f"{{0}} has {people} for cover, {{1}}{already}, and {{2}}."
    stay = f"{crew.minimum} must stay on the floor"
    return Phrase(
        words, (where, when, phrase.word(stay if part == "floor" else "one must be in no session"))
    )
