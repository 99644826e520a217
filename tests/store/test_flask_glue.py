"""The Flask extension works on the same file, tables and settings as the store."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pipe_sched.store.base import Base
from pipe_sched.store.engine import StoreUnusable, open_store
from pipe_sched.store.flask_glue import attach, db
from pipe_sched.store.plans import load_plan, save_plan
from pipe_sched.store.tables import PlanState
from tests.store.builders import READ, WRITE, small_plan


def test_what_a_page_writes_through_the_store_another_process_reads(url: str) -> None:
    app = Flask("glued")
    glued = attach(app, url)
    with glued.open_session(WRITE) as session:
        save_plan(session, small_plan())
    other = open_store(url)
    with other.open_session(READ) as session:
        assert load_plan(session) == small_plan()
    with app.app_context():
        assert db.session.get(PlanState, 1).version == 1
        assert db.engine is glued.engine
    glued.close()
    other.close()


def test_the_extension_has_our_own_tables_and_no_others() -> None:
    assert db.metadata is Base.metadata


def test_the_extensions_engine_has_our_settings(tmp_path: Path) -> None:
    app = Flask("glued")
    glued = attach(app, f"sqlite:///{tmp_path / 'a.db'}")
    with app.app_context():
        assert db.session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert db.session.execute(text("PRAGMA foreign_keys")).scalar() == 1
        with pytest.raises(DatabaseError, match="readonly"):
            db.session.execute(text("DELETE FROM names"))
    glued.close()


def test_a_relative_address_means_the_same_file_with_and_without_flask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    attach(Flask("glued"), "sqlite:///here.db").close()
    assert (tmp_path / "here.db").exists()


def test_an_address_that_cannot_be_used_is_refused_alike() -> None:
    with pytest.raises(StoreUnusable, match="cannot be shared"):
        attach(Flask("glued"), "sqlite://")
