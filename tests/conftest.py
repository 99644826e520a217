"""What every test may use: repeatable examples, and a real browser where there is one.

Under CI=true the examples Hypothesis makes are the same on every run and a missing browser is a
failure; elsewhere a missing browser is said in the last lines of the run.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "local"))

ROOT = Path(__file__).parent.parent
# One secret for all, so that a copy of a database is sealed with the key of the first.
os.environ.setdefault("PIPE_SCHED_SECRET", "only-for-tests-and-nothing-else-0123456789")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# For a closed, disposable machine: nothing is fetched, and root may start it.
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def not_run(reason: str) -> None:
    """Report the test as not run for this reason; in CI that is a failure."""
    if IN_CI:
        pytest.fail(f"{reason} In CI that is a failure.", pytrace=False)
    pytest.skip(reason)


def chromium_path() -> str | None:
    """The Chromium or Chrome of this machine; PIPE_SCHED_CHROMIUM names another."""
    named = os.environ.get("PIPE_SCHED_CHROMIUM")
    return named or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines how many tests did not run, where they are, and why."""
    missed = Counter(
        (report.nodeid.split("::")[0], str(report.longrepr[2]).removeprefix("Skipped: "))
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    if missed:
        terminalreporter.section("tests that did not run")
    for (file, reason), count in sorted(missed.items()):
        terminalreporter.write_line(f"{count} in {file}: {reason}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: this machine's, else the one Playwright fetched."""
    from playwright.sync_api import Error, sync_playwright  # slow, and few tests need it

    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
            )
        except Error:
            not_run("No Chromium or Chrome could be started: install one, then run again.")
        yield started
        started.close()


@pytest.fixture(params=[1280, 320], ids=["desk", "phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page, once as wide as a desk's screen and once as a phone's."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def vendor() -> Path:
    """The folder of built styles and scripts."""
    folder = ROOT / "static" / "vendor"
    if not (folder / "pipe-sched.css").exists():
        not_run("static/vendor is not built: run 'make assets'.")
    return folder


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core, to be evaluated in a page."""
    script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        not_run("axe-core is not installed: run 'make assets'.")
    return script.read_text(encoding="utf-8")
