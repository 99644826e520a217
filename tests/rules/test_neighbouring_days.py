"""Two sessions of one kind for one resident on consecutive dates (reading 16)."""

from tests.rules.builders import booking, breach, place, resident, said, session, week

RULE = "neighbouring_days"
SESSIONS = tuple(session(n, offered=("ann",)) for n in ("a", "b", "c"))
ART = session("art", kind="creative", offered=("ann",))
WEEK = week(resident("ann"), *SESSIONS, ART)


def on(name: str, start: str) -> object:
    return place(name, start, attends="ann")


def test_a_pair_on_two_days_running_counts_one() -> None:
    assert breach(RULE, WEEK, on("a", "Mon 10:00"), on("b", "Tue 16:00")) == 1


def test_three_days_running_are_two_pairs_and_two_with_one_beside_them_too() -> None:
    three = on("a", "Mon 10:00"), on("b", "Tue 10:00"), on("c", "Wed 10:00")
    assert breach(RULE, WEEK, *three) == 2
    beside = on("a", "Mon 10:00"), on("b", "Mon 14:00"), on("c", "Tue 10:00")
    assert breach(RULE, WEEK, *beside) == 2


def test_a_day_between_or_the_same_day_is_no_neighbour() -> None:
    assert breach(RULE, WEEK, on("a", "Mon 10:00"), on("b", "Wed 10:00")) == 0
    assert breach(RULE, WEEK, on("a", "Mon 10:00"), on("b", "Mon 15:00")) == 0


def test_another_kind_is_no_pair() -> None:
    assert breach(RULE, WEEK, on("a", "Mon 10:00"), on("art", "Tue 10:00")) == 0


def test_a_session_they_are_not_in_is_no_pair() -> None:
    assert breach(RULE, WEEK, on("a", "Mon 10:00"), place("b", "Tue 10:00")) == 0


def test_a_session_booked_just_outside_the_week_makes_a_pair() -> None:
    of = week(resident("ann"), *SESSIONS, booking("x", "last Sun 10:00-11:00", "ann"))
    assert breach(RULE, of, on("a", "Mon 10:00")) == 1
    assert breach(RULE, of, on("a", "Tue 10:00")) == 0


def test_it_says_who_and_what() -> None:
    both = on("a", "Mon 10:00"), on("b", "Tue 10:00")
    assert said(RULE, WEEK, *both) == ["ann has structured session on two days running."]
