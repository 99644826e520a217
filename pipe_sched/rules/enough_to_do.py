"""Residents have enough to do

Each premises promises its residents a number of purposeful hours a week. The breach, for each
resident who stays at the home site during the week, is the number of quarter hours under the
site's `purposeful` minutes (default 0: not judged). The minutes due are taken in proportion to
the dates of the week on which they stay there, less the minutes of purposeful commitments and
of sessions booked elsewhere that lie in the week, and rounded down to quarter hours; each
session they are in gives its whole quarter hours. Quarter hours, because the solver would
otherwise weigh minutes nobody notices. The default price is 4 for each quarter hour: an hour
missing costs 16.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Level, Person, Tier
from pipe_sched.rules import facts, parts
from pipe_sched.rules.claims import Claim, Quota, Term

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 4
QUARTER = 15


def claims(index: Index) -> Iterator[Claim]:
    """One claim per resident with sessions to come and hours still due."""
    for person, demands in parts.residents(index):
        due = quarters_due(index, person)
        if due > 0:
            hours = facts.home_limits(index, person.id).purposeful // 60
            refs = (phrase.person(person.id), phrase.word(hours))
            say = Phrase("{0} has less than {1} purposeful hours in the week.", refs)
            terms = tuple(
                Term(parts.may_be_in(d, person.id), d.minutes // QUARTER) for d in demands
            )
            yield Quota("enough_to_do", person.site, person.id, say, 1, terms, lo=due)


def quarters_due(index: Index, person: Person) -> int:
    """The quarter hours that sessions planned here should fill for a resident; may be below 0."""
    stays = [
        s.span
        for s in index.stays.get(person.id, ())
        if s.place == "premises" and s.site == person.site
    ]
    dates = sum(any(day.overlaps(stay) for stay in stays) for day in index.days)
    weekly = facts.home_limits(index, person.id).purposeful * dates // 7
    spans = [c.span for c in index.commitments.get(person.id, ()) if c.purposeful]
    spans += [b.span for b in parts.bookings_of(index, person.id)]
    week = Span(0, index.clock.length)
    filled = sum(max(0, min(s.end, week.end) - max(s.start, week.start)) for s in spans)
    return (weekly - filled) // QUARTER
