"""After publication a group that has become small is a finding, not a broken must."""

from __future__ import annotations

from tests.rules.builders import breach, place, plus, said, session, week

RULE = "small_group"
FULL = place("art", "Tue 10:00", attends=("r1", "r2", "r3"))
FIRST = week(session("art", offered=("r1", "r2", "r3"), smallest=3))
LATER = plus(FIRST, published=(FULL,))


def test_each_person_missing_after_publication_counts() -> None:
    one = place("art", "Tue 10:00", attends="r1")
    assert said(RULE, LATER, one) == ["art was to have at least 3 people."]
    assert breach(RULE, LATER, one) == 2


def test_a_group_still_large_enough_says_nothing() -> None:
    assert breach(RULE, LATER, FULL) == 0


def test_before_publication_it_is_left_to_group_size() -> None:
    assert breach(RULE, FIRST, place("art", "Tue 10:00", attends="r1")) == 0


def test_a_group_no_longer_held_is_not_small() -> None:
    assert breach(RULE, LATER) == 0
