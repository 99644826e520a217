"""What Alembic runs: always on the connection it is given, inside its transaction."""

from __future__ import annotations

from alembic import context

from pipe_sched.store import tables
from pipe_sched.store.base import Base

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations run through pipe_sched.store.migrate.upgrade(connection).")

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    user_module_prefix="base.",
)
assert tables.Run.metadata is Base.metadata  # noqa: S101  # the tables must be known here
context.run_migrations()
