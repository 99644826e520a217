"""Whether a database is whole: read past the program's own code wherever that can be."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import aliased

from bench.attack.hands import READING
from pipe_sched.check import Referee, broken
from pipe_sched.core.clock import Clock
from pipe_sched.formats.week_json import timetable_from_json, week_from_json
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.tables import Booked, Draft, FrozenWeek, Run, RunSite, SiteWeek

ENDED = ("done", "stopped", "failed", "refused")


def intact(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with its file, nor a row that points to nothing."""
    try:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and connection.execute("PRAGMA foreign_key_check").fetchall() == []
    except sqlite3.DatabaseError:
        return False


def drafts(store: Store, since: int = 0) -> tuple[Draft, ...]:
    """Every draft, or those added after the one with this id."""
    with store.open_session(READING) as session:
        return tuple(session.scalars(select(Draft).where(Draft.id > since).order_by(Draft.id)))


def by_revision(found: Iterable[Draft]) -> Mapping[tuple[str, str, int], Draft]:
    """Drafts by site, week and revision."""
    return {(d.site, str(Clock(d.year, d.number)), d.revision): d for d in found}


def torn(store: Store, found: Iterable[Draft]) -> list[str]:
    """What is wrong with these drafts: unreadable, of another week, or a week not its hash's."""
    with store.open_session(READING) as session:
        faults = ((d, _tear(session, d)) for d in found)
        return [f"{d.site} revision {d.revision}: {fault}" for d, fault in faults if fault]


def breaking(store: Store, found: Iterable[Draft]) -> list[str]:
    """The drafts that break a must to which nobody agreed.

    No action saves one while the data stay as they are.
    """
    out = []
    with store.open_session(READING) as session:
        for draft in found:
            week = week_from_json(session.get_one(FrozenWeek, draft.week_hash).text)
            findings = Referee(week).findings(timetable_from_json(draft.timetable, week))
            agreed = {(a["rule"], a["key"]) for a in draft.decisions.get("agreed", [])}
            bad = [f for f in broken(findings) if (f.rule, f.key) not in agreed]
            out += [f"{draft.site} revision {draft.revision}: {f.rule} {f.key}" for f in bad]
    return out


def _tear(session: Session, draft: Draft) -> str | None:
    frozen = session.get(FrozenWeek, draft.week_hash)
    if frozen is None:
        return "its frozen week is not there"
    if hashlib.sha256(frozen.text.encode()).hexdigest() != draft.week_hash:
        return "its frozen week does not equal the hash"
    try:
        timetable_from_json(draft.timetable, week_from_json(frozen.text))
    except ValueError as error:
        return f"it does not fit its frozen week: {error}"
    return None


def half_saved(store: Store, run: str) -> str | None:
    """What is wrong with what an ended run left: a draft per site or none, as its state says."""
    with store.open_session(READING) as session:
        row = session.get_one(Run, run)
        sites = set(session.scalars(select(RunSite.site).where(RunSite.run == run)))
        saved = list(session.scalars(select(Draft.site).where(Draft.run == run)))
        answered = row.state == "done" or (row.state == "stopped" and row.error is None)
    wanted = sites if answered else set()
    if sorted(saved) != sorted(wanted):
        return f"run {row.state} left drafts for {sorted(saved)}, not for {sorted(wanted)}"
    return None


def run_ended(store: Store, run: str) -> str:
    """How a run ended, with the reason that people are given."""
    with store.open_session(READING) as session:
        row = session.get_one(Run, run)
        return row.state if row.error is None else f"{row.state}: {row.error}"


def active(store: Store) -> dict[str, str]:
    """The runs that have not ended, with their states."""
    with store.open_session(READING) as session:
        query = select(Run.id, Run.state).where(Run.state.not_in(ENDED))
        return {row.id: row.state for row in session.execute(query)}


def behind(store: Store) -> Iterator[str]:
    """Site-weeks that do not point at their last revision (of those not proposed)."""
    last = func.max(Draft.revision)
    query = (
        select(SiteWeek.site, SiteWeek.year, SiteWeek.number, SiteWeek.revision, last)
        .join(
            Draft,
            (Draft.site == SiteWeek.site)
            & (Draft.year == SiteWeek.year)
            & (Draft.number == SiteWeek.number),
        )
        .where(Draft.status != "proposed")
        .group_by(SiteWeek.site, SiteWeek.year, SiteWeek.number)
    )
    with store.open_session(READING) as session:
        for site, year, number, current, newest in session.execute(query):
            if current != newest:
                yield f"{site} {Clock(year, number)} is at {current}, its last is {newest}"


def overlaps(store: Store) -> int:
    """How many pairs of bookings have one person or room in two places, counted by a query."""
    one, two = aliased(Booked), aliased(Booked)
    query = (
        select(func.count())
        .select_from(one)
        .join(
            two,
            (one.kind == two.kind)
            & (one.who == two.who)
            & (one.id < two.id)
            & (one.start < two.finish)
            & (one.finish > two.start),
        )
    )
    with store.open_session(READING) as session:
        return session.execute(query).scalar_one()


def rows(store: Store, table: str) -> int:
    """How many rows a table has."""
    with store.open_session(READING) as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
