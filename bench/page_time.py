"""How long the server takes for the pages of the reference week: `python -m bench.page_time`.

The demo's two premises, planned by a worker of its own. Goal: the week's page within 300 ms.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from bench.door import COOKIE, token_for
from pipe_sched.access import LOCAL
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.see_run import see_run
from pipe_sched.core.clock import Clock
from pipe_sched.demo.plan import build_plan
from pipe_sched.store.engine import Store, open_store
from pipe_sched.web import create_app
from pipe_sched.web.handles import handle

CLOCK = Clock(2026, 49)
SITES = ("crowley-house", "kirk-lodge")
WEEK = f"/sites/kirk-lodge/{CLOCK}"
PERSON = "KL05"
PAGES = {
    "day": f"{WEEK}?day=2",
    "week at a glance": f"{WEEK}?view=week",
    "a person": f"{WEEK}/people/{{person}}",
    "wall": f"{WEEK}/wall",
    "sites and weeks": "/",
}


def main() -> None:
    """Plan the week, then time each page: the first answer, and the median of the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="planning time")
    parser.add_argument("--times", type=int, default=20, help="answers a page")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        store = open_store(url)
        import_plan(store, LOCAL, build_plan(CLOCK))
        plan(store, url, given.seconds)
        app = create_app(url)
        with app.app_context():
            person = handle(PERSON)
        client = app.test_client()
        client.set_cookie(COOKIE, token_for(store, "manager", SITES))
        print(f"{'page':<18}{'first':>8}{'median':>9}{'longest':>9}   milliseconds")
        for name, path in PAGES.items():
            address = path.format(person=person)
            first, *rest = (took(client, address) for _ in range(given.times + 1))
            print(f"{name:<18}{first:>8.0f}{median(rest):>9.0f}{max(rest):>9.0f}")


def plan(store: Store, url: str, seconds: float) -> None:
    """Let a worker plan the week."""
    run = generate_timetable(store, LOCAL, SITES, CLOCK, seconds=seconds).run
    command = [sys.executable, "-m", "pipe_sched.work", "--store", url]
    worker = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while see_run(store, LOCAL, run.id).active and worker.poll() is None:
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait()


def took(client: FlaskClient, path: str) -> float:
    """Milliseconds for one answer."""
    began = time.perf_counter()
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}.")
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    main()
