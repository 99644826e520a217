"""Two Generates at the same moment: one run, and both are told of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.crew import at_once, together
from bench.attack.figures import Figure, exactly, none, told
from bench.attack.house import CLOCK, NOW, SITES, make_store, reopened
from bench.attack.soundness import active, rows
from pipe_sched.access import LOCAL
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.stop_run import stop_run

TIMES = 200

Pair = tuple[str, bool, int]
"""The run that one process was given, whether it was queued for it, and how many were active."""


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Press Generate twice at once, look, stop the run, again."""
    with TemporaryDirectory() as folder:
        url = make_store(Path(folder))
        first, second = together(2, work, url, times, seed)
        store = reopened(url)
        pairs = list(zip(first, second, strict=True))
        yield exactly("pairs", times, len(pairs))
        yield exactly("given one and the same run", times, sum(a[0] == b[0] for a, b in pairs))
        yield exactly("queued once", times, sum(a[1] != b[1] for a, b in pairs))
        yield exactly("exactly one active", times, sum({a[2], b[2]} == {1} for a, b in pairs))
        yield exactly("runs stored", times, rows(store, "runs"))
        yield none("runs left active", len(active(store)))
        yield told("queued by the first process", sum(a[1] for a, _ in pairs))
        store.close()


def work(number: int, url: str, times: int, seed: int) -> list[Pair]:
    """One process: the same site-week as the other's, for one premises or for both."""
    store, out = reopened(url), []
    for n in range(times):
        chance = Random(f"{seed}-{n}-{number}")
        sites = SITES if chance.random() < 0.5 else SITES[:1]
        at_once()
        given = generate_timetable(store, LOCAL, sites, CLOCK, seconds=1, now=NOW)
        at_once()
        out.append((given.run.id, given.queued, len(active(store))))
        at_once()
        if number == n % 2:
            stop_run(store, LOCAL, given.run.id)
    store.close()
    return out
