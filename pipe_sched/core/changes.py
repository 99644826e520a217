"""Changes that people make to a site's week, one at a time or many in one go.

A change says what should be; `changed` gives the places and decisions after it. Whether that
is allowed is the referee's word, not ours: here only what makes no sense is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipe_sched.core.decisions import (
    CANCEL_REASONS,
    Cancelled,
    Decisions,
    Length,
    Named,
    Planned,
    longest,
)
from pipe_sched.core.kinds import CONFIDENTIAL, KINDS, ON_FLOOR, ONE_TO_ONE, SUPPORT
from pipe_sched.core.spans import Span
from pipe_sched.core.week import ATTENDS, Assignment, Demand, Lead, Role, Timetable, Week

SHORTEST, LONGEST = 5, 480
"""Minutes that a session may last."""
ONE_OFF = "one-off"
LEADS = "lead"


class NoSense(ValueError):
    """A change that cannot be meant; the message says why and the way out."""


@dataclass(frozen=True, slots=True)
class Put:
    """A session is held here: start, room, staff, attendees. `minutes` None keeps its length.

    `keep`: it stays there when the week is planned again.
    """

    place: Assignment
    minutes: int | None = None
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Keep:
    """These sessions stay where they are, or (`keep` False) may be moved again."""

    demands: tuple[str, ...]
    keep: bool = True


@dataclass(frozen=True, slots=True)
class Cancel:
    """A session is not held; `reason` is one of `CANCEL_REASONS`."""

    demand: str
    reason: str


@dataclass(frozen=True, slots=True)
class BringBack:
    """A cancelled session is due again, where it was, or (`place` False) without a place."""

    demand: str
    place: bool = True


@dataclass(frozen=True, slots=True)
class OneOff:
    """A session that no programme asks for, led by `leaders`, once, at this place.

    `number` makes its id: one that this site-week never used.
    """

    site: str
    kind: str
    minutes: int
    start: int
    room: str | None
    leaders: tuple[str, ...]
    attendees: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Leave:
    """A resident is gone from `since` on: out of every later session, their one-to-ones too."""

    resident: str
    since: int


Change = Put | Keep | Cancel | BringBack | OneOff | Leave


def changed(now: Planned, week: Week, change: Change) -> Planned:
    """The places and decisions after the change.

    Raises:
        NoSense: a session, person or room that is not in the week, or numbers that cannot be.
    """
    match change:
        case Put():
            return _put(now, week, change)
        case Keep():
            return _keep(now, change)
        case Cancel():
            return _cancel(now, week, change)
        case BringBack():
            return _bring_back(now, change)
        case OneOff():
            return _one_off(now, week, change)
        case Leave():
            return _leave(now, week, change)


def _demand(week: Week, id_: str) -> Demand:
    found = next((d for d in week.demands if d.id == id_), None)
    if found is None:
        raise NoSense("This session is no longer due. Open the week again.")
    return found


def _put(now: Planned, week: Week, change: Put) -> Planned:
    place = change.place
    demand = _demand(week, place.demand)
    if place.demand in now.decisions.gone:
        raise NoSense("This session is cancelled. Bring it back first.")
    _known(week, place)
    decisions = _lasting(now.decisions, demand, change.minutes)
    decisions = _naming(decisions, demand, place)
    kept = tuple(d for d in decisions.kept if d != demand.id)
    decisions = replace(decisions, kept=(*kept, demand.id) if change.keep else kept)
    return Planned(_placed(now.timetable, place), decisions)


def _known(week: Week, place: Assignment) -> None:
    people, rooms = {p.id for p in week.people}, {r.id for r in week.rooms}
    named = [*place.attendees, *(lead.person for lead in place.staff)]
    if any(p not in people for p in named):
        raise NoSense("Somebody chosen is not known in this week. Choose again.")
    if len(set(named)) != len(named):
        raise NoSense("Somebody is chosen twice. Choose each person once.")
    if place.room is not None and place.room not in rooms:
        raise NoSense("The room chosen is not known in this week. Choose again.")
    if not 0 <= place.start < week.clock.length:
        raise NoSense("The start lies outside the week. Choose a day and time of this week.")


def _lasting(decisions: Decisions, demand: Demand, minutes: int | None) -> Decisions:
    if minutes is None or minutes == demand.minutes:
        return decisions
    if not SHORTEST <= minutes <= LONGEST:
        raise NoSense(f"A session lasts from {SHORTEST} to {LONGEST} minutes.")
    if minutes > longest(demand):
        raise NoSense(
            f"It is due within {longest(demand)} minutes on one day and cannot last longer."
        )
    others = tuple(one for one in decisions.lengths if one.demand != demand.id)
    return replace(decisions, lengths=(*others, Length(demand.id, minutes)))


def _naming(decisions: Decisions, demand: Demand, place: Assignment) -> Decisions:
    """Who was not asked for is named; who was named and is not in it any more is not."""
    given = {(lead.role, lead.person) for lead in place.staff}
    given |= {(ATTENDS, person) for person in place.attendees}
    before = [n for n in decisions.named if n.demand == demand.id]
    kept = [n for n in before if (n.role, n.person) in given]
    known = {(n.role, n.person) for n in kept}
    asked = {(role.name, p) for role in demand.roles for p in role.people}
    asked |= {(ATTENDS, p) for p in demand.attendees}
    new = [
        Named(demand.id, role, person)
        for role, person in sorted(given - asked - known)
        if role == ATTENDS or any(r.name == role for r in demand.roles)
    ]
    others = [n for n in decisions.named if n.demand != demand.id]
    return replace(decisions, named=(*others, *kept, *new))


def _placed(timetable: Timetable, place: Assignment) -> Timetable:
    others = (a for a in timetable.assignments if a.demand != place.demand)
    return Timetable(tuple(sorted((*others, place), key=lambda a: a.demand)))


def _keep(now: Planned, change: Keep) -> Planned:
    placed = {a.demand for a in now.timetable.assignments}
    if any(d not in placed for d in change.demands):
        raise NoSense("Only a session that has a place can be kept there.")
    others = tuple(d for d in now.decisions.kept if d not in change.demands)
    kept = (*others, *dict.fromkeys(change.demands)) if change.keep else others
    return replace(now, decisions=replace(now.decisions, kept=kept))


def _cancel(now: Planned, week: Week, change: Cancel) -> Planned:
    _demand(week, change.demand)
    if change.reason not in CANCEL_REASONS:
        raise NoSense("Choose why the session is cancelled.")
    if change.demand in now.decisions.gone:
        raise NoSense("This session is cancelled already.")
    place = next((a for a in now.timetable.assignments if a.demand == change.demand), None)
    left = tuple(a for a in now.timetable.assignments if a.demand != change.demand)
    decisions = replace(
        now.decisions,
        kept=tuple(d for d in now.decisions.kept if d != change.demand),
        cancelled=(*now.decisions.cancelled, Cancelled(change.demand, change.reason, place)),
    )
    return Planned(Timetable(left), decisions)


def _bring_back(now: Planned, change: BringBack) -> Planned:
    found = next((c for c in now.decisions.cancelled if c.demand == change.demand), None)
    if found is None:
        raise NoSense("This session is not cancelled.")
    left = tuple(c for c in now.decisions.cancelled if c != found)
    decisions = replace(now.decisions, cancelled=left)
    if found.place is None or not change.place:
        return replace(now, decisions=decisions)
    return Planned(_placed(now.timetable, found.place), decisions)


def _one_off(now: Planned, week: Week, change: OneOff) -> Planned:
    if change.kind not in KINDS:
        raise NoSense("Choose a kind of session.")
    if not SHORTEST <= change.minutes <= LONGEST:
        raise NoSense(f"A session lasts from {SHORTEST} to {LONGEST} minutes.")
    if not change.leaders:
        raise NoSense("Choose who leads the session.")
    if change.kind in ONE_TO_ONE and len(change.attendees) != 1:
        raise NoSense("A one-to-one has one person beside who leads it. Choose that person.")
    demand = one_off_demand(week, change)
    leads = tuple(Lead(LEADS, person) for person in change.leaders)
    place = Assignment(demand.id, change.start, change.room, leads, change.attendees)
    _known(week, place)
    decisions = replace(
        now.decisions,
        one_offs=(*now.decisions.one_offs, demand),
        kept=(*now.decisions.kept, demand.id),
    )
    return Planned(_placed(now.timetable, place), decisions)


def one_off_demand(week: Week, change: OneOff) -> Demand:
    """The session due that a one-off makes, at any time of the week.

    Who is in a one-to-one or at staff support is required; a group goes ahead without one.
    """
    residents = {p.id for p in week.people if p.type == "resident"}
    alone = change.kind in ONE_TO_ONE and len(change.attendees) == 1
    who = change.attendees[0] if alone and change.attendees[0] in residents else "group"
    return Demand(
        id=f"{change.site}:{ONE_OFF}:{who}:{change.number}",
        site=change.site,
        kind=change.kind,
        minutes=change.minutes,
        windows=(Span(0, week.clock.length),),
        roles=(Role(LEADS, len(change.leaders), change.leaders),),
        required=change.attendees if alone or change.kind in SUPPORT else (),
        expected=() if alone or change.kind in SUPPORT else change.attendees,
        needs_room=change.room is not None,
        one_to_one=change.kind in ONE_TO_ONE,
        on_floor=change.kind in ON_FLOOR,
        support=change.kind in SUPPORT,
        confidential=change.kind in CONFIDENTIAL,
    )


def _leave(now: Planned, week: Week, change: Leave) -> Planned:
    required = {d.id for d in week.demands if change.resident in d.required}
    places = tuple(
        replace(a, attendees=tuple(p for p in a.attendees if p != change.resident))
        if a.start >= change.since
        else a
        for a in now.timetable.assignments
        if a.start < change.since or not _only_theirs(a, change.resident, required)
    )
    placed = {a.demand for a in places}
    decisions = replace(
        now.decisions,
        kept=tuple(d for d in now.decisions.kept if d in placed),
        one_offs=tuple(
            replace(d, expected=tuple(p for p in d.expected if p != change.resident))
            for d in now.decisions.one_offs
            if change.resident not in d.required or d.id in placed
        ),
        named=tuple(n for n in now.decisions.named if n.person != change.resident),
    )
    return Planned(Timetable(places), decisions)


def _only_theirs(place: Assignment, resident: str, required: Iterable[str]) -> bool:
    """Whether the session cannot be without them."""
    return resident in place.attendees and (
        place.demand in required or place.attendees == (resident,)
    )
