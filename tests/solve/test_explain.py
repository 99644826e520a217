"""What crowds a session out, what it would cost, and what would help."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from bench.impossible import ALWAYS, ASKED, base, keyed, on, session, staff
from bench.premises import at
from pipe_sched.check import Referee, broken
from pipe_sched.core.labels import labels_for
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Absence, Assignment, Demand, Lead, Timetable, Week
from pipe_sched.rules.book import book
from pipe_sched.solve.explain import Why, reasons_for_unheld, why_not
from pipe_sched.solve.explain_rivals import find_rivals
from pipe_sched.solve.explain_say import TOO_FEW, WHEN_OPEN
from pipe_sched.solve.explain_try import question
from pipe_sched.solve.run import solve
from tests.small_weeks import weeks

TEN = (Span(at(0, 10), at(0, 11)),)
TEN_TO_TWELVE = (Span(at(0, 10), at(0, 12)),)


def of(*demands: Demand) -> Week:
    return replace(base(demands[0]), demands=demands)


def planned(week: Week) -> Timetable:
    return solve(week, seconds=10, tiers=("held",)).timetable


def place(
    demand: str, start: int, room: str | None, lead: str, *attendees: str, role: str = "lead"
) -> Assignment:
    return Assignment(demand, start, room, (Lead(role, lead),), attendees)


def texts(week: Week, why: Why) -> list[str]:
    labels = labels_for(week, {}, {}, {})
    return [labels.sentence(r.say) for r in why.reasons]


def helps(week: Week, why: Why) -> list[str]:
    labels = labels_for(week, {}, {}, {})
    return [labels.sentence(f.say) for f in why.fixes]


def same_hour(*ids: str) -> Week:
    """Sessions of one worker with three residents, all due from ten to twelve."""
    who = ("ash", "elm", "oak")
    found = (
        session(d, 60, ("key",), required=(p,), windows=TEN_TO_TWELVE)
        for d, p in zip(ids, who, strict=False)
    )
    return of(*found)


def test_a_session_crowded_out_by_another_names_it_and_what_they_share() -> None:
    week = same_hour(ASKED, "other")
    now = Timetable((place("other", at(0, 10), "big", "key", "elm"),))
    why = why_not(week, now, ASKED)
    assert not why.alone
    assert why.proven
    assert why.rivals == ("other",)
    assert texts(week, why)[0] == (
        "There is room for only 1 of these 2: Structured session, ash; and Structured session, elm."
    )
    assert {"recording_time", "due_window"} <= {r.rule for r in why.reasons}


def test_sessions_that_do_not_compete_are_not_rivals() -> None:
    week = same_hour(ASKED, "other")
    far = session("far", 60, ("easy",), required=("oak",), windows=TEN_TO_TWELVE)
    week = replace(week, demands=(*week.demands, far))
    now = Timetable(
        (
            place("other", at(0, 10), "big", "key", "elm"),
            place("far", at(0, 10), "den", "easy", "oak"),
        )
    )
    assert why_not(week, now, ASKED).rivals == ("other",)


def test_rivals_are_the_least_set_that_crowds_it_out() -> None:
    """Three one-hour sessions in two hours, two with nothing written up: any two fit."""
    who = ("easy", "ash"), ("floor0", "elm"), ("floor1", "oak")
    found = [
        session(f"s{i}", 60, ("psy",), required=(p,), windows=TEN_TO_TWELVE, support=True)
        for i, (p, _) in enumerate(who)
    ]
    week = of(*found)
    week = replace(
        week,
        people=(*week.people, staff("psy", "psychologist")),
        shifts=(*week.shifts, *on("psy")),
    )
    now = planned(week)
    (left_out,) = {d.id for d in week.demands} - {a.demand for a in now.assignments}
    why = why_not(week, now, left_out)
    assert len(why.rivals) == 2
    assert texts(week, why)[0].startswith("There is room for only 2 of these 3: ")


def test_moving_another_session_is_suggested_and_keeps_every_must() -> None:
    other = session("other", 60, ("key",), required=("elm",), windows=(Span(at(0, 9), at(0, 15)),))
    asked = session(ASKED, 60, ("key",), required=("ash",), windows=TEN)
    week = of(asked, other)
    now = Timetable((place("other", at(0, 10), "big", "key", "elm"),))
    why = why_not(week, now, ASKED)
    (fix,) = why.fixes
    assert fix.moves == ("other",)
    assert {a.demand for a in fix.timetable.assignments} == {ASKED, "other"}
    assert not broken(Referee(week).findings(fix.timetable))
    (text,) = helps(week, why)
    assert text.startswith("Move Structured session, elm to Monday ")
    assert "then Structured session, ash fits on Monday 10am" in text
    assert "changes the week of 2 people" in text


def test_leaving_out_the_cheaper_rival_is_suggested() -> None:
    week = same_hour(ASKED, "other")
    now = Timetable((place("other", at(0, 10), "big", "key", "elm"),))
    why = why_not(week, now, ASKED)
    assert len(why.fixes) == 1
    assert helps(week, why)[0].startswith("Leave out Structured session, elm: then ")
    assert not broken(Referee(week).findings(why.fixes[0].timetable))


def test_naming_a_back_up_is_suggested_when_the_key_worker_is_away() -> None:
    week = replace(base(keyed()), absences=(Absence("key", ALWAYS),))
    week = replace(week, people=(*week.people, staff("other")), shifts=(*week.shifts, *on("other")))
    why = why_not(week, planned(week), ASKED)
    assert why.alone
    assert texts(week, why) == ["key is away all week."]
    assert helps(week, why)[0].startswith("Name other as back-up key worker. ")
    leads = {x.person for a in why.fixes[0].timetable.assignments for x in a.staff}
    assert "other" in leads


def test_no_back_up_is_suggested_who_is_not_there_either() -> None:
    week = replace(base(keyed()), absences=(Absence("key", ALWAYS),))
    week = replace(week, people=(*week.people, staff("other")))
    assert not why_not(week, planned(week), ASKED).fixes


def test_a_session_left_out_for_its_price_says_what_it_would_cost() -> None:
    asked = session(ASKED, 60, ("key",), required=("ash",), windows=TEN, worth=1)
    group = session(
        "group", 60, ("easy",), required=("elm",), expected=("ash",), windows=TEN, smallest=1
    )
    week = of(asked, group)
    why = why_not(week, planned(week), ASKED)
    assert why.reasons[0].rule == "can_be_held"
    assert why.proven
    assert "It would mean: ash is not at Structured session, elm." in texts(week, why)


def test_a_session_simply_forgotten_can_be_held() -> None:
    week = of(session(ASKED, 60, ("key",), required=("ash",)))
    why = why_not(week, Timetable(), ASKED)
    assert [r.rule for r in why.reasons] == ["can_be_held"]
    assert not broken(Referee(week).findings(why.fixes[0].timetable))


def test_a_held_session_has_no_reasons() -> None:
    week = of(session(ASKED, 60, ("key",), required=("ash",)))
    now = Timetable((place(ASKED, at(0, 10), "big", "key", "ash"),))
    assert why_not(week, now, ASKED) == Why(ASKED, proven=True)


def test_what_stops_the_step_before_stops_the_next_step_too() -> None:
    first = session("first", 60, ("key",), required=("ash",), series="c", step=1)
    asked = session(ASKED, 60, ("easy",), required=("ash",), series="c", step=2, follows="first")
    week = replace(of(asked, first), absences=(Absence("key", ALWAYS),))
    why = why_not(week, planned(week), ASKED)
    assert why.alone
    assert "key is away all week." in texts(week, why)


def test_every_session_left_out_gets_its_reasons() -> None:
    week = same_hour("a", "b", "c")
    now = planned(week)
    found = reasons_for_unheld(week, now)
    assert set(found) == {"a", "b", "c"} - {x.demand for x in now.assignments}
    assert all(why.reasons and why.proven and not why.fixes for why in found.values())


def test_without_time_nothing_is_claimed_to_be_certain() -> None:
    week = same_hour("a", "b", "c")
    begun = time.monotonic()
    found = reasons_for_unheld(week, Timetable(), seconds=0.0)
    assert time.monotonic() - begun < 5
    assert set(found) == {"a", "b", "c"}
    assert not any(why.proven for why in found.values())
    assert all(r.rule == "not_proven" for why in found.values() for r in why.reasons)


def test_a_quorum_that_cannot_be_met_is_said_with_who_is_not_there() -> None:
    asked = session(
        ASKED, 60, ("key",), expected=("floor0", "floor1"), quorum=2, kind="training", support=True
    )
    week = replace(of(asked), absences=(Absence("floor0", ALWAYS),))
    found = texts(week, why_not(week, Timetable(), ASKED))
    assert "Training needs a quorum of 2." in found
    assert "floor0 is away all week." in found


@pytest.mark.parametrize("words", sorted({*WHEN_OPEN, *TOO_FEW}))
def test_each_reworded_sentence_is_one_a_rule_says(words: str) -> None:
    """Or a change of a rule's words would quietly lose the better sentence."""
    said = {c for rule in book().values() for c in _constants(rule.claims.__globals__)}
    assert words in said


