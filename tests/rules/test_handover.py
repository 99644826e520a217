"""Handover: the first 15 minutes of a shift that counts for cover are free of sessions."""

from pipe_sched.core.week import Limits
from tests.rules.builders import absence, breach, place, said, session, shift, site, staff, week

TALK = session("talk", lead="ana", minutes=30)


def starting(*more, counts=True, limits=None):
    home = site("kirk", limits=limits or Limits())
    return week(home, staff("ana", counts=counts), shift("ana", "Tue 12:00-20:00"), TALK, *more)


def test_the_first_quarter_of_an_hour_is_free_of_sessions():
    assert said("handover", starting(), place("talk", "Tue 12:00", "ana")) == [
        "ana has handover in the first 15 minutes of each shift."
    ]
    assert breach("handover", starting(), place("talk", "Tue 12:10", "ana")) == 1
    assert breach("handover", starting(), place("talk", "Tue 12:15", "ana")) == 0


def test_it_binds_only_those_who_count_for_cover():
    assert breach("handover", starting(counts=False), place("talk", "Tue 12:00", "ana")) == 0


def test_a_site_sets_its_own_minutes():
    base = starting(limits=Limits(handover=30))
    assert breach("handover", base, place("talk", "Tue 12:15", "ana")) == 1
    assert breach("handover", base, place("talk", "Tue 12:30", "ana")) == 0


def test_someone_absent_at_the_start_hears_no_handover():
    base = starting(absence("ana", "Tue 12:00-14:00"))
    assert breach("handover", base, place("talk", "Tue 12:00", "ana")) == 0


def test_on_call_is_not_a_shift():
    base = week(staff("ana", counts=True), shift("ana", "Tue 12:00-20:00", on_call=True), TALK)
    assert breach("handover", base, place("talk", "Tue 12:00", "ana")) == 0
