"""The site-days of people who visit: which of their sessions lie where, date by date.

Three rules look at them. Someone who joins remotely is not at the session's site, so such
sessions are no part of a site-day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Person
from pipe_sched.rules import parts
from pipe_sched.rules.claims import Group, Use, in_day


def visitors(index: Index) -> Iterator[Person]:
    """People whose site-days matter and who may be in a session."""
    return (p for p in index.week.people if p.visiting and index.parts_by_person.get(p.id))


def groups(index: Index, person: str) -> tuple[Group, ...]:
    """A visitor's possible sessions by date, then site."""
    demands = [d for d in parts.demands_of(index, person) if person not in d.remote]
    sites = list(dict.fromkeys(d.site for d in demands))
    return tuple(
        Group(site, day, tuple(in_day(Use(d.id, person), day) for d in demands if d.site == site))
        for day in index.days
        for site in sites
    )


def booked(index: Index, person: str) -> Mapping[Span, frozenset[str]]:
    """The sites at which a visitor is already booked, by date of the week."""
    found = [(b.span.start, b.site) for b in parts.bookings_of(index, person)]
    return {
        day: frozenset(site for start, site in found if day.start <= start < day.end)
        for day in index.days
    }
