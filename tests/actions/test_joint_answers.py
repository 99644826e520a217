"""A joint answer is saved site by site, and nobody in it may be lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.save_result import LOST
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.settle_proposal import settle_proposal
from pipe_sched.core.plan import EnrolmentRow, Plan
from pipe_sched.store.engine import Store
from pipe_sched.store.tables import PersonSite
from tests.actions.builders import CLOCK, art, case, later, two_premises
from tests.actions.lives import ALL, place_of, publish, published, view
from tests.actions.runs import WORKER_SCOPE, answer, claim, generate

CHANGES = {"tier": "changes", "cost": 2, "bound": 2, "proven": True}
GUEST = "X0000021"
"""A resident of South who takes part at North."""


def joint(store: Store) -> None:
    """North's art is open to residents of other premises, and one of South's is enrolled."""
    row = next(p for p in two_premises().programmes if p.id == "1-art")
    enrolled = tuple(
        EnrolmentRow("1-art", p, CLOCK.monday) for p in ("X0000011", "X0000012", GUEST)
    )
    programme = replace(row, away_kind=True, enrolled=True)
    import_plan(store, LOCAL, Plan(programmes=(programme,), enrolments=enrolled))


def test_a_guest_from_other_premises_is_kept(store: Store) -> None:
    joint(store)
    generate(store)
    group = replace(art("north", 13), attendees=("X0000011", "X0000012", GUEST))
    places = (group, *ALL[1:])
    assert answer(store, claim(store), *places) == "done"
    assert GUEST in place_of(store, "north:1-art:group:1").attendees
    assert not view(store).broken


def test_an_answer_that_a_sites_own_week_would_shorten_is_refused_loudly(store: Store) -> None:
    joint(store)
    with store.open_session(WORKER_SCOPE) as session:  # as if nobody had seen to it
        session.delete(session.get_one(PersonSite, (GUEST, "north")))
    run = generate(store)
    group = replace(art("north", 13), attendees=("X0000011", "X0000012", GUEST))
    assert answer(store, claim(store), group, *ALL[1:]) == "failed"
    assert see_run(store, LOCAL, run).error == LOST
    assert view(store).revision == 0


def test_two_premises_that_swap_a_shared_worker_are_published_in_the_same_moment(
    store: Store,
) -> None:
    published(store)
    north, south = case("north", 11), case("south", 14)
    generate(store, now=later(60))
    assert answer(store, claim(store), ALL[0], north, ALL[2], south, tiers=(CHANGES,)) == "done"
    run = view(store).run
    assert run is not None
    settle_proposal(store, LOCAL, run.id, accept=True)
    with pytest.raises(BadRequest, match="cannot be published yet"):
        publish(store)
    also = {"south": view(store, "south").version}
    told = publish(store, also=also)
    assert (told.version, [one.version for one in told.also]) == (2, [2])
    for site in ("north", "south"):
        now = view(store, site)
        assert now.broken == ()
        assert now.published is not None
        assert now.published.changed == ()
