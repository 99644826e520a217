"""After publication a run proposes: a person sees the difference, accepts or discards it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.errors import BadRequest, Conflict, NotFound
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.record_happening import Arrives, Away, RoomOut, record_happening
from pipe_sched.actions.see_proposal import see_proposal
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.settle_proposal import settle_proposal
from pipe_sched.core.week import Lead
from pipe_sched.store.engine import Store
from tests.actions.builders import BOTH, CLOCK, NOW, art, case, later
from tests.actions.lives import ALL, change, move, place_of, publish, published, view
from tests.actions.runs import answer, claim, generate

ART, CASE = "north:1-art:group:1", "north:1-case:group:1"
SICK = Away("1-w1", CLOCK.monday, time(8), CLOCK.monday, time(20))
BY_ANOTHER = replace(art("north", 10), staff=(Lead("lead", "1-w2"),))
CHANGES = {"tier": "changes", "cost": 1, "bound": 1, "proven": True}


@pytest.fixture
def store(store: Store) -> Store:
    """Both premises planned and published, then a worker of North is away."""
    published(store)
    record_happening(store, LOCAL, "north", SICK)
    return store


def propose(store: Store, *places, **more) -> str:
    """A re-plan of North with this answer; gives back the run's id."""
    run = generate(store, "north", now=later(60))
    assert answer(store, claim(store), *places, tiers=(CHANGES,), **more) == "done"
    return run


def test_an_absence_shows_at_once_what_it_breaks(store: Store) -> None:
    now = view(store)
    assert now.out_of_date
    assert [f.rule for f in now.broken] == ["on_shift"]
    assert view(store, "south").broken == ()


def test_an_answer_waits_and_is_shown_as_a_difference_that_names_people(store: Store) -> None:
    propose(store, BY_ANOTHER, case("north", 14))
    now = view(store)
    assert (now.revision, now.proposal) == (1, 2)
    shown = see_proposal(store, LOCAL, "north", CLOCK)
    (north,) = shown.sites
    assert north.says == ("Socially creative session: led by Worker 1-w2 in place of Worker 1-w1.",)
    assert {"Worker 1-w1", "Worker 1-w2"} < set(north.names)
    assert north.verdict.mended
    assert shown.changes == "Fewer changes are not possible."


def test_accepted_it_is_the_draft_and_undo_takes_it_back(store: Store) -> None:
    run = propose(store, BY_ANOTHER, case("north", 14))
    settle_proposal(store, LOCAL, run, accept=True)
    settle_proposal(store, LOCAL, run, accept=True)
    now = view(store)
    assert (now.revision, now.proposal, now.cause) == (2, 0, "replan")
    assert now.broken == ()
    assert now.can_undo
    assert publish(store).version == 2
    with pytest.raises(Conflict, match="accepted already"):
        settle_proposal(store, LOCAL, run, accept=False)


def test_discarded_it_is_gone(store: Store) -> None:
    run = propose(store, BY_ANOTHER, case("north", 14))
    settle_proposal(store, LOCAL, run, accept=False)
    assert view(store).proposal == 0
    assert view(store).revision == 1
    with pytest.raises(NotFound, match="waits to be accepted"):
        see_proposal(store, LOCAL, "north", CLOCK)


def test_one_that_no_longer_fits_is_refused_with_the_differences(store: Store) -> None:
    run = propose(store, BY_ANOTHER, case("north", 14))
    record_happening(store, LOCAL, "north", replace(SICK, staff="1-w2"))
    with pytest.raises(Conflict, match="Worker 1-w2 is away, Monday 8am to 8pm"):
        settle_proposal(store, LOCAL, run, accept=True)
    assert view(store).revision == 1


def test_one_made_for_a_draft_that_was_changed_by_hand_is_refused(store: Store) -> None:
    run = propose(store, BY_ANOTHER, case("north", 14))
    change(store, move(place_of(store, CASE), 13))
    assert view(store).proposal == 0, "it is no longer offered"
    with pytest.raises(Conflict, match="changed by hand"):
        settle_proposal(store, LOCAL, run, accept=True)


