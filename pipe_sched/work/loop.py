"""The worker's loop: claim a run, have it solved, save what came out, again.

Between two lines of the child it prolongs the lease, passes on progress and the
wish to stop, and keeps the wall clock: a child that outlives its limit is killed.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pipe_sched.actions.run_input import run_input
from pipe_sched.actions.save_result import Outcome, save_result
from pipe_sched.store import runs
from pipe_sched.store.engine import Store, StoreUnavailable, open_store
from pipe_sched.store.runs import Claim, LostLease
from pipe_sched.store.scope import EverySite, Scope
from pipe_sched.work.log import log
from pipe_sched.work.settings import Settings
from pipe_sched.work.solving import Child

SCOPE = Scope(EverySite("worker"), "worker", write=True)
REASONS = "reasons"
"""The progress's tier while reasons are worked out."""

TOO_LONG = (
    "Planning did not end {0:.0f} seconds after its time limit and was ended. "
    "Press Generate to try again, or allow more time."
)
NO_MEMORY = (
    "Planning needed more memory than the {0:.1f} GiB it may use. "
    "Plan fewer sites together, or give the worker more memory."
)
FAULT = (
    "Planning ended with a fault in the program ({0}), so nothing was saved. "
    "Press Generate to try again; if it happens again, please report the run's number."
)
ENDED = (
    "Planning ended without a word ({0}), as happens when memory runs out. "
    "Press Generate to try again, with fewer sites if it happens again."
)
PASSED_ON: tuple[signal.Signals, ...] = (signal.SIGTERM, signal.SIGINT)


class Ending(Exception):
    """The worker was asked to end."""


def run(url: str, settings: Settings, ending: threading.Event) -> None:
    """Be a worker until a signal, or `ending`, says so."""
    if threading.current_thread() is threading.main_thread():
        for number in PASSED_ON:
            signal.signal(number, lambda *_: ending.set())
    Worker(open_store(url), settings, ending).work()


class Worker:
    """One worker process: its store, settings, and id (`pid` and a random part)."""

    def __init__(self, store: Store, settings: Settings, ending: threading.Event) -> None:
        self.store, self.settings, self.ending = store, settings, ending
        self.id = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"

    def work(self) -> None:
        """Claim and solve until asked to end. A fault of the database is waited out."""
        log("worker started", worker=self.id)
        while not self.ending.is_set():
            try:
                if not self.turn():
                    self.ending.wait(self.settings.idle)
            except Exception as error:
                log("worker in trouble", worker=self.id, error=type(error).__name__)
                self.ending.wait(self.settings.beat)
        with self.store.open_session(SCOPE) as session:
            runs.leave(session, self.id)
        self.store.close()
        log("worker ended", worker=self.id)

    def turn(self) -> bool:
        """One look into the queue; gives back whether there was a run to solve."""
        now = datetime.now(UTC)
        with self.store.open_session(SCOPE) as session:
            runs.beat(session, self.id, now)
            claim = runs.claim(
                session,
                self.id,
                now,
                lease=self.settings.lease,
                attempts=self.settings.attempts,
            )
        if claim is None:
            return False
        log("run begun", worker=self.id, run=claim.run, attempt=claim.attempt)
        try:
            state = self._solve(claim)
            log("run ended", worker=self.id, run=claim.run, state=state)
        except LostLease:
            log("run lost", worker=self.id, run=claim.run)
        except Ending:
            with self.store.open_session(SCOPE) as session:
                runs.hand_back(session, claim)
            log("run handed back", worker=self.id, run=claim.run)
        return True

    def _solve(self, claim: Claim) -> str:
        try:
            return save_result(self.store, claim, self._outcome(claim))
        except (LostLease, Ending, StoreUnavailable):
            raise
        except Exception as error:
            fault = type(error).__name__
            log("run in trouble", worker=self.id, run=claim.run, error=fault)
            return save_result(self.store, claim, Outcome("unknown", error=FAULT.format(fault)))

    def _outcome(self, claim: Claim) -> Outcome:
        task = run_input(self.store, claim)
        child = Child(
            {
                **task,
                "seconds": claim.seconds,
                "workers": claim.workers,
                "seed": claim.seed,
                "memory": self.settings.memory,
                "reasons": self.settings.reasons,
            }
        )
        try:
            return Attending(self, claim, child).outcome()
        finally:
            child.kill()


