"""Is a log whole? Every row, the segments that were let go, the head, the index and the anchors.

Found are a changed field, a row taken out, put in or moved, a tail cut off, rows sealed with
another key, a segment that does not fit, and an index that says something else. What cannot be
found from within: that the whole database was put back to an earlier state, its logs and heads
with it. For that a head noted elsewhere is compared (`expected`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, literal_column, select
from sqlalchemy.orm import Session

from pipe_sched.store.gate import passage
from pipe_sched.store.seal import (
    AMISS,
    BEGINNING,
    PREFIX,
    SEALED,
    Log,
    other,
    same,
    sealed,
    segment_mark,
)
from pipe_sched.store.sealed_log import Head, head_of, key_of, table

PAGE = 500
HIGHEST = 2**62
PAIR = 2
MOST = 20
"""Faults that are told; more say nothing new."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. `faults`: sentences, the first ones; none: the log is whole."""

    log: Log
    rows: int
    let_go: int
    head: Head
    faults: tuple[str, ...]

    @property
    def noted(self) -> str:
        """The head in one word, to be noted elsewhere."""
        return f"{self.log}:{self.head.last}:{self.head.seal}"


@dataclass
class _Walk:
    """How far a walk along a log has come."""

    log: Log
    key: bytes
    anchors: Mapping[int, str]
    noted: tuple[int, str] | None = None
    expected: int = 1
    before: str | None = BEGINNING
    rows: int = 0
    let_go: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, sentence: str) -> None:
        """Note what is wrong."""
        if len(self.faults) < MOST:
            self.faults.append(sentence)


def verify(session: Session, log: Log, expect: str = "") -> Verified:
    """Look at the whole log; `expect` is a head as `Verified.noted` says it."""
    with passage(session, "record"):
        connection = session.connection()
        noted = parse_head(expect, log) if expect else None
        walk = _Walk(log, key_of(session, log), _anchors(session, log), noted)
        _segments(connection, walk)
        last = _rows(connection, walk)
        head = head_of(connection, walk.key, log)
        _head(walk, head, last)
        _tail(walk)
        return Verified(log, walk.rows, walk.let_go, head, tuple(walk.faults))


def parse_head(text: str, log: Log) -> tuple[int, str]:
    """The row and seal that a noted head names. Raises `ValueError`: it is no head of this log."""
    name, seq, seal = text.split(":")
    if name != log or not seal:
        raise ValueError(text)
    return int(seq), seal


def _segments(connection: Connection, walk: _Walk) -> None:
    segments, before = table("log_segments"), ""
    names = ("log", "first", "last", "rows", "seal", "dropped_at", "mark")
    columns: list[Any] = [literal_column(name).label(name) for name in names]
    query = select(*columns).select_from(segments).where(segments.c.log == walk.log)
    for row in connection.execute(query.order_by(segments.c.last)).mappings():
        at = _instant(row["dropped_at"])
        fits = row["first"] == walk.expected and row["rows"] == row["last"] - row["first"] + 1
        plain = {**row, "dropped_at": at}
        if at is None or not fits or not same(row["mark"], segment_mark(walk.key, plain, before)):
            walk.fault(f"The segment that ends with row {row['last']} does not fit.")
        walk.let_go += row["rows"]
        walk.expected, walk.before, before = row["last"] + 1, row["seal"], row["mark"]
        _anchored(walk, row["last"], row["seal"])


def _rows(connection: Connection, walk: _Walk) -> str:
    """Walk along the rows; gives back the seal of the last one."""
    let_go, last = walk.expected - 1, walk.before or ""
    index = _index(connection, walk.log)
    indexed = next(index, None)
    for row in _read(connection, walk.log):
        while indexed is not None and indexed[0] < row["seq"]:
            walk.fault(f"The index speaks of row {indexed[0]}, which is not there.")
            indexed = next(index, None)
        about: set[tuple[str, str]] = set()
        if indexed is not None and indexed[0] == row["seq"]:
            about, indexed = indexed[1], next(index, None)
        _row(walk, row, let_go, about)
        last = str(row["seal"])
    if indexed is not None:
        walk.fault(f"The index speaks of row {indexed[0]}, which is not there.")
    return last


