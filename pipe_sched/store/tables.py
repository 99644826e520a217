"""The tables beside the plan's sheets: names, site-weeks, demands, drafts, versions, runs.

A frozen week is kept once, under the hash of its text, and never changed; the
site-weeks drawn up in it, the runs that solve it, the drafts that answer it and
the versions that were published all point to it. Drafts and versions are only
ever added. All instants are UTC.
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

from pipe_sched.store import account_tables, log_tables, sheets
from pipe_sched.store.base import Base, Packed
from pipe_sched.store.run_tables import Run as Run
from pipe_sched.store.run_tables import RunSite as RunSite
from pipe_sched.store.run_tables import WorkerRow as WorkerRow

SHEETS = sheets.SHEETS
OTHERS = (account_tables, log_tables)
"""Modules with tables of their own, known with these."""


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
    text: Mapped[str] = mapped_column(Packed)
    created_at: Mapped[datetime]


class SiteWeek(Base):
    """One site's week: what it was drawn up as, which draft is current, what is published.

    `revision` 0: no draft yet. `version` grows whenever its draft or what is published changes:
    whoever changes the site-week says which version they saw. `published` 0: nothing is; else
    the number of the version in force. `redo`: revisions that were undone, the next one last.
    `together`: the sites it was drawn up with.
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
    published: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    redo: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default=text("'[]'"))
    together: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default=text("'[]'"))


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

    `timetable` is this site's assignments as text, `prices` its cost per tier, `tiers` the
    run's tier results, `findings` what the referee found (None: not kept), `reasons` by
    demand not held (phrases of ids). `status` proposed: a re-plan that waits to be accepted.
    `parent` is the revision it was made from (0: none), `decisions` what people decided
    (`core.decisions`), `said` what it changed (phrases of ids), `basis` what it was judged
    against: while that is the same, `findings` still hold.
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
    parent: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    decisions: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, server_default=text("'{}'")
    )
    said: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default=text("'[]'"))
    basis: Mapped[str] = mapped_column(default="", server_default=text("''"))
    __table_args__ = (
        UniqueConstraint("site", "year", "number", "revision"),
        ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
        ),
        ForeignKeyConstraint(["run", "site"], ["run_sites.run", "run_sites.site"]),
        Index("ix_drafts_week_hash", "week_hash", "site"),  # who may read a frozen week
    )


class Version(Base):
    """A published version of a site-week. Only ever added; 1 is what *planned* means for ever.

    `week_hash`, `timetable` and `decisions` are those of draft `revision`; `summary` says the
    differences to the version before (see `actions.differing`), `touched` the people in them.
    `shown`, in the week `shown_week`, is what leaves the planners' pages while an ended stay of
    `held_back` residents is not told yet (None: the timetable itself).
    """

    __tablename__ = "versions"
    site: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    week_hash: Mapped[str] = mapped_column(ForeignKey("frozen_weeks.hash"))
    timetable: Mapped[str] = mapped_column(Text)
    decisions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int]
    author: Mapped[str]
    published_at: Mapped[datetime]
    summary: Mapped[list[Any]] = mapped_column(JSON, default=list)
    touched: Mapped[list[Any]] = mapped_column(JSON, default=list)
    held_back: Mapped[list[Any]] = mapped_column(JSON, default=list)
    shown: Mapped[str | None] = mapped_column(Text)
    shown_week: Mapped[str | None] = mapped_column(ForeignKey("frozen_weeks.hash"))
    __table_args__ = (
        ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
        ),
    )


class Booked(Base):
    """A person or room taken by a session that is published or booked, in UTC minutes.

    The database refuses two rows of one `kind` (person, room) and `who` that overlap,
    whatever the program does: see `triggers`. Rows are replaced when a version is published.
    """

    __tablename__ = "booked"
    id: Mapped[int] = mapped_column(primary_key=True)
    site: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    demand: Mapped[str]
    kind: Mapped[str]
    who: Mapped[str]
    start: Mapped[int]
    finish: Mapped[int]
    __table_args__ = (
        CheckConstraint("kind IN ('person', 'room')", name="kind"),
        CheckConstraint("start < finish", name="lasts"),
        ForeignKeyConstraint(
            ["site", "year", "number"],
            ["site_weeks.site", "site_weeks.year", "site_weeks.number"],
        ),
        Index("ix_booked_who", "kind", "who", "start"),
        Index("ix_booked_site_week", "site", "year", "number"),
    )


class Untold(Base):
    """A resident whose stay has ended without anybody being told yet. Holds no reason."""

    __tablename__ = "untold"
    resident: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]


class Answered(Base):
    """A form that was answered: sent a second time, it gets the same answer and does nothing."""

    __tablename__ = "answered"
    key: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
