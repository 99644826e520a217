"""Bringing the tables up to date with Alembic, from the migrations packaged here."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
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
