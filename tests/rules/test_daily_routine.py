"""Daily routine: hours, routine blocks, bank holidays and handover."""

from __future__ import annotations

from pipe_sched.core.week import Pause
from tests.rules.builders import (
    block,
    breach,
    claims_of,
    hours,
    place,
    said,
    session,
    shift,
    site,
    span,
    staff,
    week,
)

RULE = "daily_routine"
TALK = session("talk")


def test_a_session_outside_the_sites_hours_is_refused() -> None:
    of = week(site(hours=(hours("Tue 09:00-17:00"),)), TALK)
    assert said(RULE, of, place("talk", "Tue 16:15")) == [
        "kirk does not hold structured session outside its hours."
    ]
    assert said(RULE, of, place("talk", "Tue 16:00")) == []


def test_a_kinds_own_hours_replace_the_general_ones() -> None:
    both = (hours("Tue 09:00-17:00"), hours("Tue 17:00-21:00", kinds=("creative",)))
    of = week(site(hours=both), session("art", kind="creative"))
    assert breach(RULE, of, place("art", "Tue 18:00")) == 0
    assert breach(RULE, of, place("art", "Tue 10:00")) == 1


def test_a_site_without_hours_is_open_all_week() -> None:
    assert claims_of(RULE, week(site(), TALK)) == ()


def test_a_meal_stops_a_session_and_back_to_back_is_fine() -> None:
    of = week(site(routine=(block("meal", "Tue 12:30-13:00"),)), TALK)
    assert said(RULE, of, place("talk", "Tue 11:45")) == [
        "talk would run into the daily routine at kirk: meal."
    ]
    assert said(RULE, of, place("talk", "Tue 11:30")) == []
    assert said(RULE, of, place("talk", "Tue 13:00")) == []


def test_staff_only_sessions_obey_the_routine_unless_it_spares_their_kind() -> None:
    of = week(
        site(routine=(block("room_check", "Tue 10:30-10:45", spares=("training",)),)),
        session("practice", kind="reflective_practice", support=True),
        session("course", kind="training", support=True),
    )
    assert breach(RULE, of, place("practice", "Tue 10:00")) == 1
    assert breach(RULE, of, place("course", "Tue 10:00")) == 0


def test_two_blocks_of_one_name_are_counted_once() -> None:
    twice = (block("meal", "Tue 10:00-10:15"), block("meal", "Tue 10:30-10:45"))
    assert breach(RULE, week(site(routine=twice), TALK), place("talk", "Tue 10:00")) == 1


def test_a_kind_that_pauses_does_not_run_on_a_bank_holiday() -> None:
    pause = Pause(span("Mon 00:00-Tue 00:00"), ("structured",))
    of = week(site(pauses=(pause,)), TALK, session("kw", kind="key_work"))
    assert said(RULE, of, place("talk", "Mon 10:00")) == [
        "At kirk there is no structured session on Monday 30 November, a bank holiday."
    ]
    assert said(RULE, of, place("talk", "Tue 00:00")) == []
    assert said(RULE, of, place("kw", "Mon 10:00")) == []


def test_handover_stops_all_kinds_for_those_it_binds_only() -> None:
    of = week(
        site(routine=(block("handover", "Tue 20:00-20:15", spares=("creative",)),)),
        staff("day", counts=True),
        staff("night", counts=True),
        staff("late", counts=True),
        staff("leaver", counts=True),
        staff("eve"),
        shift("leaver", "Tue 08:00-20:00"),
        shift("day", "Tue 08:00-20:15"),
        shift("night", "Tue 20:00-08:00"),
        shift("late", "Tue 12:00-22:00"),
        shift("eve", "Tue 12:00-20:00"),
        session("art", kind="creative", lead=("day", "night", "late", "leaver", "eve")),
    )
    assert said(RULE, of, place("art", "Tue 19:15", lead="day")) == ["day is needed at handover."]
    assert breach(RULE, of, place("art", "Tue 20:00", lead="night")) == 1
    assert breach(RULE, of, place("art", "Tue 20:15", lead="night")) == 0
    assert breach(RULE, of, place("art", "Tue 19:30", lead="late")) == 0
    assert breach(RULE, of, place("art", "Tue 19:30", lead="eve")) == 0
    assert breach(RULE, of, place("art", "Tue 19:30", lead="leaver")) == 0
