"""Someone who counts for cover leads where another could (reading 16)."""

import pytest

from tests.rules.builders import (
    absence,
    booking,
    breach,
    claims_of,
    commitment,
    free,
    outside,
    place,
    plus,
    said,
    session,
    shift,
    staff,
    week,
)

RULE = "floor_staff_last"
TALKS = (session("a", lead=("ray", "max")), session("b", lead="max"))
WEEK = week(staff("ray", counts=True), staff("max"), shift("max", "Mon 09:00-17:00"), *TALKS)
LED = place("a", "Mon 10:00", lead="ray")


def test_counts_one_while_another_is_free() -> None:
    assert breach(RULE, WEEK, LED) == 1
    assert breach(RULE, WEEK, LED, place("b", "Mon 11:00", lead="max")) == 1


def test_silent_when_the_other_leads_it() -> None:
    assert breach(RULE, WEEK, place("a", "Mon 10:00", lead="max")) == 0


def test_silent_when_the_other_is_in_another_session() -> None:
    assert breach(RULE, WEEK, LED, place("b", "Mon 10:30", lead="max")) == 0


def test_silent_outside_the_others_shift() -> None:
    assert breach(RULE, WEEK, place("a", "Mon 16:15", lead="ray")) == 0
    assert breach(RULE, WEEK, place("a", "Mon 16:00", lead="ray")) == 1


@pytest.mark.parametrize(
    "taken",
    [
        absence("max", "Mon 10:45-12:00"),
        commitment("max", "Mon 11:15-12:00", away=True, travel=30),
        booking("x", "Mon 09:00-10:15", "max"),
    ],
)
def test_silent_when_the_other_is_away_or_taken(taken: object) -> None:
    assert breach(RULE, plus(WEEK, taken), LED) == 0


def test_a_second_who_counts_is_no_other() -> None:
    both = week(
        staff("ray", counts=True), staff("roz", counts=True), session("a", lead=("ray", "roz"))
    )
    assert not claims_of(RULE, both)


def test_people_from_outside_are_free_when_they_said_so() -> None:
    of = week(
        staff("ray", counts=True),
        outside("oli"),
        free("oli", "Mon 10:00-11:00", "kirk"),
        session("a", lead=("ray", "oli")),
    )
    assert breach(RULE, of, LED) == 1
    assert breach(RULE, of, place("a", "Mon 10:15", lead="ray")) == 0


def test_it_says_who_leads_what() -> None:
    assert said(RULE, WEEK, LED) == [
        "ray counts for cover and leads a, which someone else could lead."
    ]
