"""Calendar files: right hour in every client, neutral titles, ids that stay."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from pipe_sched.core.clock import Clock
from pipe_sched.core.diary import entries
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Demand, Lead, Person, Role, Room, Site, Timetable, Week
from pipe_sched.formats.ical import to_ics

MADE = datetime(2026, 11, 22, tzinfo=UTC)


def a_week(year=2026, number=49):
    return Week(
        year,
        number,
        (Site("kirk"),),
        ("kirk",),
        rooms=(Room("r1", "kirk", 4),),
        people=(Person("w1", "staff", "kirk"), Person("X123456", "resident", "kirk")),
        demands=(
            Demand(
                "kirk:key_work:X123456",
                "kirk",
                "key_work",
                45,
                (Span(0, 10_000),),
                roles=(Role("lead", 1, ("w1",)),),
                required=("X123456",),
                one_to_one=True,
            ),
        ),
    )


def placed(start):
    lead = (Lead("lead", "w1"),)
    return Timetable((Assignment("kirk:key_work:X123456", start, "r1", lead, ("X123456",)),))


def events(week, timetable, **more):
    data = to_ics(entries(week, timetable, **more), {"r1": "Room 1"}, MADE)
    return data, list(Calendar.from_ical(data).walk("VEVENT"))


def test_titles_are_neutral_and_no_id_of_a_resident_is_in_the_file():
    data, (event,) = events(a_week(), placed(600))
    assert str(event["summary"]) == "1:1 session"
    assert str(event["location"]) == "Room 1"
    for word in (b"X123456", b"key_work", b"kirk", b"PIPE", b"w1"):
        assert word not in data.replace(b"pipe-sched", b"")


def test_the_id_of_an_entry_stays_when_the_session_moves():
    _, (before,) = events(a_week(), placed(600))
    _, (after,) = events(a_week(), placed(900))
    assert before["uid"] == after["uid"]


def test_the_wall_time_is_right_on_either_side_of_a_clock_change():
    for number in (13, 43):
        week = a_week(2026, number)
        start = Clock(2026, number).minute(
            Clock(2026, number).date_of(6), datetime(1, 1, 1, 15).time()
        )
        _, (event,) = events(week, placed(start))
        assert event["dtstart"].dt.hour == 15
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=45)


def test_the_zone_is_written_with_yearly_rules():
    data, _ = events(a_week(), placed(600))
    assert data.count(b"RRULE:FREQ=YEARLY") == 2
    assert b"RDATE" not in data


def test_a_persons_file_holds_only_what_they_are_in():
    _, found = events(a_week(), placed(600), person="nobody")
    assert found == []
    _, found = events(a_week(), placed(600), person="w1")
    assert len(found) == 1
