"""The work of a child: solve a week, then say why sessions are not held.

Apart from `child`, so that the solver is loaded only when the limits stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipe_sched.actions.reasons import to_stored
from pipe_sched.formats.week_json import timetable_from_json, timetable_to_json, week_from_json
from pipe_sched.solve.explain import Why, reasons_for_unheld
from pipe_sched.solve.run import Result, solve
from pipe_sched.solve.watch import Progress

Tell = Callable[..., None]
"""Called with one keyword: progress, result or reasons, as JSON values."""


def work(task: Mapping[str, Any], stop: Callable[[], bool], tell: Tell) -> None:
    """Solve the task's week; `stop` is asked again and again whether to end early."""

    def on_progress(progress: Progress) -> bool:
        tell(progress=_progress(progress))
        return not stop()

    week = week_from_json(task["week"])
    result = solve(
        week,
        hint=None if task["hint"] is None else timetable_from_json(task["hint"]),
        seconds=task["seconds"],
        workers=task["workers"],
        seed=task["seed"],
        extra_changes=task.get("extra_changes", 0),
        comfort_seconds=task.get("comfort_seconds"),
        on_progress=on_progress,
    )
    tell(result=_result(result))
    held = len(result.timetable.assignments)
    found_any = result.first_seconds is not None
    if found_any and held < len(week.demands) and not stop():
        found = reasons_for_unheld(week, result.timetable, seconds=task["reasons"])
        tell(reasons={demand: _reasons(why) for demand, why in found.items()})


def _progress(progress: Progress) -> dict[str, Any]:
    return {
        "seconds": round(progress.seconds, 2),
        "tier": progress.tier,
        "cost": progress.cost,
        "bound": progress.bound,
        "held": progress.held,
    }


def _result(result: Result) -> dict[str, Any]:
    found = result.first_seconds is not None
    return {
        "status": result.status,
        "timetable": timetable_to_json(result.timetable) if found else None,
        "tiers": [
            {"tier": t.tier, "cost": t.cost, "bound": t.bound, "proven": t.proven}
            for t in result.tiers
        ],
        "relaxed": [list(pair) for pair in result.relaxed],
    }


def _reasons(why: Why) -> dict[str, Any]:
    return {
        "say": to_stored(reason.say for reason in why.reasons),
        "alone": why.alone,
        "rivals": list(why.rivals),
        "proven": why.proven,
    }
