"""Import a workbook: read whole or refused whole, then merged like any plan.

A workbook knows residents by CRN. Those are exchanged for ids of our own here, in the same
transaction, so that the same workbook twice changes nothing.
"""

from __future__ import annotations

from pipe_sched.access import Actor
from pipe_sched.actions.crns import exchange
from pipe_sched.actions.door import allowed
from pipe_sched.actions.import_plan import take_in
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
        BadRequest: somebody is known at other premises alone, or a row names an id that
        neither the workbook nor the store holds.
    """
    scope = allowed(actor, "import_workbook", write=save)
    typed = read(data, limit_bytes=limit_bytes, rules=book())
    with store.open_session(scope) as session:
        crns = exchange(session, typed, scope.limit)
        return take_in(session, crns.plan(typed), crns, save=save)
