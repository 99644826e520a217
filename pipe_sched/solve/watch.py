"""Runs the solver in a thread of its own while the caller's thread keeps watch.

The solver frees the interpreter lock, so the watcher can report progress at
least twice a second, ask whether to go on, and stop a search that overruns
its limit: one was seen to outlive it twofold.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

BEAT = 0.5
OVERRUN = 0.15
ABANDON = 5.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve is: seconds since its start, the tier being improved, sessions held.

    `cost` and `bound` belong to that tier; both are None until known.
    """

    seconds: float
    tier: str
    cost: int | None
    bound: int | None
    held: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one search brought: a status by name, values by variable index, cost and bound."""

    status: str
    values: tuple[int, ...] | None
    cost: int | None
    bound: int
    work: float


@dataclass
class Watch:
    """The clock of one solve, and the caller's wish to stop it.

    `seconds` is the whole limit; `held_before` the sessions held in parts solved earlier.
    """

    seconds: float
    on_progress: Callable[[Progress], bool] | None = None
    began: float = field(default_factory=time.monotonic)
    stopped: bool = False
    first: float | None = None
    held_before: int = 0
    told: float = 0.0

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Seconds until the limit; never negative."""
        return max(0.0, self.seconds - self.spent)

    def report(self, tier: str, cost: int | None, bound: int | None, held: int) -> None:
        """Tell the caller; a False answer stops the solve."""
        self.told = self.spent
        if self.on_progress is not None and not self.stopped:
            told = Progress(self.spent, tier, cost, bound, self.held_before + held)
            if self.on_progress(told) is False:
                self.stopped = True

    def beat(self, tier: str, held: int = 0) -> bool:
        """Tell the caller that work goes on, when it is time; False when it should not."""
        if self.spent - self.told >= BEAT / 2:
            self.report(tier, None, None, held)
        return not self.stopped and self.left > 0

    def found(self) -> None:
        """Note that there is a timetable."""
        if self.first is None:
            self.first = self.spent


class Notes(cp_model.CpSolverSolutionCallback):
    """Keeps the latest solution of a running search."""

    def __init__(self, told: threading.Event, held: Callable[[Sequence[int]], int]) -> None:
        super().__init__()
        self._told, self._held = told, held
        self.values: tuple[int, ...] | None = None
        self.cost: int | None = None
        self.bound: int | None = None
        self.held = 0

    def on_solution_callback(self) -> None:
        """Called by the solver at each better solution."""
        self.values = tuple(self.response_proto.solution)
        self.cost = round(self.objective_value)
        self.held = self._held(self.values)
        self.on_bound(self.best_objective_bound)

    def on_bound(self, bound: float) -> None:
        """Called by the solver at each better bound."""
        self.bound = _whole(bound)
        self._told.set()


def _whole(bound: float) -> int:
    near = round(bound)
    return near if abs(bound - near) < 1e-4 else int(-(-bound // 1))


def search(
    model: cp_model.CpModel,
    parameters: dict[str, object],
    watch: Watch,
    tier: str,
    limit: float,
    held: Callable[[Sequence[int]], int],
) -> Outcome:
    """Solve the model, watched; returns within the limit (seconds) or very little after.

    Raises:
        Exception: whatever `on_progress` raises, once the search has been stopped.
    """
    solver = cp_model.CpSolver()
    limit = min(limit, watch.left)
    for name, value in parameters.items():
        if isinstance(value, list):
            getattr(solver.parameters, name).extend(value)
        else:
            setattr(solver.parameters, name, value)
    solver.parameters.max_time_in_seconds = max(limit, 0.01)
    told = threading.Event()
    notes = Notes(told, held)
    solver.best_bound_callback = notes.on_bound
    failure: list[BaseException] = []

    def run() -> None:
        try:
            solver.solve(model, notes)
        except BaseException as error:  # passed on to the caller's thread below
            failure.append(error)
        finally:
            told.set()

    thread = threading.Thread(target=run, name="solver", daemon=True)
    thread.start()
    try:
        alive = _attend(thread, solver, notes, told, watch, tier, time.monotonic() + limit)
    except BaseException:
        solver.stop_search()
        thread.join(ABANDON)
        raise
    if failure:
        raise failure[0]
    if alive:
        status = "feasible" if notes.values else "unknown"
        return Outcome(status, notes.values, notes.cost, notes.bound or 0, 0.0)
    return _outcome(solver)


def _attend(
    thread: threading.Thread,
    solver: cp_model.CpSolver,
    notes: Notes,
    told: threading.Event,
    watch: Watch,
    tier: str,
    until: float,
) -> bool:
    """Report and guard until the search ends; True when it had to be left behind."""
    last = 0.0
    while thread.is_alive():
        news = told.wait(0.05)
        told.clear()
        now = time.monotonic()
        if notes.values is not None:
            watch.found()
        if (news and now - last >= 0.05) or now - last >= BEAT:
            last = now
            watch.report(tier, notes.cost, notes.bound, notes.held)
        if watch.stopped or now > until + OVERRUN:
            solver.stop_search()
        if now > until + ABANDON:
            return True
    return False


def _outcome(solver: cp_model.CpSolver) -> Outcome:
    response = solver.response_proto
    name = solver.status_name(solver.response_proto.status).lower()
    if name not in ("optimal", "feasible"):
        return Outcome(name, None, None, 0, response.deterministic_time)
    return Outcome(
        name,
        tuple(response.solution),
        round(response.objective_value),
        _whole(response.best_objective_bound),
        response.deterministic_time,
    )
