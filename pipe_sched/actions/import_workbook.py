"""Import a workbook: read whole or refused whole, then merged like any plan."""

from __future__ import annotations

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.views import Imported
from pipe_sched.formats.workbook_read import read
from pipe_sched.rules.book import book
from pipe_sched.store.engine import Store

LIMIT = 10 * 1024 * 1024
"""Bytes a workbook may have on the command line; pages allow less."""


def import_workbook(
    store: Store, actor: Actor, data: bytes, *, limit_bytes: int = LIMIT, save: bool = True
) -> Imported:
    """Read the workbook and merge it in; with `save` False only say what would change.

    Raises:
        WorkbookErrors: everything that is wrong with it, by sheet, row and column.
    """
    allowed(actor, "import_workbook")
    plan = read(data, limit_bytes=limit_bytes, rules=book())
    return import_plan(store, actor, plan, save=save)
