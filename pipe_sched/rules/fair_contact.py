"""Time in sessions is shared fairly

The willing worker should not carry the week. Among the workers of one job at one home site who
have a shift this week, a worker's contact is the minutes of every session they lead or attend
here, of every session booked elsewhere that starts this week, and of the last 12 weeks (newcomers
are given the average when the week is drawn up). The breach is the largest contact less the
smallest, in whole quarter hours. Whoever has no `job` is in no group. The default price is 2 for
each: an hour more or less costs 8, so that it settles ties and does not move people about.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Person, Tier
from pipe_sched.rules import loads, parts
from pipe_sched.rules.claims import Balance, Claim, Share, Term

LEVEL: Level = "should"
TIER: Tier = "comfort"
PRICE = 2
QUARTER = 15
"""Minutes: a finer unit would make the solver weigh minutes nobody minds."""


def claims(index: Index) -> Iterator[Claim]:
    """One claim per job and home site with two or more workers on shift this week."""
    for (site, job), people in loads.alike(index).items():
        shares = tuple(_share(index, p) for p in people)
        if any(s.terms for s in shares):
            refs = (phrase.job(job), phrase.site(site))
            say = Phrase("Time in sessions is shared unevenly: {0}, {1}.", refs)
            yield Balance("fair_contact", site, f"{site} {job}", say, 1, shares, QUARTER)


def _share(index: Index, p: Person) -> Share:
    already = sum(minutes for _, minutes in loads.in_week(index, p.id))
    demands = parts.demands_of(index, p.id)
    terms = tuple(Term(parts.may_be_in(d, p.id), d.minutes) for d in demands)
    return Share(p.id, p.base.contact + already, terms)
