"""Places not allowed

A resident is never planned into a site or room that is barred to them. A bar with
*accompanied* lets them in for sessions that are marked accompanied; with neither site nor
room it bars every site but their home, with a room only that room. Who joins remotely is
not there. Breach: 1 for each bar and session of theirs in its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Barred, Demand, Level, Tier
from pipe_sched.rules.claims import Choice, Claim, Use
from pipe_sched.rules.facts import Instance, key, never

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "places_not_allowed"


def claims(index: Index) -> Iterator[Claim]:
    """One Quota for each bar and session it can touch."""
    for i, bar in enumerate(index.week.barred):
        found = {d.id: d for d, _ in index.parts_by_person.get(bar.person, ())}
        for d in found.values():
            if bar.person in d.remote or (bar.accompanied and d.accompanied):
                continue
            choice = _choice(index, bar, d)
            if choice is not None:
                it = Instance(NAME, d.site, key(bar.person, d.id, i), _say(bar, d))
                yield never(it, choice)


def _choice(index: Index, bar: Barred, d: Demand) -> Choice | None:
    """The barred way of being in the session, if there is one."""
    if bar.room is not None:
        open_to = {room.id for room in index.rooms_for(d)}
        return Choice(Use(d.id, bar.person, room=bar.room)) if bar.room in open_to else None
    if bar.site is not None:
        return Choice(Use(d.id, bar.person)) if bar.site == d.site else None
    return Choice(Use(d.id, bar.person)) if d.site != index.people[bar.person].site else None


def _say(bar: Barred, d: Demand) -> Phrase:
    person = phrase.person(bar.person)
    place = phrase.room(bar.room) if bar.room is not None else phrase.site(bar.site or d.site)
    if bar.accompanied:
        words = "{0} goes to {1} only accompanied, and {2} is not accompanied."
        return Phrase(words, (person, place, phrase.demand(d.id)))
    return Phrase("{0} is never planned into {1}.", (person, place))
