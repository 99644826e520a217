"""Triggers that keep drafts and frozen weeks as they were written.

In the database, so that no slip of ours can rewrite history. Alembic's batch
mode drops triggers in silence: a migration that alters one of these tables
calls `create_triggers` again, and a test looks for every one of them.
"""

from __future__ import annotations

from sqlalchemy import Connection

KEPT = {"drafts": "A saved draft", "frozen_weeks": "A frozen week"}
"""Tables whose rows are never changed or deleted, and what a row is called."""

VERBS = ("UPDATE", "DELETE")


def names() -> tuple[str, ...]:
    """The names of all triggers."""
    return tuple(f"{table}_no_{verb.lower()}" for table in KEPT for verb in VERBS)


def create_triggers(connection: Connection) -> None:
    """Create every trigger that is missing."""
    for table, what in KEPT.items():
        for verb in VERBS:
            for line in _lines(connection.dialect.name, table, verb, what):
                connection.exec_driver_sql(line)


def _lines(dialect: str, table: str, verb: str, what: str) -> tuple[str, ...]:
    name = f"{table}_no_{verb.lower()}"
    say = f"{what} is never changed."
    if dialect == "sqlite":
        body = f"BEGIN SELECT raise(ABORT, '{say}'); END"
        return (f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} {body}",)
    body = f"BEGIN RAISE EXCEPTION '{say}'; END"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )
