"""People get the sessions they are owed

A resident is owed so many of the week's groups, a worker so many reflective practices: the
groups being held is not enough if the same people miss them each time. The breach is the
number of owed attendances not given: the count owed less the sessions of that list which
the person attends, never below 0. Required and expected attendance count as well as a place
that was offered. The cost is the worth of the attendance owed, so the default price is 1.
The person's home site decides level and price.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import ATTENDS, Level, Owed, Tier
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

LEVEL: Level = "should"
TIER: Tier = "held"
PRICE = 1


def claims(index: Index) -> Iterator[Claim]:
    """One claim per entry of `owed`; its price is that entry's worth."""
    for number, owed in enumerate(index.week.owed):
        if owed.count > 0 and owed.worth:
            yield _claim(index, number, owed)


def _claim(index: Index, number: int, owed: Owed) -> Claim:
    here = [index.demands[d] for d in dict.fromkeys(owed.demands) if d in index.demands]
    may = [d for d in here if owed.person in d.attendees]
    terms = tuple(Term(Choice(Use(d.id, owed.person, ATTENDS))) for d in may)
    words = "{0} is owed a place in {1}." if owed.count == 1 else "{0} is owed {2} places in {1}."
    said = phrase.kind(here[0].kind) if here else phrase.word("sessions")
    say = Phrase(words, (phrase.person(owed.person), said, phrase.word(owed.count)))
    site = index.people[owed.person].site
    key = f"{owed.person} {number}"
    return Quota("owed_attendance", site, key, say, owed.worth, terms, lo=owed.count)
