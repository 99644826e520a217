"""The program as people run it: server and worker as processes, the demo in the store."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.door import COOKIE, token_for
from pipe_sched.access import LOCAL
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.see_week import see_week
from pipe_sched.core.clock import Clock
from pipe_sched.demo.plan import build_plan
from pipe_sched.store.engine import Store, open_store

CLOCK = Clock(2026, 49)
SITES = ("crowley-house", "kirk-lodge")
PATIENCE = 180.0
"""Seconds to wait for what takes ten on a quiet machine."""
SERVE = "import sys; from pipe_sched.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True)
class Running:
    """Where the pages are served, and the store behind them."""

    address: str
    store: Store

    def let_in(self, page: Page, role: str = "manager", sites: Iterable[str] = SITES) -> Page:
        """Sign somebody with this role in: the page's browser carries the cookie."""
        token = token_for(self.store, role, sites)
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])
        return page


@pytest.fixture(autouse=True)
def signed_in(request: pytest.FixtureRequest) -> None:
    """In every test with a page an AP manager of both premises is signed in."""
    if "page" in request.fixturenames:
        request.getfixturevalue("running").let_in(request.getfixturevalue("page"))


@pytest.fixture
def desk(browser: Browser, running: Running) -> Iterator[Page]:
    """A page as wide as a desk's screen, an AP manager of both premises signed in."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield running.let_in(page)
    page.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo's two premises with a timetable, served with a worker beside."""
    path = tmp_path_factory.mktemp("browser") / "demo.db"
    url = f"sqlite:///{path}"
    store = open_store(url)
    import_plan(store, LOCAL, build_plan(CLOCK))
    port = free_port()
    command = [sys.executable, "-c", SERVE, "serve", "--store", url, "--port", str(port)]
    with open(path.with_suffix(".log"), "wb") as log:
        process = subprocess.Popen([*command, "--with-worker"], stdout=log, stderr=log)
        try:
            wait_for_port(port, process, path.with_suffix(".log"))
            plan(store)
            publish(store, "kirk-lodge")
            yield Running(f"http://127.0.0.1:{port}", store)
        finally:
            process.terminate()
            process.wait(timeout=30)
            store.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"The server did not start: {log.read_text(encoding='utf-8')}", pytrace=False)


def publish(store: Store, site: str) -> None:
    """Publish a premises' draft; the other one stays unpublished."""
    view = see_week(store, LOCAL, site, CLOCK)
    assert view is not None
    publish_week(store, LOCAL, site, CLOCK, version=view.version, save=True)


def plan(store: Store) -> None:
    """Let the worker plan the demo week."""
    run = generate_timetable(store, LOCAL, SITES, CLOCK, seconds=10).run
    until = time.monotonic() + PATIENCE
    while (run := see_run(store, LOCAL, run.id)).active:
        assert time.monotonic() < until, run
        time.sleep(0.2)
    assert run.state == "done", run.error
