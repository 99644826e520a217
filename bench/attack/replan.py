"""Planning a published week again after an absence: the figures of `bench.replan`, passed on."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator

from bench.attack.figures import Figure, none, told

TIMES = 20
MODULE = "bench.replan"


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Run it for so many absences, printing what it prints."""
    if importlib.util.find_spec(MODULE) is None:
        yield told(MODULE, "is not there")
        return
    command = [sys.executable, "-m", MODULE, "--seeds", str(times), "--first", str(seed)]
    done = subprocess.run(command, check=False)
    yield none(f"exit code of {MODULE}", done.returncode)
