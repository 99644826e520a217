"""Plant faults, one at a time, in a copy of the program: its tests have to notice each.

A test that passes on a program which lets people in where it should not is worth nothing. Each
fault must replace exactly one place; before any is planted, the tests must pass as they are.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from bench.attack.figures import Figure, exactly, none, told
from bench.attack.plantings import PLANTINGS, Planting

TIMES = len(PLANTINGS)
AT_ONCE = 2
"""Copies in which tests run at the same time."""
ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "*.db*"
)
FAILED = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.MULTILINE)
BY_TIME = "within_a_tenth_of_the_time"
"""Tests that measure time notice a busy computer, and are not asked."""
PATIENCE = 1200.0


@dataclass(frozen=True, slots=True)
class Noticed:
    """What came of one planting: the test that failed; or, without one, what was said."""

    planting: Planting
    test: str
    said: str = ""


def attack(times: int, _seed: int) -> Iterator[Figure]:
    """Plant so many of the faults."""
    wanted = PLANTINGS[:times]
    misplaced = [p.what for p in wanted if _places(ROOT, p) != 1]
    yield none("faults that do not fit one place", len(misplaced))
    yield from (told("does not fit", what) for what in misplaced)
    fit = [p for p in wanted if p.what not in misplaced]
    with TemporaryDirectory() as folder:
        copies = [_copied(Path(folder) / str(n)) for n in range(AT_ONCE)]
        failing = _before(copies, fit)
        yield none("tests that fail with nothing planted", len(failing))
        yield from (told("fails already", test) for test in failing)
        noticed = 0
        for one in _all(copies, fit):
            noticed += bool(one.test)
            yield told(one.planting.what, one.test or f"NOT NOTICED {one.said}")
    yield exactly("planted faults noticed", len(wanted), noticed)


def _copied(to: Path) -> Path:
    shutil.copytree(ROOT, to, ignore=LEFT_OUT)
    return to


def _places(root: Path, planting: Planting) -> int:
    return (root / planting.file).read_text("utf-8").count(planting.old)


def _before(copies: list[Path], plantings: list[Planting]) -> list[str]:
    """The tests that fail as the program is."""
    files = sorted({test for p in plantings for test in p.tests})
    halves = [files[n :: len(copies)] for n in range(len(copies))]
    with ThreadPoolExecutor(len(copies)) as pool:
        said = list(pool.map(_tested, copies, halves))
    return [test for code, text in said for test in (FAILED.findall(text) or ["?"] * bool(code))]


def _all(copies: list[Path], plantings: list[Planting]) -> Iterator[Noticed]:
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def one(planting: Planting) -> Noticed:
        copy = free.get()
        try:
            return plant(copy, planting)
        finally:
            free.put(copy)

    pool = ThreadPoolExecutor(len(copies))
    try:
        yield from pool.map(one, plantings)
    finally:
        pool.shutdown(cancel_futures=True)


def plant(root: Path, planting: Planting) -> Noticed:
    """Plant one fault in a copy, run its tests, and take it out again."""
    path = root / planting.file
    whole = path.read_text("utf-8")
    path.write_text(whole.replace(planting.old, planting.new), "utf-8")
    try:
        code, said = _tested(root, planting.tests)
    finally:
        path.write_text(whole, "utf-8")
    found = FAILED.search(said)
    test = found[1].removeprefix("tests/") if found is not None and code == 1 else ""
    return Noticed(planting, test, "" if test else " ".join(said.split())[-300:])


def _tested(root: Path, tests: tuple[str, ...] | list[str]) -> tuple[int, str]:
    """Run tests in a copy until one fails; gives back pytest's exit code and what it said."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
    command += ["-k", f"not {BY_TIME}"]
    env = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, *tests],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stdout
