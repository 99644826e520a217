"""Group size

A session has at most its largest number of attendees, always; at least its smallest when it is
first planned (once published, falling below it is for its leader to judge, see `small_group`);
its quorum of required and expected people; and every required person. Too full is unsafe, too
empty is not a group, and without the person it is for it is nothing.

Breach, per held session: attendees above `largest`; attendees below `smallest` if `published`
does not hold the session; required and expected people in it below `quorum`; and 1 for each
required person missing who is not `excused`. Leaders are not attendees.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, Level, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

RULE = "group_size"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100


def claims(index: Index) -> Iterator[Claim]:
    """Up to three claims per session, and one per required person."""
    published = {a.demand for a in index.week.published}
    for demand in index.week.demands:
        attendees = dict.fromkeys(demand.attendees)
        if len(attendees) > demand.largest:
            yield _most(demand)
        if demand.smallest > 0 and demand.id not in published:
            yield _least(demand)
        if demand.quorum > 0:
            yield _quorum(demand)
        for person in dict.fromkeys(demand.required):
            if person not in demand.excused:
                yield _required(demand, person)


def _terms(demand: Demand, people: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(Term(facts.attends(demand, p)) for p in dict.fromkeys(people))


def _most(demand: Demand) -> Claim:
    say = Phrase(
        "{0} has places for at most {1}.", (phrase.demand(demand.id), phrase.word(demand.largest))
    )
    key = facts.key(demand.id, "largest")
    terms = _terms(demand, demand.attendees)
    return Quota(RULE, demand.site, key, say, 1, terms, hi=demand.largest)


def _least(demand: Demand) -> Claim:
    say = Phrase(
        "{0} needs at least {1} to attend.",
        (phrase.demand(demand.id), phrase.word(demand.smallest)),
    )
    key = facts.key(demand.id, "smallest")
    terms, when = _terms(demand, demand.attendees), Choice(Use(demand.id))
    return Quota(RULE, demand.site, key, say, 1, terms, lo=demand.smallest, when=when)


def _quorum(demand: Demand) -> Claim:
    say = Phrase(
        "{0} needs a quorum of {1}.", (phrase.demand(demand.id), phrase.word(demand.quorum))
    )
    key = facts.key(demand.id, "quorum")
    terms = _terms(demand, demand.required + demand.expected)
    return Quota(
        RULE, demand.site, key, say, 1, terms, lo=demand.quorum, when=Choice(Use(demand.id))
    )


def _required(demand: Demand, person: str) -> Claim:
    say = Phrase("{0} is not held without {1}.", (phrase.demand(demand.id), phrase.person(person)))
    key = facts.key(demand.id, "required", person)
    terms = _terms(demand, (person,))
    return Quota(RULE, demand.site, key, say, 1, terms, lo=1, when=Choice(Use(demand.id)))
