"""Begun, past or within 24 hours

People are already on their way. A published session that has begun, is past or begins at
most 24 hours after the run's *now* stays at its start and in its room, unless it is itself
broken: it names people or a room that it may no longer have, or alone in the week it breaks
another must by fixed data (shifts, absences, closed rooms and so on). Without a *now* nothing
is frozen, and what a person cancelled is not. Who leads and who comes may still change, as
those rules allow.
Breach: 1 if it is dropped or starts elsewhere; and 1 if it is held in another room than the
published one (a session published without a room has none to keep).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipe_sched.core import phrase
from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import ATTENDS, Assignment, Level, Tier, Timetable
from pipe_sched.rules import book, decided
from pipe_sched.rules.claims import Apart, Breaks, Claim, Cover, Pause, Quota, Within
from pipe_sched.rules.kept_here import in_room, stays

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
DECIDED = True
NAME = "frozen"
NOTICE = 24 * 60


def claims(index: Index) -> Iterator[Claim]:
    """Two Quotas for each frozen session: start and room."""
    now = index.week.now
    if now is None:
        return
    near = [a for a in decided.published(index) if a.start <= now + NOTICE]
    broken = _broken(index, near) if near else set()
    for a in near:
        if a.demand in broken:
            continue
        d = index.demands[a.demand]
        yield from stays(NAME, d, a, "{0} is published for {1}, too soon to be moved.")
        if a.room is not None:
            refs = (phrase.demand(d.id), phrase.room(a.room), phrase.at(a.start))
            say = Phrase("{0} is published in {1} for {2}, too soon to be moved.", refs)
            yield in_room(NAME, d, a, say)


def _broken(index: Index, near: list[Assignment]) -> set[str]:
    """The demands whose published place breaks a must all by itself."""
    ids = {a.demand for a in near}
    demands = tuple(d for d in index.week.demands if d.id in ids)
    small = Index(replace(index.week, demands=demands, owed=(), pins=(), most_changes=None))
    alone = {a.demand: Held(small, Timetable((a,))) for a in near}
    out = {a.demand for a in near if _stranger(small, a)}
    for rule in book.book().values():
        if rule.name == NAME or not _must_somewhere(small, rule):
            continue
        for claim in rule.claims(small):
            if book.terms(small, rule.name, claim.site).level == "must":
                out |= {d for d in claim.demands() & ids if _alone(claim, d, alone[d])}
    return out


def _must_somewhere(index: Index, rule: book.Rule) -> bool:
    return any(book.terms(index, rule.name, s.id).level == "must" for s in index.week.sites)


def _alone(claim: Claim, demand: str, held: Held) -> bool:
    """Whether the session by itself breaks the claim, whatever else is planned."""
    if claim.demands() != {demand} and not _only_adds(claim):
        return False
    return claim.breach(held) > 0


def _only_adds(claim: Claim) -> bool:
    """Whether other sessions can only make the breach worse."""
    if isinstance(claim, Quota):
        return claim.lo is None and all(t.weight >= 0 for t in claim.terms)
    return isinstance(claim, Within | Apart | Cover | Breaks | Pause)


def _stranger(index: Index, a: Assignment) -> bool:
    """Whether it names a room or somebody that the session due no longer allows."""
    d = index.demands[a.demand]
    parts = set(index.parts(d))
    named = {(x.person, x.role) for x in a.staff} | {(p, ATTENDS) for p in a.attendees}
    rooms = {room.id for room in index.rooms_for(d)}
    right_room = a.room in rooms if d.needs_room else a.room is None
    return not named <= parts or not right_room
