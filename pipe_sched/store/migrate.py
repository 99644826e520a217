"""Bringing the tables up to date with Alembic, from the migrations packaged here."""

from __future__ import annotations

from functools import lru_cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration; the migrations travel inside the package."""
    made = Config()
    made.set_main_option("script_location", "pipe_sched.store:migrations")
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the missing migrations inside the connection's transaction."""
    command.upgrade(config(connection), revision)


@lru_cache(maxsize=1)
def newest() -> str | None:
    """The revision that this program's tables have."""
    return ScriptDirectory.from_config(config()).get_current_head()


def current(connection: Connection) -> str | None:
    """The revision that a database's tables have."""
    return MigrationContext.configure(connection).get_current_revision()
