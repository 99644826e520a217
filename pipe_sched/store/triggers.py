"""Triggers that keep what was written, and let nobody be booked twice.

In the database, so that no slip of ours can rewrite history or put a person in
two places. Alembic's batch mode drops triggers in silence: a migration that alters
one of these tables calls `create_triggers` again, and a test looks for every one.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

KEPT = {
    "drafts": "A saved draft",
    "frozen_weeks": "A frozen week",
    "versions": "A published version",
    "audit": "A row of the record",
    "access_log": "A row of the record",
    "log_segments": "A segment that was let go",
}
"""Tables whose rows are never changed or deleted, and what a row is called."""
LET_GO = "EXISTS (SELECT 1 FROM log_segments s WHERE s.log = '{0}' AND s.last >= OLD.seq)"
"""When a row of a log may be deleted all the same: its whole segment is let go."""
LOGS = frozenset({"audit", "access_log"})

SQLITE_OVERLAP = """
CREATE TRIGGER IF NOT EXISTS {0} BEFORE {1} ON booked WHEN EXISTS (
  SELECT 1 FROM booked b
  WHERE b.kind = NEW.kind AND b.who = NEW.who AND b.id IS NOT NEW.id
    AND b.start < NEW.finish AND b.finish > NEW.start
) BEGIN SELECT raise(ABORT, '{2}'); END
"""

VERBS = ("UPDATE", "DELETE")
OVERLAP = "booked_no_overlap"
"""The trigger, and on PostgreSQL the constraint, that refuses a second booking."""
TWICE = "booked twice"
"""In the database's refusal of an overlap."""


def names(dialect: str = "sqlite") -> tuple[str, ...]:
    """The names of all triggers; on PostgreSQL an exclusion constraint guards overlaps."""
    kept = tuple(f"{table}_no_{verb.lower()}" for table in KEPT for verb in VERBS)
    return (*kept, *(_overlap_names() if dialect == "sqlite" else ()))


def _overlap_names() -> tuple[str, ...]:
    return (f"{OVERLAP}_insert", f"{OVERLAP}_update")


def create_triggers(connection: Connection) -> None:
    """Create every trigger that is missing, for the tables that are there."""
    there = set(inspect(connection).get_table_names())
    dialect = connection.dialect.name
    for table, what in KEPT.items():
        for verb in VERBS if table in there else ():
            for line in _lines(dialect, table, verb, what):
                connection.exec_driver_sql(line)
    if "booked" in there:
        for line in _no_overlap(dialect):
            connection.exec_driver_sql(line)


def _lines(dialect: str, table: str, verb: str, what: str) -> tuple[str, ...]:
    name = f"{table}_no_{verb.lower()}"
    say = f"{what} is never changed."
    let_go = LET_GO.format(table) if verb == "DELETE" and table in LOGS else ""
    if dialect == "sqlite":
        when = f"WHEN NOT {let_go} " if let_go else ""
        body = f"{when}BEGIN SELECT raise(ABORT, '{say}'); END"
        return (f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} {body}",)
    passes = f"IF {let_go} THEN RETURN OLD; END IF; " if let_go else ""
    body = f"BEGIN {passes}RAISE EXCEPTION '{say}'; END"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def _no_overlap(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(_sqlite_overlap(verb) for verb in ("INSERT", "UPDATE"))
    return (
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        f"ALTER TABLE booked DROP CONSTRAINT IF EXISTS {OVERLAP}",
        f"ALTER TABLE booked ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist "
        "(kind WITH =, who WITH =, int4range(start, finish) WITH &&)",
    )


def _sqlite_overlap(verb: str) -> str:
    return SQLITE_OVERLAP.format(f"{OVERLAP}_{verb.lower()}", verb, TWICE)
