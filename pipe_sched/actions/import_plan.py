"""Import a plan's rows: merged into what is stored, all in one transaction.

The same rows twice change nothing, and a row that is missing from a later file
changes nothing either: what ends gets an end date, nothing is deleted. A stay that has
ended here is not opened again by a file that does not know of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipe_sched.access import Actor
from pipe_sched.actions.crns import NO_EXCHANGE, Exchange
from pipe_sched.actions.door import allowed
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.views import Imported
from pipe_sched.core.concerned import concerned
from pipe_sched.core.merge import Changes, merge
from pipe_sched.core.plan import Plan
from pipe_sched.formats.bank_holidays import bank_holidays
from pipe_sched.formats.workbook_sheets import BY_TABLE
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store, scope_of
from pipe_sched.store.plans import foreign, load_plan, missing, save_plan

PREMISES = "approved_premises"
NOT_YOURS = (
    "“{0}” is not among your premises. Leave its rows out, or ask somebody who may change "
    "those too."
)
FOREIGN = (
    "These sheets would change what concerns other premises: {0}. Leave those rows as they are, "
    "or ask somebody who may change both."
)


def import_plan(store: Store, actor: Actor, incoming: Plan, *, save: bool = True) -> Imported:
    """Merge the rows in; with `save` False only say what would change.

    Raises:
        BadRequest: a row names an id that neither the rows nor the store hold.
    """
    scope = allowed(actor, "import_workbook", write=save)
    with store.open_session(scope) as session:
        return take_in(session, incoming, NO_EXCHANGE, save=save)


def take_in(session: Session, incoming: Plan, crns: Exchange, *, save: bool) -> Imported:
    """Merge rows with ids in; `crns` says what people call those that were exchanged."""
    _refuse_other_sites(session, incoming)
    there = load_plan(session)
    plan, changes = merge(there, _ended_stays_kept(there, incoming))
    beyond = set(missing(there))  # rows of theirs may name what is of other premises
    strange = [pair for pair in missing(plan) if pair not in beyond]
    unknown = [(table, crns.as_typed(id_)) for table, id_ in strange]
    if unknown:
        raise BadRequest(" ".join(f"{_title(t)}: there is no “{id_}”." for t, id_ in unknown))
    theirs = foreign(session, plan)
    if theirs:
        raise BadRequest(FOREIGN.format(", ".join(_title(sheet) for sheet in theirs)))
    touched = save_plan(session, plan) if save else 0
    if touched:
        crns.keep(session)
        _put_on_record(session, plan, changes)
    what = Counter(change.what for change in changes.rows)
    return Imported(what["added"], what["changed"], tuple(_sentences(changes)), touched > 0)


def _refuse_other_sites(session: Session, incoming: Plan) -> None:
    """Rows of sites beyond the importer's: the same answer for those that there are not."""
    limit = scope_of(session).limit
    sites = {s.id for s in incoming.sites if s.type == PREMISES}
    sites |= {room.site for room in incoming.rooms}
    sites |= {programme.site for programme in incoming.programmes}
    sites |= {stay.site for stay in incoming.stays}
    others = [] if limit is None else sorted(sites - limit)
    if others:
        raise BadRequest(" ".join(NOT_YOURS.format(site) for site in others))
    days = incoming.bank_holidays
    if limit is not None and set(days) - set(bank_holidays(day.year for day in days)):
        raise BadRequest(FOREIGN.format(_title("bank_holidays")))


def _put_on_record(session: Session, plan: Plan, changes: Changes) -> None:
    found = concerned(plan, changes)
    said = {"sheets": dict(sorted(Counter(change.table for change in changes.rows).items()))}
    record(session, sites=found.sites, about=[("person", p) for p in found.people], said=said)


def _ended_stays_kept(there: Plan, incoming: Plan) -> Plan:
    """The incoming rows, with the end of each stay that has one here and none in the file."""
    ends = {(s.resident, s.arrives): s for s in there.stays if s.leaves is not None}
    stays = []
    for row in incoming.stays:
        known = ends.get((row.resident, row.arrives))
        if row.leaves is None and known is not None:
            row = replace(row, leaves=known.leaves, leaves_at=known.leaves_at, status=known.status)
        stays.append(row)
    return replace(incoming, stays=tuple(stays))


def _sentences(changes: Changes) -> Iterator[str]:
    counts = Counter((change.table, change.what) for change in changes.rows)
    for table in dict.fromkeys(change.table for change in changes.rows):
        parts = [f"{n} {w}" for w in ("added", "changed") if (n := counts[table, w])]
        yield f"{_title(table)}: {', '.join(parts)}."


def _title(table: str) -> str:
    sheet = BY_TABLE.get(table)
    return table.replace("_", " ").capitalize() if sheet is None else sheet.name
