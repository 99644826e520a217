"""Group size: largest, smallest, quorum and required people."""

from __future__ import annotations

from tests.rules.builders import breach, place, plus, said, session, week

RULE = "group_size"
MANY = ("r1", "r2", "r3", "r4")
GROUP = week(session("art", offered=MANY, smallest=2, largest=3))


def test_a_group_is_never_above_its_largest() -> None:
    assert said(RULE, GROUP, place("art", "Tue 10:00", attends=MANY)) == [
        "art has places for at most 3."
    ]
    assert said(RULE, GROUP, place("art", "Tue 10:00", attends=MANY[:3])) == []


def test_a_group_is_first_planned_with_its_smallest_number() -> None:
    assert said(RULE, GROUP, place("art", "Tue 10:00", attends="r1")) == [
        "art needs at least 2 to attend."
    ]
    assert said(RULE, GROUP, place("art", "Tue 10:00", attends=("r1", "r2"))) == []


def test_a_group_not_held_needs_nobody() -> None:
    assert breach(RULE, GROUP) == 0


def test_once_published_falling_below_is_for_its_leader_to_judge() -> None:
    one = place("art", "Tue 10:00", attends="r1")
    published = plus(GROUP, published=(place("art", "Tue 10:00", attends=("r1", "r2")),))
    assert breach(RULE, published, one) == 0


def test_the_largest_counts_after_publication_too() -> None:
    crowd = place("art", "Tue 10:00", attends=MANY)
    assert breach(RULE, plus(GROUP, published=(crowd,)), crowd) == 1


def test_a_quorum_counts_required_and_expected_people() -> None:
    of = week(session("meet", required=("r1",), expected=("r2", "r3"), offered=("r4",), quorum=3))
    assert said(RULE, of, place("meet", "Tue 10:00", attends=("r1", "r2", "r4"))) == [
        "meet needs a quorum of 3."
    ]
    assert said(RULE, of, place("meet", "Tue 10:00", attends=("r1", "r2", "r3"))) == []


def test_required_people_are_in() -> None:
    of = week(session("kw", required=("r1",), expected=("r2",)))
    assert said(RULE, of, place("kw", "Tue 10:00", attends="r2")) == ["kw is not held without r1."]
    assert said(RULE, of, place("kw", "Tue 10:00", attends="r1")) == []


def test_who_is_excused_is_not_missed() -> None:
    of = week(session("meet", required=("r1", "r2"), excused=("r2",)))
    assert breach(RULE, of, place("meet", "Tue 10:00", attends="r1")) == 0