def _row(walk: _Walk, row: Mapping[str, Any], let_go: int, about: set[tuple[str, str]]) -> None:
    seq, seal = row["seq"], str(row["seal"])
    walk.rows += 1
    if seq <= let_go:
        walk.fault(f"Row {seq} lies among rows that were let go.")
        return
    if seq != walk.expected:
        walk.fault(_missing(walk.expected, seq - 1))
        walk.before = None
    plain = _plain(row)
    if plain is None:
        walk.fault(f"Row {seq} cannot be read.")
    elif walk.before is not None and not same(seal, sealed(walk.key, plain, walk.before)):
        walk.fault(f"Row {seq} is not what was written, or not where it was.")
    elif about != {(str(k), str(i)) for k, i in plain["about"]}:
        walk.fault(f"The index says something else of row {seq}.")
    if plain is not None and plain["said"].get(AMISS):
        walk.fault(f"Before row {seq} was written, the end of the log had been changed.")
    _anchored(walk, seq, seal)
    walk.expected, walk.before = seq + 1, seal


def _missing(first: int, last: int) -> str:
    return f"Row {first} is missing." if first == last else f"Rows {first} to {last} are missing."


def _anchored(walk: _Walk, seq: int, seal: str) -> None:
    known = walk.anchors.get(seq)
    if known is not None and known != seal[:PREFIX]:
        walk.fault(f"Row {seq} is not the one that the other log names.")
    if walk.noted is not None and walk.noted[0] == seq and walk.noted[1] != seal:
        walk.fault(f"Row {seq} is not the one that was noted elsewhere.")


def _head(walk: _Walk, head: Head, last: str) -> None:
    end = walk.expected - 1
    if not head.sound:
        walk.fault("The end of the log is not marked as the program marks it.")
    if head.last > end:
        walk.fault(_missing(end + 1, head.last))
    elif (head.last, head.seal) != (end, last):
        walk.fault(f"Rows after row {head.last} were not added by the program.")


def _tail(walk: _Walk) -> None:
    named = max(walk.anchors, default=0)
    if named >= walk.expected:
        walk.fault(f"The other log names row {named}, which is not there.")
    if walk.noted is not None and walk.noted[0] >= walk.expected:
        walk.fault(f"Row {walk.noted[0]} was noted elsewhere, and is not there.")


def _anchors(session: Session, log: Log) -> dict[int, str]:
    """The rows of a log that the other one names, each with the beginning of its seal.

    Only rows whose own seal fits are believed.
    """
    theirs, found = other(log), dict[int, str]()
    connection, key = session.connection(), key_of(session, theirs)
    before: str | None = None
    for row in _read(connection, theirs):
        plain, seal = _plain(row), str(row["seal"])
        before = BEGINNING if row["seq"] == 1 else before
        if plain is not None and before is not None and same(seal, sealed(key, plain, before)):
            seq, prefix = plain["said"].get(log, (0, ""))
            found[int(seq)] = str(prefix)
        before = seal
    found.pop(0, None)
    return found


def _read(connection: Connection, log: Log) -> Iterator[Mapping[str, Any]]:
    """Every row in order, a page at a time, as the driver gives it: it may hold anything."""
    rows = table(log)
    columns: list[Any] = [literal_column(name).label(name) for name in (*SEALED, "seal")]
    query = select(*columns).select_from(rows).order_by(rows.c.seq).limit(PAGE)
    page = connection.execute(query).mappings().all()
    while page:
        yield from (dict(row) for row in page)
        page = connection.execute(query.where(rows.c.seq > page[-1]["seq"])).mappings().all()


def _index(connection: Connection, log: Log) -> Iterator[tuple[int, set[tuple[str, str]]]]:
    index = table("log_about").c
    query = select(index.seq, index.kind, index.id).where(index.log == log).order_by(index.seq)
    rows = connection.execute(query, execution_options={"yield_per": 5000})
    for seq, group in groupby(rows, key=lambda row: row.seq):
        yield seq if isinstance(seq, int) else HIGHEST, {(row.kind, row.id) for row in group}


def _instant(value: Any) -> datetime | None:
    """A time as the driver gives it, in UTC."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, AttributeError, OverflowError):
        return None


def _plain(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The row's values as they were sealed; None where they cannot be read."""
    found = {**row, "at": _instant(row["at"])}
    try:
        for name in ("about", "said"):
            value = row[name]
            found[name] = json.loads(value) if isinstance(value, str | bytes) else value
        pairs = all(len(pair) == PAIR for pair in found["about"])
    except (ValueError, TypeError):
        return None
    shaped = isinstance(found["said"], dict) and isinstance(found["about"], list)
    return found if found["at"] is not None and shaped and pairs else None
