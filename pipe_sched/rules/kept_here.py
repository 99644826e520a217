"""Kept here

A person decided that a session stays, and only a person may undo it. A pinned session is
held, at its start, in its room, with its staff and its attendees and nobody else. The pin
excuses no other rule: where it breaks one, both are shown. A pin on a session that a person
cancelled counts for nothing until they bring it back.
Breach: 1 if it is dropped or starts elsewhere; and if it is held, 1 if it is in another room
(a pin without a room keeps none), and the parts missing from it and added to it, a part being
a person in a role or attending.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import ATTENDS, Assignment, Demand, Level, Tier
from pipe_sched.rules import decided
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use, exactly
from pipe_sched.rules.facts import Instance, key, never

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
DECIDED = True
NAME = "kept_here"


def claims(index: Index) -> Iterator[Claim]:
    """Up to four Quotas for each pin: start, room, who is in it, who is not."""
    for pin in decided.pinned(index):
        d = index.demands[pin.demand]
        yield from stays(NAME, d, pin, "{0} is kept at {1}.")
        yield from _room(d, pin)
        yield from _people(index, d, pin)


def stays(rule: str, d: Demand, place: Assignment, words: str) -> Iterator[Quota]:
    """The session is held at exactly this start. `words` take the session and the time."""
    say = Phrase(words, (phrase.demand(d.id), phrase.at(place.start)))
    yield Quota(rule, d.site, key(d.id, "start"), say, 1, (Term(exactly(place)),), lo=1)


def in_room(rule: str, d: Demand, place: Assignment, say: Phrase) -> Quota:
    """If the session is held, it is in exactly this room."""
    terms = (Term(Choice(Use(d.id, room=place.room))),)
    return Quota(rule, d.site, key(d.id, "room"), say, 1, terms, lo=1, when=Choice(Use(d.id)))


def _room(d: Demand, pin: Assignment) -> Iterator[Quota]:
    if pin.room is not None and d.needs_room:
        say = Phrase("{0} is kept in {1}.", (phrase.demand(d.id), phrase.room(pin.room)))
        yield in_room(NAME, d, pin, say)


def _people(index: Index, d: Demand, pin: Assignment) -> Iterator[Quota]:
    kept = [(lead.person, lead.role) for lead in pin.staff]
    kept += [(person, ATTENDS) for person in pin.attendees]
    others = [part for part in dict.fromkeys(index.parts(d)) if part not in kept]
    me, held = phrase.demand(d.id), Choice(Use(d.id))
    if kept:
        who = tuple(phrase.person(person) for person, _ in kept)
        listed = ", ".join(f"{{{i + 1}}}" for i in range(len(who)))
        say = Phrase(f"{{0}} is kept with {listed}.", (me, *who))
        terms = tuple(Term(Choice(Use(d.id, p, role))) for p, role in kept)
        yield Quota(NAME, d.site, key(d.id, "with"), say, 1, terms, lo=len(kept), when=held)
    if others:
        say = Phrase("{0} is kept as it is: nobody else is added.", (me,))
        it = Instance(NAME, d.site, key(d.id, "nobody_else"), say)
        yield never(it, *(Choice(Use(d.id, p, role)) for p, role in others))
