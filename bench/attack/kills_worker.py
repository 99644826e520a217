"""kill -9 of the worker in mid-run, a hundred times, while somebody edits.

Half of the kills come at any moment of the run, half within moments of the child's end, when
its answer is being saved. Sometimes the child is killed along, otherwise it has to go by itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.figures import Figure, none, told
from bench.attack.hands import generate, plan
from bench.attack.house import coming, make_store, reopened
from bench.attack.losses import PATIENCE, Losses
from bench.attack.processes import (
    Process,
    children,
    end,
    gone,
    kill_all,
    start_client,
    start_worker,
    wait_for,
)
from pipe_sched.access import LOCAL
from pipe_sched.actions.see_run import see_run
from pipe_sched.core.clock import Clock
from pipe_sched.store.engine import Store

TIMES = 100
SECONDS = 0.7
LEASE = 1.5
SHARE = 0.04
"""The part of the edits that hit the week being planned, whose run is then refused."""
SAVING = 0.25
"""Seconds after the child's end within which an answer is saved."""


@dataclass
class Field:
    """What the rounds share."""

    url: str
    store: Store
    clock: Clock
    chance: Random
    losses: Losses
    held: int = 0
    orphans: int = 0


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Kill so many workers; each fresh one takes up what the one before left, then falls too."""
    with TemporaryDirectory() as folder:
        clock, edited = coming(2)
        url = make_store(Path(folder), (clock, edited), busy=True)
        store, notes = reopened(url), Path(folder) / "notes"
        for each in (clock, edited):
            plan(store, clock=each, now=None)
        field = Field(url, store, clock, Random(seed), Losses(store, notes))
        client = start_client(url, notes, str(seed), edited, clock, SHARE)
        worker = start_worker(url, LEASE)
        try:
            for _ in range(times):
                worker = once(field, worker)
        finally:
            given_up = client.poll() is not None
            end(worker)
            end(client)
        yield from field.losses.figures(times)
        yield none("clients that gave up", int(given_up))
        yield none("children that outlived their worker", field.orphans)
        yield told("kills that hit a run in hand", field.held)
        store.close()


def once(field: Field, worker: Process) -> Process:
    """One run, and its worker killed; gives back the fresh worker that has ended the run."""
    run = generate(field.store, clock=field.clock, seconds=SECONDS, now=None)
    wait_for(lambda: bool(children(worker.pid)), PATIENCE)
    young = children(worker.pid)
    wait_for_moment(field.chance, young)
    along = field.chance.random() < 0.5
    kill_all(worker.pid, *(children(worker.pid) if along else ()))
    worker.wait()
    field.losses.kills += 1
    field.held += see_run(field.store, LOCAL, run).ended_at is None
    fresh, since = start_worker(field.url, LEASE), time.monotonic()
    field.losses.look()
    field.orphans += not wait_for(lambda: all(map(gone, young)), 10)
    field.losses.await_end([run], since)
    field.losses.look()
    return fresh


def wait_for_moment(chance: Random, young: list[int]) -> None:
    """Any moment of the solve, or one of those in which its answer is saved."""
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0, 2 * SECONDS))
    else:
        wait_for(lambda: all(map(gone, young)), PATIENCE, pause=0.002)
        time.sleep(chance.uniform(0, SAVING))
