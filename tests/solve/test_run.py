"""A run plans what it can, says how good that is, and always comes back."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from pipe_sched.check import Referee, broken, price
from pipe_sched.core.week import Assignment, Lead, RuleSetting, Timetable, Week
from pipe_sched.solve import part
from pipe_sched.solve.run import Result, TierResult, WrongAnswer, components, solve
from pipe_sched.solve.tiers import weigh
from pipe_sched.solve.watch import Outcome, Progress
from tests.rules.builders import (
    absence,
    at,
    key_work,
    place,
    plus,
    resident,
    room,
    session,
    shift,
    shifts,
    site,
    spans,
    staff,
    week,
)
from tests.small_weeks import weeks

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
OPEN = tuple(f"{day} 09:00-17:00" for day in DAYS)


def house(*more: object) -> Week:
    """A small premises: two workers on duty all week, three who keep cover, two rooms."""
    on = tuple(f"{day} 08:00-18:00" for day in DAYS)
    cover = [staff(id, counts=True) for id in ("rae", "rob", "ria")]
    return week(
        site(),
        room("hall", features=("group", "one_to_one")),
        room("nook", 3, features=("one_to_one",)),
        staff("kay", job="key_worker"),
        staff("ken", job="key_worker"),
        *cover,
        *(shifts(p, *on) for p in ("kay", "ken", "rae", "rob", "ria")),
        *more,
    )


def residents(number: int) -> tuple[object, ...]:
    """Residents with one key-work session each."""
    people = [f"r{i}" for i in range(number)]
    workers = ("kay", "ken")
    return tuple(resident(p) for p in people) + tuple(
        key_work(
            f"kw-{p}", workers[i % 2], p, windows=OPEN, needs_room=True, features=("one_to_one",)
        )
        for i, p in enumerate(people)
    )


def cost(result: Result) -> dict[str, int]:
    return {t.tier: t.cost for t in result.tiers}


def start_of(result: Result, demand: str) -> int:
    return next(a.start for a in result.timetable.assignments if a.demand == demand)


def test_everything_due_is_held_and_nothing_broken():
    of = house(*residents(6))
    result = solve(of, seconds=20)
    assert result.status == "optimal"
    assert len(result.timetable.assignments) == 6
    assert not broken(Referee(of).findings(result.timetable))
    assert (result.tiers[0].tier, result.tiers[0].cost, result.tiers[0].proven) == ("held", 0, True)


def test_seconds_and_first_seconds_and_seed_are_told():
    result = solve(house(*residents(3)), seconds=20, seed=7)
    assert result.seed == 7
    assert result.first_seconds is not None
    assert 0 < result.first_seconds <= result.seconds < 21
    assert result.cpu_seconds > 0


def test_a_week_without_demands_is_done_at_once():
    result = solve(house(), seconds=5)
    assert (result.status, result.timetable) == ("optimal", Timetable())


def test_what_cannot_be_held_is_left_out_and_priced():
    """One room, one hour, two sessions of an hour that need it."""
    one = "Mon 10:00-11:00"
    of = house(
        session("a", "kay", windows=(one,), needs_room=True, features=("group",), worth=70),
        session("b", "ken", windows=(one,), needs_room=True, features=("group",), worth=90),
    )
    result = solve(of, seconds=10)
    assert [a.demand for a in result.timetable.assignments] == ["b"]
    assert cost(result)["held"] == 70
    assert result.status == "optimal"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(weeks())
def test_any_small_week_gets_an_answer_that_the_checker_prices_alike(of: Week):
    result = solve(of, seconds=10, extra_changes=2)
    findings = Referee(of).findings(result.timetable)
    assert result.status in ("optimal", "feasible")
    assert {(f.rule, f.key) for f in broken(findings)} == set(result.relaxed)
    found = price(findings)
    told = cost(result)
    assert found["held"] == told.get("held", 0) + told.get("statutory", 0)
    assert found["comfort"] == told.get("comfort", 0)
    assert found["changes"] == told.get("changes", 0)


def test_progress_is_told_from_the_callers_thread_at_least_twice_a_second():
    seen: list[tuple[Progress, float]] = []

    def note(progress: Progress) -> bool:
        seen.append((progress, time.monotonic()))
        return True

    result = solve(house(*residents(12)), seconds=4, on_progress=note)
    last = result.seconds
    gaps = [b[1] - a[1] for a, b in pairwise(seen)]
    assert max(gaps, default=0) < 2.0
    assert all(0 <= p.seconds <= last + 0.1 for p, _ in seen)
    assert {p.tier for p, _ in seen} <= {"held", "comfort"}


def test_a_false_answer_stops_the_solve_and_keeps_what_was_found():
    """Stopped in the comfort tier: everything is held already."""
    of = house(*residents(14))

    def until_comfort(progress: Progress) -> bool:
        return progress.tier != "comfort"

    began = time.monotonic()
    result = solve(of, seconds=60, on_progress=until_comfort)
    assert time.monotonic() - began < 20
    assert result.status in ("stopped", "optimal")
    assert len(result.timetable.assignments) == 14
    assert not broken(Referee(of).findings(result.timetable))


def test_stopped_at_once_it_still_answers():
    result = solve(house(*residents(4)), seconds=60, on_progress=lambda _: False)
    assert result.status == "stopped"
    assert result.seconds < 10


def test_an_error_in_progress_ends_the_solve_and_is_raised():
    def fail(_: Progress) -> bool:
        raise OSError("the store is away")

    with pytest.raises(OSError, match="away"):
        solve(house(*residents(4)), seconds=30, on_progress=fail)


def test_the_limit_holds_with_the_model_built_within_it():
    began = time.monotonic()
    result = solve(house(*residents(16)), seconds=1.0)
    assert time.monotonic() - began < 4
    assert result.status in ("feasible", "optimal")


def test_deterministic_runs_repeat_themselves():
    of = house(*residents(5))
    one, two = (solve(of, seconds=60, deterministic=0.3, seed=3) for _ in range(2))
    assert one.timetable == two.timetable
    assert one.tiers == two.tiers


def test_pins_stay_whatever_is_better():
    of = house(*residents(3))
    pin = Assignment("kw-r0", at("Thu 15:15"), "hall", _leads(of, "kw-r0", "kay"), ("r0",))
    result = solve(plus(of, pins=(pin,)), seconds=10)
    assert pin in result.timetable.assignments
    assert result.relaxed == ()


def _leads(of: Week, demand: str, person: str):  # type: ignore[no-untyped-def]
    role = next(d.roles[0].name for d in of.demands if d.id == demand)
    return (Lead(role, person),)


def test_a_pin_that_breaks_a_must_stays_and_is_reported():
    """Its leader is away: the page shows the problem, the rest of the week is planned."""
    of = house(*residents(3), absence("kay", "Thu 08:00-18:00"))
    pin = Assignment("kw-r0", at("Thu 15:15"), "hall", _leads(of, "kw-r0", "kay"), ("r0",))
    of = plus(of, pins=(pin,))
    result = solve(of, seconds=10)
    assert pin in result.timetable.assignments
    assert len(result.timetable.assignments) == 3
    assert {rule for rule, _ in result.relaxed} == {"on_shift"}
    found = broken(Referee(of).findings(result.timetable))
    assert {(f.rule, f.key) for f in found} == set(result.relaxed)


def test_a_pin_of_someone_never_asked_for_does_not_stop_the_planning():
    of = house(*residents(3))
    pin = Assignment("kw-r0", at("Thu 15:15"), "hall", _leads(of, "kw-r0", "rae"), ("r0",))
    result = solve(plus(of, pins=(pin,)), seconds=10)
    assert len(result.timetable.assignments) >= 2
    assert "kept_here" in {rule for rule, _ in result.relaxed}


def test_after_publication_the_smallest_change_wins_over_comfort():
    of = house(*residents(6))
    published = solve(of, seconds=10).timetable
    moved = next(a for a in published.assignments if a.demand == "kw-r0")
    day = of.clock.day_span(of.clock.index(moved.start))
    later = plus(
        of,
        absence("kay", f"{DAYS[of.clock.index(day.start)]} 08:00-18:00"),
        published=published.assignments,
    )
    result = solve(later, seconds=20)
    assert [t.tier for t in result.tiers] == ["statutory", "changes", "held", "comfort"]
    changes = next(t for t in result.tiers if t.tier == "changes")
    away = [a for a in published.assignments if any(x.person == "kay" for x in a.staff)]
    hit = [a for a in away if day.start <= a.start < day.end]
    assert changes.proven
    assert len(hit) <= changes.cost <= 5 * len(hit)
    kept = set(published.assignments) & set(result.timetable.assignments)
    assert len(kept) == 6 - len(hit)


def told_and_due() -> Week:
    """One hour of kay is published for tea, which could be an hour later; talk fits only there.

    Held as published, tea crowds out talk. Moving it is one change and holds both.
    """
    tea = session("tea", "kay", windows=("Mon 10:00-12:00",), liked=spans("Mon 11:00-12:00"))
    talk = session("talk", "kay", windows=("Mon 10:00-11:00",))
    of = house(tea, talk)
    return plus(of, published=(Assignment("tea", at("Mon 10:00"), None, _leads(of, "tea", "kay")),))


def tier(result: Result, name: str) -> TierResult:
    return next(t for t in result.tiers if t.tier == name)


def test_without_an_allowance_the_fewest_changes_come_before_what_else_is_held():
    result = solve(told_and_due(), seconds=10)
    assert tier(result, "changes") == TierResult("changes", 0, 0, True)
    assert [a.demand for a in result.timetable.assignments] == ["tea"]


def test_one_extra_change_holds_one_session_more():
    result = solve(told_and_due(), seconds=10, extra_changes=1)
    assert tier(result, "changes") == TierResult("changes", 1, 0, True)
    assert tier(result, "held").cost == 0
    assert result.status == "optimal"
    assert price(Referee(told_and_due()).findings(result.timetable))["changes"] == 1


def test_no_more_of_the_allowance_is_used_than_what_is_held_needs():
    result = solve(told_and_due(), seconds=10, extra_changes=5)
    assert tier(result, "changes").cost == 1


def test_comfort_gets_none_of_the_allowance():
    """Without talk nothing more can be held; tea at the hour people like would cost a change."""
    of = told_and_due()
    of = plus(of, demands=of.demands[:1])
    result = solve(of, seconds=10, extra_changes=5)
    assert tier(result, "changes").cost == 0
    assert start_of(result, "tea") == at("Mon 10:00")
    assert tier(result, "comfort").cost > 0


def test_after_publication_comfort_may_be_given_no_time():
    """It is as good as it came; changes and what is held are proven all the same."""
    of = house(*residents(6))
    later = plus(of, published=solve(of, seconds=10, tiers=("held",)).timetable.assignments)
    result = solve(later, seconds=20, comfort_seconds=0.0)
    assert all(tier(result, name).proven for name in ("statutory", "changes", "held"))
    assert tier(result, "comfort").cost >= tier(solve(later, seconds=20), "comfort").cost
    assert len(result.timetable.assignments) == 6


def test_before_publication_the_allowance_does_nothing():
    of = plus(told_and_due(), published=())
    with_it, without = solve(of, seconds=10, extra_changes=5), solve(of, seconds=10)
    assert with_it.tiers == without.tiers
    assert [t.tier for t in with_it.tiers] == ["held", "comfort"]


def test_sites_solved_apart_share_one_allowance():
    on = ("Mon 08:00-18:00",)
    due, told = [], []
    for where, who in (("kirk", "kay"), ("mill", "moe")):
        for name, until in (("tea", "12:00"), ("talk", "11:00")):
            window = (f"Mon 10:00-{until}",)
            due.append(session(f"{name}-{where}", who, site=where, windows=window))
        told.append(place(f"tea-{where}", "Mon 10:00", who))
    people = (staff("kay", "kirk"), staff("moe", "mill"))
    work = (shifts("kay", *on), shift("moe", *on, "mill"))
    of = week(site("kirk"), site("mill"), *people, *work, *due, published=tuple(told))
    assert tier(solve(of, seconds=10, extra_changes=1), "changes").cost == 1
    assert tier(solve(of, seconds=10, extra_changes=2), "changes").cost == 2


def test_a_hint_that_is_sound_is_the_first_answer():
    of = house(*residents(6))
    hint = solve(of, seconds=10).timetable
    again = solve(of, seconds=10, hint=hint)
    assert cost(again) == cost(solve(of, seconds=10))
    assert again.first_seconds is not None


def test_site_weeks_that_share_nobody_are_solved_apart():
    on = tuple(f"{day} 08:00-18:00" for day in DAYS)
    of = week(
        site("kirk", cover=()),
        site("mill", cover=()),
        staff("kay", "kirk"),
        staff("moe", "mill"),
        shifts("kay", *on),
        shift("moe", "Mon 08:00-18:00", "mill"),
        session("a", "kay", windows=OPEN, needs_room=False),
        session("b", "moe", site="mill", windows=OPEN, needs_room=False),
    )
    referee = Referee(of)
    parts = components(referee.index, weigh(referee.index, referee.claims))
    assert [[d.id for d in demands] for demands, _ in parts] == [["a"], ["b"]]
    result = solve(of, seconds=10)
    assert result.status == "optimal"
    assert {a.demand for a in result.timetable.assignments} == {"a", "b"}


def test_a_must_that_a_site_turns_into_a_should_is_priced():
    """With the line drawn softer the session is held at a price in the site's tier."""
    gone = absence("kay", "Mon 08:00-18:00")
    window = ("Mon 10:00-11:00",)
    of = house(gone, session("a", "kay", windows=window, needs_room=True, features=("group",)))
    assert solve(of, seconds=10).timetable == Timetable()
    soft = site(rules=(RuleSetting("on_shift", level="should", tier="comfort", price=5),))
    of = plus(of, sites=(soft,))
    result = solve(of, seconds=10)
    assert [a.demand for a in result.timetable.assignments] == ["a"]
    assert cost(result)["comfort"] >= 5


