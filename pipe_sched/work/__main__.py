"""`python -m pipe_sched.work --store URL`: a worker without the rest of the commands."""

from __future__ import annotations

import argparse
import dataclasses
import os
import signal
import sys
import threading

from pipe_sched.store.engine import StoreUnusable
from pipe_sched.work import Settings, run_worker


def main() -> None:
    """Read the options (one per setting) and work until told to end."""
    parser = argparse.ArgumentParser(prog="pipe_sched.work", description="Solve queued runs.")
    parser.add_argument("--store", required=True, metavar="URL")
    parser.add_argument("--tied", action="store_true", help="end when standard input ends")
    defaults = Settings()
    for setting in dataclasses.fields(Settings):
        value = getattr(defaults, setting.name)
        parser.add_argument(f"--{setting.name}", type=type(value), default=value)
    given = vars(parser.parse_args())
    url = given.pop("store")
    if given.pop("tied"):
        threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        run_worker(url, Settings(**given))
    except StoreUnusable as error:
        raise SystemExit(str(error)) from None


def _end_with_input() -> None:
    """Ask this worker to end once whoever started it is gone.

    Reads past Python's own buffer, whose lock a waiting thread would hold when the worker ends.
    """
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
