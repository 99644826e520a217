"""Longest run: two hours from first to last minute, ended by 15 minutes' pause."""

from tests.rules.builders import booking, breach, place, plus, said, session, site, staff, week

TALKS = tuple(session(f"t{i}", "ana", minutes=60) for i in range(3))
BASE = week(staff("ana"), TALKS)


def at_times(*times):
    return tuple(place(f"t{i}", f"Tue {time}", "ana") for i, time in enumerate(times))


def test_two_hours_end_to_end_are_allowed_and_more_is_not():
    assert breach("longest_run", BASE, *at_times("10:00", "11:00")) == 0
    assert said("longest_run", BASE, *at_times("10:00", "11:00", "12:00")) == [
        "ana has sessions for more than 2 hours without 15 minutes' pause."
    ]


def test_a_pause_of_fifteen_minutes_ends_a_run_and_a_shorter_one_counts_in_it():
    assert breach("longest_run", BASE, *at_times("10:00", "11:15", "12:30")) == 0
    five = plus(BASE, grid=5)
    assert breach("longest_run", five, *at_times("10:00", "11:10")) == 1


def test_attending_counts_like_leading():
    rp = session("rp", expected=("ana",), minutes=75)
    base = plus(BASE, rp)
    plan = place("rp", "Tue 11:00", attends="ana")
    assert breach("longest_run", base, place("t0", "Tue 10:00", "ana"), plan) == 1


def test_a_booking_is_part_of_the_run():
    base = plus(BASE, booking("b", "Tue 10:00-11:30", "ana"))
    assert breach("longest_run", base, place("t0", "Tue 11:30", "ana")) == 1
    assert breach("longest_run", base, place("t0", "Tue 11:45", "ana")) == 0
    assert breach("longest_run", base, place("t0", "Tue 08:45", "ana")) == 0


def test_one_session_longer_than_the_limit_is_a_run_by_itself():
    base = week(staff("ana"), session("day", "ana", minutes=180))
    assert breach("longest_run", base, place("day", "Tue 10:00", "ana")) == 1
    relaxed = plus(base, sites=(site("kirk", limits={"longest_run": 180}),))
    assert breach("longest_run", relaxed, place("day", "Tue 10:00", "ana")) == 0
