"""Adding to a sealed log: number, seal, anchor in the other log, index, head.

Writers follow one another (BEGIN IMMEDIATE, or the advisory lock), so that numbers have no gap.
The statements go past the session to its connection: what is written about a change is no
change itself, and a log is limited by no scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.orm import Session

from pipe_sched.store.base import Base
from pipe_sched.store.seal import (
    AMISS,
    BEGINNING,
    LOGS,
    PREFIX,
    Log,
    head_mark,
    other,
    purpose,
    same,
    sealed,
)

About = Iterable[tuple[str, str]]
"""(kind, id) pairs of what a row concerns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be put on record. `site` and `week` empty where it concerns none or several."""

    actor: str
    action: str
    site: str = ""
    week: str = ""
    about: tuple[tuple[str, str], ...] = ()
    said: Mapping[str, Any] | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ends: the number and seal of its last row. `sound`: its mark fits."""

    last: int = 0
    seal: str = BEGINNING
    sound: bool = False


def table(name: str) -> Table:
    """One of the tables of the logs."""
    return Base.metadata.tables[name]


def key_of(session: Session, log: Log) -> bytes:
    """The key of a log, from the secret that belongs to the session's store."""
    key: bytes = session.info["key_for"](purpose(log))
    return key


def append(session: Session, log: Log, entry: Entry) -> int:
    """Add a row to a log in the session's transaction; gives back its number."""
    connection, key = session.connection(), key_of(session, log)
    head, said = head_of(connection, key, log), dict(entry.said or {})
    if not head.sound:
        head, said[AMISS] = _end(connection, log), True
    theirs = _raw_head(connection, other(log))
    said[other(log)] = [theirs.last, theirs.seal[:PREFIX]]
    row = {
        "seq": head.last + 1,
        "at": entry.at or datetime.now(UTC),
        "actor": entry.actor,
        "action": entry.action,
        "site": entry.site,
        "week": entry.week,
        "about": [list(pair) for pair in sorted(set(entry.about))],
        "said": said,
    }
    seal = sealed(key, row, head.seal)
    connection.execute(insert(table(log)).values(**row, seal=seal))
    _index(connection, log, row)
    set_head(connection, key, log, Head(head.last + 1, seal))
    return head.last + 1


def _index(connection: Connection, log: Log, row: Mapping[str, Any]) -> None:
    rows = [{"log": log, "seq": row["seq"], "kind": k, "id": i} for k, i in row["about"]]
    if rows:
        connection.execute(insert(table("log_about")), rows)


def head_of(connection: Connection, key: bytes, log: Log) -> Head:
    """The head as it is stored, and whether it is what the program left."""
    found = connection.execute(select(table("log_heads")).filter_by(log=log)).mappings().first()
    if found is None or not isinstance(found["last"], int):
        return Head()
    fits = same(found["mark"], head_mark(key, log, found["last"], found["seal"]))
    return Head(found["last"], found["seal"], fits)


def _raw_head(connection: Connection, log: Log) -> Head:
    heads = table("log_heads").c
    found = connection.execute(select(heads.last, heads.seal).where(heads.log == log)).first()
    return Head() if found is None else Head(found.last, found.seal)


def set_head(connection: Connection, key: bytes, log: Log, head: Head) -> None:
    """Say where the log ends now."""
    heads = table("log_heads")
    values = {
        "last": head.last,
        "seal": head.seal,
        "mark": head_mark(key, log, head.last, head.seal),
    }
    done = connection.execute(update(heads).where(heads.c.log == log).values(**values))
    if not done.rowcount:
        connection.execute(insert(heads).values(log=log, **values))


def _end(connection: Connection, log: Log) -> Head:
    """Where the rows and segments themselves say that the log ends."""
    rows, segments = table(log).c, table("log_segments").c
    row = connection.execute(select(rows.seq, rows.seal).order_by(rows.seq.desc()).limit(1)).first()
    gone = connection.execute(
        select(segments.last, segments.seal)
        .where(segments.log == log)
        .order_by(segments.last.desc())
        .limit(1)
    ).first()
    found = [Head(one[0], one[1]) for one in (row, gone) if one is not None]
    return max(found, key=lambda head: head.last, default=Head())


def begin_logs(connection: Connection, keys: Mapping[Log, bytes]) -> None:
    """Give logs that have just been made their heads, so that none can be taken away whole."""
    for log in LOGS:
        set_head(connection, keys[log], log, Head())


def index_again(session: Session, log: Log) -> int:
    """Make the index over a log again from its rows; gives back how many entries it has."""
    connection, index, rows = session.connection(), table("log_about"), table(log).c
    connection.execute(index.delete().where(index.c.log == log))
    for seq, about in connection.execute(select(rows.seq, rows.about).order_by(rows.seq)).all():
        _index(connection, log, {"seq": seq, "about": about})
    count = select(func.count()).select_from(index).where(index.c.log == log)
    return int(connection.execute(count).scalar_one())
