"""What was loaded beyond a scope is out of reach again when the passage ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from pipe_sched.core.clock import Clock
from pipe_sched.store.engine import Store
from pipe_sched.store.gate import passage
from pipe_sched.store.plans import save_plan
from pipe_sched.store.scope import Scope
from pipe_sched.store.tables import SiteWeek
from pipe_sched.store.weeks import Due, draw_up
from tests.actions.builders import two_premises
from tests.store.builders import WRITE

CLOCK = Clock(2026, 49)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
NORTH = Scope(frozenset({"north"}), "tester", write=True)


def key(site: str) -> tuple[str, int, int]:
    return site, CLOCK.year, CLOCK.number


@pytest.fixture
def filled(store: Store) -> Store:
    """Both premises with a drawn-up week."""
    with store.open_session(WRITE) as session:
        save_plan(session, two_premises())
        for site in ("north", "south"):
            due = [Due(site, f"{site}:art:group:1", "creative", "d")]
            texts = {site: f"week of {site}"}
            draw_up(session, [site], CLOCK, texts=texts, due=due, notes=[], plan_version=1, now=NOW)
    return store


def by_get(session: Session, site: str) -> object:
    return session.get(SiteWeek, key(site))


def by_map(session: Session, site: str) -> object:
    held = [row for row in session.identity_map.values() if isinstance(row, SiteWeek)]
    return next((row for row in held if row.site == site), None)


@pytest.mark.parametrize("way", [by_get, by_map])
def test_it_is_found_no_more_though_somebody_still_holds_it(
    filled: Store, way: Callable[[Session, str], object]
) -> None:
    with filled.open_session(NORTH) as session:
        mine = session.get_one(SiteWeek, key("north"))
        with passage(session, "whole_run"):
            theirs = session.get_one(SiteWeek, key("south"))
        assert way(session, "south") is None
        assert way(session, "north") is mine
        assert theirs not in session


def broken_off(session: Session, held: list[object]) -> None:
    with passage(session, "whole_run"):
        held.append(session.get_one(SiteWeek, key("south")))
        raise ZeroDivisionError


def test_an_error_within_it_leaves_nothing_either(filled: Store) -> None:
    held: list[object] = []
    with filled.open_session(NORTH) as session:
        with pytest.raises(ZeroDivisionError):
            broken_off(session, held)
        assert by_get(session, "south") is None
        assert held[0] not in session


def test_what_is_changed_in_it_is_written(filled: Store) -> None:
    with filled.open_session(NORTH) as session, passage(session, "whole_run"):
        session.get_one(SiteWeek, key("south")).version = 7
    with filled.open_session(WRITE) as session:
        assert session.get_one(SiteWeek, key("south")).version == 7


def test_a_change_after_it_of_what_is_still_held_is_not_written(filled: Store) -> None:
    with filled.open_session(NORTH) as session:
        with passage(session, "whole_run"):
            theirs = session.get_one(SiteWeek, key("south"))
        theirs.version = 9
    with filled.open_session(WRITE) as session:
        assert session.get_one(SiteWeek, key("south")).version == 1
