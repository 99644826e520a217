"""The life of a timetable: versions, bookings, decisions, what was undone and proposed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from pipe_sched.store import base
from pipe_sched.store.triggers import create_triggers

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None

ENROLLED = """
INSERT INTO person_sites (person, site)
SELECT DISTINCT e.person, p.site FROM enrolments e JOIN programmes p ON p.id = e.programme
WHERE NOT EXISTS (SELECT 1 FROM person_sites s WHERE s.person = e.person AND s.site = p.site)
"""
"""Who is enrolled in a site's programme concerns that site, wherever they stay."""
NONE = "'[]'"
ADDED: tuple[tuple[str, str, Any, str], ...] = (
    ("site_weeks", "published", sa.Integer, "0"),
    ("site_weeks", "redo", sa.JSON, NONE),
    ("site_weeks", "together", sa.JSON, NONE),
    ("drafts", "parent", sa.Integer, "0"),
    ("drafts", "decisions", sa.JSON, "'{}'"),
    ("drafts", "said", sa.JSON, NONE),
    ("drafts", "basis", sa.String, "''"),
    ("runs", "differs", sa.JSON, NONE),
    ("runs", "extra_changes", sa.Integer, "0"),
)
"""Columns that are never empty, by table, with the default that old rows take."""


def upgrade() -> None:
    """Apply it. Adding columns leaves the triggers of a table alone."""
    for table, name, kind, default in ADDED:
        column = sa.Column(name, kind(), nullable=False, server_default=sa.text(default))
        op.add_column(table, column)
    op.add_column(
        "runs",
        sa.Column("proposes", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("runs", sa.Column("most_changes", sa.Integer(), nullable=True))
    op.add_column("runs", sa.Column("settled", sa.String(), nullable=True))
    _versions()
    _booked()
    op.create_table(
        "untold",
        sa.Column("resident", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("since", base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("resident", "site", name=op.f("pk_untold")),
    )
    op.create_table(
        "answered",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answered")),
    )
    op.execute(ENROLLED)
    create_triggers(op.get_bind())


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("week_hash", sa.String(), nullable=False),
        sa.Column("timetable", sa.Text(), nullable=False),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("published_at", base.Instant(timezone=True), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("touched", sa.JSON(), nullable=False),
        sa.Column("held_back", sa.JSON(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("shown_week", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["shown_week"], ["frozen_weeks.hash"], name=op.f("fk_versions_shown_week")
        ),
        sa.ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
            name=op.f("fk_versions_site_year_number"),
        ),
        sa.ForeignKeyConstraint(
            ["week_hash"], ["frozen_weeks.hash"], name=op.f("fk_versions_week_hash")
        ),
        sa.PrimaryKeyConstraint("site", "year", "number", "version", name=op.f("pk_versions")),
    )


def _booked() -> None:
    op.create_table(
        "booked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("demand", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("finish", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'room')", name=op.f("ck_booked_kind")),
        sa.CheckConstraint("start < finish", name=op.f("ck_booked_lasts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booked")),
    )
    op.create_index("ix_booked_who", "booked", ["kind", "who", "start"])
    op.create_index("ix_booked_site_week", "booked", ["site", "year", "number"])


def downgrade() -> None:
    """Take it back."""
    for table in ("answered", "untold", "booked", "versions"):
        op.drop_table(table)
    for table, name, _kind, _default in ADDED:
        op.drop_column(table, name)
    for name in ("proposes", "most_changes", "settled"):
        op.drop_column("runs", name)
