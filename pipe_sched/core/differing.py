"""Two timetables of one site and week: what is new, moved, changed or gone, and whom it touches.

A summary at publication, a re-plan before it is accepted and a page of versions all say the
same differences in the same words. Everything is ids and phrases; labels make the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pipe_sched.core import phrase
from pipe_sched.core.phrase import Phrase, Ref
from pipe_sched.core.week import Assignment, Demand, Timetable, Week

What = Literal["new", "moved", "room", "length", "staff", "people", "cancelled", "dropped", "gone"]
ORDER: tuple[What, ...] = (
    "cancelled",
    "gone",
    "dropped",
    "moved",
    "staff",
    "room",
    "length",
    "people",
    "new",
)
"""The order in which people are told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One session that differs. `people` are those who have to be told."""

    demand: str
    what: tuple[What, ...]
    say: tuple[Phrase, ...]
    people: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its sessions due by id, their places, and what is cancelled."""

    demands: Mapping[str, Demand]
    places: Mapping[str, Assignment]
    cancelled: frozenset[str]

    @classmethod
    def of(cls, week: Week, timetable: Timetable, site: str) -> Side:
        """The site's side of a timetable."""
        mine = {d.id: d for d in week.demands if d.site == site}
        places = {a.demand: a for a in timetable.assignments if a.demand in mine}
        return cls(mine, places, frozenset(week.cancelled))

    def less(self, people: frozenset[str]) -> Side:
        """This side as if these people had never been in it: what may be told while they are
        held back. Sessions that were theirs alone are left out whole.
        """
        if not people:
            return self
        places = {
            id_: replace(a, attendees=tuple(p for p in a.attendees if p not in people))
            for id_, a in self.places.items()
            if not theirs_alone(self.demands.get(id_), a, people)
        }
        return replace(self, places=places)


def theirs_alone(demand: Demand | None, place: Assignment, people: frozenset[str]) -> bool:
    """Whether a session is not held without one of these people: theirs, or nobody else's."""
    needed = frozenset(demand.required) if demand else frozenset()
    alone = bool(place.attendees) and people.issuperset(place.attendees)
    return alone or bool(people & needed & frozenset(place.attendees))


NOTHING = Side({}, {}, frozenset())
"""Before the first version."""


def differences(before: Side, after: Side) -> tuple[Difference, ...]:
    """Every session that is not the same in both, in the order in which people are told."""
    ids = dict.fromkeys((*before.places, *after.places))
    found = (one for id_ in ids if (one := _difference(id_, before, after)) is not None)
    return tuple(sorted(found, key=lambda d: (ORDER.index(d.what[0]), d.start, d.demand)))


def touched(found: Iterable[Difference]) -> tuple[str, ...]:
    """Everyone in the differences, each once."""
    return tuple(dict.fromkeys(p for one in found for p in one.people))


def everyone(place: Assignment) -> tuple[str, ...]:
    """Who is in a session: leaders first, then attendees."""
    return (*(lead.person for lead in place.staff), *place.attendees)


def _difference(id_: str, before: Side, after: Side) -> Difference | None:
    old, new = before.places.get(id_), after.places.get(id_)
    me = phrase.demand(id_)
    if old is None and new is not None:
        say = Phrase("New: {0} on {1}.", (me, phrase.at(new.start)))
        return Difference(id_, ("new",), (say,), everyone(new), new.start)
    if old is not None and new is None:
        what, words = _gone(id_, after)
        say = Phrase(words, (me, phrase.at(old.start)))
        return Difference(id_, (what,), (say,), everyone(old), old.start)
    if old is None or new is None:
        return None
    return _changed(id_, before, after, old, new)


def _gone(id_: str, after: Side) -> tuple[What, str]:
    if id_ in after.cancelled:
        return "cancelled", "Cancelled: {0} on {1}."
    if id_ not in after.demands:
        return "gone", "No longer due: {0} on {1}."
    return "dropped", "No longer held: {0} on {1}."


