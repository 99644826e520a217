"""A session of one site reaches nothing of another, by whatever way it is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import delete, exists, func, insert, literal_column, select, text, union, update
from sqlalchemy.orm import Session, aliased

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import EnrolmentRow, StayRow
from pipe_sched.store import gate, reach
from pipe_sched.store.account_tables import Account
from pipe_sched.store.base import Base
from pipe_sched.store.drafts import NewDraft, add_draft
from pipe_sched.store.engine import Store
from pipe_sched.store.foreign import Foreign
from pipe_sched.store.gate import Refused, passage
from pipe_sched.store.plans import load_plan, names_of, save_plan
from pipe_sched.store.scope import Scope
from pipe_sched.store.sheets import SHEETS
from pipe_sched.store.tables import (
    Answered,
    Booked,
    Draft,
    FrozenWeek,
    Name,
    PersonSite,
    SiteWeek,
)
from pipe_sched.store.weeks import Due, draw_up
from tests.actions.builders import two_premises
from tests.store.builders import NOW, WRITE

CLOCK = Clock(2026, 49)
ROOMS = SHEETS["rooms"].entity
STAYS = SHEETS["stays"].entity
RESIDENTS = SHEETS["residents"].entity
ENROLLED = EnrolmentRow("2-art", "X0000021", date(2026, 9, 1))


def north(*, write: bool = False) -> Scope:
    return Scope(frozenset({"north"}), "tester", write)


@pytest.fixture
def filled(store: Store) -> Store:
    """Two premises, each with a drawn-up week of its own and a draft."""
    with store.open_session(WRITE) as session:
        save_plan(session, two_premises())
        for site in ("north", "south"):
            due = [Due(site, f"{site}:art:group:1", "creative", "d")]
            draw_up(
                session,
                [site],
                CLOCK,
                texts={site: f"week of {site}"},
                due=due,
                notes=[],
                plan_version=1,
                now=NOW,
            )
            row = session.get_one(SiteWeek, (site, CLOCK.year, CLOCK.number))
            add_draft(
                session,
                NewDraft(site, CLOCK, row.week_hash, "{}", "tester", "generate", 1, 1),
                NOW,
            )
    return store


def every_cell(rows: Any) -> str:
    return repr([getattr(r, "__dict__", r) for r in rows])


READS: dict[str, Callable[[Session], Any]] = {
    "entities": lambda s: s.scalars(select(Draft)).all(),
    "columns": lambda s: s.execute(select(Draft.site)).all(),
    "a count": lambda s: s.scalars(select(func.max(Draft.site)).select_from(Draft)).all(),
    "an aggregate": lambda s: s.scalars(select(func.max(Draft.site))).all(),
    "a join": lambda s: s.execute(_join()).all(),
    "a sheet": lambda s: s.execute(select(ROOMS.id, ROOMS.site)).all(),
    "the old way": lambda s: s.query(Draft).all(),
    "a lookup": lambda s: [s.get(SiteWeek, ("south", CLOCK.year, CLOCK.number))],
    "names": lambda s: s.scalars(select(Name.name).where(Name.kind == "resident")).all(),
    "rooms' names": lambda s: s.scalars(select(Name.name).where(Name.kind == "room")).all(),
    "residents": lambda s: s.scalars(select(RESIDENTS.id)).all(),
    "stays": lambda s: s.execute(select(STAYS.site, STAYS.resident)).all(),
    "frozen weeks": lambda s: s.scalars(select(FrozenWeek.text)).all(),
    "a streamed read": lambda s: s.scalars(select(Draft).execution_options(yield_per=1)).all(),
}


def _join() -> Any:
    both = (SiteWeek.site == Draft.site) & (SiteWeek.year == Draft.year)
    return select(SiteWeek.site, Draft.site).join(Draft, both)


def _self_join() -> Any:
    other = aliased(Draft)
    return select(Draft.site, other.site).join(other, Draft.year == other.year)


@pytest.mark.parametrize("way", READS)
def test_a_read_gives_only_what_is_of_the_site(filled: Store, way: str) -> None:
    with filled.open_session(WRITE) as session:
        everything = every_cell(READS[way](session))
    with filled.open_session(north()) as session:
        found = every_cell(READS[way](session))
    assert "south" in everything or "X000002" in everything or "2" in everything
    assert "south" not in found
    assert "X000002" not in found
    assert "Resident X000002" not in found
    assert "Lounge 2" not in found


UNKEPT: dict[str, Callable[[Session], Any]] = {
    "text": lambda s: s.execute(text("SELECT * FROM drafts")),
    "a bare table": lambda s: s.execute(select(Draft.__table__)),
    "a bare column": lambda s: s.execute(select(Draft.__table__.c.site)),
    "an alias": lambda s: s.scalars(select(aliased(Draft))).all(),
    "a self join": lambda s: s.execute(_self_join()).all(),
    "a bare sheet": lambda s: s.execute(select(SHEETS["stays"].table)),
    "a class in a condition alone": lambda s: s.execute(
        select(SiteWeek.site).where(SiteWeek.year == Draft.year)
    ),
    "a subquery": lambda s: s.execute(select(select(Draft.site).subquery().c.site)),
    "exists": lambda s: s.execute(select(Name.id).where(exists().where(Draft.site == Name.id))),
    "a scalar select": lambda s: s.execute(select(select(Draft.site).scalar_subquery())),
    "a union": lambda s: s.execute(union(select(Draft.site), select(SiteWeek.site))),
    "a common table": lambda s: s.execute(select(select(Draft.site).cte().c.site)),
    "a literal": lambda s: s.execute(select(literal_column("(SELECT name FROM names)"))),
    "the connection": lambda s: s.connection().execute(select(Draft.__table__)),
    "the driver": lambda s: s.connection().exec_driver_sql("SELECT * FROM drafts"),
    "text as entities": lambda s: s.scalars(
        select(Draft).from_statement(text("SELECT * FROM drafts"))
    ),
    "accounts": lambda s: s.scalars(select(Account)).all(),
    "a bare delete": lambda s: s.execute(delete(Draft.__table__)),
    "a bare update": lambda s: s.execute(update(Booked.__table__).values(who="x")),
    "a bare insert": lambda s: s.execute(insert(Booked.__table__).values(who="x")),
    "bulk mappings": lambda s: s.bulk_insert_mappings(
        Answered, [{"key": "k", "answer": {}, "at": NOW}]
    ),
}


@pytest.mark.parametrize("way", UNKEPT)
def test_what_cannot_be_kept_within_a_site_is_refused(filled: Store, way: str) -> None:
    with pytest.raises(Refused), filled.open_session(north(write=True)) as session:
        UNKEPT[way](session)


def a_booking(site: str) -> dict[str, Any]:
    when = {"year": CLOCK.year, "number": CLOCK.number, "start": 1, "finish": 2}
    return {"site": site, "demand": "d", "kind": "room", "who": "r", **when}


WRITES: dict[str, Callable[[Session], Any]] = {
    "an added row": lambda s: s.add(Booked(**a_booking("south"))),
    "a bulk insert": lambda s: s.execute(insert(Booked), [a_booking("south")]),
    "an insert with values": lambda s: s.execute(insert(Booked).values(**a_booking("south"))),
    "a room": lambda s: s.execute(
        insert(ROOMS), [{"position": 1, "id": "r", "site": "south", "seats": 1}]
    ),
    "moving a row away": lambda s: s.execute(update(ROOMS).values(site="south")),
    "moving an object away": lambda s: setattr(
        s.get_one(SiteWeek, ("north", CLOCK.year, CLOCK.number)), "site", "south"
    ),
    "somebody else's resident": lambda s: s.execute(
        insert(STAYS),
        [
            {
                "position": 9,
                "resident": "X0000021",
                "site": "south",
                "arrives": date(2026, 1, 1),
                "status": "arrived",
                "place": "premises",
                "pipe": True,
            }
        ],
    ),
    "placing somebody else": lambda s: s.execute(
        insert(PersonSite), [{"person": "X0000021", "site": "north"}]
    ),
    "a name of somebody else": lambda s: s.execute(
        insert(Name), [{"kind": "crn", "id": "X0000021", "name": "x"}]
    ),
    "an absence of somebody else": lambda s: s.execute(
        insert(SHEETS["absences"].entity),
        [
            {
                "position": 1,
                "staff": "2-w1",
                "start_date": date(2026, 1, 1),
                "start": time(1),
                "end_date": date(2026, 1, 2),
                "end": time(1),
            }
        ],
    ),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_row_of_other_premises_is_not_written(filled: Store, way: str) -> None:
    with filled.open_session(north(write=True)) as session:
        with pytest.raises(Foreign):
            _written(session, WRITES[way])
        session.rollback()


def _written(session: Session, way: Callable[[Session], Any]) -> None:
    way(session)
    session.flush()


def test_updates_and_deletes_touch_only_what_is_of_the_site(filled: Store) -> None:
    with filled.open_session(north(write=True)) as session:
        session.execute(update(ROOMS).values(seats=3))
        session.execute(delete(PersonSite))
    with filled.open_session(WRITE) as session:
        seats = dict(tuple(row) for row in session.execute(select(ROOMS.site, ROOMS.seats)))
        assert seats == {"north": 3, "south": 12}
        assert set(session.scalars(select(PersonSite.site))) == {"south"}


OPEN_ROWS = {
    "sites": ("id", "south"),
    "travel": ("to_site", "south"),
    "bank_holidays": ("day", CLOCK.monday),
}


@pytest.mark.parametrize("name", reach.OPEN_SHEETS)
def test_what_everybody_may_read_only_its_own_premises_take_away(filled: Store, name: str) -> None:
    entity, (key, value) = SHEETS[name].entity, OPEN_ROWS[name]
    with filled.open_session(WRITE) as session:
        session.execute(
            insert(SHEETS["bank_holidays"].entity), [{"position": 1, "day": CLOCK.monday}]
        )
    with filled.open_session(north(write=True)) as session:
        assert session.scalars(select(entity.row).where(getattr(entity, key) == value)).all()
        session.execute(delete(entity).where(getattr(entity, key) == value))
    with filled.open_session(WRITE) as session:
        assert session.scalars(select(entity.row).where(getattr(entity, key) == value)).all()


@pytest.mark.parametrize(("kind", "id_"), [("site", "south"), ("account", "a")])
def test_a_name_that_everybody_may_read_is_not_everybodys_to_change(
    filled: Store, kind: str, id_: str
) -> None:
    with filled.open_session(WRITE) as session:
        session.add(Name(kind="account", id="a", name="South House"))
    mine = (Name.kind == kind, Name.id == id_)
    with filled.open_session(north(write=True)) as session:
        assert session.scalar(select(Name.name).where(*mine)) == "South House"
        session.execute(update(Name).where(*mine).values(name="Ours"))
        session.execute(delete(Name).where(*mine))
    with filled.open_session(WRITE) as session:
        assert session.scalar(select(Name.name).where(*mine)) == "South House"


def test_a_stay_elsewhere_that_may_be_read_is_not_taken_away(filled: Store) -> None:
    with filled.open_session(WRITE) as session:
        plan = load_plan(session)
        visits = (EnrolmentRow("1-art", "X0000021", date(2026, 9, 1)),)
        save_plan(session, replace(plan, enrolments=visits))
    with filled.open_session(north(write=True)) as session:
        assert "X0000021" in set(session.scalars(select(STAYS.resident)))
        session.execute(delete(STAYS))
    with filled.open_session(WRITE) as session:
        assert set(session.scalars(select(STAYS.resident))) == {"X0000021", "X0000022"}


def test_what_a_change_brings_into_reach_is_not_taken_away_with_it(filled: Store) -> None:
    with filled.open_session(WRITE) as session:
        plan = load_plan(session)
        save_plan(session, replace(plan, enrolments=(ENROLLED,)))
    with filled.open_session(north(write=True)) as session:
        plan = load_plan(session)
        art = replace(plan.programmes[0], id="2-art")
        with pytest.raises(Foreign):
            save_plan(session, replace(plan, programmes=(*plan.programmes, art)))
        session.rollback()
    with filled.open_session(WRITE) as session:
        assert load_plan(session).enrolments == (ENROLLED,)


def test_a_foreign_object_cannot_be_deleted_even_when_it_is_at_hand(filled: Store) -> None:
    with filled.open_session(WRITE) as session:
        theirs = session.get_one(SiteWeek, ("south", CLOCK.year, CLOCK.number))
    with filled.open_session(north(write=True)) as session:
        with pytest.raises(Foreign):
            _written(session, lambda s: s.delete(theirs))
        session.rollback()


def test_a_passage_reaches_further_and_leaves_nothing_behind(filled: Store) -> None:
    key = ("south", CLOCK.year, CLOCK.number)
    before = gate.counted["busy_elsewhere"]
    with filled.open_session(north()) as session:
        assert session.get(SiteWeek, key) is None
        with passage(session, "busy_elsewhere"):
            assert session.get_one(SiteWeek, key).site == "south"
        assert session.get(SiteWeek, key) is None
    assert gate.counted["busy_elsewhere"] == before + 1


def test_a_row_at_hand_before_a_passage_is_still_at_hand_after_it(filled: Store) -> None:
    key = ("north", CLOCK.year, CLOCK.number)
    with filled.open_session(north(write=True)) as session:
        row = session.get_one(SiteWeek, key)
        with passage(session, "busy_elsewhere"):
            session.scalars(select(SiteWeek)).all()
        row.version = 77
    with filled.open_session(north()) as session:
        assert session.get_one(SiteWeek, key).version == 77


def test_a_passage_without_a_name_is_refused(filled: Store) -> None:
    with (
        filled.open_session(north()) as session,
        pytest.raises(KeyError),
        passage(session, "because"),
    ):
        pass


def test_every_table_says_how_it_is_kept() -> None:
    closed = set(reach.CLOSED)
    for mapper in Base.registry.mappers:
        entity = mapper.class_
        assert (entity in reach.REACH) != (entity in closed), entity
    mapped = {mapper.local_table for mapper in Base.registry.mappers}
    assert mapped == set(Base.metadata.tables.values())


def test_a_plan_of_one_site_holds_nobody_of_the_other(filled: Store) -> None:
    with filled.open_session(north()) as session:
        plan, names = load_plan(session), names_of(session)
    assert {r.id for r in plan.residents} == {"X0000011", "X0000012"}
    assert {s.id for s in plan.staff} == {"1-w1", "1-w2", "1-w3", "psy"}
    assert {r.site for r in plan.rooms} == {"north"}
    assert not [name for name in names.values() if "X000002" in name]


def test_a_stay_here_of_somebody_known_elsewhere_alone_is_refused(filled: Store) -> None:
    with filled.open_session(north(write=True)) as session:
        plan = load_plan(session)
        stays = (*plan.stays, StayRow("X0000021", "north", date(2026, 12, 1)))
        with pytest.raises(Foreign):
            save_plan(session, replace(plan, stays=stays))
        session.rollback()