def _constants(space: Mapping[str, object]) -> set[str]:
    codes = [f.__code__ for f in space.values() if hasattr(f, "__code__")]
    return {c for code in codes for c in code.co_consts if isinstance(c, str)}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(weeks())
def test_rivals_and_fixes_of_any_small_week_stand_up(week: Week) -> None:
    """Without any one rival the rest can be held; every fix passes the referee."""
    now = planned(week)
    before = {(f.rule, f.key) for f in broken(Referee(week).findings(now))}
    for d in {d.id for d in week.demands} - {a.demand for a in now.assignments}:
        why = why_not(week, now, d)
        assert why.reasons
        for left_out in why.rivals:
            rest = [d, *(r for r in why.rivals if r != left_out)]
            small = question(week, rest, time.monotonic() + 20)
            assert small.ask(small.musts, rest).answer == "yes"
        for fix in why.fixes if not _names_a_back_up(why) else ():
            assert d in {a.demand for a in fix.timetable.assignments}
            after = broken(Referee(week).findings(fix.timetable))
            assert {(f.rule, f.key) for f in after} <= before


def _names_a_back_up(why: Why) -> bool:
    return any("back-up" in fix.say.words for fix in why.fixes)


def test_rivals_are_looked_for_among_held_sessions_only() -> None:
    week = same_hour(ASKED, "other", "third")
    now = Timetable((place("other", at(0, 10), "big", "key", "elm"),))
    found = find_rivals(week, now, ASKED, time.monotonic() + 10)
    assert found.demands == ("other",)
