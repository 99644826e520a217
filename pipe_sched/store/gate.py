"""The gate between a session and the data: nothing outside its scope is read or written.

Whatever a limited session executes gets the criteria of `reach` for every table in it; a statement
that they cannot be put on is refused, and so is every statement that did not come through here.
What is written is looked at once more before it is sent. What must reach beyond the scope goes
through a passage: named, explained in `PASSAGES`, counted, and put on record with the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.base import LoaderCallableStatus
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.selectable import AliasedReturnsRows, FromClause, SelectBase, TableClause

from pipe_sched.core import shown
from pipe_sched.store.foreign import Foreign, check_values
from pipe_sched.store.reach import REACH, WRITTEN, Sites
from pipe_sched.store.scope import Scope

PASSAGES: Mapping[str, str] = {
    "busy_elsewhere": "a shared worker is in one place at a time, wherever that is",
    "booked_elsewhere": "nobody is booked twice, wherever the other booking is",
    "held_back": "a leaving that is not told yet is told nowhere",
    "stay_ended": "who has left leaves the groups of other premises too",
    "told": "who may be known to have left frees what was shown elsewhere",
    "known_elsewhere": "nobody is taken from other premises by a row in a workbook",
    "whole_run": "a run of several premises is stopped and settled for all of them",
    "frozen": "a week is kept once, whoever froze it first",
    "record": "what was done goes on record, and so does what was seen",
}
"""Each named way beyond a scope, with why there is one."""

WITHIN = "within"
"""Execution option: keep this statement within these sites, narrower than the scope."""

counted: Counter[str] = Counter()
"""How often each passage, and each scope over every site, was used in this process."""


class Refused(PermissionError):
    """A statement that cannot be kept within the session's sites."""


