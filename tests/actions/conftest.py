"""A store with two small premises in it, and the week that the tests plan."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.store.engine import Store, open_store
from tests.actions.builders import two_premises


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the two premises, made once."""
    path = tmp_path_factory.mktemp("actions") / "filled.db"
    store = open_store(f"sqlite:///{path}")
    import_plan(store, LOCAL, two_premises())
    store.close()
    return path


@pytest.fixture
def url(tmp_path: Path, filled: Path) -> str:
    """The address of a copy of it."""
    shutil.copyfile(filled, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """That copy, open."""
    opened = open_store(url, upgraded=False)
    yield opened
    opened.close()