def test_an_answer_that_breaks_a_must_is_refused_loudly(monkeypatch: pytest.MonkeyPatch):
    """Posting is made to forget the rooms: the answer must not get through."""
    of = house(
        session("a", "kay", windows=("Mon 10:00-11:00",), needs_room=True, features=("group",)),
        session("b", "ken", windows=("Mon 10:00-11:00",), needs_room=True, features=("group",)),
    )
    real = part.post

    def forgetful(claim, board, hard):  # type: ignore[no-untyped-def]
        return 0 if claim.rule == "one_session_per_room" else real(claim, board, hard)

    monkeypatch.setattr(part, "post", forgetful)
    with pytest.raises(WrongAnswer, match="one_session_per_room"):
        solve(of, seconds=10)


@pytest.mark.parametrize("status", ["infeasible", "model_invalid"])
def test_a_solver_without_an_answer_is_named(monkeypatch: pytest.MonkeyPatch, status: str):
    monkeypatch.setattr(part, "search", lambda *_: Outcome(status, None, None, 0, 0.0))
    assert solve(house(*residents(2)), seconds=5).status == status


def test_a_search_that_finds_nothing_in_time_gives_the_pins(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(part, "search", lambda *_: Outcome("unknown", None, None, 0, 0.0))
    result = solve(house(*residents(2)), seconds=5)
    assert result.status == "feasible"
    assert not any(t.proven for t in result.tiers if t.cost)
