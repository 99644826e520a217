"""Short ways to live a week through in tests: change, publish, undo, end a stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from pipe_sched.access import LOCAL
from pipe_sched.actions.change_week import Asked, change_week
from pipe_sched.actions.publish_week import Publication, publish_week
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.verdict import Verdict
from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import Change, Put
from pipe_sched.core.week import Assignment
from pipe_sched.store.engine import Store
from tests.actions.builders import CLOCK, NOW, art, case
from tests.actions.runs import planned

ALL = (art("north", 10), case("north", 10 + 4), art("south", 11), case("south", 10))


def view(store: Store, site: str = "north", **more: Any) -> WeekView:
    """The site's week as its page sees it."""
    found = see_week(store, LOCAL, site, CLOCK, now=NOW, **more)
    assert found is not None
    return found


def place_of(store: Store, demand: str, site: str = "north") -> Assignment:
    """Where a session of the current draft lies."""
    return next(a for a in view(store, site).timetable.assignments if a.demand == demand)


def change(
    store: Store,
    what: Change,
    site: str = "north",
    *,
    save: bool = True,
    agreed: dict[tuple[str, str], str] | None = None,
    now: datetime = NOW,
    **more: Any,
) -> Verdict:
    """Make a change on top of the current draft, or with `save` False only ask."""
    given = {"version": view(store, site).version, **more}
    asked = Asked(what, agreed=agreed or {}, **given)
    return change_week(store, LOCAL, site, CLOCK, asked, save=save, now=now)


def move(place: Assignment, hour: float, **more: Any) -> Put:
    """The session at another hour of Monday."""
    return Put(replace(place, start=int(hour * 60)), **more)


def publish(store: Store, site: str = "north", *, now: datetime = NOW, **more: Any) -> Publication:
    """Publish the current draft."""
    given = {"version": view(store, site).version, "save": True, **more}
    return publish_week(store, LOCAL, site, CLOCK, now=now, **given)


def published(store: Store, *sites: str) -> Store:
    """A store in which everything is planned and these sites (both) are published."""
    assert planned(store, *ALL) == "done"
    for site in sites or ("north", "south"):
        publish(store, site)
    return store
