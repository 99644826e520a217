"""Whether the program is well, for whoever watches over it: three words and no data."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from pipe_sched.store import runs
from pipe_sched.store.engine import Store
from pipe_sched.web import create_app
from tests.actions.runs import WORKER_SCOPE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "health.db"


@pytest.fixture
def bare(path: Path) -> Flask:
    """The pages over an empty store."""
    return create_app(f"sqlite:///{path}")


def asked(app: Flask) -> tuple[int, Any]:
    answer = app.test_client().get("/health")
    return answer.status_code, answer.get_json()


def beat(app: Flask) -> None:
    store: Store = app.extensions["pipe-sched-store"]
    with store.open_session(WORKER_SCOPE) as session:
        runs.beat(session, "by-hand", datetime.now(UTC))


def test_with_a_worker_all_is_well(bare: Flask) -> None:
    beat(bare)
    well = {"status": "ok", "database": "ok", "migrations": "ok", "worker": "alive"}
    assert asked(bare) == (200, well)


def test_without_a_worker_it_says_so(bare: Flask) -> None:
    status, said = asked(bare)
    assert status == 503
    assert said == {"status": "trouble", "database": "ok", "migrations": "ok", "worker": "silent"}


def test_tables_of_another_revision_are_told(bare: Flask, path: Path) -> None:
    beat(bare)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = 'r0001'")
    status, said = asked(bare)
    assert status == 503
    assert said["migrations"] == "not the newest"
    assert said["worker"] == "unknown"


@pytest.mark.parametrize("content", [b"", b"no database at all, but a text of some length" * 99])
def test_a_database_that_is_gone_is_told(bare: Flask, path: Path, content: bytes) -> None:
    bare.extensions["pipe-sched-store"].close()
    for left in path.parent.glob("health.db*"):
        left.unlink()
    path.write_bytes(content)
    status, said = asked(bare)
    assert status == 503
    assert said["status"] == "trouble"
    assert said["worker"] == "unknown"


def test_a_look_without_a_body_is_answered_alike(bare: Flask) -> None:
    answer = bare.test_client().head("/health")
    assert answer.status_code == 503
    assert answer.data == b""
    beat(bare)
    assert bare.test_client().head("/health").status_code == 200


def test_it_sets_no_cookie_and_cannot_be_written_to(bare: Flask) -> None:
    client = bare.test_client()
    assert "Set-Cookie" not in client.get("/health").headers
    assert client.post("/health", headers={"Origin": "http://localhost"}).status_code == 405
