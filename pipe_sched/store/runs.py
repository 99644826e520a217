"""Runs and workers in the database: asking, claiming, reporting, ending.

A run belongs to the worker whose lease has not ended. Each claim counts an
attempt, and that number is the fencing token: who lost the lease can write
nothing more. At most one run is active per site-week; the database says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pipe_sched.core.clock import Clock
from pipe_sched.store.engine import scope_of
from pipe_sched.store.gate import passage
from pipe_sched.store.tables import Run, RunSite, SiteWeek, WorkerRow

ACTIVE = ("queued", "running")
GAVE_UP = (
    "Planning was begun {0} and its program was stopped each time before there was an answer. "
    "Press Generate to try again; if it happens again, the computer may be short of memory."
)
STOPPED_EARLY = "Stopped before there was an answer."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a new run should do. `key`: a second request with it gets the same run.

    `proposes`, `most_changes`, `extra_changes`: see `tables.Run`.
    """

    clock: Clock
    sites: tuple[str, ...]
    week_hash: str
    asked_by: str
    seconds: float
    workers: int
    seed: int
    key: str | None = None
    proposes: bool = False
    most_changes: int | None = None
    extra_changes: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that a worker holds, with its fencing token."""

    run: str
    attempt: int
    week_hash: str
    seconds: float
    workers: int
    seed: int
    sites: tuple[str, ...]
    extra_changes: int = 0


class LostLease(LookupError):
    """The run is no longer this worker's: someone else has it, or it has ended."""


def known_run(session: Session, sites: Iterable[str], clock: Clock, key: str | None) -> Run | None:
    """The run that was asked for with this key, else an active one of these site-weeks."""
    if key is not None:
        found = session.scalar(select(Run).where(Run.key == key))
        if found is not None:
            return found
    return active_run(session, sites, clock)


def queue(session: Session, asked: Asked, now: datetime) -> Run:
    """Queue a run. The database refuses it while another is active for a site-week of it."""
    run = Run(
        id=uuid.uuid4().hex,
        year=asked.clock.year,
        number=asked.clock.number,
        state="queued",
        week_hash=asked.week_hash,
        key=asked.key,
        asked_by=asked.asked_by,
        asked_at=now,
        seconds=asked.seconds,
        workers=asked.workers,
        seed=asked.seed,
        proposes=asked.proposes,
        most_changes=asked.most_changes,
        extra_changes=asked.extra_changes,
    )
    session.add(run)
    session.flush()
    for site in asked.sites:
        row = session.get_one(SiteWeek, (site, asked.clock.year, asked.clock.number))
        session.add(
            RunSite(
                run=run.id,
                site=site,
                year=run.year,
                number=run.number,
                revision=row.revision,
                active=True,
            )
        )
    session.flush()
    return run


def active_run(session: Session, sites: Iterable[str], clock: Clock) -> Run | None:
    """The active run that plans one of these site-weeks, if any."""
    return session.scalar(
        select(Run)
        .join(RunSite, RunSite.run == Run.id)
        .where(
            RunSite.site.in_(tuple(sites)),
            RunSite.year == clock.year,
            RunSite.number == clock.number,
            RunSite.active,
        )
        .limit(1)
    )


def newest_run(session: Session, site: str, clock: Clock) -> Run | None:
    """The run of this site-week that was asked for last."""
    return session.scalar(
        select(Run)
        .join(RunSite, RunSite.run == Run.id)
        .where(RunSite.site == site, RunSite.year == clock.year, RunSite.number == clock.number)
        .order_by(Run.asked_at.desc(), Run.id)
        .limit(1)
    )


def run_sites(session: Session, run: str) -> tuple[RunSite, ...]:
    """The site-weeks a run plans."""
    return tuple(session.scalars(select(RunSite).where(RunSite.run == run).order_by(RunSite.site)))


def get_run(session: Session, run: str) -> Run | None:
    """A run that plans a site in scope."""
    return session.get(Run, run)


