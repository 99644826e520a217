"""What the rota itself gets wrong: too few on the floor, shifts too close."""

from __future__ import annotations

from pipe_sched.core.index import Index
from pipe_sched.core.week import Week
from pipe_sched.rota import rota_notes
from tests.rules.builders import (
    CROWLEY,
    absence,
    band,
    commitment,
    sentence,
    shift,
    site,
    staff,
    week,
)


def notes(of: Week, at: str | None = None) -> list[str]:
    """The notes in words."""
    return [sentence(of, note) for note in rota_notes(Index(of), at)]


MONDAY = site(cover=(band("Mon 08:00-20:00", 2), band("Mon 20:00-Mon 20:15", 0)), type="clinic")
TWO = (
    staff("ana", counts=True),
    staff("ben", counts=True),
    staff("eve"),
    shift("ana", "Mon 08:00-20:00"),
    shift("eve", "Mon 08:00-20:00"),
)


def test_enough_people_on_the_floor_say_nothing() -> None:
    assert notes(week(MONDAY, *TWO, shift("ben", "Mon 08:00-20:00")), "kirk") == []


def test_a_short_rota_says_by_how_many_and_when() -> None:
    of = week(MONDAY, *TWO, shift("ben", "Mon 10:30-20:00"))
    assert notes(of, "kirk") == ["Rota short by 1, Monday 8am to 10:30am."]


def test_people_who_do_not_count_for_cover_make_up_no_shortage() -> None:
    assert notes(week(MONDAY, *TWO), "kirk") == ["Rota short by 1, Monday 8am to 8pm."]


def test_absence_and_busy_times_make_the_rota_short() -> None:
    of = week(
        MONDAY,
        *TWO,
        shift("ben", "Mon 08:00-20:00"),
        absence("ben", "Mon 08:00-09:00"),
        commitment("ana", "Mon 08:30-10:00"),
    )
    assert notes(of, "kirk") == [
        "Rota short by 1, Monday 8am to 8:30am.",
        "Rota short by 2, Monday 8:30am to 9am.",
        "Rota short by 1, Monday 9am to 10am.",
    ]


def test_shifts_closer_than_eleven_hours_are_named() -> None:
    of = week(
        site(type="clinic"),
        staff("eve"),
        shift("eve", "Mon 12:00-22:00"),
        shift("eve", "Tue 08:30-16:00"),
    )
    assert notes(of, "kirk") == [
        "eve has 10 hours 30 minutes between shifts, Monday 10pm to Tuesday 8:30am: "
        "11 hours are due."
    ]


def test_exactly_eleven_hours_and_two_pieces_of_one_day_are_fine() -> None:
    of = week(
        site(type="clinic"),
        staff("eve"),
        shift("eve", "Mon 08:00-12:00"),
        shift("eve", "Mon 16:00-20:00"),
        shift("eve", "Tue 07:00-16:00"),
    )
    assert notes(of, "kirk") == []


def test_each_site_reads_its_own_notes() -> None:
    of = week(MONDAY, site(CROWLEY, type="clinic"), *TWO)
    assert notes(of, CROWLEY) == []
    assert notes(of) == []
    assert notes(week(MONDAY, *TWO, plans=("kirk",))) == ["Rota short by 1, Monday 8am to 8pm."]
