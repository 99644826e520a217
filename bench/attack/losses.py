"""What kills have done to a database: looked for after each kill, counted over all of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.attack.client import noted
from bench.attack.edits import amiss
from bench.attack.figures import Figure, at_most, exactly, none, some, told
from bench.attack.house import file_of
from bench.attack.processes import wait_for
from bench.attack.soundness import (
    active,
    behind,
    breaking,
    by_revision,
    drafts,
    half_saved,
    intact,
    run_ended,
    torn,
)
from pipe_sched.store.engine import Store
from pipe_sched.store.tables import Draft

PATIENCE = 60.0
"""Seconds that a run may stay without an end after the last start."""


@dataclass
class Losses:
    """Everything seen so far. `faults` are sentences, for whoever has to find out why."""

    store: Store
    notes: Path
    kills: int = 0
    broken: int = 0
    lost: int = 0
    torn: int = 0
    half: int = 0
    stuck: int = 0
    slowest: float = 0.0
    states: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _noted: int = 0
    _draft: int = 0
    _seen: dict[tuple[str, str, int], Draft] = field(default_factory=dict)

    def look(self) -> None:
        """Look at the file, and at what was noted and saved since the last look."""
        self.broken += not intact(file_of(str(self.store.engine.url)))
        new = noted(self.notes)[self._noted :]
        found = drafts(self.store, self._draft)  # read later: what is noted has to be there
        self._noted += len(new)
        self._seen.update(by_revision(found))
        missing = [*amiss(new, self._seen)]
        bad = [*torn(self.store, found), *breaking(self.store, found)]
        self.lost += len(missing)
        self.torn += len(bad)
        self.faults += [*missing, *bad]
        self._draft = found[-1].id if found else self._draft

    def await_end(self, runs: list[str], since: float) -> None:
        """Wait until these runs have ended, and see what they left. `since`: the last start."""
        left = max(0.0, since + PATIENCE - time.monotonic())
        wait_for(lambda: not active(self.store).keys() & set(runs), left)
        waiting = active(self.store).keys() & set(runs)
        self.stuck += len(waiting)
        self.slowest = max(self.slowest, time.monotonic() - since)
        for run in dict.fromkeys(runs):
            if run in waiting:
                self.faults.append(f"run {run} is stuck")
                continue
            self.states[run_ended(self.store, run)] += 1
            half = half_saved(self.store, run)
            if half is not None:
                self.half += 1
                self.faults.append(half)

    def figures(self, times: int) -> Iterator[Figure]:
        """The figures after the last kill; every note is looked at once more."""
        made, found = noted(self.notes), drafts(self.store)
        kept = len(made) - len(list(amiss(made, by_revision(found))))
        yield exactly("kills", times, self.kills)
        yield none("databases not intact after a kill", self.broken)
        yield exactly("acknowledged changes kept", len(made), kept)
        yield none("acknowledged changes lost on the way", self.lost)
        yield some("acknowledged changes", len(made))
        changes = sum(d.cause == "change" for d in found)
        yield told("changes saved, not acknowledged", changes - len(made))
        yield none("site-weeks not at their last revision", len(list(behind(self.store))))
        yield none("torn drafts", self.torn)
        yield none("runs with half of their drafts", self.half)
        yield none("runs stuck", self.stuck)
        yield at_most("slowest end after a start", PATIENCE, self.slowest)
        for state, count in sorted(self.states.items()):
            yield told(f"runs that ended like this: {count}", state)
        yield some("runs done", self.states["done"])
        for fault in self.faults[:5]:
            yield told("fault", fault)
