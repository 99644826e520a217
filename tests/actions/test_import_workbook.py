"""A workbook becomes rows in the store: whole or not at all, and once."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.errors import NotAllowed
from pipe_sched.actions.import_workbook import import_workbook
from pipe_sched.actions.list_sites import list_sites
from pipe_sched.core.plan import Plan
from pipe_sched.formats import workbook
from pipe_sched.formats.workbook_errors import WorkbookErrors
from pipe_sched.store.engine import Store, open_store
from tests.actions.builders import two_premises


def as_file(plan: Plan) -> bytes:
    out = io.BytesIO()
    workbook.write(plan, out)
    return out.getvalue()


@pytest.fixture
def bare(tmp_path: Path) -> Store:
    """A store without anything in it."""
    return open_store(f"sqlite:///{tmp_path / 'bare.db'}")


def test_the_same_workbook_twice_changes_nothing(bare: Store) -> None:
    data = as_file(two_premises())
    first = import_workbook(bare, LOCAL, data)
    assert first.written
    assert "Sites: 2 added." in first.sentences
    again = import_workbook(bare, LOCAL, data)
    assert (again.added, again.changed, again.written) == (0, 0, False)
    assert [line.name for line in list_sites(bare, LOCAL)] == ["North House", "South House"]


def test_a_preview_stores_nothing(bare: Store) -> None:
    preview = import_workbook(bare, LOCAL, as_file(two_premises()), save=False)
    assert preview.added > 0
    assert not preview.written
    assert list_sites(bare, LOCAL) == ()


def test_one_bad_row_keeps_the_whole_workbook_out(bare: Store) -> None:
    plan = two_premises()
    bad = replace(plan.rooms[0], seats=0)
    with pytest.raises(WorkbookErrors, match="Rooms"):
        import_workbook(bare, LOCAL, as_file(replace(plan, rooms=(bad, *plan.rooms[1:]))))
    assert list_sites(bare, LOCAL) == ()


def test_a_workbook_over_the_limit_is_refused(bare: Store) -> None:
    with pytest.raises(WorkbookErrors):
        import_workbook(bare, LOCAL, as_file(two_premises()), limit_bytes=1000)


def test_who_may_not_import_is_told_so_before_the_file_is_read(bare: Store) -> None:
    with pytest.raises(NotAllowed):
        import_workbook(bare, Actor("w", frozenset({Grant("worker")})), b"not even a workbook")
