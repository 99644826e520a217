"""The ways to tamper with a log by hand: each does one thing, past everything that guards it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

from pipe_sched.store.seal import LOGS, Log, head_mark, purpose, sealed, segment_mark

GONE = 10
"""How many rows of each log were let go."""
BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FIELDS = ("at", "actor", "action", "site", "week", "about", "said", "seal")

Raw = sqlite3.Connection
Tampering = Callable[[Raw, Log, Random], None]


def some_row(raw: Raw, log: Log, chance: Random) -> int:
    """The number of any row that is there."""
    return int(chance.choice(raw.execute(f"SELECT seq FROM {log}").fetchall())[0])


def change_a_field(raw: Raw, log: Log, chance: Random) -> None:
    """One field of one row says something else."""
    name, seq = chance.choice(FIELDS), some_row(raw, log, chance)
    new = {"about": "[]", "said": "{}", "at": "2026-01-01 00:00:00.000000"}.get(name, "0" * 64)
    raw.execute(f"UPDATE {log} SET {name} = ? WHERE seq = ?", (new, seq))


def spoil_a_field(raw: Raw, log: Log, chance: Random) -> None:
    """One field of one row cannot be read any more."""
    name = chance.choice(("about", "said", "at", "seal"))
    raw.execute(f"UPDATE {log} SET {name} = '?' WHERE seq = ?", (some_row(raw, log, chance),))


def remove_a_row(raw: Raw, log: Log, chance: Random) -> None:
    """One row is gone."""
    raw.execute(f"DELETE FROM {log} WHERE seq = ?", (some_row(raw, log, chance),))


def remove_and_close_up(raw: Raw, log: Log, chance: Random) -> None:
    """One row is gone, the later ones take its place, and the head says so."""
    seq = some_row(raw, log, chance)
    for name in (log, "log_about"):
        of_log = "" if name == log else f" AND log = '{log}'"
        raw.execute(f"DELETE FROM {name} WHERE seq = ?{of_log}", (seq,))
        later = f"SELECT DISTINCT seq FROM {name} WHERE seq > ?{of_log} ORDER BY seq"
        for (n,) in raw.execute(later, (seq,)).fetchall():
            raw.execute(f"UPDATE {name} SET seq = ? WHERE seq = ?{of_log}", (n - 1, n))
    raw.execute("UPDATE log_heads SET last = last - 1 WHERE log = ?", (log,))


def insert_a_row(raw: Raw, log: Log, chance: Random) -> None:
    """A copy of one row stands before or after the others."""
    low, high = raw.execute(f"SELECT min(seq), max(seq) FROM {log}").fetchone()
    copy_to(raw, log, some_row(raw, log, chance), chance.choice((low - 1, 0, -3, high + 1)))


def copy_to(raw: Raw, log: Log, seq: int, at: int) -> None:
    """Copy a row to another number."""
    names = ", ".join(FIELDS)
    raw.execute(
        f"INSERT INTO {log} (seq, {names}) SELECT ?, {names} FROM {log} WHERE seq = ?", (at, seq)
    )


def swap_two_rows(raw: Raw, log: Log, chance: Random) -> None:
    """Two rows have changed places."""
    one, two = chance.sample([s for (s,) in raw.execute(f"SELECT seq FROM {log}")], 2)
    for old, new in ((one, -9), (two, one), (-9, two)):
        raw.execute(f"UPDATE {log} SET seq = ? WHERE seq = ?", (new, old))


def cut_the_tail(raw: Raw, log: Log, chance: Random) -> None:
    """The last rows are gone, from the index as well."""
    seq = some_row(raw, log, chance)
    raw.execute(f"DELETE FROM {log} WHERE seq >= ?", (seq,))
    raw.execute("DELETE FROM log_about WHERE log = ? AND seq >= ?", (log, seq))


def cut_the_tail_and_set_the_head(raw: Raw, log: Log, chance: Random) -> None:
    """The last rows are gone and the head names the one before, with a mark that is a guess."""
    cut_the_tail(raw, log, chance)
    row = raw.execute(f"SELECT seq, seal FROM {log} ORDER BY seq DESC LIMIT 1").fetchone()
    last, seal = row or (GONE, "")
    mark = hashlib.sha256(f"{log}{last}{seal}".encode()).hexdigest()
    raw.execute("UPDATE log_heads SET last = ?, seal = ?, mark = ?", (last, seal, mark))


def seal_again(raw: Raw, log: Log, chance: Random) -> None:
    """One row is changed, and every seal from there on made again with a guessed key."""
    key = chance.choice((b"", b"pipe-sched", purpose(log).encode(), chance.randbytes(32)))
    seq = some_row(raw, log, chance)
    raw.execute(f"UPDATE {log} SET actor = 'somebody' WHERE seq = ?", (seq,))
    earlier = raw.execute(f"SELECT seal FROM {log} WHERE seq = ?", (seq - 1,)).fetchone()
    before = earlier[0] if earlier else segment_seal(raw, log)
    rows = raw.execute(
        f"SELECT seq, {', '.join(FIELDS[:-1])} FROM {log} WHERE seq >= ? ORDER BY seq", (seq,)
    ).fetchall()
    for row in rows:
        plain = dict(zip(("seq", *FIELDS), row, strict=False))
        plain["at"] = datetime.fromisoformat(plain["at"]).replace(tzinfo=UTC)
        plain |= {name: json.loads(plain[name]) for name in ("about", "said")}
        before = sealed(key, plain, before)
        raw.execute(f"UPDATE {log} SET seal = ? WHERE seq = ?", (before, plain["seq"]))
    mark = head_mark(key, log, rows[-1][0], before)
    raw.execute("UPDATE log_heads SET seal = ?, mark = ? WHERE log = ?", (before, mark, log))


def segment_seal(raw: Raw, log: Log) -> str:
    """The seal that the last segment of a log left."""
    found = raw.execute("SELECT seal FROM log_segments WHERE log = ?", (log,)).fetchone()
    return str(found[0])


def forge_a_segment(raw: Raw, log: Log, chance: Random) -> None:
    """More rows are gone, as if they had been let go."""
    seq, key = some_row(raw, log, chance), chance.choice((b"", chance.randbytes(32)))
    seal = raw.execute(f"SELECT seal FROM {log} WHERE seq = ?", (seq,)).fetchone()[0]
    before = raw.execute("SELECT mark FROM log_segments WHERE log = ?", (log,)).fetchone()[0]
    row = {"log": log, "first": GONE + 1, "last": seq, "rows": seq - GONE, "seal": seal}
    mark = segment_mark(key, {**row, "dropped_at": BEGAN}, before)
    at = BEGAN.replace(tzinfo=None).isoformat(" ", "microseconds")
    given = (*row.values(), at, mark)
    raw.execute(
        "INSERT INTO log_segments (log, first, last, rows, seal, dropped_at, mark) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        given,
    )
    raw.execute(f"DELETE FROM {log} WHERE seq <= ?", (seq,))
    raw.execute("DELETE FROM log_about WHERE log = ? AND seq <= ?", (log, seq))


def change_a_segment(raw: Raw, log: Log, chance: Random) -> None:
    """What is kept of rows that were let go says something else."""
    name = chance.choice(("first", "last", "rows", "seal", "dropped_at", "mark"))
    new = {"seal": "0" * 64, "mark": "f" * 64, "dropped_at": "2026-01-01 00:00:00.000000"}
    raw.execute(f"UPDATE log_segments SET {name} = ? WHERE log = ?", (new.get(name, GONE - 1), log))


def remove_a_segment(raw: Raw, log: Log, _chance: Random) -> None:
    """Nothing says any more that rows were let go."""
    raw.execute("DELETE FROM log_segments WHERE log = ?", (log,))


def change_the_index(raw: Raw, log: Log, chance: Random) -> None:
    """The index leaves something out, or says what is not so."""
    seq = some_row(raw, log, chance)
    where = "WHERE log = ? AND seq = ?"
    line = chance.choice(
        (
            f"DELETE FROM log_about {where}",
            f"DELETE FROM log_about {where} AND kind = 'person'",
            f"UPDATE log_about SET id = 'other' {where} AND kind = 'person'",
            "INSERT INTO log_about (log, seq, kind, id) VALUES (?, ?, 'person', 'p99')",
            "INSERT INTO log_about (log, seq, kind, id) VALUES (?, ? + 1000, 'person', 'p1')",
        )
    )
    raw.execute(line, (log, seq))


def add_a_row(raw: Raw, log: Log, chance: Random) -> None:
    """A row more at the end, with the head moved on."""
    high = raw.execute(f"SELECT max(seq) FROM {log}").fetchone()[0]
    copy_to(raw, log, some_row(raw, log, chance), high + 1)
    raw.execute("UPDATE log_heads SET last = last + 1 WHERE log = ?", (log,))


def change_the_head(raw: Raw, log: Log, chance: Random) -> None:
    """The head names another row, or is not there."""
    line = chance.choice(
        (
            "UPDATE log_heads SET last = last - 1 WHERE log = ?",
            "UPDATE log_heads SET seal = 'x' WHERE log = ?",
            "UPDATE log_heads SET mark = 'x' WHERE log = ?",
            "DELETE FROM log_heads WHERE log = ?",
        )
    )
    raw.execute(line, (log,))


def wipe_a_log(raw: Raw, log: Log, chance: Random) -> None:
    """A whole log is gone with all that speaks of it."""
    raw.execute(f"DELETE FROM {log}")
    for name in ("log_about", "log_segments", "log_heads"):
        raw.execute(f"DELETE FROM {name} WHERE log = ?", (log,))
    if chance.random() < 1 / 2:
        raw.execute("INSERT INTO log_heads VALUES (?, 0, '', ?)", (log, "0" * 64))


def wipe_both(raw: Raw, _log: Log, _chance: Random) -> None:
    """Nothing of either log is left."""
    for name in (*LOGS, "log_about", "log_segments", "log_heads"):
        raw.execute(f"DELETE FROM {name}")


KINDS: tuple[Tampering, ...] = (
    change_a_field,
    spoil_a_field,
    remove_a_row,
    remove_and_close_up,
    insert_a_row,
    swap_two_rows,
    cut_the_tail,
    cut_the_tail_and_set_the_head,
    seal_again,
    forge_a_segment,
    change_a_segment,
    remove_a_segment,
    change_the_index,
    add_a_row,
    change_the_head,
    wipe_a_log,
    wipe_both,
)