def test_a_result_that_no_longer_fits_says_what_changed(store: Store) -> None:
    run = generate(store, "north")
    claimed = claim(store)
    record_happening(store, LOCAL, "north", replace(SICK, staff="1-w2"))
    assert answer(store, claimed, BY_ANOTHER) == "refused"
    said = [view(store).labels.sentence(p) for p in see_run(store, LOCAL, run).differs]
    assert said == ["Worker 1-w2 is away, Monday 8am to 8pm."]


def test_one_site_publishes_while_the_other_is_planned_and_nothing_collides(store: Store) -> None:
    generate(store, "north")
    claimed = claim(store)
    change(store, move(place_of(store, "south:2-art:group:1", "south"), 13), "south")
    publish(store, "south")
    assert answer(store, claimed, BY_ANOTHER, case("north", 14)) == "done"


def test_a_result_that_collides_with_what_was_published_meanwhile_is_refused(store: Store) -> None:
    run = generate(store, "north")
    claimed = claim(store)
    change(store, move(place_of(store, "south:2-case:group:1", "south"), 16), "south")
    publish(store, "south")
    assert answer(store, claimed, BY_ANOTHER, case("north", 16)) == "refused"
    said = [view(store).labels.sentence(p) for p in see_run(store, LOCAL, run).differs]
    assert "Shared Psychologist is in a session at South House, Monday 4pm to 5pm." in said


def test_both_sites_of_a_joint_run_are_accepted_together_or_not_at_all(store: Store) -> None:
    run = generate(store, *BOTH)
    assert answer(store, claim(store), BY_ANOTHER, *ALL[1:], tiers=(CHANGES,)) == "done"
    change(store, move(place_of(store, "south:2-art:group:1", "south"), 13), "south")
    with pytest.raises(Conflict, match="changed by hand"):
        settle_proposal(store, LOCAL, run, accept=True)
    assert (view(store).revision, view(store, "south").revision) == (1, 3)


def test_limits_of_changes_that_cannot_be_are_refused(store: Store) -> None:
    for wrong in ({"most_changes": -1}, {"extra_changes": 10**6}):
        with pytest.raises(BadRequest, match="must be a number"):
            generate_timetable(store, LOCAL, ["north"], CLOCK, **wrong)


def test_what_happens_is_recorded_once_and_only_where_it_can(store: Store) -> None:
    assert not record_happening(store, LOCAL, "north", SICK)
    out = RoomOut("1-lounge", CLOCK.monday, time(9), CLOCK.monday, time(12))
    assert record_happening(store, LOCAL, "north", out, key="k")
    assert record_happening(store, LOCAL, "north", out, key="k"), "the first answer again"
    assert "room_fits" in {f.rule for f in view(store).broken}
    for wrong, says in (
        (replace(SICK, staff="2-w1"), "worker of these premises"),
        (replace(out, room="2-lounge"), "room of these premises"),
        (replace(out, end=time(8)), "after the start"),
        (Arrives("123", "A", CLOCK.monday, time(16), "1-w1"), "letter and six digits"),
        (Arrives("X123456", " ", CLOCK.monday, time(16), "1-w1"), "name"),
        (Arrives("X123456", "A\u202eB", CLOCK.monday, time(16), "1-w1"), "cannot be shown"),
        (Arrives("X000001", "A", CLOCK.monday, time(16), "2-w1"), "worker of these"),
    ):
        with pytest.raises(BadRequest, match=says):
            record_happening(store, LOCAL, "north", wrong)


def test_who_arrives_is_planned_with(store: Store) -> None:
    new = Arrives("x654321", "New  Person", CLOCK.monday, time(9), "1-w1")
    assert record_happening(store, LOCAL, "north", new)
    now = view(store)
    own = next(p.id for p in now.week.people if now.labels.people[p.id] == "New Person")
    assert re.fullmatch("r-[a-z0-9]{10}", own), "inside the program no id is a CRN"
    with pytest.raises(BadRequest, match="stay at that time"):
        record_happening(store, LOCAL, "north", replace(new, arrives=CLOCK.date_of(2)))


def test_before_publication_a_run_still_becomes_the_draft_at_once(store: Store) -> None:
    other = CLOCK.neighbour(1)
    run = generate_timetable(store, LOCAL, ["north"], other, now=NOW).run
    assert not run.proposes
