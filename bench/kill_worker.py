"""python -m bench.kill_worker: kill -9 the worker in mid-solve, again and again.

Each time the demo's reference week is generated, its worker killed at a random
moment of the run, and a fresh worker started. Counted: runs finished or reported
failed, timetables torn (one site saved without the other, or text that does not
read), runs stuck. The exit code is 0 only if nothing was torn or stuck.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipe_sched.access import LOCAL
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.list_weeks import list_weeks
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.see_week import see_week
from pipe_sched.core.clock import Clock
from pipe_sched.demo.plan import build_plan
from pipe_sched.store.engine import Store, open_store

SITES = ("crowley-house", "kirk-lodge")
CLOCK = Clock(2026, 49)
PATIENCE = 60.0
"""Seconds that a run may stay without an end after the fresh worker has started."""


@dataclass
class Count:
    """What became of the runs."""

    states: Counter[str] = field(default_factory=Counter)
    torn: int = 0
    stuck: int = 0
    slowest: float = 0.0


def main() -> int:
    """Kill so many times and print what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=4.0, help="time limit of each run")
    parser.add_argument("--lease", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    count, chance = Count(), random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'store.db'}"
        store = open_store(url)
        import_plan(store, LOCAL, build_plan(CLOCK))
        for n in range(args.times):
            once(store, url, args, chance.uniform(0.0, args.seconds + 1.0), count)
            print(f"{n + 1:3d} of {args.times}: {dict(count.states)}", flush=True)
        store.close()
    ended = sum(count.states.values())
    print(
        f"{ended} of {args.times} finished or reported, {count.torn} torn, {count.stuck} stuck; "
        f"slowest end {count.slowest:.1f} s after the fresh worker's start"
    )
    return int(count.torn > 0 or count.stuck > 0)


def once(store: Store, url: str, args: argparse.Namespace, moment: float, count: Count) -> None:
    """One run: killed `moment` seconds after its solve has begun, then finished by another."""
    before = revisions(store)
    run = generate_timetable(store, LOCAL, SITES, CLOCK, seconds=args.seconds).run.id
    first = start(url, args.lease)
    until = time.monotonic() + PATIENCE
    while see_run(store, LOCAL, run).progress is None and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(moment)
    first.kill()
    first.wait()
    second, began = start(url, args.lease), time.monotonic()
    while see_run(store, LOCAL, run).active and time.monotonic() < began + PATIENCE:
        time.sleep(0.05)
    second.terminate()
    second.wait(30)
    count.slowest = max(count.slowest, time.monotonic() - began)
    shown = see_run(store, LOCAL, run)
    if shown.active:
        count.stuck += 1
    else:
        count.states[shown.state] += 1
        if shown.error is not None:
            print(f"    {shown.state}: {shown.error}")
    count.torn += torn(store, before, saved=shown.state == "done")


def start(url: str, lease: float) -> subprocess.Popen[bytes]:
    """A worker process; its log is not shown."""
    command = [sys.executable, "-m", "pipe_sched.work", "--store", url]
    command += [f"--lease={lease}", "--reasons=2", "--attempts=3"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def revisions(store: Store) -> dict[str, int]:
    """The current revision of each site."""
    return {line.site: line.revision for line in list_weeks(store, LOCAL)}


def torn(store: Store, before: dict[str, int], *, saved: bool) -> bool:
    """Whether a site's draft is missing, one too many, unreadable, or breaks a must."""
    after = revisions(store)
    steps = {after[site] - before.get(site, 0) for site in SITES}
    views = [see_week(store, LOCAL, site, CLOCK) for site in SITES]
    sound = all(view is not None and not view.broken for view in views)
    return steps != {int(saved)} or not sound


if __name__ == "__main__":
    raise SystemExit(main())
