"""Choosing a change at random: any kind that a person can make of a week, sensible or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import BringBack, Cancel, Change, Keep, OneOff, Put
from pipe_sched.core.decisions import CANCEL_REASONS
from pipe_sched.core.index import Index
from pipe_sched.core.week import Assignment, Demand

DAY = 24 * 60
STEP = 15
FURTHEST = 8
"""How many steps of a quarter of an hour a session is moved at most, beside to another day."""
FIRST, LAST = 9 * 60, 16 * 60
"""The hours of a day in which a one-off begins."""


def choose(view: WeekView, chance: Random, kinds: Sequence[str] | None = None) -> Change:
    """A change of one of these kinds (all), or of the first kind that this week allows."""
    asked = list(kinds or KINDS)
    for kind in chance.sample(asked, len(asked)):
        found = KINDS[kind](view, chance)
        if found is not None:
            return found
    raise LookupError(f"There is nothing to change at {view.site}.")


def no_one_offs(view: WeekView, chance: Random) -> Change:
    """A change of any other kind: one-offs stay for ever, and a long-lived week would grow."""
    return choose(view, chance, [kind for kind in KINDS if kind != "one-off"])


def move_of(person: str, view: WeekView, chance: Random) -> Change:
    """A session that this person leads to any time of the days that it may be on."""
    theirs = [a for a in view.timetable.assignments if any(x.person == person for x in a.staff)]
    if not theirs:
        return no_one_offs(view, chance)
    spans = [s.span for s in view.week.shifts if s.person == person]
    span = chance.choice(spans)
    start = span.start + STEP * chance.randrange((span.end - span.start) // STEP)
    return Put(replace(chance.choice(theirs), start=start), keep=chance.random() < 0.5)


def _place(view: WeekView, chance: Random) -> Assignment | None:
    places = view.timetable.assignments
    return chance.choice(places) if places else None


def _demand(view: WeekView, place: Assignment) -> Demand:
    return next(d for d in view.week.demands if d.id == place.demand)


def _move(view: WeekView, chance: Random) -> Change | None:
    place = _place(view, chance)
    if place is None:
        return None
    step = chance.choice([n for n in range(-FURTHEST, FURTHEST + 1) if n])
    start = place.start + STEP * step + DAY * chance.choice((0, 0, 0, -1, 1))
    return Put(replace(place, start=start), keep=chance.random() < 0.5)


def _staff(view: WeekView, chance: Random) -> Change | None:
    place = _place(view, chance)
    if place is None or not place.staff:
        return None
    roles = {r.name: r.people for r in _demand(view, place).roles}
    n = chance.randrange(len(place.staff))
    lead = place.staff[n]
    staff = [p.id for p in view.week.people if p.type == "staff"]
    asked = [p for p in roles.get(lead.role, ()) if p != lead.person]
    who = chance.choice(asked if asked and chance.random() < 0.8 else staff)
    leads = (*place.staff[:n], replace(lead, person=who), *place.staff[n + 1 :])
    return Put(replace(place, staff=leads), keep=chance.random() < 0.5)


def _room(view: WeekView, chance: Random) -> Change | None:
    place = _place(view, chance)
    if place is None:
        return None
    rooms = [r.id for r in Index(view.week).rooms_for(_demand(view, place)) if r.id != place.room]
    if not rooms:
        return None
    return Put(replace(place, room=chance.choice(rooms)), keep=chance.random() < 0.5)


def _attendee(view: WeekView, chance: Random) -> Change | None:
    place = _place(view, chance)
    if place is None:
        return None
    there = set(place.attendees) | {lead.person for lead in place.staff}
    residents = [s.person for s in view.week.stays if s.site == view.site]
    others = [p for p in residents if p not in there]
    if place.attendees and (chance.random() < 0.5 or not others):
        gone = chance.choice(place.attendees)
        return Put(replace(place, attendees=tuple(p for p in place.attendees if p != gone)))
    if not others:
        return None
    return Put(replace(place, attendees=(*place.attendees, chance.choice(others))))


def _length(view: WeekView, chance: Random) -> Change | None:
    place = _place(view, chance)
    if place is None:
        return None
    minutes = _demand(view, place).minutes + STEP * chance.choice((-2, -1, 1, 2))
    return Put(place, minutes=max(STEP, minutes), keep=chance.random() < 0.5)


def _keep(view: WeekView, chance: Random) -> Change | None:
    place = _place(view, chance)
    if place is None:
        return None
    kept = place.demand in view.decisions.kept
    placed = [a.demand for a in view.timetable.assignments]
    same = [d for d in placed if (d in view.decisions.kept) == kept]
    some = {place.demand, *chance.sample(same, chance.randint(0, min(3, len(same))))}
    return Keep(tuple(sorted(some)), keep=not kept)


def _cancel(view: WeekView, chance: Random) -> Change | None:
    place = _place(view, chance)
    return None if place is None else Cancel(place.demand, chance.choice(list(CANCEL_REASONS)))


def _bring_back(view: WeekView, chance: Random) -> Change | None:
    gone = sorted(view.decisions.gone)
    return BringBack(chance.choice(gone)) if gone else None


def _one_off(view: WeekView, chance: Random) -> Change | None:
    rooms = [r.id for r in view.week.rooms if r.site == view.site]
    staff = [s.person for s in view.week.shifts if view.site in s.sites]
    residents = [s.person for s in view.week.stays if s.site == view.site]
    if not rooms or not staff or not residents:
        return None
    days = range(view.clock.length // DAY)
    start = chance.choice(days) * DAY + STEP * chance.randrange(FIRST // STEP, LAST // STEP)
    kind = chance.choice(("structured", "creative", "key_work", "psychoeducation"))
    most = 1 if kind == "key_work" else min(3, len(residents))
    return OneOff(
        site=view.site,
        kind=kind,
        minutes=STEP * chance.randint(2, 4),
        start=start,
        room=chance.choice(rooms),
        leaders=(chance.choice(staff),),
        attendees=tuple(sorted(chance.sample(sorted(set(residents)), most))),
        number=0,
    )


KINDS: Mapping[str, Callable[[WeekView, Random], Change | None]] = {
    "move": _move,
    "staff": _staff,
    "room": _room,
    "attendee": _attendee,
    "length": _length,
    "keep": _keep,
    "cancel": _cancel,
    "bring back": _bring_back,
    "one-off": _one_off,
}
"""How a change of each kind is chosen; None when this week has nothing for it."""
