"""Changes against the last published version (reading 15)."""

import pytest

from tests.rules.builders import at, breach, place, room, said, session, week

RULE = "keep_published"
TALK = session(
    "talk", roles={"lead": ("kay", "ken"), "second": ("kay", "ray")}, offered=("ann", "bea", "cal")
)
FRESH = session("fresh", lead="kay")
OLD = place("talk", "Wed 10:00", "kay", ("ann", "bea"), "hall", second="ray")
WEEK = week(room("hall"), room("nook"), TALK, FRESH, published=(OLD,))


def test_silent_when_nothing_changed() -> None:
    assert breach(RULE, WEEK, OLD) == 0


def test_start_and_room_count_one_each() -> None:
    moved = place("talk", "Wed 10:15", "kay", ("ann", "bea"), "hall", second="ray")
    assert breach(RULE, WEEK, moved) == 1
    moved = place("talk", "Tue 10:00", "kay", ("ann", "bea"), "nook", second="ray")
    assert breach(RULE, WEEK, moved) == 2


def test_someone_in_anothers_place_is_one_change() -> None:
    other = place("talk", "Wed 10:00", "ken", ("ann", "bea"), "hall", second="ray")
    assert breach(RULE, WEEK, other) == 1


def test_two_who_swap_roles_are_two_changes() -> None:
    of = week(TALK, published=(place("talk", "Wed 10:00", "kay", second="ray"),))
    assert breach(RULE, of, place("talk", "Wed 10:00", "ray", second="kay")) == 2


def test_each_attendee_dropped_or_added_counts_one() -> None:
    fewer = place("talk", "Wed 10:00", "kay", ("ann",), "hall", second="ray")
    assert breach(RULE, WEEK, fewer) == 1
    other = place("talk", "Wed 10:00", "kay", ("ann", "cal"), "hall", second="ray")
    assert breach(RULE, WEEK, other) == 2


def test_a_dropped_session_counts_in_full_and_a_new_one_not_at_all() -> None:
    assert breach(RULE, WEEK) == 6
    assert breach(RULE, WEEK, OLD, place("fresh", "Mon 10:00", "kay")) == 0


@pytest.mark.parametrize(
    ("now", "times"),
    [
        ("Thu 10:00", 3),
        ("Tue 10:00", 3),
        ("Tue 09:59", 2),
        ("last Sun 10:00", 2),
        ("last Sun 09:59", 1),
        (None, 1),
    ],
)
def test_sooner_counts_more(now: str | None, times: int) -> None:
    of = week(TALK, published=(place("talk", "Wed 10:00"),), now=at(now) if now else None)
    assert breach(RULE, of) == times


def test_a_session_no_longer_due_is_no_change() -> None:
    assert breach(RULE, week(FRESH, published=(OLD,))) == 0


def test_it_says_what_is_changed() -> None:
    more = place("talk", "Wed 10:15", "kay", ("ann", "bea", "cal"), "hall", second="ray")
    assert said(RULE, WEEK, more) == [
        "People are added to talk, which is published.",
        "talk, published for Wednesday 10am, is changed.",
    ]
