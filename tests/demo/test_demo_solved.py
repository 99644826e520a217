"""The ordinary demo week can be held, but for two sessions that truly have no place."""

from __future__ import annotations

from pipe_sched.check import Referee, broken
from pipe_sched.core.clock import parse_week
from pipe_sched.core.draw_up import draw_up
from pipe_sched.demo.house import CROWLEY, KIRK, NIGHT_KEY_WORKER
from pipe_sched.demo.lives import BUSY
from pipe_sched.demo.plan import build_plan
from pipe_sched.solve.run import solve


def test_all_but_two_sessions_of_the_ordinary_week_are_held() -> None:
    clock = parse_week("2026-W49")
    week = draw_up(build_plan(clock), clock, (KIRK.site, CROWLEY.site)).week
    result = solve(week, seconds=120, tiers=("held",))
    assert not broken(Referee(week).findings(result.timetable))
    held = {a.demand for a in result.timetable.assignments}
    unheld = [d for d in week.demands if d.id not in held]
    assert {(d.kind, d.required) for d in unheld} == {
        ("supervision", (KIRK.worker(NIGHT_KEY_WORKER),)),
        ("pathway_review", (CROWLEY.resident(BUSY),)),
    }
