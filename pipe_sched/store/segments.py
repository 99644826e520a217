"""Letting the oldest rows of a log go, as a whole segment that leaves its seal behind.

What is kept says how many rows there were and how the last was sealed, so that the rest still
verifies. The database lets a row of a log be deleted only when a segment covers it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from pipe_sched.store.gate import passage
from pipe_sched.store.seal import Log, segment_mark
from pipe_sched.store.sealed_log import key_of, table


def old_rows(session: Session, log: Log, before: datetime) -> int:
    """How many rows at the beginning of the log are older than that.

    The last row always stays: the log goes on from it.
    """
    with passage(session, "record"):
        first, last = _reach(session, log, before)
        return max(last - first + 1, 0)


def let_go(session: Session, log: Log, before: datetime, now: datetime) -> int:
    """Let those rows go; gives back how many there were."""
    with passage(session, "record"):
        first, last = _reach(session, log, before)
        if last < first:
            return 0
        connection, rows, segments = session.connection(), table(log), table("log_segments")
        seal = connection.execute(select(rows.c.seal).where(rows.c.seq == last)).scalar_one()
        row: dict[str, Any] = {"log": log, "first": first, "last": last, "rows": last - first + 1}
        row |= {"seal": seal, "dropped_at": now}
        mark = segment_mark(key_of(session, log), row, _mark_before(session, log))
        connection.execute(insert(segments).values(**row, mark=mark))
        connection.execute(delete(rows).where(rows.c.seq <= last))
        index = table("log_about").c
        connection.execute(delete(table("log_about")).where(index.log == log, index.seq <= last))
        return last - first + 1


def _reach(session: Session, log: Log, before: datetime) -> tuple[int, int]:
    """The first and last number of the rows that may go; empty when the last is smaller.

    Up to the first row that is young enough, so that nothing is torn out of the middle.
    """
    rows, connection = table(log).c, session.connection()
    first, newest = connection.execute(select(func.min(rows.seq), func.max(rows.seq))).one()
    if first is None:
        return 1, 0
    young = connection.execute(select(func.min(rows.seq)).where(rows.at >= before)).scalar()
    return first, min(newest, newest if young is None else young) - 1


def _mark_before(session: Session, log: Log) -> str:
    segments = table("log_segments").c
    query = select(segments.mark).where(segments.log == log).order_by(segments.last.desc())
    return session.connection().execute(query.limit(1)).scalar() or ""