def is_whole(session: Session, run: str) -> bool:
    """Whether all sites of a run are in scope: nobody stops or settles it for others."""
    with passage(session, "whole_run"):
        return all(scope_of(session).covers(part.site) for part in run_sites(session, run))


def stop(session: Session, run: Run, now: datetime) -> None:
    """Ask a run to stop; one that nobody works on ends here and now."""
    if run.state not in ACTIVE:
        return
    run.cancel = True
    if run.state == "queued" or _expired(run, now):
        end(session, run, "stopped", now, error=STOPPED_EARLY)


def _expired(run: Run, now: datetime) -> bool:
    return run.lease_until is None or run.lease_until <= now


def end(session: Session, run: Run, state: str, now: datetime, *, error: str | None = None) -> None:
    """End a run and free its site-weeks."""
    run.state, run.ended_at, run.error = state, now, error
    run.lease_until = None
    for part in run_sites(session, run.id):
        part.active = False
    session.flush()


def claim(
    session: Session, worker: str, now: datetime, *, lease: float, attempts: int
) -> Claim | None:
    """Take the oldest run that waits or was left behind, for `lease` seconds.

    Runs left behind that were to stop, or were begun `attempts` times, end here.
    """
    query = select(Run).where(Run.state.in_(ACTIVE)).order_by(Run.asked_at, Run.id)
    for run in session.scalars(query).all():
        if run.state == "running" and not _expired(run, now):
            continue
        if run.cancel:
            end(session, run, "stopped", now, error=STOPPED_EARLY)
        elif run.attempts >= attempts:
            end(session, run, "failed", now, error=GAVE_UP.format(_times(run.attempts)))
        else:
            return _take(session, run, worker, now, lease)
    return None


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _take(session: Session, run: Run, worker: str, now: datetime, lease: float) -> Claim:
    run.state, run.worker = "running", worker
    run.attempts += 1
    run.heartbeat, run.lease_until = now, now + timedelta(seconds=lease)
    run.progress = None
    session.flush()
    sites = tuple(part.site for part in run_sites(session, run.id))
    return Claim(
        run.id,
        run.attempts,
        run.week_hash,
        run.seconds,
        run.workers,
        run.seed,
        sites,
        run.extra_changes,
    )


def held(session: Session, run: str, attempt: int) -> Run:
    """The run, if this attempt still holds it; raises `LostLease`."""
    found = session.get(Run, run)
    if found is None or found.state != "running" or found.attempts != attempt:
        raise LostLease(run)
    return found


def report(
    session: Session,
    claimed: Claim,
    now: datetime,
    *,
    lease: float,
    progress: Mapping[str, Any] | None,
) -> bool:
    """Prolong the lease and store the progress; gives back whether to stop."""
    run = held(session, claimed.run, claimed.attempt)
    run.heartbeat, run.lease_until = now, now + timedelta(seconds=lease)
    if progress is not None:
        run.progress = dict(progress)
    session.flush()
    return run.cancel


def hand_back(session: Session, claimed: Claim) -> None:
    """Put a run back in the queue, the attempt uncounted: its worker is asked to end."""
    run = held(session, claimed.run, claimed.attempt)
    run.state, run.worker, run.lease_until = "queued", None, None
    run.attempts -= 1
    session.flush()


def beat(session: Session, worker: str, now: datetime) -> None:
    """Say that a worker lives; forget those silent for a day."""
    row = session.get(WorkerRow, worker)
    if row is None:
        session.execute(delete(WorkerRow).where(WorkerRow.heartbeat < now - timedelta(days=1)))
        session.add(WorkerRow(id=worker, started_at=now, heartbeat=now))
    else:
        row.heartbeat = now
    session.flush()


def leave(session: Session, worker: str) -> None:
    """Say that a worker has ended."""
    session.execute(delete(WorkerRow).where(WorkerRow.id == worker))


def last_heartbeat(session: Session) -> datetime | None:
    """When a worker was last heard of."""
    return session.scalar(select(WorkerRow.heartbeat).order_by(WorkerRow.heartbeat.desc()).limit(1))
