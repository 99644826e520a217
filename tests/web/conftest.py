"""The pages over a store with two small premises, one of them with a timetable."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from bench.door import EVERY_SITE, token_for
from pipe_sched.access import LOCAL
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.save_result import Outcome, save_result
from pipe_sched.core.plan import AllocationRow, Part, Plan, ProgrammeRow
from pipe_sched.core.week import Assignment, Lead
from pipe_sched.formats.week_json import timetable_to_json
from pipe_sched.store import runs
from pipe_sched.store.engine import Store, open_store
from pipe_sched.web import create_app, handles
from tests.actions.builders import BOTH, CLOCK, NOW, art, timetable, two_premises
from tests.actions.runs import HELD, WORKER_SCOPE
from tests.web.client import PageClient

WEEK = f"/sites/north/{CLOCK}"
EARLY = datetime(2024, 1, 2, 9, 0, tzinfo=UTC)
"""When the tests' own runs are asked for: before whatever this computer's clock says."""
MARKED = "<b>Resident</b> & Co"
"""A resident's name that would be seen if it were not escaped."""


def plan() -> Plan:
    """Both premises; North has key work too, and a resident with a name that needs escaping."""
    both = two_premises()
    first, *others = both.residents
    keys = ProgrammeRow(
        "1-key",
        "north",
        "key_work",
        45,
        whom="each_resident",
        parts=(Part("lead", 1, ("residential_worker",)),),
        one_to_one=True,
        priority=120,
    )
    return replace(
        both,
        residents=(replace(first, name=MARKED), *others),
        programmes=(*both.programmes, keys),
        allocations=(AllocationRow(first.id, "1-w1", date(2026, 9, 1)),),
    )


def key_work(resident: str, at: int) -> Assignment:
    """Key work of one resident of North at an hour of Monday."""
    return Assignment(
        f"north:1-key:{resident}:1", at * 60, "1-lounge", (Lead("lead", "1-w1"),), (resident,)
    )


class Fixed(datetime):
    """The present of all tests of pages: the Monday before the week they plan."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return NOW.astimezone(tz)


@pytest.fixture(autouse=True)
def present(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too soon to be moved must not depend on the day on which the tests run."""
    monkeypatch.setattr("pipe_sched.actions.door.datetime", Fixed)


@pytest.fixture(scope="session")
def filled_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the plan in it."""
    path = tmp_path_factory.mktemp("web") / "filled.db"
    store = open_store(f"sqlite:///{path}")
    import_plan(store, LOCAL, plan())
    store.close()
    return path


@pytest.fixture
def url(tmp_path: Path, filled_pages: Path) -> str:
    """The address of a copy of it."""
    shutil.copyfile(filled_pages, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def app(url: str) -> Iterator[Flask]:
    """The pages over that copy."""
    made = create_app(url, TESTING=False)
    handles.use(made, handles.OUTSIDE)  # so that tests may ask for a handle beforehand
    yield made
    made.extensions["pipe-sched-store"].close()


@pytest.fixture
def store(app: Flask) -> Store:
    """The store of the pages."""
    opened: Store = app.extensions["pipe-sched-store"]
    return opened


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser at this computer, in which an AP manager of both premises is signed in."""
    return client_for(app, "manager", BOTH)


def client_for(
    app: Flask, role: str, sites: Iterable[str] = EVERY_SITE, *, person: str | None = None
) -> PageClient:
    """A browser in which somebody with this role at these sites (default: every) is signed in."""
    opened: Store = app.extensions["pipe-sched-store"]
    return PageClient(app).hold(token_for(opened, role, sites, person=person))


@pytest.fixture
def stranger(app: Flask) -> PageClient:
    """A browser in which nobody is signed in."""
    return PageClient(app)


def generate(store: Store, minutes: int = 0) -> str:
    """Press Generate for both premises, so many minutes after EARLY; gives back the run's id."""
    at = EARLY + timedelta(minutes=minutes)
    return generate_timetable(store, LOCAL, BOTH, CLOCK, now=at).run.id


def answer(store: Store, *places: Assignment, **more: Any) -> str:
    """A worker played by hand takes the oldest run and answers it; gives back its last state."""
    text = timetable_to_json(timetable(*places))
    with store.open_session(WORKER_SCOPE) as session:
        claimed = runs.claim(session, "by-hand", EARLY, lease=30, attempts=3)
    assert claimed is not None
    given = {"status": "optimal", "timetable": text, "tiers": (HELD,), **more}
    return save_result(store, claimed, Outcome(**given), now=EARLY)


@pytest.fixture
def held(store: Store) -> Store:
    """The store after a run that held the art session and one key work."""
    away = {"words": "{0} is away.", "refs": [["person", "psy"]]}
    reasons = {"north:1-case:group:1": {"say": [away], "alone": True, "proven": True}}
    generate(store)
    assert answer(store, art("north", 10), key_work("X0000011", 14), reasons=reasons) == "done"
    return store


def worker_beats(store: Store) -> None:
    """A worker gives a sign of life now."""
    with store.open_session(WORKER_SCOPE) as session:
        runs.beat(session, "by-hand", datetime.now(UTC))
