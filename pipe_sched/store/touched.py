"""What a session changed: rows by table, seen where every statement passes, at the connection.

So nothing has to remember to say it: whatever way a statement was made (an object changed, a
bulk insert, plain SQL), it is counted here, and what changed a row is put on record.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

EXEMPT = frozenset(
    {"workers", "answered", "guesses", "audit", "access_log", "log_about", "log_heads"}
)
"""Tables of the program's own housekeeping, and the logs themselves."""
SIGNS_OF_LIFE = {
    "sign_ins": frozenset({"seen_at"}),
    "devices": frozenset({"seen_at"}),
    "runs": frozenset({"progress", "heartbeat", "lease_until"}),
}
"""Columns whose change alone is none."""
CHANGE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+"
    r'(?:ONLY\s+)?"?(?:\w+"?\.)?"?(\w+)',
    re.IGNORECASE,
)
SET = re.compile(r'"?(\w+)"?\s*=')
COLUMNS = re.compile(r"\(([^()]*)\)")
TOUCHED = "touched"


def watch(session: Session) -> None:
    """Count from now on what this session's transaction changes."""
    counts: Counter[str] = Counter()
    session.info[TOUCHED] = counts

    def after(_c: Connection, cursor: Any, said: str, given: Any, _x: Any, many: bool) -> None:
        found = CHANGE.match(said)
        if found is not None:
            _count(counts, found[1].lower(), said, _rows(cursor, said, given, many))

    event.listen(session.connection(), "after_cursor_execute", after)


def touched(session: Session) -> dict[str, int]:
    """How many rows of which tables were changed so far, by table."""
    return dict(sorted(session.info.get(TOUCHED, {}).items()))


def _count(counts: Counter[str], name: str, said: str, rows: int) -> None:
    if rows > 0 and name not in EXEMPT and not _only_alive(name, said):
        counts[name] += rows


def _only_alive(name: str, said: str) -> bool:
    quiet = SIGNS_OF_LIFE.get(name)
    if quiet is None or not said.lstrip().upper().startswith("UPDATE"):
        return False
    body = re.split(r"\sWHERE\s", said, maxsplit=1, flags=re.IGNORECASE)[0]
    return set(SET.findall(body)) <= quiet


def _rows(cursor: Any, said: str, given: Any, many: bool) -> int:
    """Rows that a statement changed. What it gives back is not read yet, so that a driver does
    not know: it is taken to have changed what it was given.
    """
    if many:
        return max(len(given), 1)
    insert = said.lstrip()[:6].upper() == "INSERT"
    if "RETURNING" not in said.upper():
        return int(cursor.rowcount)
    columns = COLUMNS.search(said)
    named = columns[1].count(",") + 1 if insert and columns is not None else 0
    return max(len(given) // named, 1) if named and given else 1
