"""Look at everything as everybody: no page that is only looked at may write anything.

Compared is the whole database but for what is named; and every statement of a look must go
through a connection that cannot write, but for the two that put the look itself on record.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, event

from bench.attack.asked import LOOKING, Asking, askings
from bench.attack.besieged import Siege, besieged
from bench.attack.besiegers import Besieger
from bench.attack.figures import Figure, exactly, none, some, told
from bench.attack.filled_in import let_wait
from bench.attack.isolation import logged
from bench.attack.kept import EXEMPT, changed, state, written
from bench.attack.known import Known
from bench.attack.sender import Sender
from pipe_sched.store.gate import BEGINNINGS
from pipe_sched.store.scope import EverySite, Scope

TIMES = 1
MAY_WRITE = {"record": "who looked at what", "sign_in": "that a sign-in is used, or was guessed at"}
"""Reasons of scopes without an action in which a look may write, and what."""


def attack(times: int, _seed: int) -> Iterator[Figure]:
    """Look at everything so many times."""
    with besieged() as siege:
        look = Looks(siege)
        with logged():  # a line for each look is not to be read here
            for _ in range(times):
                for who in siege.people:
                    look.by(who)
        yield from look.figures()
        yield from _writes_refused(siege)
    for what in EXEMPT:
        yield told("may be written", what)


class Looks:
    """The looks of one siege."""

    def __init__(self, siege: Siege) -> None:
        self.siege = siege
        self.known = Known(siege)
        self.as_it_was = state(siege.path)
        self.found: Counter[str] = Counter()
        self.sent = self.statements = self.writing = 0
        event.listen(siege.store.engine, "before_cursor_execute", self._watch)

    def by(self, who: Besieger) -> None:
        """Somebody looks at everything."""
        sender = Sender(self.siege.app, who)
        for asking in askings(self.known, who):
            if asking.method in LOOKING and asking.taken:
                self._look(sender, who, asking)

    def _look(self, sender: Sender, who: Besieger, asking: Asking) -> None:
        let_wait(self.known, who)
        sender.send(asking)
        self.sent += 1
        tables = changed(self.as_it_was, state(self.siege.path))
        if written(tables, asking.endpoint):
            self.found[f"{who.name}: {asking} {', '.join(tables)}"] += 1
        if tables:
            self.siege.put_back()

    def _watch(
        self,
        connection: Connection,
        _cursor: object,
        statement: str,
        _parameters: object,
        _context: object,
        _many: bool,
    ) -> None:
        if statement.startswith(BEGINNINGS):
            return
        self.statements += 1
        gate = connection.get_execution_options().get("gate")
        if gate is not None and gate.scope.write:
            self.writing += not _may_write(gate.scope)
        else:
            self.writing += not _is_read_only(connection)

    def figures(self) -> Iterator[Figure]:
        """What was asked and what was seen."""
        yield some("pages looked at", self.sent)
        yield none("looks that wrote", len(self.found))
        yield from (told(f"wrote: {n}", what) for what, n in self.found.most_common(12))
        yield some("statements", self.statements)
        yield none("statements that could have written", self.writing)


def _may_write(scope: Scope) -> bool:
    reason = scope.sites.reason if isinstance(scope.sites, EverySite) else ""
    return reason in MAY_WRITE and not scope.action


def _is_read_only(connection: Connection) -> bool:
    raw: Any = connection.connection.dbapi_connection
    return bool(raw.execute("PRAGMA query_only").fetchone()[0])


def _writes_refused(siege: Siege) -> Iterator[Figure]:
    """Write to every table through a connection of a look."""
    tables, refused = list(state(siege.path)), 0
    with siege.store.open_session(Scope(frozenset({"north"}), "attack")) as session:
        raw: Any = session.connection().connection.dbapi_connection
        for table in tables:
            try:
                raw.execute(f"DELETE FROM {table}")
            except sqlite3.OperationalError as error:
                refused += "readonly" in str(error)
    yield exactly("tables that a look cannot write to", len(tables), refused)
