"""The child process that solves one week and says on its output how it gets on.

It reads one JSON line (`Task`), then "stop" lines; it writes one JSON object per
line: progress, result, reasons, or error. When its parent dies it dies too, by
signal where the system has one and by the end of its input everywhere.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Mapping
from typing import Any, TextIO

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Solve the task on standard input."""
    _die_with_parent()
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a library prints must not stand between our lines
    task = json.loads(sys.stdin.readline())
    _limit_memory(int(task["memory"]))
    asked = threading.Event()
    threading.Thread(target=_listen, args=(sys.stdin, asked), daemon=True).start()
    try:
        _work(task, asked, out)
    except Exception as error:
        tell(out, error="memory" if _of_memory(error) else type(error).__name__)
        raise


def _of_memory(error: Exception) -> bool:
    """Whether memory ran out; a library that finds no room is an import that failed."""
    return isinstance(error, MemoryError) or "map segment" in str(error)


def tell(out: TextIO, **what: object) -> None:
    """Write one line."""
    print(json.dumps(what), file=out, flush=True)


def _work(task: Mapping[str, Any], asked: threading.Event, out: TextIO) -> None:
    # Imported here, so that the limit on memory counts for the solver's own start too.
    from pipe_sched.actions.reasons import to_stored
    from pipe_sched.formats.week_json import (
        timetable_from_json,
        timetable_to_json,
        week_from_json,
    )
    from pipe_sched.solve.explain import Why, reasons_for_unheld
    from pipe_sched.solve.run import Result, solve
    from pipe_sched.solve.watch import Progress

    def on_progress(progress: Progress) -> bool:
        tell(
            out,
            progress={
                "seconds": round(progress.seconds, 2),
                "tier": progress.tier,
                "cost": progress.cost,
                "bound": progress.bound,
                "held": progress.held,
            },
        )
        return not asked.is_set()

    def as_result(result: Result) -> dict[str, Any]:
        answered = result.first_seconds is not None
        tiers = [
            {"tier": t.tier, "cost": t.cost, "bound": t.bound, "proven": t.proven}
            for t in result.tiers
        ]
        return {
            "status": result.status,
            "timetable": timetable_to_json(result.timetable) if answered else None,
            "tiers": tiers,
            "relaxed": [list(pair) for pair in result.relaxed],
        }

    def as_reasons(why: Why) -> dict[str, Any]:
        return {
            "say": to_stored(reason.say for reason in why.reasons),
            "alone": why.alone,
            "rivals": list(why.rivals),
            "proven": why.proven,
        }

    week = week_from_json(task["week"])
    hint = None if task["hint"] is None else timetable_from_json(task["hint"])
    result = solve(
        week,
        hint=hint,
        seconds=task["seconds"],
        workers=task["workers"],
        seed=task["seed"],
        on_progress=on_progress,
    )
    tell(out, result=as_result(result))
    if (
        result.tiers
        and not asked.is_set()
        and len(result.timetable.assignments) < len(week.demands)
    ):
        found = reasons_for_unheld(week, result.timetable, seconds=task["reasons"])
        tell(out, reasons={demand: as_reasons(why) for demand, why in found.items()})


def _listen(lines: TextIO, asked: threading.Event) -> None:
    for line in lines:
        if line.strip() == "stop":
            asked.set()
    os._exit(1)  # the worker is gone: nobody is left to hear an answer


def _die_with_parent() -> None:
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it died before the signal was set up


def _limit_memory(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
