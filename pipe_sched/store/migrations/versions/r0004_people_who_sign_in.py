"""People who sign in, the logs of what was done and seen, settings, and keys that hold sites."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipe_sched.store import base
from pipe_sched.store.triggers import create_triggers

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None

ROLES = (
    "role IN ('administrator', 'manager', 'regime_lead', 'psychologist', "
    "'key_worker', 'staff', 'regional')"
)
SITE_WEEK = (["site", "year", "number"], ["site", "year", "number"])
TABLES = (
    "settings",
    "log_segments",
    "log_heads",
    "log_about",
    "access_log",
    "audit",
    "guesses",
    "recovery_codes",
    "links",
    "devices",
    "sign_ins",
    "grants",
    "accounts",
)


def upgrade() -> None:
    """Apply it. Tables that are made anew lose their triggers, so all are made again."""
    op.add_column(
        "residents",
        sa.Column("seen_by", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
    )
    _accounts()
    _ways_in()
    _logs()
    for table in ("booked", "run_sites"):
        with op.batch_alter_table(table) as batch:
            batch.create_foreign_key(f"fk_{table}_site_year_number", "site_weeks", *SITE_WEEK)
    with op.batch_alter_table("drafts") as batch:
        batch.create_foreign_key(
            "fk_drafts_run_site", "run_sites", ["run", "site"], ["run", "site"]
        )
    op.create_index("ix_drafts_week_hash", "drafts", ["week_hash", "site"])
    op.create_index("ix_runs_week_hash", "runs", ["week_hash"])
    create_triggers(op.get_bind())


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("secret", sa.String(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("made_at", base.Instant(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("used_at", base.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_table(
        "grants",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.CheckConstraint(ROLES, name=op.f("ck_grants_role")),
        _account_key("grants"),
        sa.PrimaryKeyConstraint("account", "role", "site", name=op.f("pk_grants")),
    )


def _account_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f(f"fk_{table}_account"))


def _ways_in() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("made_at", base.Instant(timezone=True), nullable=False),
        sa.Column("seen_at", base.Instant(timezone=True), nullable=False),
        sa.Column("ends_at", base.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", base.Instant(timezone=True), nullable=True),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        _account_key("sign_ins"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("seen_at", base.Instant(timezone=True), nullable=False),
        _account_key("devices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", base.Instant(timezone=True), nullable=False),
        sa.Column("ends_at", base.Instant(timezone=True), nullable=False),
        sa.Column("used_at", base.Instant(timezone=True), nullable=True),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        _account_key("links"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    for table in ("sign_ins", "devices", "links"):
        op.create_index(op.f(f"ix_{table}_account"), table, ["account"])
    op.create_table(
        "recovery_codes",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("used_at", base.Instant(timezone=True), nullable=True),
        _account_key("recovery_codes"),
        sa.PrimaryKeyConstraint("account", "id", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "guesses",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("last_at", base.Instant(timezone=True), nullable=False),
        sa.Column("until", base.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guesses")),
    )


def _logs() -> None:
    for table in ("audit", "access_log"):
        op.create_table(
            table,
            sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
            sa.Column("at", base.Instant(timezone=True), nullable=False),
            *(
                sa.Column(name, sa.String(), nullable=False)
                for name in ("actor", "action", "site", "week")
            ),
            sa.Column("about", sa.JSON(), nullable=False),
            sa.Column("said", sa.JSON(), nullable=False),
            sa.Column("seal", sa.String(), nullable=False),
            sa.PrimaryKeyConstraint("seq", name=op.f(f"pk_{table}")),
        )
    op.create_table(
        "log_about",
        sa.Column("log", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.CheckConstraint("log IN ('audit', 'access_log')", name=op.f("ck_log_about_log")),
        sa.PrimaryKeyConstraint("log", "seq", "kind", "id", name=op.f("pk_log_about")),
    )
    op.create_index("ix_log_about_record", "log_about", ["kind", "id"])
    op.create_table(
        "log_heads",
        sa.Column("log", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_log_heads")),
    )
    op.create_table(
        "log_segments",
        sa.Column("log", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("dropped_at", base.Instant(timezone=True), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("log", "last", name=op.f("pk_log_segments")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", base.Instant(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_runs_week_hash", "runs")
    op.drop_index("ix_drafts_week_hash", "drafts")
    with op.batch_alter_table("drafts") as batch:
        batch.drop_constraint("fk_drafts_run_site", type_="foreignkey")
    for table in ("booked", "run_sites"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_site_year_number", type_="foreignkey")
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("residents", "seen_by")
    create_triggers(op.get_bind())
