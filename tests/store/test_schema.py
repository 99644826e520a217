"""The migrations make the tables that the code thinks it has, triggers included."""

from __future__ import annotations

import multiprocessing
import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Column, text
from sqlalchemy.exc import DatabaseError

from pipe_sched.core.clock import Clock
from pipe_sched.store import triggers
from pipe_sched.store.base import Base
from pipe_sched.store.engine import Store, make_engine, open_store
from pipe_sched.store.weeks import freeze
from tests.store.builders import NOW, READ, WRITE

MASTER = text("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")


def schema(store: Store) -> dict[tuple[str, str], list[str]]:
    """Every table, index and trigger of a SQLite file, with the words of its SQL in any order."""
    with store.open_session(READ) as session:
        rows = session.execute(MASTER).all()
    return {(kind, name): sorted(re.findall(r"\w+", sql or "")) for kind, name, sql in rows}


def differs(
    _context: object, _there: object, column: Column[Any], there: str, _ours: object, ours: str
) -> bool | None:
    """Compare a JSON column's default as text: PostgreSQL has no "=" for JSON."""
    if not isinstance(column.type, JSON):
        return None
    return (there or "").removesuffix("::json") != (ours or "")


def test_the_migrations_and_the_tables_in_code_are_the_same(store: Store) -> None:
    with store.engine.execution_options(write=True).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": differs})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_write_the_very_sql_that_the_code_would(tmp_path: Path) -> None:
    migrated = schema(open_store(f"sqlite:///{tmp_path / 'migrated.db'}"))
    made = Store(make_engine(f"sqlite:///{tmp_path / 'made.db'}"))
    with made.engine.execution_options(write=True).begin() as connection:
        Base.metadata.create_all(connection)
        triggers.create_triggers(connection)
    migrated.pop(("table", "alembic_version"))
    assert migrated == schema(made)


def test_every_trigger_is_there(store: Store) -> None:
    catalogue = "sqlite_master WHERE type = 'trigger'"
    if store.engine.dialect.name == "postgresql":
        catalogue = "(SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal) AS t"
    with store.open_session(READ) as session:
        found = set(session.scalars(text(f"SELECT name FROM {catalogue}")))
    assert found == set(triggers.names(store.engine.dialect.name))


def test_a_frozen_week_is_never_changed_or_deleted(store: Store) -> None:
    with store.open_session(WRITE) as session:
        freeze(session, Clock(2026, 49), "the week", NOW)
    for change in ("UPDATE frozen_weeks SET text = 'other'", "DELETE FROM frozen_weeks"):
        with (
            pytest.raises(DatabaseError, match="is never changed"),
            store.open_session(WRITE) as session,
        ):
            session.execute(text(change))


def test_upgrading_again_changes_nothing(store: Store) -> None:
    store.upgrade()
    store.upgrade()


def open_and_close(url: str) -> None:
    open_store(url).close()


def test_processes_that_start_together_make_the_tables_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    spawn = multiprocessing.get_context("spawn")
    crew = [spawn.Process(target=open_and_close, args=(url,)) for _ in range(3)]
    for one in crew:
        one.start()
    for one in crew:
        one.join(120)
    assert [one.exitcode for one in crew] == [0, 0, 0]
