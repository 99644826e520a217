"""Solves one week once, in a process of its own, and prints what it took as JSON.

Its own process, so that peak memory and CPU seconds are this solve's alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from pipe_sched.check import Referee, broken, price
from pipe_sched.core.week import Week
from pipe_sched.formats.week_json import week_from_json
from pipe_sched.solve.run import Result, solve
from pipe_sched.solve.watch import Progress


def measure(path: Path, seconds: float, workers: int, seed: int) -> dict[str, object]:
    """Solve the week of the file; seconds wall and CPU, MiB, costs, bounds and check time."""
    week = week_from_json(path.read_bytes())
    proven: dict[str, float] = {}

    def saw(seen: Progress) -> bool:
        done = seen.cost is not None and seen.cost == seen.bound
        if done or seen.tier != "held":
            proven.setdefault("held", round(seen.seconds, 2))
        if done:
            proven.setdefault(seen.tier, round(seen.seconds, 2))
        return True

    begun, cpu = time.perf_counter(), time.process_time()
    result = solve(week, seconds=seconds, workers=workers, seed=seed, on_progress=saw)
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures: dict[str, object] = {
        "due": len(week.demands),
        "limit": seconds,
        "wall": round(wall, 2),
        "cpu": round(cpu, 2),
        "mib": round(memory),
        "first": result.first_seconds,
        "status": result.status,
        "proven": proven,
    }
    return figures | _judged(week_from_json(path.read_bytes()), result)


def _judged(week: Week, result: Result) -> dict[str, object]:
    referee = Referee(week)
    referee.findings(result.timetable)
    begun = time.perf_counter()
    findings = referee.findings(result.timetable)
    took = time.perf_counter() - begun
    tiers = [
        {"tier": t.tier, "cost": t.cost, "bound": t.bound, "proven": t.proven} for t in result.tiers
    ]
    return {
        "held": len(result.timetable.assignments),
        "broken": len(broken(findings)),
        "check_ms": round(took * 1000, 1),
        "price": price(findings),
        "tiers": tiers,
    }


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(json.dumps(measure(args.week, args.seconds, args.workers, args.seed)))


if __name__ == "__main__":
    main()
