"""What a solve starts from: pins, what is frozen, and all that was published and still stands."""

from __future__ import annotations

from pipe_sched.check import Referee
from pipe_sched.core.week import Assignment, RuleSetting, Timetable, Week
from pipe_sched.solve.pinned import starting_point
from pipe_sched.solve.run import solve
from tests.rules.builders import absence, at, place, plus, session, shift, site, staff, week

ON = tuple(shift(p, "Tue 08:00-20:00") for p in ("ana", "ben"))
TALK, TEA = session("talk", ("ana", "ben"), offered=("ana",)), session("tea", "ben")
BASE = week(staff("ana"), staff("ben"), ON, TALK, TEA)
TOLD = (place("talk", "Tue 10:00", "ana"), place("tea", "Tue 12:00", "ben"))


def start(of: Week) -> tuple[list[Assignment], set[str]]:
    """The starting point and the rules it breaks."""
    musts = [c for c in Referee(of).claims if Referee(of).terms[c.rule, c.site].level == "must"]
    found, broken = starting_point(Referee(of).index, of.demands, musts)
    return list(found.assignments), {c.rule for c in broken}


def test_before_publication_it_is_the_pins_alone() -> None:
    assert start(plus(BASE, pins=TOLD[:1])) == ([TOLD[0]], set())


def test_all_that_was_published_and_stands_is_taken_over() -> None:
    assert start(plus(BASE, published=TOLD)) == (list(TOLD), set())


def test_what_an_absence_breaks_is_left_out_and_the_rest_stays() -> None:
    of = plus(BASE, absence("ana", "Tue 09:00-12:00"), published=TOLD)
    assert start(of) == ([TOLD[1]], set())


def test_a_pin_comes_before_what_was_published() -> None:
    pin = place("talk", "Tue 12:00", "ben")
    assert start(plus(BASE, published=TOLD, pins=(pin,))) == ([pin], set())


def test_stopped_at_once_a_published_week_keeps_what_stands() -> None:
    of = plus(BASE, absence("ana", "Tue 09:00-12:00"), published=TOLD)
    result = solve(of, seconds=60, on_progress=lambda _: False)
    assert result.status == "stopped"
    assert result.timetable == Timetable(TOLD[1:])


def test_a_pin_that_names_somebody_twice_is_told_and_the_rest_is_planned() -> None:
    """Nobody has two parts in a session, so that such a pin cannot be kept as it is."""
    twice = place("talk", "Tue 10:00", "ana", "ana")
    of = plus(BASE, pins=(twice,))
    assert start(of) == ([place("talk", "Tue 10:00", "ana")], {"kept_here"})
    result = solve(of, seconds=10)
    assert result.status == "optimal"
    assert {rule for rule, _ in result.relaxed} == {"kept_here"}
    assert len(result.timetable.assignments) == 2


def test_a_frozen_session_off_the_grid_is_told_and_the_rest_is_planned() -> None:
    off = RuleSetting("due_window", level="off")
    old = place("talk", "Tue 10:07", "ana")
    of = plus(BASE, published=(old,), now=at("Tue 09:00"), sites=(site(rules=(off,)),))
    result = solve(of, seconds=10)
    assert result.status == "optimal"
    assert {rule for rule, _ in result.relaxed} == {"frozen"}
    assert len(result.timetable.assignments) == 2
