"""What lies in the database: to be compared before and after a request, and searched for words."""

from __future__ import annotations

import base64
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pipe_sched.store.base import PACKED

Row = tuple[Any, ...]
State = Mapping[str, frozenset[Row]]
"""Rows by table."""
LOOKED = "access_log"
GUESSED = "guesses"
EXEMPT = (
    "access_log: who looked at what",
    "log_about, where it is the index of access_log",
    "log_heads, the row of access_log",
    "sign_ins.seen_at: when a sign-in was used last",
    "guesses: a link to set a password that there is not counts as a try",
)
"""All that looking at a page may write."""
MAILS_STAND_IN = frozenset({"names", "accounts"})


def state(path: Path) -> State:
    """All rows but what `EXEMPT` names."""
    with closing(sqlite3.connect(path)) as raw:
        tables = _tables(raw)
        return {t: frozenset(_rows(raw, t)) for t in tables if t != LOOKED}


def _tables(raw: sqlite3.Connection) -> list[str]:
    found = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in found]


def _rows(raw: sqlite3.Connection, table: str) -> Iterator[Row]:
    if table in ("log_about", "log_heads"):
        return iter(raw.execute(f"SELECT * FROM {table} WHERE log != ?", (LOOKED,)))
    if table == "sign_ins":
        names = [row[1] for row in raw.execute("PRAGMA table_info(sign_ins)")]
        kept = ", ".join(name for name in names if name != "seen_at")
        return iter(raw.execute(f"SELECT {kept} FROM sign_ins"))
    return iter(raw.execute(f"SELECT * FROM {table}"))


def changed(before: State, after: State) -> list[str]:
    """The tables whose rows are not the same."""
    return [t for t in {**before, **after} if before.get(t) != after.get(t)]


def of_premises(rows: Iterable[tuple[str, Row]], is_theirs: Callable[[Any], bool]) -> set[Any]:
    """Those of the rows that concern other premises: a cell is one that they are known by.

    What is booked is booked again when somebody may be known to have left, under new numbers.
    """
    return {
        (table, row[1:] if table == "booked" else row)
        for table, row in rows
        if any(map(is_theirs, row))
    }


def apart(before: State, after: State) -> tuple[list[tuple[str, Row]], list[tuple[str, Row]]]:
    """The rows that are gone, and those that came."""
    gone = [(t, row) for t, rows in before.items() for row in rows - after.get(t, NONE)]
    came = [(t, row) for t, rows in after.items() for row in rows - before.get(t, NONE)]
    return gone, came


NONE: frozenset[Row] = frozenset()


def holding(
    rows: Iterable[tuple[str, Row]], words: re.Pattern[str], beside: frozenset[str]
) -> set[str]:
    """The words that stand in rows of tables beside those named, with the table."""
    return {
        f"{table}: {found[0]}"
        for table, row in rows
        if table not in beside
        for cell in row
        if isinstance(cell, str)
        for found in words.finditer(_plain(cell))
    }


def _plain(cell: str) -> str:
    if cell.startswith(PACKED):
        return zlib.decompress(base64.b85decode(cell[len(PACKED) :])).decode()
    return cell


def looked(path: Path) -> list[tuple[str, Row]]:
    """The rows of the log of who looked."""
    with closing(sqlite3.connect(path)) as raw:
        return [(LOOKED, row) for row in raw.execute(f"SELECT * FROM {LOOKED}")]


def written(tables: Iterable[str], endpoint: str) -> list[str]:
    """The tables that a look at a page should have left alone."""
    exempt = {GUESSED} if endpoint == "set_password.show" else set()
    return [table for table in tables if table not in exempt]
