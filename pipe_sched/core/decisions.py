"""What people decided about a site's week, beyond where each session lies.

The planner chooses places; people keep sessions where they are, cancel them, make them
longer, name somebody who was not asked for, add one-offs and agree to a broken rule. These
decisions belong to one revision of a draft, so that undo and restore bring them back too.
Reasons are words from the lists below: nothing is ever typed about a resident.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipe_sched.core.week import ATTENDS, Assignment, Demand, Role, Timetable, Week

CANCEL_REASONS: Mapping[str, str] = {
    "worker_away": "A worker is away",
    "no_cover": "There is not enough cover",
    "no_room": "There is no room",
    "too_few": "Too few people can come",
    "cannot_come": "The person cannot come",
    "not_needed": "It is not needed this week",
}
"""Why a session is cancelled, by id, as people read it."""

AGREE_REASONS: Mapping[str, str] = {
    "agreed": "Agreed with everyone concerned",
    "arranged": "Arranged another way",
    "rest_given": "Rest is given at another time",
    "manager": "The manager has decided it for this week",
}
"""Why a rule that must hold may be broken once, by id, as people read it."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A session that a person cancelled: why, and where it was (None: it had no place)."""

    demand: str
    reason: str
    place: Assignment | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A session due made longer or shorter: its minutes now."""

    demand: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named for a session who was not asked for; `role` may be `attends`."""

    demand: str
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """A broken must that somebody entitled to agreed to: the rule's instance and why.

    It covers what was seen then and no more: at most this breach, and these sessions.
    """

    rule: str
    key: str
    reason: str
    breach: int = 1
    demands: tuple[str, ...] = ()

    def covers(self, rule: str, key: str, breach: int, demands: Iterable[str]) -> bool:
        """Whether a breach found now is what was agreed to."""
        same = (self.rule, self.key) == (rule, key)
        return same and breach <= self.breach and set(demands) <= set(self.demands)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of one revision. `kept`: sessions that stay where they are."""

    kept: tuple[str, ...] = ()
    cancelled: tuple[Cancelled, ...] = ()
    lengths: tuple[Length, ...] = ()
    named: tuple[Named, ...] = ()
    one_offs: tuple[Demand, ...] = ()
    agreed: tuple[Agreed, ...] = ()

    @property
    def gone(self) -> frozenset[str]:
        """The sessions that are cancelled."""
        return frozenset(c.demand for c in self.cancelled)

    @property
    def people(self) -> frozenset[str]:
        """Everyone whom the decisions name."""
        places = (c.place for c in self.cancelled if c.place)
        return frozenset(n.person for n in self.named) | people_in(places)


EMPTY = Timetable()
NO_DECISIONS = Decisions()


@dataclass(frozen=True, slots=True)
class Planned:
    """One site's week as it stands: where its sessions lie, and what people decided."""

    timetable: Timetable = EMPTY
    decisions: Decisions = NO_DECISIONS

    @property
    def pins(self) -> tuple[Assignment, ...]:
        """The places that people keep."""
        kept = frozenset(self.decisions.kept)
        return tuple(a for a in self.timetable.assignments if a.demand in kept)


def people_in(places: Iterable[Assignment]) -> frozenset[str]:
    """Everyone in these places."""
    found = ((*a.attendees, *(lead.person for lead in a.staff)) for a in places)
    return frozenset(person for people in found for person in people)


def decided(week: Week, decisions: Iterable[Decisions]) -> Week:
    """The week as these decisions make it: lengths, people named, sessions cancelled.

    What is decided of a session that is not due waits until it is. A length for which a
    session's windows have become too short is left out.
    """
    all_ = tuple(decisions)
    minutes = {one.demand: one.minutes for d in all_ for one in d.lengths}
    named: dict[str, list[Named]] = {}
    for d in all_:
        for one in d.named:
            named.setdefault(one.demand, []).append(one)
    due = {d.id for d in week.demands}
    demands = tuple(
        _named(_lasting(d, minutes.get(d.id, d.minutes)), named.get(d.id, ())) for d in week.demands
    )
    gone = tuple(c.demand for d in all_ for c in d.cancelled if c.demand in due)
    return replace(week, demands=demands, cancelled=gone)


def longest(demand: Demand) -> int:
    """The most minutes that the session may last within one of its windows."""
    return max((w.minutes for w in demand.windows), default=demand.minutes)


def _lasting(demand: Demand, minutes: int) -> Demand:
    return replace(demand, minutes=minutes) if minutes <= longest(demand) else demand


def _named(demand: Demand, named: Iterable[Named]) -> Demand:
    """The session due with these people among those whom it asks for."""
    for one in named:
        if one.role == ATTENDS:
            if one.person not in demand.attendees:
                demand = replace(
                    demand,
                    offered=(*demand.offered, one.person),
                    excused=tuple(p for p in demand.excused if p != one.person),
                )
            continue
        roles = tuple(_joined(role, one) for role in demand.roles)
        # Who leads key work is own worker, back-up or the one whom a person names.
        third = one.person if _stranger(demand, one.person) else demand.third
        demand = replace(demand, roles=roles, third=third)
    return demand


def _stranger(demand: Demand, person: str) -> bool:
    own = (demand.own_worker, demand.back_up)
    return demand.own_worker is not None and person not in own


def _joined(role: Role, one: Named) -> Role:
    if role.name != one.role or one.person in role.people:
        return role
    return replace(role, people=(*role.people, one.person))


def still_due(planned: Planned, week: Week) -> Planned:
    """What of it the week still holds: sessions due, known rooms and known people.

    Attendees whom a session no longer asks for are left out; staff are kept, so that a
    person sees who may no longer lead it. Decisions wait for a session that is not due now.
    """
    due = {d.id: d for d in week.demands}
    rooms, people = {r.id for r in week.rooms}, {p.id for p in week.people}
    places = tuple(
        replace(
            a,
            room=a.room if a.room in rooms else None,
            staff=tuple(lead for lead in a.staff if lead.person in people),
            attendees=tuple(p for p in a.attendees if p in due[a.demand].attendees),
        )
        for a in planned.timetable.assignments
        if a.demand in due
    )
    now = planned.decisions
    named = tuple(n for n in now.named if n.demand not in due or n.person in people)
    return Planned(Timetable(places), replace(now, named=named))
