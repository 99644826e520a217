"""Overwriting what was deleted, so that the database's file holds nothing of it any more.

A database leaves deleted rows in free pages until they are used again. After an erasure the file
is written anew. Backups and, on PostgreSQL, archived WAL are outside its reach.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from sqlalchemy import Engine

REWRITTEN = ("names", "residents", "accounts", "kept_apart", "curfews", "commitments")
"""Tables of PostgreSQL that are written anew; the rest hold ids alone."""


def scrub(engine: Engine) -> bool:
    """Write the file anew; False when others were using it, so that it has to be done again."""
    raw = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            return _sqlite(raw)
        return _postgresql(raw)
    finally:
        raw.close()


def _sqlite(raw: Any) -> bool:
    try:
        with closing(raw.cursor()) as cursor:
            cursor.execute("PRAGMA query_only=OFF")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _pages, _done = cursor.fetchone()
            return not busy
    except sqlite3.OperationalError:  # somebody reads or writes for longer than we wait
        return False


def _postgresql(raw: Any) -> bool:
    raw.dbapi_connection.autocommit = True
    try:
        with closing(raw.cursor()) as cursor:
            for name in REWRITTEN:
                cursor.execute(f"VACUUM FULL {name}")
    finally:
        raw.dbapi_connection.autocommit = False
    return True
