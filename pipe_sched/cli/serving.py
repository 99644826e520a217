"""Serving the pages, with a worker process beside them when asked. One Ctrl-C ends both."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from pipe_sched.cli.listening import Listening
from pipe_sched.cli.plain_server import server_for
from pipe_sched.web import create_app


def serve_app(url: str, at: Listening, *, demo: bool = False) -> None:
    """Serve until Ctrl-C or a request to end. `demo`: with the door for its made-up people."""
    app = create_app(url, public_url=at.public_url, SEES_FORWARDING=True, DEMO=demo)
    server = server_for(app, at)
    if at.public_url is None:
        where = f"http://{at.socket_name}"
        print(f"Open {where} in a browser on this computer. Ctrl-C ends it.", flush=True)
    else:
        print(f"Serving {at.public_url} for the proxy at {at.proxy}. Ctrl-C ends it.", flush=True)
    _end_when_asked()
    with suppress(KeyboardInterrupt, SystemExit):
        server.run()
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
