"""Who may be in which sessions, asked the way the should-rules ask it.

Residents' days, workers' loads and visitors' site-days all start from the same
lists, so that "a session of this person" means one thing in every rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core.index import Index
from pipe_sched.core.week import Booking, Demand, Person
from pipe_sched.rules.claims import Choice, Use


def residents(index: Index) -> Iterator[tuple[Person, tuple[Demand, ...]]]:
    """Each resident of the week who may be in a session, with those demands in week order."""
    for person in index.week.people:
        demands = demands_of(index, person.id)
        if person.type == "resident" and demands:
            yield person, demands


def demands_of(index: Index, person: str) -> tuple[Demand, ...]:
    """The demands a person may be in, in whatever part, each once."""
    return tuple({d.id: d for d, _ in index.parts_by_person.get(person, ())}.values())


def bookings_of(index: Index, person: str) -> tuple[Booking, ...]:
    """The sessions outside this run that a person leads or attends."""
    return tuple(b for b in index.week.bookings if person in b.people or person in b.leaders)


def may_be_in(demand: Demand, person: str) -> Choice:
    """The person is in the demand, in whatever part."""
    return Choice(Use(demand.id, person))


def held(demand: Demand) -> Choice:
    """The demand is held."""
    return Choice(Use(demand.id))