class Gate:
    """The gate of one session. `sites` None: its scope reaches every site."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.sites: Sites | None = scope.limit
        self.beyond = 0
        self.flushing = False

    @property
    def limited(self) -> bool:
        """Whether criteria apply at the moment."""
        return self.sites is not None and not self.beyond


class GatedSession(Session):
    """A session with a gate; made by `Store.open_session` alone."""

    gate: Gate


def gate_of(session: Session) -> Gate:
    """The gate of a session; one without is a mistake."""
    if not isinstance(session, GatedSession):
        raise TypeError("A session without a gate.")
    return session.gate


def open_gate(session: GatedSession, scope: Scope) -> None:
    """Give a new session its gate. A scope over every site is counted by its reason."""
    session.gate = Gate(scope)
    if scope.limit is None:
        counted[getattr(scope.sites, "reason", "")] += 1
    session.connection(execution_options={"gate": session.gate})


def reaches(session: Session, site: str) -> bool:
    """Whether the session reaches a site at the moment: by its scope, or in a passage."""
    gate = gate_of(session)
    return not gate.limited or gate.scope.covers(site)


@contextmanager
def passage(session: Session, name: str) -> Iterator[None]:
    """Reach beyond the scope for one named purpose; what lies outside is forgotten afterwards."""
    if name not in PASSAGES:
        raise KeyError(name)
    gate = gate_of(session)
    counted[name] += 1
    if gate.limited:
        shown.note("passage", name)
    session.flush()
    before = set(session.identity_map.keys())
    gate.beyond += 1
    try:
        yield
        session.flush()
    finally:
        gate.beyond -= 1
        if gate.limited:
            _forget(session, before)


def _forget(session: Session, but: set[Any]) -> None:
    """Let go of what was loaded beyond the scope, so that no later look-up finds it here."""
    for row in list(session.identity_map.values()):
        if inspect(row).key not in but:
            session.expunge(row)


@event.listens_for(GatedSession, "do_orm_execute")
def _keep_within(state: ORMExecuteState) -> None:
    state.update_execution_options(gated=True)
    sites = _sites(gate_of(state.session), state.execution_options.get(WITHIN))
    if sites is None:
        return
    for entity in _entities(state.statement):
        if entity not in REACH:
            raise Refused(f"{entity.__name__} is beyond the reach of a scope with sites.")
        if not state.is_insert:
            kept = _criteria(entity.__table__.name, sites, state.is_update or state.is_delete)
            state.statement = state.statement.options(kept)
    if state.is_insert or state.is_update:
        check_values(state.session, sites, _target(state), _values(state))


@lru_cache(maxsize=512)
def _criteria(table: str, sites: Sites, writes: bool) -> Any:
    """The option that keeps a class within sites; made once, since pages ask for it often."""
    criteria = (WRITTEN if writes else REACH).items()
    entity, reach = next((e, reach) for e, reach in criteria if e.__table__.name == table)
    return with_loader_criteria(entity, reach(sites), include_aliases=True)


def _sites(gate: Gate, within: Sites | None) -> Sites | None:
    """The sites that a statement is kept within; None: no limit."""
    if not gate.limited or gate.sites is None:
        return within
    return gate.sites if within is None else gate.sites & within


def _entities(statement: Any) -> list[type[Any]]:
    """The mapped classes in a statement; `Refused` for what no criteria can be put on.

    The criteria reach what is selected, joined or selected from. So whatever stands in a statement
    in another way (a bare table, a class named in a condition alone, a select within) is refused.
    """
    named = _named(statement)
    tables = {entity.__table__.name for entity in named}
    for part in visitors.iterate(statement):
        if isinstance(part, TextClause) or _is_literal(part):
            raise Refused("A statement written as text cannot be kept within sites.")
        if isinstance(part, SelectBase | AliasedReturnsRows) and part is not statement:
            raise Refused("A select within a statement, or an alias, cannot be kept within sites.")
        table = part if isinstance(part, TableClause) else getattr(part, "table", None)
        if isinstance(table, TableClause) and table.name not in tables:
            raise Refused(f"The bare table {table.name} cannot be kept within sites.")
        mapper = part._annotations.get("parententity")
        if mapper is not None and mapper.mapper.class_ not in named:
            raise Refused(f"{mapper.mapper.class_.__name__} in a condition alone is not kept.")
    return list(named)


def _named(statement: Any) -> dict[type[Any], None]:
    """The classes that a statement selects, joins, selects from, or writes to."""
    found: dict[type[Any], None] = {}
    for one in getattr(statement, "column_descriptions", ()):
        if one.get("entity") is not None:
            found[inspect(one["entity"]).mapper.class_] = None
    for part in visitors.iterate(statement):
        mapper = part._annotations.get("parententity")
        if mapper is not None and isinstance(part, FromClause):
            found[mapper.mapper.class_] = None
    return found


def _is_literal(part: Any) -> bool:
    return bool(getattr(part, "is_literal", False)) and part.name not in ("*", "1")


def _target(state: ORMExecuteState) -> type[Any]:
    statement: Any = state.statement
    entity: type[Any] = statement.entity_description["entity"]
    return entity


def _values(state: ORMExecuteState) -> list[Mapping[str, Any]]:
    """What an insert or update wants to write, row by row."""
    given = state.parameters
    rows = [given] if isinstance(given, Mapping) else list(given or [])
    inline = getattr(state.statement, "_values", None)
    if inline:
        named = {getattr(k, "key", k): getattr(v, "value", v) for k, v in inline.items()}
        rows = [{**named, **row} for row in rows] or [named]
    return rows


@event.listens_for(GatedSession, "before_flush")
def _look_before(session: Session, _context: object, _instances: object) -> None:
    gate = gate_of(session)
    if gate.limited and gate.sites is not None:
        for row in [*session.new, *session.dirty, *session.deleted]:
            check_values(session, gate.sites, type(row), _both(row))
    gate.flushing = True


def _both(row: Any) -> list[Mapping[str, Any]]:
    """The row as it was and as it would be: it may not be moved into or out of the scope."""
    state = inspect(row)
    now = {key: value for key, value in state.dict.items() if key in state.mapper.columns}
    before = {
        key: value
        for key, value in state.committed_state.items()
        if key in state.mapper.columns and not isinstance(value, LoaderCallableStatus)
    }
    return [now, {**now, **before}]


@event.listens_for(GatedSession, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    gate_of(session).flushing = False


@event.listens_for(GatedSession, "after_soft_rollback")
def _rolled_back(session: Session, _previous: object) -> None:
    if isinstance(session, GatedSession) and hasattr(session, "gate"):
        session.gate.flushing = False


def guard_engine(engine: Any) -> None:
    """Refuse what reaches a limited session's connection without passing its gate."""
    event.listen(engine, "before_cursor_execute", _only_through_the_gate)


BEGINNINGS = ("PRAGMA query_only", "BEGIN", "SELECT pg_advisory_xact_lock(", "SET TRANSACTION ")
"""How every transaction begins."""


def _only_through_the_gate(
    connection: Connection,
    _cursor: object,
    statement: str,
    _parameters: object,
    context: Any,
    _many: bool,
) -> None:
    gate = connection.get_execution_options().get("gate")
    if gate is None or not gate.limited or gate.flushing:
        return
    if context.execution_options.get("gated"):
        return
    if statement.startswith(BEGINNINGS):
        return
    raise Refused("A statement that did not pass the gate.")


__all__ = ["PASSAGES", "Foreign", "GatedSession", "Refused", "counted", "gate_of", "passage"]
