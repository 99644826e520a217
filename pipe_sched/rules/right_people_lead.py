"""The right people lead

Each role in a session is filled by exactly the stated number of people who hold the role and the
training, and nobody fills two parts in one session, be it two roles or leading and attending. A
group with one facilitator short, or led by someone untrained, is not the session that was due.

Breach, per held session: for each role the people too few or too many; and for each person the
parts they fill beyond one, attending being a part.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Demand, Level, Role, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use

RULE = "right_people_lead"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100


def claims(index: Index) -> Iterator[Claim]:
    """One claim per session and role, and one per person who might fill two parts."""
    for demand in index.week.demands:
        for role in demand.roles:
            yield _filled(demand, role)
        yield from _one_part(index, demand)


def _filled(demand: Demand, role: Role) -> Claim:
    what, part = phrase.demand(demand.id), phrase.job(role.name)
    if len(role.people) < role.count:
        words = "{0} needs {1} to fill the part {2}, and {3} can."
        able = phrase.word(len(role.people) or "nobody")
        say = Phrase(words, (what, phrase.word(role.count), part, able))
    else:
        say = Phrase("{0} needs exactly {1} as {2}.", (what, phrase.word(role.count), part))
    terms = tuple(Term(Choice(Use(demand.id, p, role.name))) for p in role.people)
    when = Choice(Use(demand.id))
    key = facts.key(demand.id, role.name)
    count = role.count
    return Quota(RULE, demand.site, key, say, 1, terms, lo=count, hi=count, when=when)


def _one_part(index: Index, demand: Demand) -> Iterator[Claim]:
    parts: dict[str, list[Term]] = {}
    for person, role in index.parts(demand):
        parts.setdefault(person, []).append(Term(Choice(Use(demand.id, person, role))))
    for person, terms in parts.items():
        if len(terms) > 1:
            say = Phrase(
                "{0} cannot fill two parts in {1}.",
                (phrase.person(person), phrase.demand(demand.id)),
            )
            key = facts.key(demand.id, "parts", person)
            yield Quota(RULE, demand.site, key, say, 1, tuple(terms), hi=1)
