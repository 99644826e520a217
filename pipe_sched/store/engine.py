"""Opening the database: engine settings, and sessions that carry their scope.

SQLite without help loses updates: no BEGIN precedes a SELECT, and a deferred
BEGIN ends in lock errors. So drivers are kept out of transactions, a writer
begins with BEGIN IMMEDIATE, a reader's connection is query_only. PostgreSQL
writers take one advisory lock, which gives the same promise: writers follow
one another, read-then-write is safe, and no transaction is retried.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import Session as Session

from pipe_sched.store import secret
from pipe_sched.store.audit import put_on_record
from pipe_sched.store.gate import GatedSession, guard_engine, open_gate
from pipe_sched.store.migrate import current, newest, upgrade
from pipe_sched.store.scope import Scope
from pipe_sched.store.scrub import scrub
from pipe_sched.store.seal import LOGS, purpose
from pipe_sched.store.sealed_log import begin_logs
from pipe_sched.store.touched import watch

BUSY_SECONDS = 30.0
"""How long a writer waits for another before giving up."""
WRITER_LOCK = 7061
"""The PostgreSQL advisory lock that writers hold; any fixed number of our own."""


class StoreUnusable(ValueError):
    """The database address cannot be used; the message says why and what can."""


class StoreUnavailable(RuntimeError):
    """The database cannot be reached or written now; nothing was changed. Pages answer 503."""


def _settle_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    write = bool(connection.get_execution_options().get("write", False))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if write else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
    elif write:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _leave_nothing_open(connection: Any, _record: object) -> None:
    """A commit that the database refused leaves its transaction, and the lock, behind."""
    if isinstance(connection, sqlite3.Connection) and connection.in_transaction:
        connection.rollback()


def prepare(engine: Engine) -> Engine:
    """Give an engine the settings above; call once, before its first connection."""
    event.listen(engine, "connect", _settle_sqlite)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _leave_nothing_open)
    guard_engine(engine)
    return engine


def address_of(url: str) -> URL:
    """A database's address: a SQLite file by its whole path, or PostgreSQL by its driver.

    Raises:
        StoreUnusable: another kind of database, or SQLite in memory (processes cannot share it).
    """
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreUnusable(
            "This is not a database address. Give one like sqlite:///pipe-sched.db."
        ) from None
    kind = address.get_backend_name()
    if kind not in ("sqlite", "postgresql"):
        raise StoreUnusable(f"“{kind}” databases are not supported: use sqlite or postgresql.")
    if kind == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address.database in (None, "", ":memory:"):
        raise StoreUnusable(
            "A database in memory cannot be shared: give a file, sqlite:///name.db."
        )
    return address.set(database=str(Path(address.database or "").absolute()))


def make_engine(url: str, *, patience: float = BUSY_SECONDS) -> Engine:
    """An engine; a writer waits `patience` seconds for another. Raises `StoreUnusable`."""
    address = address_of(url)
    return prepare(create_engine(address, **engine_options(address, patience)))


def engine_options(address: URL, patience: float = BUSY_SECONDS) -> dict[str, Any]:
    """What an engine for this address is made with."""
    quiet = {"hide_parameters": True}  # errors go to logs, and parameters may be names
    if address.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": patience}, **quiet}
    return {"pool_pre_ping": True, **quiet}


@dataclass(frozen=True, slots=True)
class Store:
    """An open database."""

    engine: Engine

    @contextmanager
    def open_session(self, scope: Scope) -> Iterator[Session]:
        """One transaction in one scope: committed at the end, rolled back on any error.

        Raises:
            StoreUnavailable: locked for too long, disk full, read-only, or not reachable.
        """
        engine = self.engine.execution_options(write=scope.write)
        try:
            info = {"scope": scope, "key_for": self.key_for}
            with GatedSession(engine, info=info, expire_on_commit=False) as session:
                open_gate(session, scope)  # begins now: what is read is held to the end
                if scope.write:
                    watch(session)
                yield session
                put_on_record(session)
                session.commit()
        except OperationalError as error:
            if not scope.write and "readonly" in str(error.orig):
                raise  # ours, not the disk's: an action wrote in a reading scope
            raise StoreUnavailable(
                f"The database cannot be used at the moment ({error.orig}). Nothing was changed. "
                "Try again in a minute; if it goes on, check that its disk is not full."
            ) from error

    def key_for(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose; raises `StoreUnusable` when there is no secret."""
        try:
            return secret.key_for(self.engine.url, purpose)
        except secret.NoSecret as error:
            raise StoreUnusable(str(error)) from None

    def upgrade(self) -> None:
        """Bring the tables up to date; processes that start together follow one another.

        Raises:
            StoreUnusable: the database is another program's.
        """
        with self.engine.execution_options(write=True).begin() as connection:
            tables = inspect(connection).get_table_names()
            if tables and "alembic_version" not in tables:
                raise StoreUnusable(
                    "This database holds another program's tables, so it was left as it is. "
                    "Give the address of a new one, like sqlite:///pipe-sched.db."
                )
            upgrade(connection)
            if "log_heads" not in tables:
                begin_logs(connection, {log: self.key_for(purpose(log)) for log in LOGS})

    def up_to_date(self) -> bool:
        """Whether the tables are those of this program's newest revision.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        try:
            with self.engine.connect() as connection:
                return current(connection) == newest()
        except DBAPIError as error:
            raise StoreUnavailable("The database cannot be read at the moment.") from error

    def scrub(self) -> bool:
        """Overwrite what was deleted; False when others were using the database."""
        return scrub(self.engine)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_store(url: str, *, upgraded: bool = True) -> Store:
    """Open a database by its address and (unless told not to) bring its tables up to date.

    Raises:
        StoreUnusable: the address, or what lies there, cannot be used.
    """
    store = Store(make_engine(url))
    return bring_up(store) if upgraded else store


def bring_up(store: Store) -> Store:
    """The store with its tables up to date; raises `StoreUnusable`."""
    try:
        store.upgrade()
    except StoreUnusable:
        store.close()
        raise
    except (DatabaseError, CommandError) as error:
        store.close()
        shown = store.engine.url.render_as_string(hide_password=True)
        why = error.orig if isinstance(error, DatabaseError) else error
        raise StoreUnusable(
            f"The database {shown} cannot be opened ({why}). "
            "Check the address, that its folder may be written to, and that it is ours."
        ) from None
    return store


def scope_of(session: Session) -> Scope:
    """The scope a session was opened with."""
    scope = session.info["scope"]
    if not isinstance(scope, Scope):
        raise TypeError("A session without a scope.")
    return scope