def _changed(
    id_: str, before: Side, after: Side, old: Assignment, new: Assignment
) -> Difference | None:
    said: dict[What, Phrase] = {}
    me = phrase.demand(id_)
    if old.start != new.start:
        refs = (me, phrase.at(old.start), phrase.at(new.start))
        said["moved"] = Phrase("Moved: {0} from {1} to {2}.", refs)
    for what, found in (
        ("staff", _staff(me, old, new)),
        ("room", _room(me, old, new)),
        ("length", _length(me, before.demands.get(id_), after.demands.get(id_))),
        ("people", _people(me, old, new)),
    ):
        if found is not None:
            said[what] = found  # type: ignore[index]  # the four words above
    if not said:
        return None
    whole = said.keys() & {"moved", "room", "length"}
    people = everyone(old) + everyone(new) if whole else tuple(_who_changed(old, new, said))
    return Difference(
        id_, tuple(said), tuple(said.values()), tuple(dict.fromkeys(people)), new.start
    )


def _who_changed(old: Assignment, new: Assignment, said: Iterable[str]) -> Iterator[str]:
    """Who comes, who goes, and where the staff change everyone in it."""
    if "staff" in said:
        yield from (*everyone(old), *everyone(new))
    else:
        yield from (p for p in old.attendees if p not in new.attendees)
        yield from (p for p in new.attendees if p not in old.attendees)
        yield from (lead.person for lead in new.staff)


def _staff(me: Ref, old: Assignment, new: Assignment) -> Phrase | None:
    out = [x.person for x in old.staff if x not in new.staff]
    in_ = [x.person for x in new.staff if x not in old.staff]
    if not out and not in_:
        return None
    if out and in_:
        return _listed("{0}: led by {{in}} in place of {{out}}.", me, in_, out)
    if in_:
        return _listed("{0}: also led by {{in}}.", me, in_, ())
    return _listed("{0}: no longer led by {{out}}.", me, (), out)


def _people(me: Ref, old: Assignment, new: Assignment) -> Phrase | None:
    out = [p for p in old.attendees if p not in new.attendees]
    in_ = [p for p in new.attendees if p not in old.attendees]
    if not out and not in_:
        return None
    if out and in_:
        return _listed("{0}: joined by {{in}}; no longer with {{out}}.", me, in_, out)
    if in_:
        return _listed("{0}: joined by {{in}}.", me, in_, ())
    return _listed("{0}: no longer with {{out}}.", me, (), out)


def _listed(words: str, me: Ref, in_: Iterable[str], out: Iterable[str]) -> Phrase:
    """Words with `{{in}}` and `{{out}}` filled by lists of people."""
    refs: list[Ref] = [me]
    for name, people in (("in", tuple(in_)), ("out", tuple(out))):
        slots = []
        for person in people:
            slots.append(f"{{{len(refs)}}}")
            refs.append(phrase.person(person))
        words = words.replace("{{" + name + "}}", joined(slots))
    return Phrase(words, tuple(refs))


def joined(parts: Iterable[str]) -> str:
    """A, B and C."""
    listed = list(parts)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"


def _room(me: Ref, old: Assignment, new: Assignment) -> Phrase | None:
    if old.room == new.room:
        return None
    if new.room is None:
        return Phrase("{0}: no longer in a room.", (me,))
    if old.room is None:
        return Phrase("{0}: now in {1}.", (me, phrase.room(new.room)))
    return Phrase(
        "{0}: in {1} in place of {2}.", (me, phrase.room(new.room), phrase.room(old.room))
    )


def _length(me: Ref, old: Demand | None, new: Demand | None) -> Phrase | None:
    if old is None or new is None or old.minutes == new.minutes:
        return None
    refs = (me, phrase.word(new.minutes), phrase.word(old.minutes))
    return Phrase("{0}: {1} minutes long in place of {2}.", refs)
