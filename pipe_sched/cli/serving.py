"""Serving the pages on loopback, with a worker process beside them.

Before accounts exist nothing but this computer may reach the pages. One Ctrl-C
ends server and worker together.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import waitress

from pipe_sched.cli.speak import Refused
from pipe_sched.web import create_app

HOST = "127.0.0.1"
THREADS = 8


def check_port(port: int) -> None:
    """Refuse a port that cannot be used before any long work begins."""
    if not 1 <= port <= 65_535:
        raise Refused(f"--port {port} is not a port. Use a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise Refused(
                f"Port {port} is in use on this computer. Stop the other program, "
                f"or choose another: --port {port + 1 if port < 65_535 else 8000}"
            ) from None


def serve_app(url: str, port: int) -> None:
    """Serve until Ctrl-C or a request to end."""
    app = create_app(url)
    print(f"Open http://{HOST}:{port} in a browser on this computer. Ctrl-C ends it.", flush=True)
    print("It has no accounts yet, so it answers this computer alone.", flush=True)
    _end_when_asked()
    with suppress(KeyboardInterrupt, SystemExit):
        waitress.serve(app, host=HOST, port=port, threads=THREADS, ident=None, _quiet=True)
    print("Ended.", flush=True)


def _end_when_asked() -> None:
    """A closed terminal or a request to end runs what must be done at the end, as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


@contextmanager
def worker_beside(url: str) -> Iterator[int]:
    """A worker process of its own (its number) for as long as the block runs.

    Its standard input is a pipe from here: when this process is killed the pipe ends, and the
    worker with it.
    """
    _end_when_asked()
    command = [sys.executable, "-m", "pipe_sched.work", "--store", url, "--tied"]
    worker = subprocess.Popen(  # noqa: S603  our own module
        command, start_new_session=True, stdin=subprocess.PIPE
    )
    try:
        yield worker.pid
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
