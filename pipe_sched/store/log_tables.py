"""The tables of what was done and seen, and of settings.

Two logs of one shape: `audit` (what was changed, in the same transaction) and `access_log` (what
was shown or asked for). Each row's `seal` covers the row and the seal before it, with a key that
is not in the database: see `store.seal`. Rows hold ids and nothing that names a person, so that
erasing a person never touches them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from pipe_sched.store.base import Base


class AuditRow(Base):
    """One change. `about`: (kind, id) pairs of what it concerns; `said`: phrases of ids and
    counts of rows touched by table. `site` and `week` are empty where it concerns none.
    """

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    site: Mapped[str]
    week: Mapped[str]
    about: Mapped[list[Any]] = mapped_column(JSON)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    seal: Mapped[str]


class AccessRow(Base):
    """One page, file or refusal. `about`: whose names or places it showed; `said`: method,
    address pattern, status, and the last row of `audit` at that time.
    """

    __tablename__ = "access_log"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    site: Mapped[str]
    week: Mapped[str]
    about: Mapped[list[Any]] = mapped_column(JSON)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    seal: Mapped[str]


class LogAbout(Base):
    """An index over both logs: which rows concern a record. It can be made again from them."""

    __tablename__ = "log_about"
    log: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (
        CheckConstraint("log IN ('audit', 'access_log')", name="log"),
        Index("ix_log_about_record", "kind", "id"),
    )


class LogHead(Base):
    """Where a log ends, written with every row; `mark` covers it with the log's key."""

    __tablename__ = "log_heads"
    log: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
    seal: Mapped[str]
    mark: Mapped[str]


class Segment(Base):
    """Rows of a log up to `last` that were let go: how many, and the seal of the last of them.

    `mark` covers the row and the mark of the segment before with the log's key.
    """

    __tablename__ = "log_segments"
    log: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[int]
    rows: Mapped[int]
    seal: Mapped[str]
    dropped_at: Mapped[datetime]
    mark: Mapped[str]


class Setting(Base):
    """A setting of this installation, by name."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
