"""Sessions over two a day for one resident."""

from tests.rules.builders import (
    booking,
    breach,
    claims_of,
    place,
    resident,
    said,
    session,
    site,
    week,
)

RULE = "sessions_a_day"
NAMES = ("a", "b", "c", "d")
SESSIONS = tuple(session(n, offered=("ann", "bea")) for n in NAMES)
WEEK = week(resident("ann"), *SESSIONS)


def on(day: str, *names: str, who: str = "ann") -> list:
    return [place(n, f"{day} {10 + NAMES.index(n)}:00", attends=who) for n in names]


def test_two_a_day_are_fine() -> None:
    assert breach(RULE, WEEK, *on("Mon", "a", "b"), *on("Tue", "c", "d")) == 0


def test_each_one_over_counts() -> None:
    assert breach(RULE, WEEK, *on("Mon", "a", "b", "c")) == 1
    assert breach(RULE, WEEK, *on("Mon", *NAMES)) == 2


def test_only_sessions_they_are_in_count() -> None:
    assert breach(RULE, WEEK, *on("Mon", "a", "b"), *on("Mon", "c", who="bea")) == 0


def test_the_date_is_that_of_the_start() -> None:
    late = place("c", "Mon 23:45", attends="ann")
    early = place("d", "Tue 00:00", attends="ann")
    assert breach(RULE, WEEK, *on("Mon", "a"), late, early) == 0
    assert breach(RULE, WEEK, *on("Mon", "a", "b"), late) == 1


def test_sessions_booked_elsewhere_use_the_number_up() -> None:
    of = week(resident("ann"), *SESSIONS, booking("out", "Mon 15:00-16:00", "ann"))
    assert breach(RULE, of, *on("Mon", "a")) == 0
    assert breach(RULE, of, *on("Mon", "a", "b")) == 1


def test_bookings_alone_are_not_counted() -> None:
    booked = tuple(booking(n, "Mon 15:00-16:00", "ann") for n in "xyz")
    of = week(resident("ann"), *SESSIONS, booked)
    assert breach(RULE, of) == 0
    assert breach(RULE, of, *on("Mon", "a")) == 1


def test_the_home_site_sets_the_number() -> None:
    of = week(
        site(), site("crowley", limits={"sessions_a_day": 1}), resident("ann", "crowley"), *SESSIONS
    )
    assert breach(RULE, of, *on("Mon", "a", "b")) == 1


def test_who_cannot_have_too_many_is_not_spoken_of() -> None:
    assert not claims_of(RULE, week(resident("ann"), *SESSIONS[:2]))


def test_it_says_who_and_when() -> None:
    assert said(RULE, WEEK, *on("Mon", "a", "b", "c")) == [
        "ann has more than 2 sessions on Monday 30 November."
    ]
