"""The besieged store: both premises lived through every state there is, and put back at will.

A published week that was changed since, whose resident has left and nobody is told yet, with a
re-plan that waits; the same of both premises together; a run that has ended; runs that wait.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from bench.attack import hands
from bench.attack.besiegers import Besieger, besiegers, southern
from bench.attack.by_hand import plan_by_hand
from bench.attack.canaries import IDS, LEAVES, SITES, crn, plan, worker
from bench.attack.house import address, coming, file_of
from pipe_sched.access import LOCAL, Actor
from pipe_sched.actions.change_week import Asked, change_week
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.end_stay import end_stay
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_workbook import import_workbook
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.record_happening import Away, record_happening
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import Cancel
from pipe_sched.core.clock import Clock
from pipe_sched.formats import workbook
from pipe_sched.store import runs
from pipe_sched.store.crns import ids_by_crn
from pipe_sched.store.engine import Store, open_store
from pipe_sched.web import create_app

FILES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks by what happened in them. `lived`: by each premises; `joint`: by both together.

    `planned`: a run has ended, nothing is published. `queued`: runs wait. `empty`: not drawn up.
    """

    lived: Clock
    joint: Clock
    planned: Clock
    queued: Clock
    empty: Clock


@dataclass
class Siege:
    """The store with its pages, and who besieges it. `runs`: by week's name and site."""

    app: Flask
    path: Path
    weeks: Weeks
    people: tuple[Besieger, ...]
    southern: Besieger
    runs: dict[tuple[str, str], str]

    @property
    def store(self) -> Store:
        """The store of the pages."""
        found: Store = self.app.extensions["pipe-sched-store"]
        return found

    @cached_property
    def residents(self) -> dict[str, str]:
        """Ids of residents by CRN."""
        with self.store.open_session(hands.READING) as session:
            return ids_by_crn(session)

    def view(self, site: str, clock: Clock) -> WeekView:
        """A week as it stands."""
        return looked_at(self.store, site, clock)

    def put_back(self) -> None:
        """Make everything as it was when the siege began."""
        self.store.close()
        for ending in FILES[1:]:
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.base, self.path)

    @property
    def base(self) -> Path:
        """The file as it was when the siege began."""
        return self.path.with_name("base.db")

    def keep_base(self) -> None:
        """From now on this is how it was."""
        with closing(self.store.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.store.close()
        shutil.copyfile(self.path, self.base)


@contextmanager
def besieged() -> Iterator[Siege]:
    """The store in its state, for as long as the block runs."""
    with TemporaryDirectory() as folder:
        url = address(Path(folder), "siege")
        clocks = coming(5)
        store = open_store(url)
        import_workbook(store, LOCAL, workbook.as_bytes(plan(clocks)))
        weeks = Weeks(*clocks)
        other = southern(store)
        people = besiegers(store)
        live = _Lives(store, weeks, {"north": people[0].actor, "south": other.actor})
        live.through()
        with store.open_session(hands.SCOPE) as session:
            runs.beat(session, "by-hand", datetime.now(UTC) + timedelta(days=1))
        store.close()
        siege = Siege(create_app(url), file_of(url), weeks, people, other, live.runs)
        siege.keep_base()
        yield siege
        siege.store.close()


def looked_at(store: Store, site: str, clock: Clock) -> WeekView:
    """A week as the operator sees it."""
    found = see_week(store, LOCAL, site, clock)
    if found is None:
        raise LookupError(f"{site} has no week {clock}.")
    return found


class _Lives:
    """What happened before the siege. Each premises' manager acts for it."""

    def __init__(self, store: Store, weeks: Weeks, managers: dict[str, Actor]) -> None:
        self.store, self.weeks, self.managers = store, weeks, managers
        self.runs: dict[tuple[str, str], str] = {}
        with store.open_session(hands.READING) as session:
            self.residents = ids_by_crn(session)

    def through(self) -> None:
        """Live through all of it."""
        for clock in (self.weeks.lived, self.weeks.joint, self.weeks.planned):
            self._plan(SITES, clock)
            self.runs["planned", "both"] = self._newest("north", clock)
        self._publish(self.weeks.lived)
        self._publish(self.weeks.joint)
        for site in SITES:
            self._lived(site)
        self._joint()
        for site in SITES:
            draw_up_week(self.store, LOCAL, [site], self.weeks.queued)
            self._queue(site)

    def _plan(self, sites: tuple[str, ...], clock: Clock) -> None:
        state = plan_by_hand(self.store, sites, clock, self.residents)
        if state != "done":
            raise ValueError(f"Planning {clock} of {', '.join(sites)} ended as {state}.")

    def _newest(self, site: str, clock: Clock) -> str:
        run = looked_at(self.store, site, clock).run
        if run is None:
            raise LookupError(f"{site} has no run in {clock}.")
        return run.id

    def _publish(self, clock: Clock, sites: tuple[str, ...] = SITES) -> None:
        first, *others = ((site, looked_at(self.store, site, clock).version) for site in sites)
        publish_week(
            self.store, LOCAL, first[0], clock, version=first[1], also=dict(others), save=True
        )

    def _lived(self, site: str) -> None:
        """Somebody left and nobody is told, it is published, changed since, and re-planned."""
        clock, actor = self.weeks.lived, self.managers[site]
        resident = self.residents[crn(site, LEAVES)]
        day = clock.monday + timedelta(days=1)
        end_stay(self.store, actor, site, resident, day, time(8))
        view = looked_at(self.store, site, clock)
        publish_week(self.store, actor, site, clock, version=view.version, save=True)
        view = looked_at(self.store, site, clock)
        asked = Asked(Cancel(f"{site}:{IDS[site]}-art:group:1", "too_few"), view.version, {})
        change_week(self.store, actor, site, clock, asked, save=True)
        self._plan((site,), clock)
        self.runs["lived", site] = self._newest(site, clock)

    def _joint(self) -> None:
        """A worker of each is away, and both are re-planned together."""
        clock = self.weeks.joint
        for site in SITES:
            away = Away(worker(site, "floor2"), clock.monday, time(8), clock.monday, time(20))
            record_happening(self.store, self.managers[site], site, away)
        self._plan(SITES, clock)
        self.runs["joint", "both"] = self._newest("north", clock)

    def _queue(self, site: str) -> None:
        done = generate_timetable(self.store, self.managers[site], [site], self.weeks.queued)
        self.runs["queued", site] = done.run.id
