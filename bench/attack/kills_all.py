"""kill -9 of the whole program, a hundred times: pages, worker, its child and who edits there.

Twenty-five kills follow one another without a pause, each while another week is being planned; then
the program is left alone, and every run has to end or be reported. It is started as a premises
starts it, so that a run left behind waits for its lease of half a minute.
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
IN_A_ROW = 25
FIRST = 0.3
"""Seconds of planning that each week has had before."""
SECONDS = 1.0
SHARE = 0.02
"""The part of the edits that hit the week being planned, whose run is then refused."""
LONGEST = 30.0
"""Seconds within which a started program has to answer its first page."""
ALONE = 2.5
"""Most seconds between the first page's answer and the kill."""


@dataclass
class Field:
    """What the rounds share: `planned` are the weeks whose turn it is to be generated."""

    url: str
    folder: Path
    store: Store
    edited: Clock
    planned: tuple[Clock, ...]
    seed: int
    chance: Random
    losses: Losses
    runs: list[str] = field(default_factory=list)
    starts: int = 0
    answered: int = 0
    slowest: float = 0.0
    left: int = 0
    in_hand: int = 0
    given_up: int = 0


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Kill everything so many times."""
    with TemporaryDirectory() as name:
        edited, *planned = coming(1 + min(times, IN_A_ROW))
        url = make_store(Path(name), (edited, *planned), busy=True)
        store = reopened(url)
        for clock in (edited, *planned):
            plan(store, clock=clock, seconds=FIRST, now=None)
        losses = Losses(store, Path(name) / "notes")
        seen = Field(url, Path(name), store, edited, tuple(planned), seed, Random(seed), losses)
        for n in range(times):
            once(seen, n)
            if (n + 1) % IN_A_ROW == 0 or n + 1 == times:
                leave_alone(seen)
        yield exactly("starts that answered the first page", seen.starts, seen.answered)
        yield at_most("slowest first page after a start", LONGEST, seen.slowest)
        yield from losses.figures(times)
        yield none("clients that gave up", seen.given_up)
        yield none("processes that outlived the kill", seen.left)
        yield told("kills with a run in hand or waiting", seen.in_hand)
        store.close()


def once(seen: Field, n: int) -> None:
    """Ask for a run, start everything, and kill everything at a random moment."""
    clock = seen.planned[n % len(seen.planned)]
    seen.runs.append(generate(seen.store, clock=clock, seconds=SECONDS, now=None))
    program, port, began = start(seen)
    client = start_client(
        seen.url, seen.losses.notes, f"{seen.seed}-{n}", seen.edited, clock, SHARE, port
    )
    wait_for_page(seen, port, began)
    time.sleep(seen.chance.uniform(0, ALONE))
    seen.given_up += client.poll() is not None
    seen.in_hand += bool(active(seen.store))
    pids = [*family(program.pid), client.pid]
    kill_all(*pids)
    program.wait()
    client.wait()
    seen.losses.kills += 1
    seen.left += not wait_for(lambda: all(map(gone, pids)), 10)
    seen.losses.look()


def leave_alone(seen: Field) -> None:
    """Start the program once more and let it end every run; then ask it to end."""
    since = time.monotonic()
    program, port, began = start(seen)
    wait_for_page(seen, port, began)
    seen.losses.await_end(seen.runs, since)
    seen.runs.clear()
    end(program)
    seen.losses.look()


def start(seen: Field) -> tuple[Process, int, float]:
    """The program on a port of its own; gives back when it was started, too."""
    port, began = free_port(), time.monotonic()
    seen.starts += 1
    return start_program(seen.url, port, seen.folder / "log"), port, began


def wait_for_page(seen: Field, port: int, began: float) -> None:
    """Wait until the first page is answered."""
    seen.answered += wait_for(lambda: answers(port), LONGEST, pause=0.05)
    seen.slowest = max(seen.slowest, time.monotonic() - began)