class Attending:
    """Listening to one child from its start to its answer."""

    def __init__(self, worker: Worker, claim: Claim, child: Child) -> None:
        self.worker, self.claim, self.child = worker, claim, child
        self.settings = worker.settings
        self.began = time.monotonic()
        self.until = self.began + claim.seconds + self.settings.grace
        self.reported = 0.0
        self.progress: Mapping[str, Any] | None = None
        self.result: Mapping[str, Any] | None = None
        self.reasons: Mapping[str, Any] = {}
        self.error: str | None = None
        self.stopping = False

    def outcome(self) -> Outcome:
        """Attend until the child has ended or its time is over.

        Raises:
            LostLease: the run is another's now. Ending: the worker was asked to end.
        """
        while True:
            line = self.child.hear(self._patience())
            if line is not None:
                if not line:
                    break
                self._take(line)
            if time.monotonic() >= self.until:
                self.error = TOO_LONG.format(self.settings.grace)
                break
            self._report()
            if self.stopping and self.result is not None:
                break
        return self._outcome()

    def _patience(self) -> float:
        now = time.monotonic()
        return min(self.reported + self.settings.beat, self.until) - now

    def _take(self, line: Mapping[str, Any]) -> None:
        if "progress" in line:
            self.progress = line["progress"]
        elif "result" in line:
            self.result = line["result"]
            self.until = time.monotonic() + self.settings.reasons + self.settings.grace
            spent = round(time.monotonic() - self.began, 2)
            self.progress = {**(self.progress or NOTHING), "tier": REASONS, "seconds": spent}
        elif "reasons" in line:
            self.reasons = line["reasons"]
        elif line.get("error") == "memory":
            log("child failed", run=self.claim.run, error="memory")
            self.error = NO_MEMORY.format(self.settings.memory / 1024**3)
        else:
            log("child failed", run=self.claim.run, error=line.get("error"))
            self.error = FAULT.format(line.get("error", "unknown"))

    def _report(self) -> None:
        if self.worker.ending.is_set():
            raise Ending
        now = time.monotonic()
        if now - self.reported < self.settings.beat:
            return
        self.reported = now
        moment = datetime.now(UTC)
        with self.worker.store.open_session(SCOPE) as session:
            runs.beat(session, self.worker.id, moment)
            stop = runs.report(
                session, self.claim, moment, lease=self.settings.lease, progress=self.progress
            )
        if stop and not self.stopping:
            self.stopping = True
            self.until = min(self.until, now + self.settings.grace)
            self.child.stop()

    def _outcome(self) -> Outcome:
        if self.result is None:
            error = self.error or _last_words(self.child.kill())
            return Outcome("unknown", stopped=self.stopping, error=error)
        return Outcome(
            status=self.result["status"],
            timetable=self.result["timetable"],
            tiers=tuple(self.result["tiers"]),
            relaxed=frozenset((rule, key) for rule, key in self.result["relaxed"]),
            reasons=self.reasons,
            stopped=self.stopping,
            error=NO_ANSWER.get(self.result["status"], NO_ANSWER["unknown"]),
        )


def _last_words(code: int) -> str:
    return ENDED.format(f"signal {-code}" if code < 0 else f"exit code {code}")


NOTHING: Mapping[str, Any] = {"seconds": 0.0, "tier": "", "cost": None, "bound": None, "held": 0}
NO_ANSWER = {
    "unknown": "No timetable was found within the time limit. Allow more time and try again.",
    "infeasible": (
        "The planner found no timetable at all, not even one without sessions. "
        "This is a fault in the program, please report it with the run's number."
    ),
    "model_invalid": (
        "The planner refused its own model. "
        "This is a fault in the program, please report it with the run's number."
    ),
}
"""Sentences for a solve without a timetable, by status."""
