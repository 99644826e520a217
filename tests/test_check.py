"""What was not asked for is told once, and every other rule judges the rest."""

from hypothesis import given, settings

from pipe_sched.check import ASKED_FOR, Referee, broken, undecided
from pipe_sched.core.week import Assignment, Timetable, Week
from tests.rules.builders import place, resident, room, session, shift, site, staff, stay, week
from tests.small_weeks import weeks

MAIN = week(
    site(),
    staff("ana"),
    resident("rob"),
    stay("rob"),
    shift("ana", "Tue 08:00-20:00"),
    room("hall"),
    room("attic", seats=0),
    session("talk", lead="ana", offered=("rob",)),
    session("tea", lead="ana", needs_room=True, rooms=("hall",)),
)


def rules_broken(of: Week, *places: Assignment) -> dict[str, int]:
    found = broken(Referee(of).findings(Timetable(places)))
    return {f.rule: f.breach for f in found}


def test_a_leader_who_also_attends_without_being_asked_is_told_once():
    """For the rules they only lead: one part, one finding, whatever else may be wrong."""
    twice = place("talk", "Tue 10:00", lead="ana", attends="ana")
    assert rules_broken(MAIN, twice)[ASKED_FOR] == 2
    assert "right_people_lead" not in rules_broken(MAIN, twice)


def test_a_listed_attendee_who_leads_unasked_does_not_come():
    rob_leads = place("talk", "Tue 10:00", lead="rob")
    found = Referee(MAIN).findings(Timetable((rob_leads,)))
    assert {f.rule for f in broken(found)} == {ASKED_FOR, "right_people_lead"}


def test_a_room_that_was_not_asked_for_is_no_room():
    attic = place("tea", "Tue 10:00", lead="ana", room="attic")
    assert rules_broken(MAIN, attic) == {ASKED_FOR: 1, "room_fits": 1}


@given(weeks())
@settings(max_examples=40, deadline=None)
def test_a_referee_that_borrows_claims_has_the_very_same(week: Week) -> None:
    bare = undecided(week)
    assert Referee(week, Referee(bare)).claims == Referee(week).claims
    assert Referee(bare, Referee(week)).claims == Referee(bare).claims
