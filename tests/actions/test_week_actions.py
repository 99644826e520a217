"""Drawing up, generating, saving and seeing a week, with the worker played by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.errors import BadRequest, NotAllowed, NotFound
from pipe_sched.actions.export_week import export_week
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.list_sites import list_sites
from pipe_sched.actions.list_weeks import list_weeks
from pipe_sched.actions.save_result import CHANGED, Outcome, save_result
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.stop_run import stop_run
from pipe_sched.actions.views import WeekView
from pipe_sched.check import Referee
from pipe_sched.core.plan import Plan
from pipe_sched.core.week import Lead
from pipe_sched.formats.week_json import timetable_from_json, week_from_json
from pipe_sched.store.engine import Store
from pipe_sched.store.runs import LostLease
from pipe_sched.store.tables import Draft
from tests.actions.builders import BOTH, CLOCK, NOW, art, case, later, timetable, two_premises
from tests.actions.runs import WORKER_SCOPE, answer, claim, generate, planned

ALL = (art("north", 10), case("north", 10 + 4), art("south", 11), case("south", 10))


def view(store: Store, site: str = "north", **more) -> WeekView:
    found = see_week(store, LOCAL, site, CLOCK, now=NOW, **more)
    assert found is not None
    return found


def drafts(store: Store) -> int:
    with store.open_session(WORKER_SCOPE) as session:
        return session.scalar(select(func.count()).select_from(Draft)) or 0


def test_importing_the_same_plan_again_changes_nothing(store: Store) -> None:
    done = import_plan(store, LOCAL, two_premises())
    assert (done.added, done.changed, done.written) == (0, 0, False)


def test_an_import_says_per_sheet_what_changes(store: Store) -> None:
    plan = two_premises()
    rooms = (replace(plan.rooms[0], seats=9), replace(plan.rooms[0], id="new", name="New"))
    preview = import_plan(store, LOCAL, Plan(sites=plan.sites, rooms=rooms), save=False)
    assert preview.sentences == ("Rooms: 1 added, 1 changed.",)
    assert not preview.written
    assert import_plan(store, LOCAL, Plan(sites=plan.sites, rooms=rooms)).written
    assert len(list_sites(store, LOCAL)) == 2


def test_an_import_that_names_an_unknown_site_stores_nothing(store: Store) -> None:
    room = replace(two_premises().rooms[0], id="lost", site="nowhere")
    with pytest.raises(BadRequest, match="there is no “nowhere”"):
        import_plan(store, LOCAL, Plan(rooms=(room,)))
    assert import_plan(store, LOCAL, two_premises()).written is False


def test_drawing_up_twice_finds_the_same_demands(store: Store) -> None:
    first = draw_up_week(store, LOCAL, BOTH, CLOCK, now=NOW)
    assert len(first.added) == 4
    again = draw_up_week(store, LOCAL, BOTH, CLOCK, now=NOW)
    assert (again.added, again.changed, again.withdrawn, again.same) == ((), (), (), 4)


def test_drawing_up_an_unknown_site_or_none_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="no site “west”"):
        draw_up_week(store, LOCAL, ["west"], CLOCK)
    with pytest.raises(BadRequest, match="at least one site"):
        draw_up_week(store, LOCAL, [], CLOCK)


def test_a_week_that_was_not_drawn_up_is_not_there(store: Store) -> None:
    assert see_week(store, LOCAL, "north", CLOCK) is None
    with pytest.raises(NotFound, match="draw it up first"):
        export_week(store, LOCAL, "north", CLOCK)


def test_a_second_generate_gets_the_first_ones_run(store: Store) -> None:
    first = generate_timetable(store, LOCAL, BOTH, CLOCK)
    assert first.queued
    assert first.drawn_up is not None
    second = generate_timetable(store, LOCAL, ["south"], CLOCK)
    assert not second.queued
    assert second.run.id == first.run.id
    assert second.run.sites == BOTH


def test_the_same_key_is_the_same_request(store: Store) -> None:
    first = generate_timetable(store, LOCAL, BOTH, CLOCK, key="form-1").run
    stop_run(store, LOCAL, first.id)
    assert generate_timetable(store, LOCAL, BOTH, CLOCK, key="form-1").run.id == first.id
    other = generate_timetable(store, LOCAL, BOTH, CLOCK.neighbour(1), key="form-1")
    assert other.queued, "a key belongs to its sites and week"
    assert generate_timetable(store, LOCAL, BOTH, CLOCK, key="form-2").run.id != first.id


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"seconds": 1e9}, {"workers": 0}])
def test_limits_out_of_range_are_refused(store: Store, limits) -> None:
    with pytest.raises(BadRequest, match="must be"):
        generate_timetable(store, LOCAL, BOTH, CLOCK, **limits)


def test_an_answer_becomes_one_draft_per_site(store: Store) -> None:
    assert planned(store, *ALL) == "done"
    north, south = view(store), view(store, "south")
    assert (north.revision, south.revision) == (1, 1)
    assert north.timetable == timetable(*ALL[:2])
    assert south.timetable == timetable(*ALL[2:])
    assert north.sites == BOTH
    assert not north.broken
    assert (north.author, north.cause) == ("local", "generate")
    assert north.tiers[0].sentence == "Nothing better exists."
    lines = {line.site: line for line in list_weeks(store, LOCAL)}
    assert (lines["north"].held, lines["north"].demands) == (2, 2)
    assert lines["north"].prices == north.prices


def test_the_findings_kept_with_a_draft_are_those_of_the_referee(store: Store) -> None:
    planned(store, art("north", 10), case("south", 10))
    shown = view(store)
    assert shown.findings
    assert shown.findings == Referee(shown.week).findings(shown.timetable)


def test_what_is_not_held_is_listed_dearest_first_with_reasons_in_names(store: Store) -> None:
    reason = {"words": "{0} is away.", "refs": [["person", "psy"]]}
    planned(
        store,
        art("south", 11),
        reasons={"north:1-case:group:1": {"say": [reason], "rivals": ["r"]}},
    )
    north = view(store)
    assert [u.demand for u in north.unheld] == ["north:1-case:group:1", "north:1-art:group:1"]
    assert north.unheld[0].reasons == ("Shared Psychologist is away.",)
    assert north.unheld[0].rivals == ("r",)
    assert north.unheld[1].reasons == ()
    assert [u.site for u in view(store, "south").unheld] == ["south"]


def test_an_answer_that_breaks_a_must_is_refused_loudly_and_not_saved(store: Store) -> None:
    assert planned(store, case("north", 10), case("south", 10)) == "failed"
    run = view(store).run
    assert run is not None
    assert run.error is not None
    assert "breaks a must" in run.error
    assert drafts(store) == 0


def test_a_must_that_pins_break_by_themselves_is_no_fault_of_the_answer(store: Store) -> None:
    clash = (case("north", 10), case("south", 10))
    planned(store, *clash)
    broken = frozenset()
    with store.open_session(WORKER_SCOPE) as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 0
    generate(store)
    claimed = claim(store)
    found = referee_of(store, claimed).findings(timetable(*clash))
    broken = frozenset((f.rule, f.key) for f in found if f.level == "must")
    assert broken
    assert answer(store, claimed, *clash, relaxed=broken) == "done"
    assert view(store).broken


def referee_of(store: Store, claimed):
    from pipe_sched.actions.texts import referee
    from pipe_sched.store import weeks

    with store.open_session(WORKER_SCOPE) as session:
        return referee(weeks.week_text(session, claimed.week_hash))


def test_a_result_is_not_applied_when_the_plan_changed_meanwhile(store: Store) -> None:
    run = generate(store)
    claimed = claim(store)
    plan = two_premises()
    away = replace(plan.shifts[0], date=CLOCK.date_of(1))
    import_plan(store, LOCAL, Plan(sites=plan.sites, staff=plan.staff, shifts=(away,)))
    assert answer(store, claimed, *ALL) == "refused"
    assert see_run(store, LOCAL, run).error == CHANGED
    assert drafts(store) == 0
    assert view(store).out_of_date


def test_a_change_that_does_not_touch_the_week_does_not_refuse_its_result(store: Store) -> None:
    generate(store)
    claimed = claim(store)
    plan = two_premises()
    names = tuple(replace(s, name=f"New {s.name}") for s in plan.sites)
    import_plan(store, LOCAL, Plan(sites=names))
    assert answer(store, claimed, *ALL) == "done"


def test_a_session_of_another_site_saved_meanwhile_refuses_the_result(store: Store) -> None:
    generate(store, "north")
    north = claim(store)
    generate(store, "south")
    south = claim(store)
    assert answer(store, south, case("south", 10)) == "done"
    assert answer(store, north, case("north", 10)) == "refused"


def test_a_shared_person_planned_elsewhere_is_busy(store: Store) -> None:
    planned(store, case("south", 10), sites=("south",))
    draw_up_week(store, LOCAL, ["north"], CLOCK, now=NOW)
    week = view(store).week
    (busy,) = [b for b in week.bookings if "psy" in b.leaders]
    assert (busy.site, busy.span.start, busy.span.end) == ("south", 600, 660)
    assert planned(store, case("north", 10), sites=("north",)) == "failed"
    assert planned(store, case("north", 14), sites=("north",)) == "done"


def test_another_answer_adds_a_revision_and_the_old_one_can_still_be_seen(store: Store) -> None:
    planned(store, art("north", 10), art("south", 11))
    planned(store, *ALL)
    assert view(store).revision == 2
    assert view(store, revision=1).timetable == timetable(art("north", 10))
    assert see_week(store, LOCAL, "north", CLOCK, revision=3) is None


def test_who_lost_the_lease_saves_nothing(store: Store) -> None:
    generate(store)
    late = claim(store)
    claim(store, later(60))
    with pytest.raises(LostLease):
        answer(store, late, *ALL)
    assert drafts(store) == 0


def test_a_stopped_run_keeps_its_answer_or_says_that_there_was_none(store: Store) -> None:
    assert planned(store, *ALL, stopped=True) == "stopped"
    assert view(store).revision == 1
    run = generate(store)
    outcome = Outcome("unknown", stopped=True)
    assert save_result(store, claim(store), outcome) == "stopped"
    assert see_run(store, LOCAL, run).error == "Stopped before there was an answer."
    assert view(store).revision == 1


def test_a_run_without_an_answer_fails_with_its_sentence(store: Store) -> None:
    run = generate(store)
    assert save_result(store, claim(store), Outcome("unknown", error="Too short.")) == "failed"
    shown = see_run(store, LOCAL, run)
    assert (shown.state, shown.error, shown.active) == ("failed", "Too short.", False)


def test_a_run_left_behind_is_shown_as_waiting(store: Store) -> None:
    run = generate(store)
    claim(store)
    assert see_run(store, LOCAL, run, now=later(29)).state == "running"
    assert see_run(store, LOCAL, run, now=later(31)).state == "queued"


def test_an_unknown_run_is_not_found(store: Store) -> None:
    for act in (see_run, stop_run):
        with pytest.raises(NotFound, match="no such run"):
            act(store, LOCAL, "none")


def test_an_export_holds_no_name_but_in_its_labels(store: Store) -> None:
    planned(store, *ALL)
    out = export_week(store, LOCAL, "south", CLOCK)
    for name in ("Shared Psychologist", "Worker 1-w1", "Resident X0000011", "South House"):
        assert name not in out.week_text + out.timetable_text
    week = week_from_json(out.week_text)
    assert timetable_from_json(out.timetable_text, week) == out.timetable
    held, given = (
        (a.start, a.room, a.staff) for a in (out.timetable.assignments[0], art("south", 11))
    )
    assert held == given


def test_an_export_calls_residents_by_aliases_that_fit_week_and_timetable(store: Store) -> None:
    planned(store, *ALL)
    out = export_week(store, LOCAL, "south", CLOCK)
    assert "X00000" not in out.week_text + out.timetable_text
    residents = {p.id for p in out.week.people if p.type == "resident"}
    assert residents == {"R1", "R2"}
    assert {p for a in out.timetable.assignments for p in a.attendees} == residents
    assert export_week(store, LOCAL, "south", CLOCK) == out


def test_an_actor_sees_and_changes_own_sites_alone(store: Store) -> None:
    planned(store, *ALL)
    southerner = Actor("southerner", frozenset({Grant("manager", "south")}))
    assert [line.id for line in list_sites(store, southerner)] == ["south"]
    assert [line.site for line in list_weeks(store, southerner)] == ["south"]
    with pytest.raises(NotFound, match="no site “north”"):
        see_week(store, southerner, "north", CLOCK)
    with pytest.raises(NotFound, match="no site “north”"):
        generate_timetable(store, southerner, BOTH, CLOCK)


def test_a_role_does_only_what_the_table_gives_it(store: Store) -> None:
    with pytest.raises(NotAllowed):
        draw_up_week(store, Actor("w", frozenset({Grant("worker")})), BOTH, CLOCK)


def test_a_broken_answer_leaves_the_leader_named_by_id_in_the_store(store: Store) -> None:
    other = replace(art("north", 10), staff=(Lead("lead", "2-w1"),))
    assert planned(store, other) == "failed"
    run = view(store).run
    assert run is not None
    assert "2-w1" not in (run.error or "")
    assert "Worker" not in (run.error or "")
