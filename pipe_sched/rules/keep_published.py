"""What was published stays as it was

People have read the timetable, told others and made other plans: after publication the
smallest change is the best one. Each session of the last published version that is still due
counts against that version:

- 1 if it starts at another time,
- 1 if it is in another room (a session published without a room has none to keep),
- 1 for each published staff member who no longer fills that role: someone else in their
  place is the same change, not a second one,
- 1 for each published attendee who is no longer in it, and 1 for each attendee who is new,
  because each of them has to be told.

A session that is no longer held counts in full: its start, its room, all its staff and all
its attendees. A session newly held counts nothing, and neither does one that a person
cancelled: that was decided, and no plan can undo it. The count is multiplied by 3 when the
published start lies at most 24 hours after the run's *now* (or before it), by 2 when it lies
at most 72 hours after, else by 1; without a *now* by 1. The default price is 1: costs of this
tier are numbers of changes and are weighed against nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import ATTENDS, Assignment, Level, Tier
from pipe_sched.rules import decided
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use, exactly

LEVEL: Level = "should"
TIER: Tier = "changes"
PRICE = 1
DECIDED = True


def claims(index: Index) -> Iterator[Claim]:
    """Per published session one claim for what it keeps and one for attendees who are new."""
    for a in decided.published(index):
        times = urgency(a.start, index.week.now)
        yield _kept(index, a, times)
        yield from _new(index, a, times)


def urgency(start: int, now: int | None) -> int:
    """How many times a change counts: 3 within 24 hours of now, 2 within 72, else 1."""
    if now is None or start - now > 72 * 60:
        return 1
    return 2 if start - now > 24 * 60 else 3


def kept(a: Assignment) -> tuple[Choice, ...]:
    """What a published session keeps, each counting 1 if lost: start, room, staff, attendees."""
    uses = [Use(a.demand, room=a.room)] if a.room is not None else []
    uses += [Use(a.demand, lead.person, lead.role) for lead in a.staff]
    uses += [Use(a.demand, person, ATTENDS) for person in a.attendees]
    return (exactly(a), *(Choice(use) for use in uses))


def added(index: Index, a: Assignment) -> tuple[Choice, ...]:
    """Attendees who would be new in a published session, each counting 1."""
    d = index.demands[a.demand]
    new = (p for p in dict.fromkeys(d.attendees) if p not in a.attendees)
    return tuple(Choice(Use(d.id, p, ATTENDS)) for p in new)


def _kept(index: Index, a: Assignment, times: int) -> Claim:
    terms = tuple(Term(choice) for choice in kept(a))
    say = Phrase(
        "{0}, published for {1}, is changed.", (phrase.demand(a.demand), phrase.at(a.start))
    )
    site = index.demands[a.demand].site
    return Quota("keep_published", site, a.demand, say, times, terms, lo=len(terms))


def _new(index: Index, a: Assignment, times: int) -> Iterator[Claim]:
    d = index.demands[a.demand]
    terms = tuple(Term(choice) for choice in added(index, a))
    if terms:
        say = Phrase("People are added to {0}, which is published.", (phrase.demand(d.id),))
        yield Quota("keep_published", d.site, f"{d.id} new", say, times, terms, hi=0)
