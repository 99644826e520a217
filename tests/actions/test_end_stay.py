"""Ending a stay: one action frees every later slot, and nothing outside shows it before time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.end_stay import end_stay, tell_left
from pipe_sched.actions.errors import BadRequest, Conflict, NotFound, Overtaken
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.record_happening import people_and_rooms
from pipe_sched.actions.see_versions import see_published, see_versions
from pipe_sched.actions.see_week import see_week
from pipe_sched.core.changes import Cancel, OneOff, Put
from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import ApartRow, Part, Plan, ProgrammeRow, ResidentRow, StayRow
from pipe_sched.core.week import Assignment, Lead
from pipe_sched.store.engine import Store
from pipe_sched.store.tables import Booked
from tests.actions.builders import CLOCK, NOW, art, case, two_premises
from tests.actions.lives import change, move, place_of, publish, view
from tests.actions.runs import WORKER_SCOPE, answer, claim, generate, planned

GONE, STAYS = "X0000011", "X0000012"
ART, CASE = "north:1-art:group:1", "north:1-case:group:1"
KEYS = {p: f"north:1-key:{p}:1" for p in (GONE, STAYS)}


def key_work(person: str, hour: int) -> Assignment:
    lead = (Lead("lead", "1-w2"),)
    return Assignment(KEYS[person], hour * 60, "1-lounge", lead, (person,))


@pytest.fixture
def store(store: Store) -> Store:
    """North with key work for both residents, planned and published."""
    keys = ProgrammeRow(
        "1-key",
        "north",
        "key_work",
        45,
        whom="each_resident",
        parts=(Part("lead", 1, ("residential_worker",)),),
        one_to_one=True,
    )
    import_plan(store, LOCAL, Plan(programmes=(keys,)))
    places = (art("north", 10), case("north", 14), key_work(GONE, 12), key_work(STAYS, 13))
    assert planned(store, *places, art("south", 11), sites=("north", "south")) == "done"
    publish(store)
    return store


def end(store: Store, hour: int = 9, **more):
    return end_stay(store, LOCAL, "north", GONE, CLOCK.monday, time(hour), now=NOW, **more)


NEXT = Clock(2026, 50)


def residents_for_staff(store: Store, clock: Clock) -> set[str]:
    """The residents whom somebody who does not plan finds in a week."""
    staff = Actor("s", frozenset({Grant("staff", "north")}), "1-w1")
    found = see_week(store, staff, "north", clock, now=NOW)
    assert found is not None
    return {p.id for p in found.week.people if p.type == "resident"}


def test_a_week_drawn_up_again_does_not_tell_staff_who_is_gone(store: Store) -> None:
    draw_up_week(store, LOCAL, ["north"], NEXT, now=NOW)
    before = residents_for_staff(store, NEXT)
    end(store)
    draw_up_week(store, LOCAL, ["north"], NEXT, now=NOW)
    assert residents_for_staff(store, NEXT) == before


def test_a_week_is_first_published_once_it_may_be_told_who_has_left(store: Store) -> None:
    end(store)
    generate(store, "north", clock=NEXT)
    assert answer(store, claim(store)) == "done"
    seen = see_week(store, LOCAL, "north", NEXT, now=NOW)
    assert seen is not None
    with pytest.raises(BadRequest, match="held back"):
        publish_week(store, LOCAL, "north", NEXT, version=seen.version, save=True, now=NOW)
    tell_left(store, LOCAL, "north", GONE)
    seen = see_week(store, LOCAL, "north", NEXT, now=NOW)
    assert seen is not None
    publish_week(store, LOCAL, "north", NEXT, version=seen.version, save=True, now=NOW)
    assert residents_for_staff(store, NEXT) == {STAYS}


def test_one_action_frees_every_later_slot(store: Store) -> None:
    done = end(store)
    assert (done.off, done.out_of) == (1, 1)
    now = view(store)
    assert now.cause == "stay_ended"
    held = {a.demand: a for a in now.timetable.assignments}
    assert KEYS[GONE] not in held
    assert held[ART].attendees == (STAYS,)
    assert not now.broken
    with store.open_session(WORKER_SCOPE) as session:
        assert session.scalars(select(Booked).where(Booked.who == GONE)).all() == []


def test_what_lies_before_the_end_stays(store: Store) -> None:
    done = end(store, 11)
    assert (done.off, done.out_of) == (1, 0)
    assert GONE in place_of(store, ART).attendees


def test_sent_twice_it_is_done_once(store: Store) -> None:
    assert end(store, key="form-1") == end(store, key="form-1")
    assert view(store).revision == 2


def test_nothing_is_told_before_they_have_left(store: Store) -> None:
    end(store)
    now = view(store).published
    assert now is not None
    assert now.changed == (), "no list of differences shows it"
    told = publish(store)
    assert told.held_back
    assert told.says == ()
    assert GONE not in told.people
    line = see_versions(store, LOCAL, "north", CLOCK).versions[0]
    assert (line.says, line.names, line.held_back) == ((), (), True)
    shown = {a.demand: a for a in see_published(store, LOCAL, "north", CLOCK).timetable.assignments}
    assert shown[KEYS[GONE]] == key_work(GONE, 12), "the wall looks as before"
    assert set(shown[ART].attendees) == {GONE, STAYS}
    given = see_published(store, LOCAL, "north", CLOCK)
    assert {a.demand for a in given.timetable.assignments} <= {d.id for d in given.week.demands}


def test_once_they_have_left_the_truth_is_shown(store: Store) -> None:
    end(store)
    publish(store)
    assert tell_left(store, LOCAL, "north", GONE)
    assert not tell_left(store, LOCAL, "north", GONE)
    shown = {a.demand: a for a in see_published(store, LOCAL, "north", CLOCK).timetable.assignments}
    assert KEYS[GONE] not in shown
    assert shown[ART].attendees == (STAYS,)


def test_their_time_cannot_be_given_away_in_public_before_they_have_left(store: Store) -> None:
    end(store)
    change(store, move(place_of(store, KEYS[STAYS]), 12))
    with pytest.raises(Conflict, match="held back"):
        publish(store)
    tell_left(store, LOCAL, "north", GONE)
    assert "No longer due: Key work, Resident X0000011 on Monday midday." in publish(store).says


def test_told_at_once_it_is_shown_at_once(store: Store) -> None:
    end(store, told=True)
    told = publish(store)
    assert not told.held_back
    assert any("Key work, Resident X0000011" in say for say in told.says)


def test_a_stay_that_is_not_there_or_a_time_before_it_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="Nobody"):
        end_stay(store, LOCAL, "north", "X999999", CLOCK.monday, time(9))
    with pytest.raises(NotFound, match="Nobody"):
        end_stay(store, LOCAL, "south", GONE, CLOCK.monday, time(9))
    with pytest.raises(BadRequest, match="before it begins"):
        end_stay(store, LOCAL, "north", GONE, CLOCK.neighbour(-30).monday, time(9))
    assert view(store).revision == 1


def test_a_one_off_for_them_alone_goes_and_a_group_goes_on_without_them(store: Store) -> None:
    one = OneOff("north", "induction", 30, 15 * 60, "1-lounge", ("1-w2",), (GONE,), 0)
    group = OneOff("north", "structured", 30, 16 * 60, "1-lounge", ("1-w2",), (GONE, STAYS), 0)
    for what in (one, group):
        change(store, what)
    end(store)
    places = view(store).timetable.assignments
    assert [a.attendees for a in places if ":one-off:" in a.demand] == [(STAYS,)]


def test_a_group_that_was_theirs_alone_is_off(store: Store) -> None:
    place = replace(place_of(store, ART), attendees=(GONE,))
    change(store, Put(place))
    assert end(store).off == 2


def test_what_else_changes_in_a_group_of_theirs_is_told_without_them(store: Store) -> None:
    end(store)
    change(store, move(place_of(store, ART), 11))
    told = publish(store)
    assert told.says == ("Moved: Socially creative session from Monday 10am to Monday 11am.",)
    assert GONE not in told.people
    assert STAYS in told.people


def test_an_older_workbook_does_not_bring_them_back(store: Store) -> None:
    end(store)
    done = import_plan(store, LOCAL, two_premises())
    assert done.changed == 0
    assert place_of(store, ART).attendees == (STAYS,)
    assert not view(store).broken


def shown(store: Store) -> dict[str, Assignment]:
    given = see_published(store, LOCAL, "north", CLOCK)
    return {a.demand: a for a in given.timetable.assignments}


def test_a_group_that_is_cancelled_is_off_for_them_too(store: Store) -> None:
    end(store)
    change(store, Cancel(ART, "no_cover"))
    told = publish(store)
    assert told.says == ("Cancelled: Socially creative session on Monday 10am.",)
    assert ART not in shown(store)
    assert KEYS[GONE] in shown(store)


def test_they_are_shown_where_they_were_in_the_same_order(store: Store) -> None:
    before = shown(store)[ART].attendees
    end(store)
    publish(store)
    assert shown(store)[ART].attendees == before


def test_their_group_stays_on_the_wall_when_one_is_left_in_it(store: Store) -> None:
    end(store)
    publish(store)
    given = see_published(store, LOCAL, "north", CLOCK)
    (demand,) = [d for d in given.week.demands if d.id == ART]
    assert len(demand.attendees) == 2


def test_nobody_is_shown_beside_somebody_they_are_kept_apart_from(store: Store) -> None:
    third = "X0000013"
    plan = Plan(
        residents=(ResidentRow(third, "Third"),),
        stays=(StayRow(third, "north", date(2026, 9, 1)),),
        kept_apart=(ApartRow(GONE, third),),
    )
    import_plan(store, LOCAL, plan)
    end(store)
    place = place_of(store, ART)
    change(store, Put(replace(place, attendees=(*place.attendees, third))))
    with pytest.raises(Conflict, match="held back"):
        publish(store)
    tell_left(store, LOCAL, "north", GONE)
    assert publish(store).version == 2


def test_their_worker_is_busy_elsewhere_while_they_are_shown_still(store: Store) -> None:
    by_psy = Put(replace(place_of(store, KEYS[GONE]), staff=(Lead("lead", "psy"),)))
    broken = change(store, by_psy, save=False).to_agree
    change(store, by_psy, agreed={(b.rule, b.key): "manager" for b in broken})
    publish(store)
    end(store)
    publish(store)
    other = case("south", 12)
    told = change(store, Put(other), "south", save=False)
    assert "one_place" in {b.rule for b in told.broken}
    assert booked(store, "psy") == {(CASE, 14), (KEYS[GONE], 12)}
    tell_left(store, LOCAL, "north", GONE)
    assert booked(store, "psy") == {(CASE, 14)}
    told = change(store, Put(other), "south", save=False)
    assert "one_place" not in {b.rule for b in told.broken}


def booked(store: Store, who: str) -> set[tuple[str, int]]:
    origin = int(CLOCK.origin.timestamp()) // 60
    with store.open_session(WORKER_SCOPE) as session:
        rows = session.scalars(select(Booked).where(Booked.who == who)).all()
    return {(r.demand, (r.start - origin) // 60) for r in rows}


def test_once_they_have_left_the_news_is_told(store: Store) -> None:
    end(store)
    publish(store)
    tell_left(store, LOCAL, "north", GONE)
    now = view(store).published
    assert now is not None
    assert now.changed == publish(store).says
    assert "No longer due: Key work, Resident X0000011 on Monday midday." in now.changed
    later = view(store).published
    assert later is not None
    assert later.changed == ()


def test_who_was_overtaken_is_not_told_who_has_gone(store: Store) -> None:
    old = view(store).version
    end(store)
    with pytest.raises(Overtaken) as refused:
        change(store, move(place_of(store, ART), 11), version=old)
    assert "X0000011" not in " ".join(refused.value.theirs)


def test_a_stay_with_a_planned_end_can_end_sooner_but_not_later(store: Store) -> None:
    planned_end = StayRow(GONE, "north", date(2026, 9, 1), leaves=CLOCK.monday, leaves_at=time(15))
    import_plan(store, LOCAL, Plan(stays=(planned_end,)))
    residents = people_and_rooms(store, LOCAL, "north", now=NOW).residents
    assert GONE in dict(residents)
    with pytest.raises(BadRequest, match="ends before that already"):
        end(store, 20)
    assert end(store, 9).off == 1
