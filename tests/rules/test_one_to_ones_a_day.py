"""One-to-ones a day: four with residents, by the date they start on."""

from tests.rules.builders import (
    booking,
    breach,
    key_work,
    place,
    plus,
    resident,
    said,
    session,
    site,
    staff,
    week,
)

WHO = tuple(f"r{i}" for i in range(5))
TALKS = tuple(key_work(f"k{i}", "ana", who) for i, who in enumerate(WHO))
BASE = week(staff("ana"), staff("ben"), tuple(resident(who) for who in WHO), TALKS)


def talks(count, day="Tue"):
    return tuple(place(f"k{i}", f"{day} {9 + i:02d}:00", "ana", WHO[i]) for i in range(count))


def test_a_fifth_one_to_one_on_one_day_is_too_many():
    assert breach("one_to_ones_a_day", BASE, *talks(4)) == 0
    assert said("one_to_ones_a_day", BASE, *talks(5)) == [
        "ana leads at most 4 one-to-ones a day, and Tuesday 1 December is full."
    ]


def test_a_session_counts_on_the_date_it_starts_on():
    late = place("k4", "Mon 23:45", "ana", "r4")
    assert breach("one_to_ones_a_day", BASE, *talks(4), late) == 0


def test_bookings_count():
    fixed = booking("b", "Tue 18:00-18:45", leaders=("ana",), one_to_one=True)
    assert breach("one_to_ones_a_day", plus(BASE, fixed), *talks(4)) == 1
    attending = booking("b", "Tue 18:00-18:45", "ana", leaders=("ben",), one_to_one=True)
    assert breach("one_to_ones_a_day", plus(BASE, attending), *talks(4)) == 0


def test_one_to_ones_without_a_resident_do_not_count():
    supervision = session("sup", "ana", required=("ben",), one_to_one=True)
    base = plus(BASE, supervision)
    assert (
        breach("one_to_ones_a_day", base, *talks(4), place("sup", "Tue 17:00", "ana", "ben")) == 0
    )


def test_the_home_site_sets_the_number():
    base = plus(BASE, sites=(site("kirk", limits={"one_to_ones_a_day": 3}),))
    assert breach("one_to_ones_a_day", base, *talks(4)) == 1
