"""Each expected person absent from a session that is held is counted."""

from tests.rules.builders import breach, place, said, session, week

RULE = "expected_come"
MEETING = week(session("meeting", lead="max", expected=("ann", "bea", "max")))


def test_each_absence_counts_one() -> None:
    assert breach(RULE, MEETING, place("meeting", "Mon 11:00", attends="ann")) == 2


def test_silent_when_everyone_comes_or_leads() -> None:
    held = place("meeting", "Mon 11:00", lead="max", attends=("ann", "bea"))
    assert breach(RULE, MEETING, held) == 0


def test_nobody_is_missed_where_nothing_is_held() -> None:
    assert breach(RULE, MEETING) == 0


def test_the_excused_and_the_offered_are_not_missed() -> None:
    of = week(session("meeting", expected=("ann", "bea"), excused=("bea",), offered=("cal",)))
    assert breach(RULE, of, place("meeting", "Mon 11:00", attends="ann")) == 0


def test_it_says_who_is_not_there() -> None:
    held = place("meeting", "Mon 11:00", lead="max", attends="ann")
    assert said(RULE, MEETING, held) == ["bea is not at meeting."]
