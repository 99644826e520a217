"""Failed tries, counted where every process sees them, and how long to wait after them.

A try is counted before it is looked at, and forgiven when it was right: so tries that come at the
same moment are counted one after another, and none is looked at while its bucket waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pipe_sched.store.account_tables import Guesses

FREE = 5
"""Failed tries before the first wait."""
FIRST = timedelta(seconds=15)
MOST = timedelta(minutes=15)
KEPT = timedelta(hours=24)
"""A bucket that nobody touched for so long is forgotten."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Tries of one kind from one side. `free`: how many may fail before the first wait."""

    key: str
    free: int = FREE


def charge(session: Session, buckets: Iterable[Bucket], now: datetime) -> timedelta | None:
    """Count a try in each bucket; or how long to wait when one of them waits (none is counted)."""
    session.execute(delete(Guesses).where(Guesses.last_at < now - KEPT))
    wanted = tuple(buckets)
    query = select(Guesses).where(Guesses.key.in_([b.key for b in wanted]))
    there = {row.key: row for row in session.scalars(query)}
    waits = [row.until - now for row in there.values() if row.until is not None]
    longest = max(waits, default=timedelta(0))
    if longest > timedelta(0):
        return longest
    for bucket in wanted:
        row = there.get(bucket.key)
        if row is None:
            row = Guesses(key=bucket.key, failed=0, last_at=now, until=None)
            session.add(row)
        _count(row, bucket, now)
    session.flush()
    return None


def _count(row: Guesses, bucket: Bucket, now: datetime) -> None:
    row.failed, row.last_at = row.failed + 1, now
    wait = wait_after(row.failed - bucket.free)
    row.until = None if wait is None else now + wait


def wait_after(beyond: int) -> timedelta | None:
    """How long to wait: 15 seconds after the last free try, then twice as long, to 15 minutes."""
    if beyond < 0:
        return None
    return min(FIRST * (1 << min(beyond, 10)), MOST)


def forgive(session: Session, bucket: Bucket) -> None:
    """The try was right: nothing is held against its side any more."""
    session.execute(delete(Guesses).where(Guesses.key == bucket.key))


def take_back(session: Session, bucket: Bucket) -> None:
    """The try did not count; those before it still do."""
    row = session.scalar(select(Guesses).where(Guesses.key == bucket.key))
    if row is None:
        return
    row.failed = max(0, row.failed - 1)
    if wait_after(row.failed - bucket.free) is None:
        row.until = None
    session.flush()
