"""Commands on the record: whole, tampered with, and what commands themselves showed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from pipe_sched.access import LOCAL
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.cli import main
from pipe_sched.store.engine import open_store
from pipe_sched.store.log_tables import AccessRow
from tests.actions.builders import BOTH, CLOCK, NOW, art, two_premises
from tests.actions.runs import planned
from tests.store.builders import READ


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store in which a week is planned."""
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    import_plan(store, LOCAL, two_premises())
    draw_up_week(store, LOCAL, BOTH, CLOCK, now=NOW)
    planned(store, art("north", 10))
    store.close()
    return tmp_path / "store.db"


def run(path: Path, *words: str) -> int:
    return main([*words, "--store", f"sqlite:///{path}"])


def test_a_whole_record_says_its_heads(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path, "audit", "verify") == 0
    said = capsys.readouterr().out
    assert "audit: whole, 4 rows." in said
    assert "access: whole, 0 rows." in said
    head = next(word for word in said.split() if word.startswith("audit:4:"))
    assert run(path, "audit", "verify", "--expect", head) == 0
    assert run(path, "audit", "verify", "--log", "audit", "--expect", f"audit:9:{'0' * 64}") == 1
    assert "Row 9 was noted elsewhere" in capsys.readouterr().out


def test_a_record_that_was_tampered_with_is_said_with_its_first_rows(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER audit_no_update")
        raw.execute("UPDATE audit SET actor = 'somebody' WHERE seq = 2")
        raw.commit()
    assert run(path, "audit", "verify") == 1
    said = capsys.readouterr().out
    assert "audit: TAMPERED WITH" in said
    assert "Row 2 is not what was written" in said


def test_a_head_that_is_none_gets_a_sentence(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(path, "audit", "verify", "--expect", "nonsense") == 2
    assert "not the head of this log" in capsys.readouterr().err


def test_the_index_is_made_again(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM log_about")
        raw.commit()
    assert run(path, "audit", "verify") == 1
    assert run(path, "audit", "index") == 0
    assert run(path, "audit", "verify") == 0


def test_a_command_that_names_people_is_on_record(path: Path) -> None:
    week = ("--site", "north", "--week", str(CLOCK))
    assert run(path, "publish", "--preview", *week) in (0, 1)
    store = open_store(f"sqlite:///{path}", upgraded=False)
    with store.open_session(READ) as session:
        row = session.scalars(select(AccessRow)).one()
    store.close()
    assert (row.actor, row.site, row.said["page"]) == ("local", "north", "pipe-sched publish")
    assert any(kind == "person" for kind, _ in row.about)
