"""The worker with real processes: it solves, stops, is killed, and nothing is left half done."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.list_weeks import list_weeks
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.stop_run import stop_run
from pipe_sched.actions.views import RunView
from pipe_sched.actions.worker_alive import worker_alive
from pipe_sched.core.clock import Clock
from pipe_sched.demo.plan import build_plan
from pipe_sched.store import runs
from pipe_sched.store.engine import Store, open_store
from pipe_sched.store.runs import Claim
from pipe_sched.store.scope import EverySite, Scope
from pipe_sched.work import Settings
from pipe_sched.work.loop import SCOPE, TOO_LONG, Attending, Ending, Worker
from tests.actions.builders import BOTH, CLOCK, two_premises

DEMO = ("crowley-house", "kirk-lodge")
PATIENCE = 120.0
"""Seconds to wait for what takes two on a quiet machine."""


def filled(path: Path, plan: Any) -> Path:
    store = open_store(f"sqlite:///{path}")
    import_plan(store, LOCAL, plan)
    store.close()
    return path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small premises, solved in no time."""
    return filled(tmp_path_factory.mktemp("work") / "small.db", two_premises())


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's two premises, whose comfort is improved for as long as there is time."""
    plan = build_plan(Clock(2026, 49))
    return filled(tmp_path_factory.mktemp("work") / "large.db", plan)


def opened(template: Path, folder: Path) -> Store:
    shutil.copyfile(template, folder / "store.db")
    return open_store(f"sqlite:///{folder / 'store.db'}", upgraded=False)


