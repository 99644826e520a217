"""A visiting person is at one site a day

A morning in one city and an afternoon in another is a day spent on trains. It does not bind
people who may go to several sites a day, nor those whose home site allows it. The breach, for
each visiting person and date, is the number of sites beyond one at which their sessions start
on that date; on a date on which they are booked elsewhere, each session at another site.
Sessions joined remotely do not count. The person's home site decides the level. Where it is
made a should, the default price is 240 for each, that of a site-day.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Level, Person, Tier
from pipe_sched.rules import facts, visits
from pipe_sched.rules.claims import Claim, Gathered, Group, Quota, Term

LEVEL: Level = "must"
TIER: Tier = "comfort"
PRICE = 240


def claims(index: Index) -> Iterator[Claim]:
    """One claim per bound visiting person and date with two possible sites."""
    for p in visits.visitors(index):
        if p.several_sites_a_day or not facts.home_limits(index, p.id).one_site_a_day:
            continue
        groups, booked = visits.groups(index, p.id), visits.booked(index, p.id)
        for number, day in enumerate(index.days):
            today = tuple(g for g in groups if g.day == day)
            yield from _on(p, number, day, today, booked[day])


def _on(
    p: Person, number: int, day: Span, today: tuple[Group, ...], booked: frozenset[str]
) -> Iterator[Claim]:
    say = Phrase(
        "{0} would be at more than one site on {1}.", (phrase.person(p.id), phrase.day(day.start))
    )
    key = f"{p.id} {number}"
    if booked:
        terms = tuple(Term(c) for g in today if g.site not in booked for c in g.choices)
        if terms:
            yield Quota("one_site_a_day", p.site, key, say, 1, terms, hi=0)
    elif len(today) > 1:
        yield Gathered("one_site_a_day", p.site, key, say, 1, today, "sites")
