"""Diary entries: sessions as calendars and sheets may show them, graded and opaque.

An entry carries an opaque uid and a neutral title: no resident's name, no CRN
and no word that tells what kind of place it is. Who may see more reads the
timetable itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import Assignment, Demand, Timetable, Week

UID_DOMAIN = "sessions.invalid"


@dataclass(frozen=True, slots=True)
class Entry:
    """One session for calendars: instants in UTC, neutral title, room id, people by id."""

    uid: str
    demand: str
    title: str
    start: datetime
    end: datetime
    room: str | None
    staff: tuple[str, ...]
    attendees: tuple[str, ...]


def neutral_title(demand: Demand) -> str:
    """What any bystander may read: 1:1 session, Staff session or Group session."""
    if demand.support:
        return "Staff session"
    return "1:1 session" if demand.one_to_one else "Group session"


def entries(week: Week, timetable: Timetable, person: str | None = None) -> tuple[Entry, ...]:
    """The timetable's sessions in order of time; with `person` only those they are in."""
    held = Held(Index(week), timetable)
    found = (_entry(held, a) for a in timetable.assignments if _in(a, person))
    return tuple(sorted(found, key=lambda e: (e.start, e.uid)))


def _in(a: Assignment, person: str | None) -> bool:
    return person is None or person in a.attendees or person in (x.person for x in a.staff)


def _entry(held: Held, a: Assignment) -> Entry:
    demand = held.index.demands[a.demand]
    start = held.index.clock.origin.astimezone(UTC) + timedelta(minutes=a.start)
    return Entry(
        uid(held.index.week, a.demand),
        a.demand,
        neutral_title(demand),
        start,
        start + timedelta(minutes=demand.minutes),
        a.room,
        tuple(x.person for x in a.staff),
        a.attendees,
    )


def uid(week: Week, demand: str) -> str:
    """An opaque calendar id that stays the same for a demand of a week, wherever it moves."""
    seed = f"{week.year}-W{week.number:02d} {demand}"
    return f"{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{UID_DOMAIN}"


def staff_of(timetable: Timetable) -> Iterable[str]:
    """Everyone who leads something, once each, in order of first session."""
    return dict.fromkeys(x.person for a in timetable.assignments for x in a.staff)
