"""Site-weeks: demands keep their ids, drafts are only added, pointers move."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from pipe_sched.store import drafts, weeks
from pipe_sched.store.drafts import NewDraft
from pipe_sched.store.engine import Store
from pipe_sched.store.plans import save_plan
from pipe_sched.store.tables import DemandRow, FrozenWeek
from pipe_sched.store.weeks import Due, OutOfScope
from tests.store.builders import CLOCK, NOW, READ, WRITE, later, only, small_plan


@pytest.fixture(autouse=True)
def plan(store: Store) -> None:
    with store.open_session(WRITE) as session:
        save_plan(session, small_plan())


def drawn(store: Store, *due: Due, words: str = "week", sites=("north",), at: float = 0):
    with store.open_session(WRITE) as session:
        return weeks.draw_up(
            session,
            sites,
            CLOCK,
            texts=dict.fromkeys(sites, words),
            due=due,
            notes=[],
            plan_version=1,
            now=later(at),
        )


def due(id_: str, digest: str = "same", site: str = "north") -> Due:
    return Due(site, id_, "key_work", digest)


def add(store: Store, timetable: str = "{}", site: str = "north") -> int:
    with store.open_session(WRITE) as session:
        row = weeks.site_week(session, site, CLOCK)
        assert row is not None
        new = NewDraft(site, CLOCK, row.week_hash, timetable, "tester", "generate", 2, 1)
        return drafts.add_draft(session, new, NOW)


def test_the_first_drawing_up_adds_every_demand(store: Store) -> None:
    found = drawn(store, due("a"), due("b"))
    assert (found.added, found.changed, found.withdrawn, found.same) == (("a", "b"), (), (), 0)


def test_drawing_up_again_tells_added_changed_and_withdrawn_apart(store: Store) -> None:
    drawn(store, due("a"), due("b"), due("c"))
    found = drawn(store, due("b"), due("c", "other"), due("d"), words="week two")
    assert found.added == ("d",)
    assert found.changed == ("c",)
    assert found.withdrawn == ("a",)
    assert found.same == 1


def test_a_withdrawn_demand_keeps_its_row_and_comes_back_as_the_same(store: Store) -> None:
    drawn(store, due("a"))
    drawn(store, words="nothing due", at=60)
    drawn(store, due("a"), at=120)
    with store.open_session(READ) as session:
        (row,) = session.scalars(select(DemandRow))
        assert row.first_at == NOW
        assert row.withdrawn_at is None
        assert weeks.demand_count(session, "north", CLOCK) == 1


def test_the_same_text_is_frozen_once(store: Store) -> None:
    drawn(store, due("a"), due("b", site="south"), sites=("north", "south"))
    with store.open_session(READ) as session:
        assert len(session.scalars(select(FrozenWeek)).all()) == 1
        pair = [weeks.site_week(session, s, CLOCK) for s in ("north", "south")]
        assert len({row.week_hash for row in pair if row is not None}) == 1
        assert [r.site for r in weeks.site_weeks(session)] == ["north", "south"]


def test_each_draft_is_a_new_revision_and_the_newest_is_current(store: Store) -> None:
    drawn(store, due("a"))
    assert [add(store, "one"), add(store, "two")] == [1, 2]
    with store.open_session(READ) as session:
        row = weeks.site_week(session, "north", CLOCK)
        assert row is not None
        assert (row.revision, row.version) == (2, 3)
        kept = drafts.draft(session, "north", CLOCK, 1)
        assert kept is not None
        assert kept.timetable == "one"
        assert [d.timetable for d in drafts.current_drafts(session, CLOCK)] == ["two"]
        assert drafts.current_drafts(session, CLOCK.neighbour(1)) == ()


@pytest.mark.parametrize("change", ["UPDATE drafts SET timetable = ''", "DELETE FROM drafts"])
def test_a_saved_draft_is_never_changed(store: Store, change: str) -> None:
    drawn(store, due("a"))
    add(store)
    with (
        pytest.raises(DatabaseError, match="A saved draft is never changed"),
        store.open_session(WRITE) as session,
    ):
        session.execute(text(change))


def test_a_site_outside_the_scope_cannot_be_reached(store: Store) -> None:
    drawn(store, due("a"))
    add(store)
    with store.open_session(only("south")) as session:
        with pytest.raises(OutOfScope):
            weeks.site_week(session, "north", CLOCK)
        with pytest.raises(OutOfScope):
            drafts.draft(session, "north", CLOCK, 1)
        assert weeks.site_weeks(session) == ()
