"""Import a workbook: read whole or refused whole, then merged like any plan.

A workbook knows residents by CRN. Those are exchanged for ids of our own here, in the same
transaction, so that the same workbook twice changes nothing.
"""

from __future__ import annotations

from pipe_sched.access import Actor
from pipe_sched.actions.crns import exchange
from pipe_sched.actions.door import allowed
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.import_plan import take_in
from pipe_sched.actions.views import Imported
from pipe_sched.core.plan import Plan
from pipe_sched.core.renaming import people_named
from pipe_sched.formats.workbook_read import read
from pipe_sched.formats.workbook_sheets import BY_TABLE
from pipe_sched.rules.book import book
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.plans import load_plan

NOBODY = "{0}: there is nobody “{1}”. Add them to the workbook, or correct it."
LIMIT = 10 * 1024 * 1024
"""Bytes a workbook may have on the command line; pages allow less."""


def import_workbook(
    store: Store, actor: Actor, data: bytes, *, limit_bytes: int = LIMIT, save: bool = True
) -> Imported:
    """Read the workbook and merge it in; with `save` False only say what would change.

    Raises:
        WorkbookErrors: everything that is wrong with it, by sheet, row and column.
        BadRequest: somebody is known at other premises alone, or a row names nobody.
    """
    scope = allowed(actor, "import_workbook", write=save)
    typed = read(data, limit_bytes=limit_bytes, rules=book())
    with store.open_session(scope) as session:
        crns = exchange(session, typed, scope.limit)
        strangers = nobody(session, crns.plan(typed))
        if strangers:
            raise BadRequest(" ".join(NOBODY.format(t, crns.as_typed(p)) for t, p in strangers))
        return take_in(session, crns.plan(typed), crns, save=save)


def nobody(session: Session, plan: Plan) -> list[tuple[str, str]]:
    """Ids of people in a plan's rows whom neither the rows nor the store know, by sheet."""
    known: set[str] = set()
    for one in (load_plan(session), plan):
        for sheet in (one.staff, one.outside, one.residents):
            known.update(row.id for row in sheet)
    found = {
        (BY_TABLE[sheet].name, person): None
        for sheet, person in people_named(plan)
        if person not in known
    }
    return sorted(found)
