"""A fresh database per test: SQLite, or PostgreSQL where PIPE_SCHED_TEST_POSTGRES names one."""

from __future__ import annotations

import os
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


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    if not POSTGRES:
        pytest.skip("PIPE_SCHED_TEST_POSTGRES names no PostgreSQL database to test with")
    return empty(POSTGRES)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open, upgraded store."""
    opened = open_store(url)
    yield opened
    opened.close()
