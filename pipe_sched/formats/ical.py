"""Timetables as iCalendar files with neutral titles.

Outlook desktop is reported to misread zones made of listed dates, so the
Europe/London zone is written with its yearly rules. Titles name nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from pipe_sched.core.clock import LONDON
from pipe_sched.core.diary import Entry

ZONE = "Europe/London"


def to_ics(
    entries: Iterable[Entry], rooms: Mapping[str, str], made_at: datetime | None = None
) -> bytes:
    """One VCALENDAR of the entries; `rooms` maps room ids to what may be shown."""
    calendar = Calendar()
    calendar.add("prodid", "-//pipe-sched//timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_london())
    stamp = made_at or datetime.now(UTC)
    for entry in entries:
        calendar.add_component(_event(entry, rooms, stamp))
    return bytes(calendar.to_ical())


def _event(entry: Entry, rooms: Mapping[str, str], stamp: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("summary", entry.title)
    event.add("dtstart", entry.start.astimezone(LONDON))
    event.add("dtend", entry.end.astimezone(LONDON))
    if entry.room is not None:
        event.add("location", rooms.get(entry.room, entry.room))
    event.add("class", "PRIVATE")
    return event


def _london() -> Timezone:
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(_part(TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), 10, 1, 0))
    zone.add_component(_part(TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), 3, 0, 1))
    return zone


def _part(
    part: TimezoneStandard | TimezoneDaylight,
    name: str,
    since: datetime,
    month: int,
    hours_before: int,
    hours_after: int,
) -> TimezoneStandard | TimezoneDaylight:
    part.add("tzname", name)
    part.add("dtstart", since)
    part.add("tzoffsetfrom", timedelta(hours=hours_before))
    part.add("tzoffsetto", timedelta(hours=hours_after))
    part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1su"))
    return part
