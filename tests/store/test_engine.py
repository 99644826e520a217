"""Writers follow one another, readers cannot write, nothing half done is left behind."""

from __future__ import annotations

import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from pipe_sched.core.clock import Clock
from pipe_sched.store.engine import (
    Store,
    StoreUnavailable,
    StoreUnusable,
    make_engine,
    open_store,
    scope_of,
)
from pipe_sched.store.tables import PlanState
from pipe_sched.store.weeks import freeze
from tests.store.builders import NOW, READ, WRITE

PROCESSES, THREADS, EACH = 2, 4, 30


def count_up(store: Store) -> None:
    """Read the number, then write it one higher, again and again."""
    for _ in range(EACH):
        with store.open_session(WRITE) as session:
            state = session.get_one(PlanState, 1)
            seen = state.version
            state.version = seen + 1


def count_in_threads(url: str) -> None:
    store = open_store(url, upgraded=False)
    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(count_up, store) for _ in range(THREADS)]:
            done.result()
    store.close()


def test_240_read_then_write_increments_lose_nothing(store: Store, url: str) -> None:
    with store.open_session(WRITE) as session:
        session.add(PlanState(id=1, version=0))
    spawn = multiprocessing.get_context("spawn")
    crew = [spawn.Process(target=count_in_threads, args=(url,)) for _ in range(PROCESSES)]
    for one in crew:
        one.start()
    for one in crew:
        one.join(120)
    assert [one.exitcode for one in crew] == [0] * PROCESSES
    with store.open_session(READ) as session:
        assert session.get_one(PlanState, 1).version == PROCESSES * THREADS * EACH == 240


def test_a_reader_sees_one_moment_however_long_it_reads(store: Store) -> None:
    with store.open_session(WRITE) as session:
        session.add(PlanState(id=1, version=1))
    with store.open_session(READ) as reading:
        assert reading.scalar(text("SELECT version FROM plan_state")) == 1
        with store.open_session(WRITE) as writing:
            writing.execute(text("UPDATE plan_state SET version = 2"))
        assert reading.scalar(text("SELECT version FROM plan_state")) == 1
    with store.open_session(READ) as later:
        assert later.scalar(text("SELECT version FROM plan_state")) == 2


def add_and_fail(session: Session) -> None:
    session.add(PlanState(id=1, version=1))
    session.flush()
    session.info["part"] = 1 / 0


def test_an_error_rolls_everything_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.open_session(WRITE) as session:
        add_and_fail(session)
    with store.open_session(READ) as session:
        assert session.get(PlanState, 1) is None


def test_a_reader_cannot_write_even_by_hand(store: Store) -> None:
    with pytest.raises(DatabaseError), store.open_session(READ) as session:
        session.execute(text("INSERT INTO plan_state (id, version) VALUES (1, 1)"))
    with store.open_session(WRITE) as session:
        session.execute(text("INSERT INTO plan_state (id, version) VALUES (1, 1)"))


def test_a_session_knows_its_scope(store: Store) -> None:
    with store.open_session(READ) as session:
        assert scope_of(session) is READ


def test_sqlite_keeps_every_acknowledged_write_and_its_references(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    with store.open_session(WRITE) as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_a_writer_that_waits_in_vain_is_told_so_and_readers_go_on(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    hasty = Store(make_engine(f"sqlite:///{tmp_path / 'a.db'}", patience=0.05))
    with store.open_session(WRITE):
        with (
            pytest.raises(StoreUnavailable, match="Nothing was changed"),
            hasty.open_session(WRITE),
        ):
            pytest.fail("two writers at once")
        with hasty.open_session(READ) as session:
            assert session.get(PlanState, 1) is None
    with hasty.open_session(WRITE) as session:
        session.add(PlanState(id=1, version=1))


LONG = Random(1).randbytes(500_000).hex()
"""A text that is still long when it is kept packed."""


def test_a_full_disk_refuses_the_write_and_keeps_what_was_there(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    with store.open_session(WRITE) as session:
        session.add(PlanState(id=1, version=1))
        session.execute(text("PRAGMA max_page_count = 1"))  # as if the disk ended here
    with (
        pytest.raises(StoreUnavailable, match="disk is not full"),
        store.open_session(WRITE) as session,
    ):
        freeze(session, Clock(2026, 49), LONG, NOW)
    with store.open_session(WRITE) as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
        assert session.get_one(PlanState, 1).version == 1
        freeze(session, Clock(2026, 49), LONG, NOW)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://", "cannot be shared"),
        ("sqlite:///:memory:", "cannot be shared"),
        ("mysql://here/there", "not supported"),
        ("not an address", "not a database address"),
        ("sqlite:////nowhere/at/all/x.db", "cannot be opened"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_so(url: str, says: str) -> None:
    with pytest.raises(StoreUnusable, match=says):
        open_store(url)


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear reader, " * 1000)
    with pytest.raises(StoreUnusable, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path / 'letter.db'}")


def test_an_engine_is_made_without_touching_the_disk(tmp_path: Path) -> None:
    make_engine(f"sqlite:///{tmp_path / 'later.db'}")
    assert not (tmp_path / "later.db").exists()


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    with pytest.raises(StoreUnusable, match="holds another program's tables"):
        open_store(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
