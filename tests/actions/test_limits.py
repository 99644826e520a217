"""A manager of one of two premises lives a whole week, and never meets the other premises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

from pipe_sched.access import LOCAL, Actor, Grant, Role
from pipe_sched.actions.change_week import Asked, change_week
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.end_stay import end_stay, tell_left
from pipe_sched.actions.errors import BadRequest, NotAllowed, NotFound, Refusal
from pipe_sched.actions.export_week import export_week
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.list_sites import list_sites
from pipe_sched.actions.other_places import other_places
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.record_happening import Arrives, Away, RoomOut, record_happening
from pipe_sched.actions.restore_version import restore_version
from pipe_sched.actions.see_proposal import see_proposal
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.see_versions import see_published, see_versions
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.settle_proposal import settle_proposal
from pipe_sched.actions.step_back import step_back
from pipe_sched.actions.stop_run import stop_run
from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import Put
from pipe_sched.core.plan import Plan, ResidentRow, SiteRow, StayRow
from pipe_sched.store.engine import Store
from pipe_sched.store.tables import Run, SiteWeek
from tests.actions.builders import CLOCK, MONDAY, NOW, art, case, later
from tests.actions.lives import ALL, published
from tests.actions.runs import HELD, WORKER_SCOPE, answer, claim, generate, planned
from tests.actions.test_joint_answers import GUEST, joint

THEIRS = ("Resident X00000", "X0000021", "X0000022", "2-w1", "Worker 2", "Lounge 2", "2-lounge")
CHANGES = {"tier": "changes", "cost": 0, "bound": 0, "proven": True}


def of(*sites: str, role: Role = "manager") -> Actor:
    return Actor("somebody", frozenset(Grant(role, site) for site in sites), "1-w1")


NORTH = of("north")


def north(store: Store, who: Actor = NORTH) -> WeekView:
    found = see_week(store, who, "north", CLOCK, now=NOW)
    assert found is not None
    return found


def nothing_of_theirs(found: object) -> None:
    text = repr(found).replace("X0000011", "").replace("X0000012", "")
    assert [word for word in THEIRS[1:] if word in text] == []


def test_a_manager_of_one_premises_lives_a_week_through(store: Store) -> None:
    assert planned(store, ALL[2], ALL[3], sites=("south",)) == "done"
    drawn = draw_up_week(store, NORTH, ["north"], CLOCK, now=NOW)
    assert len(drawn.added) == 2
    run = generate_timetable(store, NORTH, ["north"], CLOCK, now=NOW).run.id
    assert answer(store, claim(store), art("north", 10), case("north", 14)) == "done"
    assert see_run(store, NORTH, run).state == "done"
    view = north(store)
    assert not view.broken
    place = next(a for a in view.timetable.assignments if "art" in a.demand)
    assert other_places(store, NORTH, "north", CLOCK, place, now=NOW)
    asked = Asked(Put(replace(place, start=11 * 60)), view.version, {})
    change_week(store, NORTH, "north", CLOCK, asked, save=True, now=NOW)
    step_back(store, NORTH, "north", CLOCK, version=north(store).version, now=NOW)
    told = publish_week(
        store, NORTH, "north", CLOCK, version=north(store).version, save=True, now=NOW
    )
    assert told.version == 1
    out = RoomOut("1-lounge", MONDAY, time(18), MONDAY, time(20))
    assert record_happening(store, NORTH, "north", out, now=NOW)
    sick = Away("psy", date(2026, 12, 4), time(8), date(2026, 12, 4), time(20))
    assert record_happening(store, NORTH, "north", sick, now=NOW)
    ended = end_stay(store, NORTH, "north", "X0000012", MONDAY, time(9), now=NOW)
    assert ended.out_of == 1
    assert tell_left(store, NORTH, "north", "X0000012")
    restore_version(store, NORTH, "north", CLOCK, 1, version=north(store).version, now=later(60))
    nothing_of_theirs((north(store), see_versions(store, NORTH, "north", CLOCK)))
    nothing_of_theirs(see_published(store, NORTH, "north", CLOCK))
    nothing_of_theirs(export_week(store, NORTH, "north", CLOCK))


def test_a_shared_worker_is_busy_elsewhere_for_a_manager_who_cannot_look_there(
    store: Store,
) -> None:
    published(store)
    view = north(store)
    place = next(a for a in view.timetable.assignments if "case" in a.demand)
    asked = Asked(Put(replace(place, start=10 * 60)), view.version, {})
    told = change_week(store, NORTH, "north", CLOCK, asked, now=NOW)
    assert any("Shared Psychologist" in b.sentence for b in told.broken)
    nothing_of_theirs([b.sentence for b in told.broken])


ELSEWHERE: dict[str, Callable[[Store, str], Any]] = {
    "see_week": lambda s, site: see_week(s, NORTH, site, CLOCK),
    "draw_up": lambda s, site: draw_up_week(s, NORTH, [site], CLOCK),
    "draw_up_both": lambda s, site: draw_up_week(s, NORTH, ["north", site], CLOCK),
    "generate": lambda s, site: generate_timetable(s, NORTH, [site], CLOCK),
    "change": lambda s, site: change_week(s, NORTH, site, CLOCK, Asked(Put(ALL[0]), 1, {})),
    "publish": lambda s, site: publish_week(s, NORTH, site, CLOCK, version=1),
    "publish_also": lambda s, site: publish_week(
        s, NORTH, "north", CLOCK, version=north(s).version, also={site: 1}
    ),
    "versions": lambda s, site: see_versions(s, NORTH, site, CLOCK),
    "published": lambda s, site: see_published(s, NORTH, site, CLOCK),
    "proposal": lambda s, site: see_proposal(s, NORTH, site, CLOCK),
    "restore": lambda s, site: restore_version(s, NORTH, site, CLOCK, 1, version=1),
    "step": lambda s, site: step_back(s, NORTH, site, CLOCK, version=1),
    "end_stay": lambda s, site: end_stay(s, NORTH, site, "X0000021", MONDAY, time(9)),
    "tell_left": lambda s, site: tell_left(s, NORTH, site, "X0000021"),
    "export": lambda s, site: export_week(s, NORTH, site, CLOCK),
    "happening": lambda s, site: record_happening(
        s, NORTH, site, RoomOut("2-lounge", MONDAY, time(9), MONDAY, time(10))
    ),
}


def refusal(way: Callable[[Store, str], Any], store: Store, site: str) -> tuple[type, str]:
    with pytest.raises(Refusal) as caught:
        way(store, site)
    return type(caught.value), caught.value.sentence.replace(site, "SITE")


@pytest.mark.parametrize("way", ELSEWHERE)
def test_other_premises_answer_as_if_there_were_none(store: Store, way: str) -> None:
    published(store)
    there = refusal(ELSEWHERE[way], store, "south")
    assert there == refusal(ELSEWHERE[way], store, "nowhere")
    assert there[0] is NotFound


OTHERS: dict[str, Callable[[Store, str, str], Any]] = {
    "end_stay": lambda s, person, _: end_stay(s, NORTH, "north", person, MONDAY, time(9)),
    "away": lambda s, person, _: record_happening(
        s, NORTH, "north", Away(person, MONDAY, time(9), MONDAY, time(10))
    ),
    "room_out": lambda s, _, room: record_happening(
        s, NORTH, "north", RoomOut(room, MONDAY, time(9), MONDAY, time(10))
    ),
    "change_room": lambda s, _, room: change_week(
        s, NORTH, "north", CLOCK, Asked(Put(replace(ALL[0], room=room)), north(s).version, {})
    ),
}


@pytest.mark.parametrize("way", OTHERS)
def test_people_and_rooms_of_other_premises_answer_as_if_there_were_none(
    store: Store, way: str
) -> None:
    published(store)
    person = "X0000021" if way == "end_stay" else "2-w1"
    found = []
    for who, room in ((person, "2-lounge"), ("nobody", "no-room")):
        with pytest.raises(Refusal) as caught:
            OTHERS[way](store, who, room)
        found.append((type(caught.value), caught.value.sentence))
    assert found[0] == found[1]
    nothing_of_theirs(found)


@pytest.mark.parametrize("role", ["psychologist", "key_worker", "staff"])
def test_who_does_not_plan_reads_what_is_published_and_no_draft(store: Store, role: Role) -> None:
    reader = of("north", role=role)
    assert planned(store, *ALL) == "done"
    before = north(store, reader)
    assert (before.revision, before.timetable.assignments, before.published) == (0, (), None)
    manager = north(store)
    publish_week(store, NORTH, "north", CLOCK, version=manager.version, save=True, now=NOW)
    end_stay(store, NORTH, "north", "X0000012", MONDAY, time(9), now=NOW)
    after = north(store, reader)
    assert after.reading
    assert {"X0000011", "X0000012"} == set(
        next(a for a in after.timetable.assignments if "art" in a.demand).attendees
    )
    assert (after.unheld, after.findings, after.untold, after.run) == ((), (), frozenset(), None)
    for forbidden in (see_versions, export_week, see_proposal):
        with pytest.raises(NotAllowed):
            forbidden(store, reader, "north", CLOCK)


def test_a_run_of_two_premises_is_seen_and_not_stopped_by_who_plans_one(store: Store) -> None:
    run = generate(store)
    assert see_run(store, NORTH, run).active
    assert see_run(store, NORTH, run).sites == ("north",)
    with pytest.raises(NotAllowed, match="Other premises"):
        stop_run(store, NORTH, run)
    assert generate_timetable(store, NORTH, ["north"], CLOCK, now=NOW).run.id == run


def test_a_replan_of_two_premises_is_settled_by_who_plans_both(store: Store) -> None:
    published(store)
    run = generate(store, now=later(60))
    assert answer(store, claim(store), *ALL, tiers=(HELD, CHANGES)) == "done"
    assert [part.site for part in see_proposal(store, NORTH, "north", CLOCK).sites] == ["north"]
    with pytest.raises(NotAllowed, match="other premises"):
        settle_proposal(store, NORTH, run, accept=True)
    settle_proposal(store, of("north", "south"), run, accept=True)


def test_a_role_elsewhere_gives_no_right_here(store: Store) -> None:
    published(store)
    mixed = Actor("m", frozenset({Grant("manager", "south"), Grant("staff", "north")}), "1-w1")
    assert {s.id for s in list_sites(store, mixed)} == {"north", "south"}
    with pytest.raises(NotFound):
        publish_week(store, mixed, "north", CLOCK, version=1)
    assert north(store, mixed).reading


def test_an_import_is_kept_to_the_sites_of_who_imports(store: Store) -> None:
    mine = Plan(residents=(ResidentRow("X0000013", "New"),), stays=(_stay("X0000013", "north"),))
    assert import_plan(store, NORTH, mine).written
    for plan in (
        Plan(sites=(SiteRow("south", "Mine now"),)),
        Plan(sites=(SiteRow("nowhere", "A new one"),)),
        Plan(bank_holidays=(date(2026, 12, 24),)),
        Plan(stays=(_stay("X0000021", "north"),)),
        Plan(stays=(_stay("X0000011", "south"),)),
        Plan(residents=(ResidentRow("X0000021", "Renamed"),)),
    ):
        with pytest.raises(BadRequest, match=r"other premises|not among your premises|there is no"):
            import_plan(store, NORTH, plan)
    assert import_plan(
        store, NORTH, Plan(sites=(SiteRow("north", "North House", beds=12),))
    ).written
    assert import_plan(store, NORTH, Plan(bank_holidays=(date(2026, 12, 25),))).written
    assert import_plan(store, LOCAL, Plan(residents=(ResidentRow("X0000021", "R"),))).written


def _stay(resident: str, site: str) -> StayRow:
    return StayRow(resident, site, date(2026, 11, 1))


def test_somebody_known_elsewhere_does_not_arrive_here(store: Store) -> None:
    arrives = Arrives("X000021", "A name", MONDAY, time(12), "1-w1")
    import_plan(store, LOCAL, Plan(residents=(ResidentRow("X000021", "Somebody"),)))
    import_plan(store, LOCAL, Plan(stays=(StayRow("X000021", "south", date(2026, 1, 1)),)))
    with pytest.raises(BadRequest, match="known at other premises"):
        record_happening(store, NORTH, "north", arrives, now=NOW)


def test_a_week_drawn_up_with_others_by_an_older_program_is_to_be_drawn_up_again(
    store: Store,
) -> None:
    generate(store)
    with store.open_session(WORKER_SCOPE) as session:
        run = session.scalars(select(Run)).one()
        for site in ("north", "south"):
            row = session.get_one(SiteWeek, (site, CLOCK.year, CLOCK.number))
            row.week_hash = run.week_hash
    with pytest.raises(NotFound, match="Draw it up again"):
        north(store)
    assert see_versions(store, NORTH, "north", CLOCK).drafts == ()
    with pytest.raises(NotFound, match="Draw it up again"):
        export_week(store, NORTH, "north", CLOCK)
    assert north(store, of("north", role="staff")).revision == 0
    draw_up_week(store, NORTH, ["north"], CLOCK, now=NOW)
    assert north(store).revision == 0


def test_the_end_of_a_stay_elsewhere_is_an_ordinary_change_in_the_list_of_drafts(
    store: Store,
) -> None:
    joint(store)
    generate(store)
    group = replace(art("north", 13), attendees=("X0000011", "X0000012", GUEST))
    assert answer(store, claim(store), group, *ALL[1:]) == "done"
    end_stay(store, of("south"), "south", GUEST, MONDAY, time(9), now=NOW)
    causes = {
        site: see_versions(store, LOCAL, site, CLOCK).drafts[0].cause for site in ("north", "south")
    }
    assert causes == {"north": "change", "south": "stay_ended"}


def test_nothing_is_published_for_the_first_time_while_a_leaving_there_is_held_back(
    store: Store,
) -> None:
    assert planned(store, *ALL) == "done"
    end_stay(store, NORTH, "north", "X0000012", MONDAY, time(9), now=NOW)
    with pytest.raises(BadRequest, match="held back"):
        publish_week(store, NORTH, "north", CLOCK, version=north(store).version, save=True, now=NOW)
    tell_left(store, NORTH, "north", "X0000012")
    publish_week(store, NORTH, "north", CLOCK, version=north(store).version, save=True, now=NOW)


def test_an_exported_draft_says_when_people_are_busy_elsewhere_and_not_with_what(
    store: Store,
) -> None:
    assert planned(store, *ALL) == "done"
    week = export_week(store, NORTH, "north", CLOCK).week
    assert {(b.kind, b.room) for b in week.bookings if b.site == "south"} == {("elsewhere", None)}