def address(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


@contextmanager
def worker(store: Store, **settings: object) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process of its own."""
    options = [f"--{name}={value}" for name, value in settings.items()]
    command = [sys.executable, "-m", "pipe_sched.work", "--store", address(store), *options]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(what: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The first true answer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(f"Waited {seconds} seconds in vain.")


def ended(store: Store, run: str) -> RunView | None:
    shown = see_run(store, LOCAL, run)
    return None if shown.active else shown


def solving(store: Store, run: str) -> bool:
    return see_run(store, LOCAL, run).progress is not None


def children(pid: int) -> list[int]:
    """The processes that this one has started."""
    with suppress(OSError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def gone(pid: int) -> bool:
    """Whether the process has ended (a dead one that nobody has waited for counts)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def revisions(store: Store) -> set[int]:
    return {line.revision for line in list_weeks(store, LOCAL)}


def test_a_queued_run_is_solved_checked_and_saved(small: Path, tmp_path: Path) -> None:
    store = opened(small, tmp_path)
    run = generate_timetable(store, LOCAL, BOTH, CLOCK, seconds=20).run.id
    assert not worker_alive(store)
    with worker(store) as process:
        done = wait_for(lambda: ended(store, run))
        assert worker_alive(store)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert not worker_alive(store), "a worker that ends says so"
    assert (done.state, done.error, done.status) == ("done", None, "optimal")
    assert {t.tier for t in done.tiers} >= {"held", "comfort"}
    for site in BOTH:
        view = see_week(store, LOCAL, site, CLOCK)
        assert view is not None
        assert not view.broken
        assert len(view.timetable.assignments) == 2
        assert view.unheld == ()


def test_a_worker_killed_in_mid_solve_takes_its_child_along_and_another_finishes(
    large: Path, tmp_path: Path
) -> None:
    store = opened(large, tmp_path)
    run = generate_timetable(store, LOCAL, DEMO, CLOCK, seconds=4).run.id
    for _ in range(2):
        with worker(store, lease=2, reasons=2) as process:
            wait_for(lambda: solving(store, run))
            (child,) = wait_for(lambda: children(process.pid))
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        wait_for(partial(gone, child), 10)
        assert see_run(store, LOCAL, run).active
        assert revisions(store) == {0}
        wait_for(lambda: see_run(store, LOCAL, run).state == "queued")
    with worker(store, lease=2, reasons=2):
        done = wait_for(lambda: ended(store, run))
    assert done.state in ("done", "failed")
    assert done.attempts == 3
    assert revisions(store) == ({1} if done.state == "done" else {0}), "both sites or neither"


def test_a_run_whose_workers_all_die_is_reported_failed(large: Path, tmp_path: Path) -> None:
    store = opened(large, tmp_path)
    run = generate_timetable(store, LOCAL, DEMO, CLOCK, seconds=60).run.id
    with worker(store, lease=1, attempts=1) as process:
        wait_for(lambda: solving(store, run))
        os.kill(process.pid, signal.SIGKILL)
    with worker(store, lease=1, attempts=1):
        failed = wait_for(lambda: ended(store, run))
    assert failed.state == "failed"
    assert "begun once" in failed.error
    assert "Press Generate to try again" in failed.error
    assert generate_timetable(store, LOCAL, DEMO, CLOCK).queued, "its weeks are free again"


def test_a_stopped_run_ends_soon_and_says_what_it_kept(large: Path, tmp_path: Path) -> None:
    store = opened(large, tmp_path)
    run = generate_timetable(store, LOCAL, DEMO, CLOCK, seconds=300).run.id
    with worker(store):
        wait_for(lambda: solving(store, run))
        asked = stop_run(store, LOCAL, run)
        assert asked.stopping
        stopped = wait_for(lambda: ended(store, run), 60)
    assert stopped.state == "stopped"
    assert (revisions(store) == {0}) == (stopped.error is not None)


def test_a_worker_asked_to_end_puts_its_run_back(large: Path, tmp_path: Path) -> None:
    store = opened(large, tmp_path)
    run = generate_timetable(store, LOCAL, DEMO, CLOCK, seconds=300).run.id
    with worker(store) as process:
        wait_for(lambda: solving(store, run))
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert (see_run(store, LOCAL, run).state, see_run(store, LOCAL, run).attempts) == ("queued", 0)


def test_a_child_without_enough_memory_fails_with_a_sentence(small: Path, tmp_path: Path) -> None:
    store = opened(small, tmp_path)
    run = generate_timetable(store, LOCAL, BOTH, CLOCK, seconds=20).run.id
    with worker(store, memory=200 * 1024**2):
        failed = wait_for(lambda: ended(store, run))
    assert failed.state == "failed"
    assert "memory" in failed.error
    assert revisions(store) == {0}


class Told:
    """A child that says these lines, then is silent."""

    def __init__(self, *lines: dict[str, Any]) -> None:
        self.lines = list(lines)
        self.asked_to_stop = False

    def hear(self, seconds: float) -> dict[str, Any] | None:
        if self.lines:
            return self.lines.pop(0)
        time.sleep(min(max(seconds, 0), 0.02))
        return None

    def stop(self) -> None:
        self.asked_to_stop = True

    def kill(self) -> int:
        return -9


RESULT = {"status": "feasible", "timetable": "text", "tiers": [], "relaxed": [["rule", "key"]]}
QUICK = Settings(beat=0.05, grace=0.2, reasons=0.3)


@pytest.fixture
def claimed(small: Path, tmp_path: Path) -> tuple[Worker, Claim]:
    """A worker in this process that holds a run of half a second."""
    store = opened(small, tmp_path)
    generate_timetable(store, LOCAL, BOTH, CLOCK, seconds=0.5)
    made = Worker(store, QUICK, threading.Event())
    with store.open_session(SCOPE) as session:
        claim = runs.claim(session, made.id, now(), lease=30, attempts=3)
    assert claim is not None
    return made, claim


def now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


def attend(claimed: tuple[Worker, Claim], child: Told):
    made, claim = claimed
    return Attending(made, claim, child).outcome()  # type: ignore[arg-type]


def test_a_child_that_outlives_its_limit_is_given_up(claimed: tuple[Worker, Claim]) -> None:
    began = time.monotonic()
    outcome = attend(claimed, Told())
    assert time.monotonic() - began < 3
    assert outcome.timetable is None
    assert outcome.error == TOO_LONG.format(QUICK.grace)


def test_reasons_that_take_too_long_do_not_cost_the_answer(claimed: tuple[Worker, Claim]) -> None:
    outcome = attend(claimed, Told({"result": RESULT}))
    assert (outcome.timetable, outcome.reasons) == ("text", {})
    assert outcome.relaxed == {("rule", "key")}


def test_a_fault_while_looking_for_reasons_does_not_cost_the_answer(
    claimed: tuple[Worker, Claim],
) -> None:
    outcome = attend(claimed, Told({"result": RESULT}, {"error": "KeyError"}, {}))
    assert outcome.timetable == "text"


def test_a_child_that_the_system_ends_is_said_so_with_the_signal(
    claimed: tuple[Worker, Claim],
) -> None:
    outcome = attend(claimed, Told({}))
    assert outcome.timetable is None
    assert outcome.error is not None
    assert "(signal 9)" in outcome.error


def test_a_solve_that_found_no_timetable_asks_for_more_time(claimed: tuple[Worker, Claim]) -> None:
    outcome = attend(claimed, Told({"result": {**RESULT, "timetable": None}}, {}))
    assert outcome.timetable is None
    assert outcome.error is not None
    assert "Allow more time" in outcome.error


def test_progress_reaches_the_page_and_the_wish_to_stop_the_child(
    claimed: tuple[Worker, Claim],
) -> None:
    made, claim = claimed
    said = {"seconds": 0.1, "tier": "held", "cost": 30, "bound": 20, "held": 3}
    stop_run(made.store, LOCAL, claim.run)
    child = Told({"progress": said})
    outcome = attend(claimed, child)
    assert child.asked_to_stop
    assert outcome.stopped
    shown = see_run(made.store, LOCAL, claim.run).progress
    assert shown is not None
    assert (shown.tier, shown.cost, shown.bound, shown.held) == ("held", 30, 20, 3)


def test_a_worker_that_is_to_end_leaves_its_child_at_once(claimed: tuple[Worker, Claim]) -> None:
    claimed[0].ending.set()
    with pytest.raises(Ending):
        attend(claimed, Told())


def test_the_worker_names_its_scope() -> None:
    assert Scope(EverySite("worker"), "worker", write=True) == SCOPE
