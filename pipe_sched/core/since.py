"""What changed between two frozen weeks of one run, as sentences: why a result no longer fits.

People are told by name what concerns shifts, absences, rooms and sessions due. Of stays and
of who is kept apart it is said only that they changed: a recall is nobody's news yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipe_sched.core import phrase
from pipe_sched.core.phrase import Phrase, Ref
from pipe_sched.core.week import Room, Week

ROWS: dict[str, tuple[str, str]] = {
    "absences": ("{0} is away, {1}.", "{0} is no longer away, {1}."),
    "shifts": ("{0} is on shift, {1}.", "{0} is no longer on shift, {1}."),
    "commitments": ("{0} is busy, {1}.", "{0} is no longer busy, {1}."),
    "paid": ("{0} offers paid attendance, {1}.", "{0} no longer offers paid attendance, {1}."),
    "free": ("{0} is free, {1}.", "{0} is no longer free, {1}."),
}
"""Tables of a person and a stretch of time: what is said of a row that is new, or gone."""

PLAIN: dict[str, str] = {
    "stays": "Who stays here has changed.",
    "curfews": "A curfew has changed.",
    "kept_apart": "Who is kept apart has changed.",
    "safe_to_see": "How somebody may be seen has changed.",
    "barred": "Where somebody may not go has changed.",
    "travel": "A travel time has changed.",
    "sites": "The hours, routine, cover or rules of a site have changed.",
    "people": "What is known of somebody has changed.",
    "owed": "What people are owed has changed.",
    "published": "Another version was published.",
}
"""Tables of which it is only said that they changed."""

MOST = 12
"""Most sentences that are told."""


def changed_since(old: Week, new: Week) -> tuple[Phrase, ...]:
    """What is different in the new week; empty when only the present moved on."""
    found = [*_demands(old, new), *_rooms(old, new), *_rows(old, new), *_kept(old, new)]
    found += [Phrase(say) for table, say in PLAIN.items() if _table(old, new, table)]
    found += _bookings(old, new)
    told = tuple(dict.fromkeys(found))
    if len(told) <= MOST:
        return told
    more = Phrase("And {0} more changes.", (phrase.word(len(told) - MOST),))
    return (*told[:MOST], more)


def _table(old: Week, new: Week, table: str) -> bool:
    return bool(getattr(old, table) != getattr(new, table))


def _demands(old: Week, new: Week) -> Iterator[Phrase]:
    before, after = ({d.id: d for d in w.demands} for w in (old, new))
    for id_ in dict.fromkeys((*before, *after)):
        me = (phrase.demand(id_),)
        if before.get(id_) == after.get(id_):
            continue
        known = before.get(id_) or after[id_]
        if known.one_to_one or len(known.required) == 1:
            yield Phrase("Sessions due for one person have changed.")
        elif id_ not in before:
            yield Phrase("{0} is now due.", me)
        elif id_ not in after:
            yield Phrase("{0} is no longer due.", me)
        else:
            yield Phrase("{0} asks for something else.", me)


def _rooms(old: Week, new: Week) -> Iterator[Phrase]:
    before: dict[str, Room] = {r.id: r for r in old.rooms}
    for room in new.rooms:
        was = before.get(room.id)
        if was is None:
            yield Phrase("{0} is a new room.", (phrase.room(room.id),))
        elif was.closed != room.closed:
            yield Phrase("{0} is out of use at other times.", (phrase.room(room.id),))
        elif was != room:
            yield Phrase("{0} is another room than it was.", (phrase.room(room.id),))


def _rows(old: Week, new: Week) -> Iterator[Phrase]:
    for table, (came, went) in ROWS.items():
        before, after = set(getattr(old, table)), set(getattr(new, table))
        yield from _told(came, (row for row in getattr(new, table) if row not in before))
        yield from _told(went, (row for row in getattr(old, table) if row not in after))


def _told(words: str, rows: Iterable[Any]) -> Iterator[Phrase]:
    for row in rows:
        when = phrase.stretch(row.span.start, row.span.end)
        yield Phrase(words, (phrase.person(row.person), when))


def _kept(old: Week, new: Week) -> Iterator[Phrase]:
    before, after = ({p.demand: p for p in week.pins} for week in (old, new))
    for id_ in dict.fromkeys((*before, *after)):
        if before.get(id_) != after.get(id_):
            words = "{0} is kept here." if id_ in after else "{0} is no longer kept here."
            yield Phrase(words, (phrase.demand(id_),))
    for id_ in sorted(set(old.cancelled) ^ set(new.cancelled)):
        words = "{0} is cancelled." if id_ in new.cancelled else "{0} is brought back."
        yield Phrase(words, (phrase.demand(id_),))


def _bookings(old: Week, new: Week) -> Iterator[Phrase]:
    """Sessions elsewhere that take somebody of this week at another time than before."""
    before = {(p, b.span) for b in old.bookings for p in (*b.leaders, *b.people)}
    for b in new.bookings:
        for person in (*b.leaders, *b.people):
            if (person, b.span) not in before:
                refs: tuple[Ref, ...] = (
                    phrase.person(person),
                    phrase.site(b.site),
                    phrase.stretch(b.span.start, b.span.end),
                )
                yield Phrase("{0} is in a session at {1}, {2}.", refs)
