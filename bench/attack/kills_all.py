"""kill -9 of the whole program, a hundred times: pages, worker and its child.

Somebody edits through the pages all the while. Twenty kills follow one another without a pause,
each while another week is being planned; then the program is left alone, and every run has to
end or be reported. It is started as a premises starts it, so that a run left behind waits for
its lease of half a minute. At a kill nobody else has the database open.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.figures import Figure, at_most, exactly, none, told
from bench.attack.hands import generate, plan
from bench.attack.house import coming, make_store, reopened
from bench.attack.losses import Losses
from bench.attack.processes import (
    Process,
    answers,
    end,
    family,
    free_port,
    gone,
    kill_all,
    start_client,
    start_program,
    wait_for,
)
from bench.attack.soundness import active
from pipe_sched.core.clock import Clock
from pipe_sched.store.engine import Store

TIMES = 100
IN_A_ROW = 20
FIRST = 0.3
"""Seconds of planning that each week has had before."""
SECONDS = 0.5
SHARE = 0.1
"""The part of the edits that hit one of the weeks being planned, whose run is then refused."""
LONGEST = 30.0
"""Seconds within which a started program has to answer its first page."""
ALONE = 2.5
"""Most seconds between the first page's answer and the kill."""


@dataclass
class Field:
    """What the rounds share: `planned` are the weeks whose turn it is to be generated."""

    url: str
    port: int
    log: Path
    store: Store
    planned: list[Clock]
    chance: Random
    losses: Losses
    runs: list[str] = field(default_factory=list)
    starts: int = 0
    answered: int = 0
    slowest: float = 0.0
    left: int = 0
    in_hand: int = 0


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Kill everything so many times."""
    with TemporaryDirectory() as name:
        edited, *planned = coming(1 + min(times, IN_A_ROW))
        url = make_store(Path(name), (edited, *planned), busy=True)
        store = reopened(url)
        for clock in (edited, *planned):
            plan(store, clock=clock, seconds=FIRST, now=None)
        losses, port = Losses(store, Path(name) / "notes"), free_port()
        seen = Field(url, port, Path(name) / "log", store, planned, Random(seed), losses)
        client = start_client(url, losses.notes, str(seed), edited, planned[0], SHARE, port)
        try:
            for n in range(times):
                once(seen, planned[n % len(planned)])
                if (n + 1) % IN_A_ROW == 0 or n + 1 == times:
                    leave_alone(seen)
        finally:
            given_up = client.poll() is not None
            end(client)
        yield exactly("starts that answered the first page", seen.starts, seen.answered)
        yield at_most("slowest first page after a start", LONGEST, seen.slowest)
        yield from losses.figures(times)
        yield none("clients that gave up", int(given_up))
        yield none("processes that outlived the kill", seen.left)
        yield told("kills with a run in hand or waiting", seen.in_hand)
        store.close()


def once(seen: Field, clock: Clock) -> None:
    """Ask for a run, start everything, and kill everything at a random moment."""
    seen.runs.append(generate(seen.store, clock=clock, seconds=SECONDS, now=None))
    program = start(seen)
    time.sleep(seen.chance.uniform(0, ALONE))
    seen.in_hand += bool(active(seen.store))
    seen.store.close()
    pids = family(program.pid)
    kill_all(*pids)
    program.wait()
    seen.losses.kills += 1
    seen.left += not wait_for(lambda: all(map(gone, pids)), 10)
    seen.losses.look()


def leave_alone(seen: Field) -> None:
    """Start the program once more and let it end every run; then ask it to end."""
    since = time.monotonic()
    program = start(seen)
    seen.losses.await_end(seen.runs, since)
    seen.runs.clear()
    end(program)
    seen.losses.look()


def start(seen: Field) -> Process:
    """Start the program, and wait until its first page is answered."""
    began = time.monotonic()
    program = start_program(seen.url, seen.port, seen.log)
    seen.starts += 1
    seen.answered += wait_for(lambda: answers(seen.port), LONGEST, pause=0.05)
    seen.slowest = max(seen.slowest, time.monotonic() - began)
    return program
