"""Tamper with the sealed logs as somebody who has the database file and not the secret.

Each time a file with both logs, which have let a segment go, is put back, opened with sqlite3
alone, its triggers are dropped, and one thing is done to it; `verify` has to find it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.figures import Figure, exactly, none, told
from bench.attack.house import address, file_of, reopened
from bench.attack.tamperings import BEGAN, GONE, KINDS, Tampering
from pipe_sched.store.engine import Store, open_store
from pipe_sched.store.scope import EverySite, Scope
from pipe_sched.store.seal import LOGS
from pipe_sched.store.sealed_log import Entry, append
from pipe_sched.store.segments import let_go
from pipe_sched.store.verify import verify

TIMES = 200
ROWS = 40
"""Rows of each log, of which `GONE` were let go."""
SCOPE = Scope(EverySite("attack"), "attack", write=True)


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Tamper so many times; every time must be found, and what was left alone must be whole."""
    with TemporaryDirectory() as folder:
        url = make_logs(Path(folder))
        path, chance, found, missed = file_of(url), Random(seed), 0, Counter[str]()
        whole = path.read_bytes()  # put back to the same place: the secret's file lies beside it
        for n in range(times):
            kind = KINDS[n % len(KINDS)]
            path.write_bytes(whole)
            tamper(path, kind, chance)
            if faults(url):
                found += 1
            else:
                missed[kind.__name__] += 1
        path.write_bytes(whole)
        yield exactly("tamperings found", times, found)
        yield none("faults where nothing was tampered with", len(faults(url)))
        yield told("kinds of tampering", len(KINDS))
        for name, count in missed.items():
            yield told(f"not found: {count}", name)


def make_logs(folder: Path) -> str:
    """A SQLite file with rows in both logs, its first ones let go; gives back its address."""
    url = address(folder, "logs")
    store = open_store(url)
    for n in range(ROWS):
        with store.open_session(SCOPE) as session:
            for log in LOGS:
                append(session, log, entry(n))
    with store.open_session(SCOPE) as session:
        for log in LOGS:
            let_go(session, log, BEGAN + timedelta(hours=GONE), BEGAN + timedelta(days=30))
    close_whole(store)
    return url


def entry(n: int) -> Entry:
    """The n-th row of a log, one an hour."""
    about = (("person", f"p{n % 7}"), ("site", "north" if n % 2 else "south"))
    said = {"rows": {"drafts": 1 + n % 3}}
    at = BEGAN + timedelta(hours=n)
    return Entry(f"account-{n % 5}", "change_week", "north", "2026-W49", about, said, at)


def close_whole(store: Store) -> None:
    """Close a store with everything in its one file."""
    with closing(store.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def faults(url: str) -> list[str]:
    """What `verify` finds in both logs."""
    store = reopened(url)
    try:
        with store.open_session(Scope(EverySite("attack"), "attack")) as session:
            return [fault for log in LOGS for fault in verify(session, log).faults]
    finally:
        store.close()


def tamper(path: Path, kind: Tampering, chance: Random) -> None:
    """Do one thing to the file, past everything that guards it."""
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.execute(f"DROP TRIGGER {name}")
        kind(raw, chance.choice(LOGS), chance)
        raw.commit()
    for left in (f"{path}-wal", f"{path}-shm"):
        Path(left).unlink(missing_ok=True)
