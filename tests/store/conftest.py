"""A fresh database per test: SQLite, or PostgreSQL where PIPE_SCHED_TEST_POSTGRES names one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pipe_sched.store.engine import Store, open_store

POSTGRES = os.environ.get("PIPE_SCHED_TEST_POSTGRES", "")
KINDS = ["sqlite", "postgresql"]


def empty(url: str) -> str:
    """Throw away what an earlier test left in the PostgreSQL database."""
    store = open_store(url, upgraded=False)
    with store.engine.execution_options(write=True).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    store.close()
    return url


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables made once, to be copied by each test."""
    path = tmp_path_factory.mktemp("store") / "template.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path, template: Path) -> str:
    """The address of a database with empty tables."""
    if request.param == "sqlite":
        shutil.copyfile(template, tmp_path / "store.db")
        return f"sqlite:///{tmp_path / 'store.db'}"
    if not POSTGRES:
        pytest.skip("PIPE_SCHED_TEST_POSTGRES names no PostgreSQL database to test with")
    open_store(empty(POSTGRES)).close()
    return POSTGRES


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store."""
    opened = open_store(url, upgraded=False)
    yield opened
    opened.close()
