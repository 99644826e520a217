"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipe_sched.store import base
from pipe_sched.store.triggers import create_triggers

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "bank_holidays",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_bank_holidays")),
    )
    op.create_table(
        "enrolments",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("paused_from", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_enrolments")),
    )
    op.create_table(
        "free",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("sites", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_free")),
    )
    op.create_table(
        "frozen_weeks",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_frozen_weeks")),
    )
    op.create_table(
        "kept_apart",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("a", sa.String(), nullable=False),
        sa.Column("b", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("gap", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_kept_apart")),
    )
    op.create_table(
        "names",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_names")),
    )
    op.create_table(
        "outside",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_outside")),
        sa.UniqueConstraint("id", name=op.f("uq_outside_id")),
    )
    op.create_table(
        "person_sites",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person", "site", name=op.f("pk_person_sites")),
    )
    with op.batch_alter_table("person_sites", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_sites_site"), ["site"], unique=False)

    op.create_table(
        "plan_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_state")),
    )
    op.create_table(
        "residents",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("hidden_from", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_residents")),
        sa.UniqueConstraint("id", name=op.f("uq_residents_id")),
    )
    op.create_table(
        "sites",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("women", sa.Boolean(), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("grid", sa.Integer(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_sites")),
        sa.UniqueConstraint("id", name=op.f("uq_sites_id")),
    )
    op.create_table(
        "staff",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("sites", sa.JSON(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("training", sa.JSON(), nullable=False),
        sa.Column("manager", sa.String(), nullable=True),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("visiting", sa.Boolean(), nullable=False),
        sa.Column("womens_one_to_ones", sa.Boolean(), nullable=False),
        sa.Column("several_sites_a_day", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_staff")),
        sa.UniqueConstraint("id", name=op.f("uq_staff_id")),
    )
    op.create_table(
        "workers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("started_at", base.Instant(timezone=True), nullable=False),
        sa.Column("heartbeat", base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    op.create_table(
        "absences",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"],
            ["staff.id"],
            name=op.f("fk_absences_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absences_staff"), ["staff"], unique=False)

    op.create_table(
        "allocations",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("resident", sa.String(), nullable=False),
        sa.Column("key_worker", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("back_up", sa.String(), nullable=True),
        sa.Column("third", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident"],
            ["residents.id"],
            name=op.f("fk_allocations_resident"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_allocations")),
    )
    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocations_resident"), ["resident"], unique=False)

    op.create_table(
        "commitments",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("travel", sa.Integer(), nullable=False),
        sa.Column("purposeful", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_commitments_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_commitments")),
        sa.UniqueConstraint("id", name=op.f("uq_commitments_id")),
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitments_site"), ["site"], unique=False)

    op.create_table(
        "cover",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_cover_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_cover")),
    )
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_site"), ["site"], unique=False)

    op.create_table(
        "curfews",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("resident", sa.String(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident"],
            ["residents.id"],
            name=op.f("fk_curfews_resident"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_curfews")),
    )
    with op.batch_alter_table("curfews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_curfews_resident"), ["resident"], unique=False)

    op.create_table(
        "hours",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_hours_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_hours")),
    )
    with op.batch_alter_table("hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hours_site"), ["site"], unique=False)

    op.create_table(
        "paid",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"],
            ["staff.id"],
            name=op.f("fk_paid_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_paid")),
    )
    with op.batch_alter_table("paid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paid_staff"), ["staff"], unique=False)

    op.create_table(
        "programmes",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("often", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("attend_jobs", sa.JSON(), nullable=False),
        sa.Column("also_required", sa.JSON(), nullable=False),
        sa.Column("enrolled", sa.Boolean(), nullable=False),
        sa.Column("smallest", sa.Integer(), nullable=False),
        sa.Column("largest", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("needs_room", sa.Boolean(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("not_before", sa.Time(), nullable=True),
        sa.Column("not_after", sa.Time(), nullable=True),
        sa.Column("liked_start", sa.Time(), nullable=True),
        sa.Column("liked_end", sa.Time(), nullable=True),
        sa.Column("liked_days", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("overdue_priority", sa.Integer(), nullable=False),
        sa.Column("statutory", sa.Boolean(), nullable=False),
        sa.Column("one_to_one", sa.Boolean(), nullable=False),
        sa.Column("on_floor", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("support", sa.Boolean(), nullable=False),
        sa.Column("no_line_manager", sa.Boolean(), nullable=False),
        sa.Column("on_bank_holidays", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("away_kind", sa.Boolean(), nullable=False),
        sa.Column("accompanied", sa.Boolean(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("gap", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Integer(), nullable=False),
        sa.Column("to_day", sa.Integer(), nullable=False),
        sa.Column("early", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_programmes_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_programmes")),
    )
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programmes_site"), ["site"], unique=False)

    op.create_table(
        "rooms",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("next_to", sa.JSON(), nullable=False),
        sa.Column("turn_round", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_rooms_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_rooms")),
        sa.UniqueConstraint("id", name=op.f("uq_rooms_id")),
    )
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rooms_site"), ["site"], unique=False)

    op.create_table(
        "routine",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("spares", sa.JSON(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_routine_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_routine")),
    )
    with op.batch_alter_table("routine", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_routine_site"), ["site"], unique=False)

    op.create_table(
        "rules",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("tier", sa.String(), nullable=True),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_rules_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_rules")),
    )
    with op.batch_alter_table("rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rules_site"), ["site"], unique=False)

    op.create_table(
        "runs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("week_hash", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("lease_until", base.Instant(timezone=True), nullable=True),
        sa.Column("heartbeat", base.Instant(timezone=True), nullable=True),
        sa.Column("cancel", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("tiers", sa.JSON(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("ended_at", base.Instant(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'stopped', 'refused')",
            name=op.f("ck_runs_state"),
        ),
        sa.ForeignKeyConstraint(
            ["week_hash"], ["frozen_weeks.hash"], name=op.f("fk_runs_week_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("key", name=op.f("uq_runs_key")),
    )
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_runs_state"), ["state"], unique=False)

    op.create_table(
        "safe_to_see",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("resident", sa.String(), nullable=False),
        sa.Column("only", sa.JSON(), nullable=False),
        sa.Column("never", sa.JSON(), nullable=False),
        sa.Column("two_staff", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("in_sight", sa.Boolean(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident"],
            ["residents.id"],
            name=op.f("fk_safe_to_see_resident"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_safe_to_see")),
    )
    with op.batch_alter_table("safe_to_see", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safe_to_see_resident"), ["resident"], unique=False)

    op.create_table(
        "shifts",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("sites", sa.JSON(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"],
            ["staff.id"],
            name=op.f("fk_shifts_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_shifts")),
    )
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shifts_staff"), ["staff"], unique=False)

    op.create_table(
        "site_weeks",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("week_hash", sa.String(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("drawn_at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name=op.f("fk_site_weeks_site")),
        sa.ForeignKeyConstraint(
            ["week_hash"], ["frozen_weeks.hash"], name=op.f("fk_site_weeks_week_hash")
        ),
        sa.PrimaryKeyConstraint("site", "year", "number", name=op.f("pk_site_weeks")),
    )
    op.create_table(
        "stays",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("resident", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("arrives", sa.Date(), nullable=False),
        sa.Column("arrives_at", sa.Time(), nullable=True),
        sa.Column("leaves", sa.Date(), nullable=True),
        sa.Column("leaves_at", sa.Time(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("pipe", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident"],
            ["residents.id"],
            name=op.f("fk_stays_resident"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_stays_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_stays")),
    )
    with op.batch_alter_table("stays", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stays_resident"), ["resident"], unique=False)
        batch_op.create_index(batch_op.f("ix_stays_site"), ["site"], unique=False)

    op.create_table(
        "travel",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_site", sa.String(), nullable=False),
        sa.Column("to_site", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_site"],
            ["sites.id"],
            name=op.f("fk_travel_from_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["to_site"],
            ["sites.id"],
            name=op.f("fk_travel_to_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_travel")),
    )
    with op.batch_alter_table("travel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_travel_from_site"), ["from_site"], unique=False)
        batch_op.create_index(batch_op.f("ix_travel_to_site"), ["to_site"], unique=False)

    op.create_table(
        "barred",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("resident", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("accompanied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident"],
            ["residents.id"],
            name=op.f("fk_barred_resident"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["room"],
            ["rooms.id"],
            name=op.f("fk_barred_room"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site"],
            ["sites.id"],
            name=op.f("fk_barred_site"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_barred")),
    )
    with op.batch_alter_table("barred", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barred_resident"), ["resident"], unique=False)
        batch_op.create_index(batch_op.f("ix_barred_room"), ["room"], unique=False)
        batch_op.create_index(batch_op.f("ix_barred_site"), ["site"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("led_by", sa.String(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["room"],
            ["rooms.id"],
            name=op.f("fk_deliveries_room"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_room"), ["room"], unique=False)

    op.create_table(
        "demands",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("first_at", base.Instant(timezone=True), nullable=False),
        sa.Column("withdrawn_at", base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
            name=op.f("fk_demands_site_year_number"),
        ),
        sa.PrimaryKeyConstraint("site", "year", "number", "id", name=op.f("pk_demands")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("week_hash", sa.String(), nullable=False),
        sa.Column("timetable", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("run", sa.String(), nullable=True),
        sa.Column("demands", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("prices", sa.JSON(), nullable=False),
        sa.Column("tiers", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_drafts_run")),
        sa.ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
            name=op.f("fk_drafts_site_year_number"),
        ),
        sa.ForeignKeyConstraint(
            ["week_hash"], ["frozen_weeks.hash"], name=op.f("fk_drafts_week_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint(
            "site", "year", "number", "revision", name=op.f("uq_drafts_site_year_number_revision")
        ),
    )
    op.create_table(
        "rooms_closed",
        sa.Column("row", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["room"],
            ["rooms.id"],
            name=op.f("fk_rooms_closed_room"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_rooms_closed")),
    )
    with op.batch_alter_table("rooms_closed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rooms_closed_room"), ["room"], unique=False)

    op.create_table(
        "run_sites",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_run_sites_run")),
        sa.PrimaryKeyConstraint("run", "site", name=op.f("pk_run_sites")),
    )
    with op.batch_alter_table("run_sites", schema=None) as batch_op:
        batch_op.create_index("ix_run_sites_site_week", ["site", "year", "number"], unique=False)
        batch_op.create_index(
            "uq_run_sites_one_active",
            ["site", "year", "number"],
            unique=True,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )

    create_triggers(op.get_bind())


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("run_sites", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_run_sites_one_active",
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )
        batch_op.drop_index("ix_run_sites_site_week")

    op.drop_table("run_sites")
    with op.batch_alter_table("rooms_closed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rooms_closed_room"))

    op.drop_table("rooms_closed")
    op.drop_table("drafts")
    op.drop_table("demands")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_room"))

    op.drop_table("deliveries")
    with op.batch_alter_table("barred", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_barred_site"))
        batch_op.drop_index(batch_op.f("ix_barred_room"))
        batch_op.drop_index(batch_op.f("ix_barred_resident"))

    op.drop_table("barred")
    with op.batch_alter_table("travel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_travel_to_site"))
        batch_op.drop_index(batch_op.f("ix_travel_from_site"))

    op.drop_table("travel")
    with op.batch_alter_table("stays", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stays_site"))
        batch_op.drop_index(batch_op.f("ix_stays_resident"))

    op.drop_table("stays")
    op.drop_table("site_weeks")
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shifts_staff"))

    op.drop_table("shifts")
    with op.batch_alter_table("safe_to_see", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safe_to_see_resident"))

    op.drop_table("safe_to_see")
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_runs_state"))

    op.drop_table("runs")
    with op.batch_alter_table("rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rules_site"))

    op.drop_table("rules")
    with op.batch_alter_table("routine", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_routine_site"))

    op.drop_table("routine")
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rooms_site"))

    op.drop_table("rooms")
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programmes_site"))

    op.drop_table("programmes")
    with op.batch_alter_table("paid", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paid_staff"))

    op.drop_table("paid")
    with op.batch_alter_table("hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hours_site"))

    op.drop_table("hours")
    with op.batch_alter_table("curfews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_curfews_resident"))

    op.drop_table("curfews")
    with op.batch_alter_table("cover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cover_site"))

    op.drop_table("cover")
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitments_site"))

    op.drop_table("commitments")
    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocations_resident"))

    op.drop_table("allocations")
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absences_staff"))

    op.drop_table("absences")
    op.drop_table("workers")
    op.drop_table("staff")
    op.drop_table("sites")
    op.drop_table("residents")
    op.drop_table("plan_state")
    with op.batch_alter_table("person_sites", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_sites_site"))

    op.drop_table("person_sites")
    op.drop_table("outside")
    op.drop_table("names")
    op.drop_table("kept_apart")
    op.drop_table("frozen_weeks")
    op.drop_table("free")
    op.drop_table("enrolments")
    op.drop_table("bank_holidays")
