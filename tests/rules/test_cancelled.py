"""Cancelled: a person called the session off, and only a person brings it back."""

from pipe_sched.core.week import RuleSetting, Timetable
from pipe_sched.solve.explain import why_not
from pipe_sched.solve.run import solve
from tests.rules.builders import (
    at,
    breach,
    broken,
    place,
    plus,
    resident,
    said,
    sentence,
    session,
    shift,
    site,
    staff,
    week,
)

TALK = session("talk", ("ana", "ben"), offered=("abe",))
TEA = session("tea", "ana", offered=("abe",))
PLACE = place("talk", "Tue 10:00", "ana", "abe")
ON = (shift("ana", "Tue 08:00-20:00"), shift("ben", "Tue 08:00-20:00"))
BASE = week(staff("ana"), staff("ben"), resident("abe"), ON, TALK, TEA)
OFF = plus(BASE, cancelled=("talk",))


def test_a_cancelled_session_that_is_held_is_a_breach() -> None:
    assert said("cancelled", OFF, PLACE) == ["talk was cancelled. Only a person may bring it back."]
    assert breach("cancelled", OFF, PLACE) == 1


def test_left_out_it_breaks_nothing_and_the_others_are_free() -> None:
    assert breach("cancelled", OFF, place("tea", "Tue 10:00", "ana")) == 0


def test_it_still_counts_as_not_held() -> None:
    assert breach("every_session_held", OFF) == breach("every_session_held", BASE) == 200


def test_a_site_cannot_soften_it() -> None:
    soft = site(rules=(RuleSetting("cancelled", level="off"),))
    assert "cancelled" in broken(plus(OFF, sites=(soft,)), PLACE)


def test_its_pin_counts_for_nothing() -> None:
    assert breach("kept_here", plus(BASE, pins=(PLACE,))) == 1
    assert breach("kept_here", plus(OFF, pins=(PLACE,))) == 0


def test_its_published_place_is_neither_kept_nor_frozen() -> None:
    told = plus(OFF, published=(PLACE,), now=at("Tue 09:00"))
    assert breach("keep_published", told) == 0
    assert breach("frozen", told) == 0
    assert breach("frozen", plus(told, cancelled=())) == 1


def test_what_is_cancelled_but_not_due_is_nobodys_business() -> None:
    assert breach("cancelled", plus(BASE, cancelled=("gone",))) == 0


def test_a_plan_leaves_it_out_even_where_it_was_pinned_and_published() -> None:
    told = plus(OFF, published=(PLACE,), pins=(PLACE,), now=at("Tue 09:00"))
    result = solve(told, seconds=10)
    assert [a.demand for a in result.timetable.assignments] == ["tea"]
    assert result.relaxed == ()
    assert {t.tier: t.cost for t in result.tiers}["changes"] == 0


def test_asked_why_it_is_not_held_the_first_reason_is_that_it_was_cancelled() -> None:
    why = why_not(OFF, Timetable(), "talk")
    assert [sentence(OFF, r.say) for r in why.reasons] == [
        "talk was cancelled. Only a person may bring it back."
    ]
    assert why.proven
    assert not why.fixes
