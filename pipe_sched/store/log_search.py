"""Searching the record: rows of one log, newest first, within the sites of whoever searches.

A row concerns the sites that its index entries name. Rows that concern no site (accounts, how
long data are kept) are found only by a search over every site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session

from pipe_sched.store.accounts import EVERYWHERE
from pipe_sched.store.gate import passage
from pipe_sched.store.seal import Log
from pipe_sched.store.sealed_log import table

Sites = frozenset[str] | None
"""Sites by id; None: every site, and what concerns none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty: anything. `before`: rows older than this one.

    `kept_from`: actions that are found only at these sites, whatever is asked for.
    """

    log: Log
    sites: Sites
    about: tuple[str, str] | None = None
    account: str = ""
    site: str = ""
    week: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    kept_from: dict[str, Sites] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row as it was written, without its seal."""

    seq: int
    at: datetime
    actor: str
    action: str
    site: str
    week: str
    about: tuple[tuple[str, str], ...]
    said: dict[str, Any]


def search(session: Session, wanted: Wanted, limit: int) -> tuple[LogRow, ...]:
    """At most so many rows, the newest first."""
    log = table(wanted.log)
    query = select(log).where(*_conditions(wanted)).order_by(log.c.seq.desc()).limit(limit)
    with passage(session, "record"):
        rows = session.connection().execute(query).mappings().all()
    return tuple(_row(row) for row in rows)


def _row(row: Any) -> LogRow:
    about = tuple((kind, id_) for kind, id_ in row["about"])
    who = (row["actor"], row["action"])
    return LogRow(row["seq"], row["at"], *who, row["site"], row["week"], about, row["said"])


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    log = table(wanted.log).c
    found: list[ColumnElement[bool]] = [_at_sites(wanted.log, wanted.sites)]
    if wanted.about is not None:
        found.append(_about(wanted.log, wanted.about[0], [wanted.about[1]]))
    if wanted.account:
        theirs = _about(wanted.log, "account", [wanted.account])
        found.append(or_(log.actor == wanted.account, theirs))
    if wanted.site:
        found.append(_about(wanted.log, "site", [wanted.site]))
    pairs = ((log.week, wanted.week), (log.action, wanted.action))
    found += [column == value for column, value in pairs if value]
    if wanted.since is not None:
        found.append(log.at >= wanted.since)
    if wanted.until is not None:
        found.append(log.at < wanted.until)
    if wanted.before is not None:
        found.append(log.seq < wanted.before)
    for action, sites in wanted.kept_from.items():
        found.append(or_(log.action != action, _at_sites(wanted.log, sites)))
    return found


def _at_sites(log: Log, sites: Sites) -> ColumnElement[bool]:
    return true() if sites is None else _about(log, "site", sites)


def _about(log: Log, kind: str, ids: Iterable[str]) -> ColumnElement[bool]:
    """The row's index entries hold one of these ids."""
    index = table("log_about").c
    return exists(
        select(index.seq).where(
            and_(
                index.log == log,
                index.seq == table(log).c.seq,
                index.kind == kind,
                index.id.in_(sorted(ids)),
            )
        )
    )


def accounts_at(session: Session, sites: Sites) -> frozenset[str]:
    """The accounts that hold a role at one of these sites, or at every site."""
    grants = table("grants").c
    query = select(grants.account).distinct()
    if sites is not None:
        query = query.where(grants.site.in_([*sites, EVERYWHERE]))
    with passage(session, "record"):
        return frozenset(session.connection().execute(query).scalars())
