"""The tables of runs and workers: who asked for a timetable, who works on it, how far it is."""

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
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from pipe_sched.store.base import Base

STATES = ("queued", "running", "done", "failed", "stopped", "refused")
"""A run's states; the first two are active."""


class Run(Base):
    """One request to solve. A worker holds it until `lease_until` and says so by heartbeat.

    `attempts` is also the fencing token: a worker that lost its lease writes nothing more.
    `differs` says, as phrases of ids, what changed when its answer no longer fitted.
    `proposes`: its answer waits until a person accepts it (`settled` accepted or discarded);
    it may make at most `most_changes` changes to what is published, or use up to
    `extra_changes` more than the fewest to hold more sessions.
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
    differs: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default=text("'[]'"))
    proposes: Mapped[bool] = mapped_column(default=False, server_default=false())
    most_changes: Mapped[int | None]
    extra_changes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    settled: Mapped[str | None]
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'stopped', 'refused')", name="state"
        ),
        Index("ix_runs_week_hash", "week_hash"),  # who may read a frozen week
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
        ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
        ),
        Index("ix_run_sites_site_week", "site", "year", "number"),
    )


class WorkerRow(Base):
    """A worker process that is, or was, alive."""

    __tablename__ = "workers"
    id: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    heartbeat: Mapped[datetime]
