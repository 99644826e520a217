"""On shift

Every staff member is on shift, at a site list that includes the session's site, for the whole
of it, and not absent. For staff support the worker may instead be in paid attendance outside a
shift, or partly in each. Someone who joins remotely may be on shift anywhere. People from
outside are free at that site when they said so; where they have said nothing yet the session is
provisional until confirmed, and this rule is silent. A plan may not spend hours nobody works.

Breach, for each person in a held session who is not a resident: 1 if it is not whole inside one
stretch of their shifts there (with `support`: of shifts and `paid` windows), joined where they
touch; on-call is no shift; for people from outside of their `free` spans that name its site or
none; and 1 for each stretch of absence, joined where they touch, that it overlaps. An absence
takes paid attendance away as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Spans, merged
from pipe_sched.core.week import Demand, Level, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Use

RULE = "on_shift"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100


def claims(index: Index) -> Iterator[Claim]:
    """One claim per session and worker, and one per absence in the way."""
    for demand in index.week.demands:
        for person in facts.people_in(index, demand):
            if facts.is_resident(index, person):
                continue
            if facts.is_staff(index, person):
                yield from _shift(index, demand, person)
            else:
                yield from _free(index, demand, person)
            yield from _absent(index, demand, person)


def _shift(index: Index, demand: Demand, person: str) -> Iterator[Claim]:
    site = None if person in demand.remote else demand.site
    windows = facts.shifts_at(index, person, site)
    if demand.support:
        windows = merged((*windows, *index.paid.get(person, ())))
    refs = (phrase.person(person), phrase.demand(demand.id), phrase.site(demand.site))
    if site is None:
        say = Phrase("{0} is not on shift for all of {1}.", refs[:2])
    elif windows:
        say = Phrase("{0} is not on shift at {2} for all of {1}.", refs)
    else:
        say = Phrase("{0} has no shift at {1} this week.", (refs[0], refs[2]))
    yield from _only_in(index, demand, person, say, windows)


def _free(index: Index, demand: Demand, person: str) -> Iterator[Claim]:
    said = index.free.get(person, ())
    if not said:
        return
    remote = person in demand.remote
    windows = merged(f.span for f in said if remote or not f.sites or demand.site in f.sites)
    say = Phrase(
        "{0} did not say they are free at {1} for all of {2}.",
        (phrase.person(person), phrase.site(demand.site), phrase.demand(demand.id)),
    )
    yield from _only_in(index, demand, person, say, windows)


def _only_in(
    index: Index, demand: Demand, person: str, say: Phrase, windows: Spans
) -> Iterator[Claim]:
    it = facts.Instance(RULE, demand.site, facts.key(demand.id, person), say)
    yield from facts.within(index, it, demand, Choice(Use(demand.id, person)), windows)


def _absent(index: Index, demand: Demand, person: str) -> Iterator[Claim]:
    for span in index.absences.get(person, ()):
        say = Phrase(
            "{0} is away {1}.", (phrase.person(person), phrase.stretch(span.start, span.end))
        )
        key = facts.key(demand.id, person, "away", span.start)
        it = facts.Instance(RULE, demand.site, key, say)
        yield from facts.avoiding(index, it, demand, Choice(Use(demand.id, person)), (span,))
