"""One child process at work, as the worker holds it: started, listened to, stopped, killed."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TextIO

Line = Mapping[str, Any]
"""What the child said; empty when it has ended."""


class Child:
    """A solving child process. Its lines are read in a thread, so that nobody waits for it."""

    def __init__(self, task: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(  # our own module, no shell
            [sys.executable, "-m", "pipe_sched.work.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._lines: queue.Queue[Line] = queue.Queue()
        out = self._process.stdout
        if out is None:
            raise RuntimeError("A child without an output.")
        threading.Thread(target=self._read, args=(out,), daemon=True).start()
        self._write(json.dumps(task))

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def hear(self, seconds: float) -> Line | None:
        """The next line, `{}` when the child has ended, None when it was silent so long."""
        with suppress(queue.Empty):
            return self._lines.get(timeout=max(seconds, 0.0))
        return None

    def stop(self) -> None:
        """Ask it to end with the best answer so far."""
        self._write("stop")

    def kill(self) -> int:
        """End it now, if it has not ended; gives back its exit code."""
        self._process.kill()
        code = self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        return code

    def _write(self, line: str) -> None:
        if self._process.stdin is None:
            return
        with suppress(OSError):  # it has just ended: its last line says why
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()

    def _read(self, out: TextIO) -> None:
        for line in out:
            with suppress(ValueError):
                self._lines.put(json.loads(line))
        self._lines.put({})
        out.close()
