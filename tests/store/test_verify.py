"""Whoever has the database and not the secret changes nothing of the record unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bench.attack.tampering import ROWS, SCOPE, entry, faults, make_logs, tamper
from bench.attack.tamperings import BEGAN, GONE, KINDS, Tampering
from pipe_sched.store.engine import Store
from pipe_sched.store.seal import LOGS
from pipe_sched.store.sealed_log import append, index_again
from pipe_sched.store.segments import let_go, old_rows
from pipe_sched.store.verify import verify
from tests.store.builders import READ, later


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file with both logs."""
    return make_logs(tmp_path_factory.mktemp("logs"))


@pytest.fixture
def written(logs: str) -> Iterator[Path]:
    """The same file, put back after the test."""
    path = Path(logs.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    yield path
    path.write_bytes(whole)


def fill(store: Store, rows: int = 5) -> None:
    for n in range(rows):
        with store.open_session(SCOPE) as session:
            for log in LOGS:
                append(session, log, entry(n))


def test_logs_that_nobody_touched_are_whole(logs: str) -> None:
    assert faults(logs) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_tampering_is_found(logs: str, written: Path, kind: Tampering, seed: int) -> None:
    tamper(written, kind, Random(seed))
    assert faults(logs)


def test_a_new_log_is_whole_and_so_is_one_with_rows(store: Store) -> None:
    for rows in (0, 5):
        fill(store, rows)
        with store.open_session(READ) as session:
            found = [verify(session, log) for log in LOGS]
        assert [(v.rows, v.faults) for v in found] == [(rows, ())] * 2


def test_another_secret_fits_no_seal(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    monkeypatch.setenv("PIPE_SCHED_SECRET", "another-secret-that-is-long-enough-0123456789")
    with store.open_session(READ) as session:
        found = verify(session, "audit")
    assert "Row 1 is not what was written, or not where it was." in found.faults


def test_the_oldest_rows_go_as_a_whole_and_the_rest_is_still_whole(store: Store) -> None:
    fill(store, ROWS)
    before = entry(GONE).at
    assert before is not None
    with store.open_session(READ) as session:
        assert old_rows(session, "audit", before) == GONE
    for again in (GONE, 0):
        with store.open_session(SCOPE) as session:
            assert let_go(session, "audit", before, later(0)) == again
    fill(store)
    with store.open_session(READ) as session:
        found = verify(session, "audit")
    assert (found.rows, found.let_go, found.faults) == (ROWS - GONE + 5, GONE, ())


def test_the_last_row_always_stays(store: Store) -> None:
    fill(store, 3)
    with store.open_session(SCOPE) as session:
        assert let_go(session, "audit", later(10**9), later(0)) == 2
    with store.open_session(READ) as session:
        assert verify(session, "audit").faults == ()


def test_only_rows_of_a_segment_can_be_deleted(store: Store) -> None:
    fill(store)
    with store.open_session(SCOPE) as session:
        let_go(session, "audit", BEGAN.replace(hour=11), later(0))
    for line in ("DELETE FROM audit", "DELETE FROM log_segments", "UPDATE log_segments SET rows=0"):
        with pytest.raises(DatabaseError, match="is never changed"), store.open_session(SCOPE) as s:
            s.execute(text(line))


def test_a_head_that_was_noted_elsewhere_must_be_there(store: Store) -> None:
    fill(store)
    with store.open_session(READ) as session:
        noted = verify(session, "audit").noted
    fill(store)
    with store.open_session(READ) as session:
        assert verify(session, "audit", noted).faults == ()
        wrong = noted.replace(noted[-1], "0" if noted[-1] != "0" else "1")
        assert verify(session, "audit", wrong).faults
        assert verify(session, "audit", f"audit:99:{'0' * 64}").faults


def test_the_index_can_be_made_again(store: Store) -> None:
    fill(store)
    with store.open_session(SCOPE) as session:
        session.execute(text("DELETE FROM log_about"))
    with store.open_session(SCOPE) as session:
        assert index_again(session, "audit") == 10
        index_again(session, "access_log")
    with store.open_session(READ) as session:
        assert verify(session, "audit").faults == ()
