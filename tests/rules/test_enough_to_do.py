"""Quarter hours under the site's weekly purposeful minutes."""

from tests.rules.builders import (
    booking,
    breach,
    claims_of,
    commitment,
    place,
    resident,
    said,
    session,
    site,
    stay,
    week,
)

RULE = "enough_to_do"
BUSY = site(limits={"purposeful": 240})
TALKS = (session("a", offered=("ann",)), session("b", offered=("ann",), minutes=50))
WEEK = week(BUSY, resident("ann"), *TALKS)


def test_each_quarter_hour_under_counts_one() -> None:
    assert breach(RULE, WEEK) == 16
    assert breach(RULE, WEEK, place("a", "Mon 10:00", attends="ann")) == 12


def test_a_session_gives_its_whole_quarter_hours() -> None:
    assert breach(RULE, WEEK, place("b", "Mon 10:00", attends="ann")) == 13


def test_silent_when_the_hours_are_filled() -> None:
    of = week(site(limits={"purposeful": 60}), resident("ann"), *TALKS)
    assert breach(RULE, of, place("a", "Mon 10:00", attends="ann")) == 0


def test_purposeful_commitments_and_bookings_in_the_week_fill_them() -> None:
    work = commitment("ann", "Tue 09:00-11:00", purposeful=True)
    doctor = commitment("ann", "Wed 09:00-11:00")
    edge = commitment("ann", "last Sun 23:30-00:30", purposeful=True)
    of = week(
        BUSY, resident("ann"), *TALKS, work, doctor, edge, booking("x", "Fri 10:00-10:50", "ann")
    )
    assert breach(RULE, of) == (240 - 120 - 30 - 50) // 15 == 2


def test_part_of_a_week_asks_for_its_part() -> None:
    of = week(BUSY, resident("ann"), stay("ann", "Fri 16:00-next Mon 00:00"), *TALKS)
    assert breach(RULE, of) == (240 * 3 // 7) // 15 == 6


def test_nothing_is_asked_without_hours_or_of_people_elsewhere() -> None:
    assert not claims_of(RULE, week(resident("ann"), *TALKS))
    away = stay("ann", site="gaol", place="custody")
    assert not claims_of(RULE, week(BUSY, resident("ann"), away, *TALKS))


def test_it_says_who_and_how_many_hours() -> None:
    assert said(RULE, WEEK) == ["ann has less than 4 purposeful hours in the week."]
