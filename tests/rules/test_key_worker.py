"""Own key worker leads; the back-up only when the two share no start."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipe_sched.core.week import Demand, Week
from tests.rules.builders import (
    absence,
    band,
    block,
    booking,
    breach,
    broken,
    commitment,
    hours,
    key_work,
    place,
    resident,
    said,
    shift,
    site,
    staff,
    week,
)

RULE = "key_worker"


def _talk(**more: object) -> Demand:
    more = {"back_up": "ben", "lead": ("ana", "ben", "cat"), **more}
    return key_work("kw", "ana", "r1", windows=("Tue 09:00-17:00",), **more)


def _week(*things: object, demand: Demand | None = None) -> Week:
    return week(
        staff("ana"),
        staff("ben"),
        staff("cat"),
        staff("rita", counts=True),
        shift("rita", "Mon 00:00-Sun 23:00"),
        resident("r1"),
        shift("ben", "Tue 08:00-20:00"),
        shift("cat", "Tue 08:00-20:00"),
        demand or _talk(),
        *things,
    )


ON = shift("ana", "Tue 08:00-20:00")


def led_by(worker: str, start: str = "Tue 10:00"):
    """Key work led by this worker."""
    return place("kw", start, lead=worker, attends="r1")


def test_the_own_worker_leads_and_not_the_back_up() -> None:
    of = _week(ON)
    assert said(RULE, of, led_by("ana")) == []
    assert said(RULE, of, led_by("ben")) == [
        "ben is only the back-up: key worker ana and r1 could meet, Tuesday 9am for one."
    ]


def test_anyone_else_is_not_the_key_worker() -> None:
    assert said(RULE, _week(ON), led_by("cat")) == ["cat is not the key worker of r1."]


def test_the_back_up_leads_when_the_own_worker_is_not_on_shift_in_the_window() -> None:
    of = _week(shift("ana", "Wed 08:00-20:00"))
    assert said(RULE, of, led_by("ben")) == []
    assert said(RULE, of, led_by("cat")) != []


def test_even_then_the_own_worker_is_not_refused_by_this_rule() -> None:
    assert said(RULE, _week(), led_by("ana")) == []


def test_a_single_shared_start_keeps_the_back_up_out() -> None:
    barely = _week(shift("ana", "Tue 16:15-20:00"))
    assert breach(RULE, barely, led_by("ben")) == 1
    too_late = _week(shift("ana", "Tue 16:30-20:00"))
    assert breach(RULE, too_late, led_by("ben")) == 0


@pytest.mark.parametrize(
    "fact",
    [
        absence("ana", "Mon 00:00-Sun 00:00"),
        commitment("ana", "Tue 09:00-17:00"),
        commitment("r1", "Tue 10:00-16:00", away=True, travel=30),
        booking("b1", "Tue 09:15-16:30", "ana"),
    ],
    ids=["absent", "busy", "resident out", "booked"],
)
def test_fixed_facts_that_leave_no_shared_start_let_the_back_up_in(fact: object) -> None:
    assert breach(RULE, _week(ON, fact), led_by("ben")) == 0


def test_routine_and_hours_count_as_fixed_facts() -> None:
    day = site(hours=(hours("Tue 12:00-13:00"),), routine=(block("meal", "Tue 12:30-13:00"),))
    assert breach(RULE, _week(ON, day), led_by("ben")) == 0


def test_a_rota_too_short_for_anyone_to_leave_the_floor_counts_as_a_fixed_fact() -> None:
    short = site(cover=(band("Tue 00:00-Wed 00:00", 3),))
    of = _week(ON, short)
    counting = tuple(replace(p, counts=p.id in ("ana", "rita")) for p in of.people)
    assert breach(RULE, replace(of, people=counting), led_by("ben")) == 0
    assert breach(RULE, of, led_by("ben")) == 1


def test_nobody_else_in_the_building_counts_as_a_fixed_fact() -> None:
    of = _week(ON, absence("rita", "Mon 00:00-Sun 23:00"))
    assert breach(RULE, of, led_by("ben")) == 0


def test_a_session_too_long_for_one_run_lets_the_back_up_in() -> None:
    of = _week(ON, site(limits={"longest_run": 30}))
    assert breach(RULE, of, led_by("ben")) == 0


def test_a_session_that_leaves_no_break_in_the_shift_lets_the_back_up_in() -> None:
    long = _talk(minutes=360)
    on = shift("ana", "Tue 09:00-15:45")
    roomy = site(limits={"longest_run": 400})
    strict = site(limits={"longest_run": 400, "break_length": 60})
    assert breach(RULE, _week(on, roomy, demand=long), led_by("ben")) == 1
    assert breach(RULE, _week(on, strict, demand=long), led_by("ben")) == 0


def test_other_sessions_of_the_plan_are_no_reason_for_the_back_up() -> None:
    other = key_work("other", "ana", "r2", minutes=480, windows=("Tue 09:00-17:00",))
    of = _week(ON, resident("r2"), other)
    taken = place("other", "Tue 09:00", lead="ana", attends="r2")
    assert breach(RULE, of, taken, led_by("ben")) == 1


def test_a_third_person_leads_when_the_manager_names_one() -> None:
    of = _week(ON, demand=_talk(third="cat"))
    assert breach(RULE, of, led_by("cat")) == 0


def test_an_own_worker_who_may_not_lead_at_all_leaves_it_to_the_back_up() -> None:
    of = _week(ON, demand=_talk(lead=("ben", "cat")))
    assert breach(RULE, of, led_by("ben")) == 0
    assert breach(RULE, of, led_by("cat")) == 1


def test_only_the_key_workers_own_part_is_theirs() -> None:
    review = _talk(lead=(), roles={"key_worker": ("ana", "ben"), "practitioner": ("pp",)})
    of = _week(ON, demand=review)
    both = place("kw", "Tue 10:00", attends="r1", key_worker="ana", practitioner="pp")
    assert said(RULE, of, both) == []


def test_the_referee_hears_it_through_the_rule_book() -> None:
    assert RULE in broken(_week(ON), led_by("ben"))
