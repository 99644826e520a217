"""One change at a time: the verdict first, then a revision; nothing forbidden gets through."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.change_week import Asked, change_week
from pipe_sched.actions.errors import BadRequest, NotFound, Overtaken
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.record_happening import Away, record_happening
from pipe_sched.actions.step_back import step_back
from pipe_sched.check import Referee, price
from pipe_sched.core.changes import BringBack, Cancel, Keep, OneOff, Put
from pipe_sched.core.plan import Plan
from pipe_sched.core.week import Lead
from pipe_sched.store.engine import Store
from tests.actions.builders import CLOCK, NOW, art, case, two_premises
from tests.actions.lives import ALL, change, move, place_of, view
from tests.actions.runs import planned

ART, CASE = "north:1-art:group:1", "north:1-case:group:1"


@pytest.fixture
def store(store: Store) -> Store:
    """Both premises planned."""
    assert planned(store, *ALL) == "done"
    return store


def test_asking_says_what_a_move_does_and_stores_nothing(store: Store) -> None:
    told = change(store, move(place_of(store, ART), 13), save=False)
    assert told.says == ("Moved: Socially creative session from Monday 10am to Monday 1pm.",)
    assert set(told.names) == {"Worker 1-w1", "Resident X0000011", "Resident X0000012"}
    assert (told.broken, told.revision) == ((), 0)
    assert view(store).revision == 1


def test_a_move_is_a_new_revision_that_says_what_it_did(store: Store) -> None:
    assert change(store, move(place_of(store, ART), 13)).revision == 2
    assert place_of(store, ART).start == 13 * 60
    assert view(store).cause == "change"
    assert view(store).decisions.kept == (ART,)
    assert view(store, "south").revision == 1, "the other premises is not touched"


def test_what_is_foretold_is_what_the_referee_finds_afterwards(store: Store) -> None:
    for what in (move(place_of(store, ART), 12), move(place_of(store, CASE), 13)):
        told = change(store, what)
        now = view(store)
        assert told.after == now.prices
        assert told.after == price(Referee(now.week).findings(now.timetable))


def test_a_broken_must_needs_a_reason_and_stays_visible(store: Store) -> None:
    early = move(place_of(store, ART), 8.5)
    told = change(store, early, save=False)
    (broken,) = told.to_agree
    assert "hours" in broken.sentence or "open" in broken.sentence or broken.rule == "daily_routine"
    with pytest.raises(BadRequest, match="Choose a reason"):
        change(store, early)
    with pytest.raises(BadRequest, match="Choose a reason"):
        change(store, early, agreed={(broken.rule, broken.key): "because"})
    assert view(store).revision == 1
    change(store, early, agreed={(broken.rule, broken.key): "agreed"})
    now = view(store)
    assert now.broken == ()
    assert [f.rule for f in now.excepted] == [broken.rule]
    assert list(now.agreed.values()) == ["Agreed with everyone concerned"]


def test_what_was_agreed_to_is_forgotten_when_it_is_broken_no_more(store: Store) -> None:
    early = move(place_of(store, ART), 8.5)
    (broken,) = change(store, early, save=False).to_agree
    change(store, early, agreed={(broken.rule, broken.key): "agreed"})
    change(store, move(place_of(store, ART), 12))
    assert view(store).agreed == {}
    with pytest.raises(BadRequest, match="Choose a reason"):
        change(store, early)


def test_two_places_at_once_are_never_agreed_to(store: Store) -> None:
    clash = move(place_of(store, ART), 14)  # the lounge holds the case formulation then
    told = change(store, clash, save=False)
    assert [b.rule for b in told.refused] == ["one_session_per_room"]
    reasons = {(b.rule, b.key): "manager" for b in told.broken}
    with pytest.raises(BadRequest, match="can never be done"):
        change(store, clash, agreed=reasons)
    assert view(store).revision == 1


def test_who_is_in_a_session_at_another_premises_is_taken(store: Store) -> None:
    told = change(store, move(place_of(store, CASE), 10), save=False)
    assert "one_place" in {b.rule for b in told.refused}


def test_a_change_on_an_old_look_says_what_was_changed_meanwhile(store: Store) -> None:
    old = view(store).version
    change(store, move(place_of(store, ART), 13))
    with pytest.raises(Overtaken) as refused:
        change(store, move(place_of(store, CASE), 11), version=old)
    assert refused.value.theirs == (
        "Moved: Socially creative session from Monday 10am to Monday 1pm.",
    )
    assert refused.value.version == view(store).version
    assert refused.value.status == 409
    assert view(store).revision == 2


def test_the_same_form_twice_makes_one_revision_and_gets_one_answer(store: Store) -> None:
    old = view(store).version
    what = move(place_of(store, ART), 13)
    first = change(store, what, version=old, key="form-1")
    assert change(store, what, version=old, key="form-1").revision == first.revision == 2
    assert view(store).revision == 2


def test_a_cancelled_session_frees_its_time_and_comes_back_where_it_was(store: Store) -> None:
    change(store, Cancel(ART, "no_cover"))
    now = view(store)
    (gone,) = now.cancelled
    assert (gone.demand, gone.start, gone.reason) == (ART, 600, "There is not enough cover")
    assert ART not in {u.demand for u in now.unheld}, "it is told apart from what does not fit"
    change(store, move(place_of(store, CASE), 13))
    change(store, BringBack(ART))
    assert place_of(store, ART) == art("north", 10)
    assert view(store).cancelled == ()


def test_a_session_is_cancelled_for_a_listed_reason_once(store: Store) -> None:
    with pytest.raises(BadRequest, match="Choose why"):
        change(store, Cancel(ART, "he was rude"))
    change(store, Cancel(ART, "no_room"))
    with pytest.raises(BadRequest, match="cancelled already"):
        change(store, Cancel(ART, "no_room"))
    with pytest.raises(BadRequest, match="Bring it back"):
        change(store, Put(art("north", 12)))
    with pytest.raises(BadRequest, match="not cancelled"):
        change(store, BringBack(CASE))


def test_a_session_can_be_longer_and_its_length_counts(store: Store) -> None:
    change(store, Put(place_of(store, ART), minutes=90))
    now = view(store)
    assert next(d.minutes for d in now.week.demands if d.id == ART) == 90
    told = change(store, move(place_of(store, CASE), 11), save=False)
    assert [b.rule for b in told.refused] == ["one_session_per_room"]
    with pytest.raises(BadRequest, match="5 to 480"):
        change(store, Put(place_of(store, ART), minutes=0))


def test_somebody_who_was_not_asked_for_is_named_with_a_reason(store: Store) -> None:
    place = replace(place_of(store, ART), start=12 * 60, staff=(Lead("lead", "psy"),))
    told = change(store, Put(place), save=False)
    (broken,) = told.to_agree
    assert broken.sentence == (
        "Shared Psychologist leads Socially creative session without being one of those who may."
    )
    change(store, Put(place), agreed={(broken.rule, broken.key): "manager"})
    assert place_of(store, ART).staff == (Lead("lead", "psy"),)
    clash = move(place_of(store, ART), 10)
    assert "one_place" in {b.rule for b in change(store, clash, save=False).refused}, (
        "who is named is held to every rule"
    )


def test_somebody_unknown_or_named_twice_makes_no_sense(store: Store) -> None:
    place = place_of(store, ART)
    for wrong, says in (
        (replace(place, staff=(Lead("lead", "nobody"),)), "not known"),
        (replace(place, attendees=("1-w1", "1-w1")), "twice"),
        (replace(place, room="2-lounge-x"), "room"),
        (replace(place, start=-5), "outside the week"),
        (replace(place, demand="north:9:group:1"), "no longer due"),
    ):
        with pytest.raises(BadRequest, match=says):
            change(store, Put(wrong))


def test_a_start_off_the_grid_is_refused(store: Store) -> None:
    place = replace(place_of(store, ART), start=607)
    with pytest.raises(BadRequest, match="off the grid"):
        change(store, Put(place))


def test_a_one_off_is_held_and_kept_and_counts_like_any_session(store: Store) -> None:
    one = OneOff("north", "structured", 45, 15 * 60, "1-lounge", ("1-w2",), ("X0000011",), 0)
    change(store, one)
    (demand,) = view(store).decisions.one_offs
    assert demand.id == "north:one-off:group:2"
    assert demand.id in view(store).decisions.kept
    told = change(store, move(place_of(store, CASE), 15), save=False)
    assert [b.rule for b in told.refused] == ["one_session_per_room"]
    for wrong, says in (
        (replace(one, kind="party"), "kind"),
        (replace(one, leaders=()), "who leads"),
        (replace(one, kind="key_work", attendees=()), "one person"),
    ):
        with pytest.raises(BadRequest, match=says):
            change(store, wrong)


def test_a_bulk_of_sessions_is_kept_and_let_go_in_one_revision(store: Store) -> None:
    assert change(store, Keep((ART, CASE))).revision == 2
    assert set(view(store).decisions.kept) == {ART, CASE}
    change(store, Keep((ART, CASE), keep=False))
    assert view(store).decisions.kept == ()
    with pytest.raises(BadRequest, match="has a place"):
        change(store, Keep(("north:none:group:1",)))


def test_undo_and_redo_walk_every_revision_generated_ones_too(store: Store) -> None:
    change(store, move(place_of(store, ART), 13))
    change(store, Cancel(CASE, "no_room"))
    assert planned(store, art("north", 13), sites=("north",)) == "done"
    seen = [view(store).timetable]
    for _ in range(3):
        step(store)
        seen.append(view(store).timetable)
    assert seen[3].assignments == (art("north", 10), case("north", 14))
    assert not view(store).can_undo
    with pytest.raises(BadRequest, match="nothing to undo"):
        step(store)
    for expected in reversed(seen[:3]):
        step(store, forward=True)
        assert view(store).timetable == expected
    with pytest.raises(BadRequest, match="nothing to redo"):
        step(store, forward=True)


def step(store: Store, forward: bool = False) -> None:
    step_back(store, LOCAL, "north", CLOCK, version=view(store).version, forward=forward)


def test_a_new_change_after_undo_forgets_what_was_undone(store: Store) -> None:
    change(store, move(place_of(store, ART), 13))
    step(store)
    change(store, move(place_of(store, ART), 12))
    assert not view(store).can_redo
    assert view(store).revision == 3
    step(store)
    assert view(store).revision == 1


def test_changing_what_is_not_there_is_not_found(store: Store) -> None:
    asked = Asked(move(art("north", 10), 11), 1, {})
    with pytest.raises(NotFound):
        change_week(store, LOCAL, "west", CLOCK, asked)
    with pytest.raises(NotFound, match="drawn up"):
        change_week(store, LOCAL, "north", CLOCK.neighbour(3), asked, now=NOW)


def test_one_key_counts_for_one_change_alone(store: Store) -> None:
    old = view(store).version
    change(store, Keep((ART,)), version=old, key="form-1")
    with pytest.raises(Overtaken):
        change(store, move(place_of(store, ART), 13), version=old, key="form-1")
    assert change(store, move(place_of(store, ART), 13), key="form-1").revision == 3
    assert place_of(store, ART).start == 13 * 60
    elsewhere = move(place_of(store, "south:2-art:group:1", "south"), 13)
    assert change(store, elsewhere, "south", key="form-1").revision == 2
    step_back(store, LOCAL, "north", CLOCK, version=view(store).version, key="form-1")
    assert view(store).revision == 2


def test_an_agreement_covers_what_was_seen_and_no_more(store: Store) -> None:
    early = move(place_of(store, ART), 8.5)
    (broken,) = change(store, early, save=False).to_agree
    change(store, early, agreed={(broken.rule, broken.key): "agreed"})
    (kept,) = view(store).decisions.agreed
    assert kept.covers(kept.rule, kept.key, kept.breach, kept.demands)
    assert not kept.covers(kept.rule, kept.key, kept.breach + 1, kept.demands)
    assert not kept.covers(kept.rule, kept.key, kept.breach, (*kept.demands, CASE))


def test_an_agreement_lapses_when_the_data_mend_what_was_broken(store: Store) -> None:
    early = move(place_of(store, ART), 8.5)
    (broken,) = change(store, early, save=False).to_agree
    change(store, early, agreed={(broken.rule, broken.key): "agreed"})
    hours = replace(two_premises().hours[0], start=time(8))
    import_plan(store, LOCAL, Plan(hours=(hours,)))
    assert view(store).agreed == {}


def test_what_is_broken_already_can_be_agreed_to(store: Store) -> None:
    sick = Away("1-w1", CLOCK.monday, time(8), CLOCK.monday, time(20))
    record_happening(store, LOCAL, "north", sick)
    told = change(store, Put(place_of(store, ART)), save=False)
    (broken,) = told.already(ART)
    assert broken.rule == "on_shift"
    assert told.to_agree == ()
    change(store, Put(place_of(store, ART)), agreed={(broken.rule, broken.key): "arranged"})
    assert view(store).broken == ()
    assert [f.rule for f in view(store).excepted] == ["on_shift"]


def test_a_session_whose_place_no_longer_fits_comes_back_without_one(store: Store) -> None:
    change(store, Cancel(ART, "worker_away"))
    sick = Away("1-w1", CLOCK.monday, time(8), CLOCK.monday, time(20))
    record_happening(store, LOCAL, "north", sick)
    with pytest.raises(BadRequest, match="Choose a reason"):
        change(store, BringBack(ART))
    change(store, BringBack(ART, place=False))
    assert view(store).cancelled == ()
    assert ART in {u.demand for u in view(store).unheld}


def test_a_decision_waits_while_its_session_is_not_due(store: Store) -> None:
    change(store, Cancel(ART, "too_few"))
    row = next(p for p in two_premises().programmes if p.id == "1-art")
    import_plan(store, LOCAL, Plan(programmes=(replace(row, until=CLOCK.date_of(-1)),)))
    change(store, move(place_of(store, CASE), 13))
    assert view(store).cancelled == ()
    import_plan(store, LOCAL, Plan(programmes=(row,)))
    assert [c.demand for c in view(store).cancelled] == [ART]


def test_a_session_is_no_longer_than_the_time_in_which_it_is_due(store: Store) -> None:
    row = next(p for p in two_premises().programmes if p.id == "1-art")
    narrow = replace(row, not_before=time(10), not_after=time(11, 30))
    change(store, Put(place_of(store, ART), minutes=120))
    import_plan(store, LOCAL, Plan(programmes=(narrow,)))
    assert next(d.minutes for d in view(store).week.demands if d.id == ART) == 60
    with pytest.raises(BadRequest, match="cannot last longer"):
        change(store, Put(place_of(store, ART), minutes=120))
    change(store, Put(place_of(store, ART), minutes=90))
