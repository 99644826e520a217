"""The tables beside the plan's sheets: names, site-weeks, demands, drafts, runs, workers.

A frozen week is kept once, under the hash of its text, and never changed; the
site-weeks drawn up in it, the runs that solve it and the drafts that answer it
all point to it. Drafts are only ever added. All instants are UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from pipe_sched.store import sheets
from pipe_sched.store.base import Base

SHEETS = sheets.SHEETS

STATES = ("queued", "running", "done", "failed", "stopped", "refused")
"""A run's states; the first two are active."""


class Name(Base):
    """The only place where a name stands. `kind` as in `sheets.NAMED`."""

    __tablename__ = "names"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class PersonSite(Base):
    """Which sites a worker or resident belongs to, worked out whenever the plan is saved."""

    __tablename__ = "person_sites"
    person: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True, index=True)


class PlanState(Base):
    """One row: how often the plan has changed."""

    __tablename__ = "plan_state"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class FrozenWeek(Base):
    """A frozen week's text (ids only) under its SHA-256. Never changed."""

    __tablename__ = "frozen_weeks"
    hash: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class SiteWeek(Base):
    """One site's week: what it was drawn up as, and which draft is current.

    `revision` 0: no draft yet. `version` grows with each change of this row.
    """

    __tablename__ = "site_weeks"
    site: Mapped[str] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    week_hash: Mapped[str] = mapped_column(ForeignKey("frozen_weeks.hash"))
    plan_version: Mapped[int]
    revision: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    drawn_at: Mapped[datetime]


class DemandRow(Base):
    """A session due, under its stable id; kept when withdrawn, because others hang on it."""

    __tablename__ = "demands"
    site: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    digest: Mapped[str]
    first_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (
        ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
        ),
    )


class Draft(Base):
    """One revision of a site-week's timetable. Only ever added.

    `timetable` is this site's assignments as text, `prices` cost per tier over the whole
    run, `tiers` the run's tier results, `findings` what the referee found in all of the run's
    sites (None: not kept), `reasons` by demand not held (phrases of ids).
    """

    __tablename__ = "drafts"
    id: Mapped[int] = mapped_column(primary_key=True)
    site: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    revision: Mapped[int]
    week_hash: Mapped[str] = mapped_column(ForeignKey("frozen_weeks.hash"))
    timetable: Mapped[str] = mapped_column(Text)
    author: Mapped[str]
    created_at: Mapped[datetime]
    cause: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft")
    run: Mapped[str | None] = mapped_column(ForeignKey("runs.id"))
    demands: Mapped[int]
    held: Mapped[int]
    prices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    tiers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reasons: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    findings: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        UniqueConstraint("site", "year", "number", "revision"),
        ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
        ),
    )


class Run(Base):
    """One request to solve. A worker holds it until `lease_until` and says so by heartbeat.

    `attempts` is also the fencing token: a worker that lost its lease writes nothing more.
    """

    __tablename__ = "runs"
    id: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    week_hash: Mapped[str] = mapped_column(ForeignKey("frozen_weeks.hash"))
    key: Mapped[str | None] = mapped_column(unique=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    seconds: Mapped[float]
    workers: Mapped[int]
    seed: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    heartbeat: Mapped[datetime | None]
    cancel: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    status: Mapped[str | None]
    tiers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    error: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'stopped', 'refused')", name="state"
        ),
    )


class RunSite(Base):
    """A site-week that a run plans, with the revision it started from.

    While `active`, the partial unique index lets no second run have the same site-week.
    """

    __tablename__ = "run_sites"
    run: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    revision: Mapped[int]
    active: Mapped[bool]
    __table_args__ = (
        Index(
            "uq_run_sites_one_active",
            "site",
            "year",
            "number",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        Index("ix_run_sites_site_week", "site", "year", "number"),
    )


class WorkerRow(Base):
    """A worker process that is, or was, alive."""

    __tablename__ = "workers"
    id: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    heartbeat: Mapped[datetime]
