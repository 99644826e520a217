"""The referee and a naive oracle judge thousands of small timetables alike, in verdict and price.

The oracle is written from the planning rules alone; where the two differ, one of them has
misread the rules.
"""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from pipe_sched import check
from pipe_sched.core import sound
from pipe_sched.core.week import Timetable, Week
from tests import oracle
from tests.small_weeks import weeks_with_timetables

EXAMPLES = 400
FOLLOWS = {
    "double_cover": {"one_place"},
    "not_alone": {"on_shift", "one_place"},
    "rest": {"on_shift"},
}
"""The referee may report the first as well where one of the others is broken: it counts sessions,
so that someone in two at once, or in one while off duty, is counted once too often."""


@settings(max_examples=EXAMPLES)
@given(weeks_with_timetables())
def test_referee_and_oracle_find_the_same_musts_broken_and_price_alike(
    both: tuple[Week, Timetable],
) -> None:
    week, timetable = both
    findings = check.Referee(week).findings(timetable)
    found = {f.rule for f in check.broken(findings)}
    expected = oracle.broken(week, timetable)
    follow = {rule for rule, causes in FOLLOWS.items() if causes & expected}
    assert expected <= found
    assert found - follow <= expected

    costs: Counter[tuple[str, str]] = Counter()
    for f in findings:
        costs[f.rule, f.tier] += f.cost
    assert {key: cost for key, cost in costs.items() if cost} == oracle.costs(week, timetable)
    assert check.price(findings) == oracle.price(week, timetable)


@settings(max_examples=100)
@given(weeks_with_timetables())
def test_small_weeks_are_sound(both: tuple[Week, Timetable]) -> None:
    """Nothing is tried on weeks that the program would refuse to read."""
    assert not sound.faults(both[0])
