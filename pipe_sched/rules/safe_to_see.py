"""Safe to see

A resident is seen one to one only in the way agreed as safe for them. In one-to-ones with a
resident: led only by the workers named, or never by those named; by two people together; only at
the hours set; not out of sight (no room without *in sight*); by a woman or a man. *Not asked yet*
(also who has no row) means a woman where the resident's home is a women's premises, and either
elsewhere; a worker whose gender is not recorded is neither. Where the session or the resident's
home is at women's premises, a worker who is not offered for women's one-to-ones leads none with a
resident who is not recorded as a man. And in sessions of any kind, who may not see who a resident
is does not lead their sessions: whoever is on the list of those it is hidden from, and with a
restricted resident whoever is not on the list of those who may. Reasons are not held. Breach, for
each resident in the session (a required one counts as in it): 1 for each leader who should not
be, 1 if it is outside the hours, 1 if it is out of sight, and the number of people missing where
two are needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import ATTENDS, Demand, Level, Person, SafeToSee, Tier
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use
from pipe_sched.rules.facts import (
    Instance,
    is_resident,
    key,
    leaders_of,
    leads,
    never,
    within,
)

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NEVER_OVERRIDDEN = True
NAME = "safe_to_see"


def claims(index: Index) -> Iterator[Claim]:
    """For each resident in a session: a Quota per leader not open to them, then the settings."""
    for d in index.week.demands:
        for id in d.attendees:
            if not is_resident(index, id):
                continue
            resident = index.people[id]
            safe = index.safe_to_see.get(id, SafeToSee(id))
            yield from _leaders(index, d, resident, safe)
            if d.one_to_one:
                yield from _settings(index, d, safe)


def _leaders(index: Index, d: Demand, resident: Person, safe: SafeToSee) -> Iterator[Claim]:
    for id in leaders_of(d):
        leader = index.people.get(id)
        say = _reason(index, d, resident, leader, safe) if leader else None
        if say is not None:
            yield _not_together(d, resident.id, id, say)


def _reason(
    index: Index, d: Demand, resident: Person, leader: Person, safe: SafeToSee
) -> Phrase | None:
    """Why this leader may not lead the session with the resident in it; None when they may."""
    if not resident.may_be_known_to(leader.id):
        return Phrase("{0} is not open to {1}.", (phrase.demand(d.id), phrase.person(leader.id)))
    if not d.one_to_one:
        return None
    if leader.id in safe.never or (safe.only and leader.id not in safe.only):
        refs = (phrase.person(leader.id), phrase.person(resident.id))
        return Phrase("{0} does not see {1} one to one.", refs)
    return _gender(index, resident, leader, safe) or _offered(index, d, resident, leader)


def _not_together(d: Demand, resident: str, leader: str, say: Phrase) -> Claim:
    """The leader does not lead while the resident is in it."""
    it = Instance(NAME, d.site, key(d.id, resident, leader), say)
    mine = leads(d, leader)
    if resident in d.required:
        return never(it, *mine)
    both = (Choice(Use(d.id, resident, ATTENDS)), *mine)
    return Quota(NAME, d.site, it.key, say, 1, tuple(Term(c) for c in both), hi=1)


def _gender(index: Index, resident: Person, leader: Person, safe: SafeToSee) -> Phrase | None:
    asked = safe.gender
    if asked == "not_asked":
        asked = "woman" if _womens(index, resident.site) else "either"
    if asked in ("either", leader.gender):
        return None
    refs = (phrase.person(resident.id), phrase.person(leader.id))
    return Phrase(f"{{0}} is seen one to one by a {asked}, and {{1}} is not down as one.", refs)


def _offered(index: Index, d: Demand, resident: Person, leader: Person) -> Phrase | None:
    women = _womens(index, d.site) or _womens(index, resident.site)
    if leader.womens_one_to_ones or not women or resident.gender == "man":
        return None
    return Phrase("{0} is not offered for women's one-to-ones.", (phrase.person(leader.id),))


def _womens(index: Index, site: str) -> bool:
    found = index.sites.get(site)
    return found is not None and found.women


def _settings(index: Index, d: Demand, safe: SafeToSee) -> Iterator[Claim]:
    who = phrase.person(safe.person)
    there = Choice(Use(d.id, safe.person))
    if safe.two_staff:
        say = Phrase("{0} is seen one to one by two people together.", (who,))
        terms = tuple(Term(c) for p in leaders_of(d) for c in leads(d, p))
        yield Quota(NAME, d.site, key(d.id, safe.person, "two"), say, 1, terms, lo=2, when=there)
    if safe.hours:
        say = Phrase("{0} is seen one to one only at the hours set for this.", (who,))
        it = Instance(NAME, d.site, key(d.id, safe.person, "hours"), say)
        yield from within(index, it, d, there, safe.hours)
    if safe.in_sight:
        yield from _in_sight(index, d, safe)


def _in_sight(index: Index, d: Demand, safe: SafeToSee) -> Iterator[Claim]:
    """Rooms out of sight are not taken; a session without a room has none to judge."""
    say = Phrase("{0} is seen one to one only in a room in sight.", (phrase.person(safe.person),))
    it = Instance(NAME, d.site, key(d.id, safe.person, "in_sight"), say)
    dark = [room.id for room in index.rooms_for(d) if "in_sight" not in room.features]
    if dark:
        yield never(it, *(Choice(Use(d.id, safe.person, room=room)) for room in dark))
