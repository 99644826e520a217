"""Who may read whose name: roles at a site, and residents' lists as they are now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipe_sched.access import LOCAL, WORKER, Actor, Grant, Role
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.see_versions import see_published, see_version
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.viewer import viewer_of
from pipe_sched.core.initials import initials, unique_initials
from pipe_sched.core.initials import listed as in_a_list
from pipe_sched.core.labels import WITHHELD
from pipe_sched.core.viewer import Viewer
from pipe_sched.store.engine import Store, open_store
from pipe_sched.store.lists import initials_at
from pipe_sched.store.scope import EverySite, Scope
from tests.actions.builders import CLOCK, NOW, two_premises
from tests.actions.lives import ALL, publish
from tests.actions.runs import planned

READING = Scope(EverySite("test"), "test")
RESTRICTED, EXCLUDED = "X0000011", "X0000012"
"""North: seen by 1-w1 alone; hidden from 1-w2."""


@pytest.fixture
def listed(tmp_path: Path) -> Store:
    """Both premises with a restricted and an excluded resident at North."""
    plan = two_premises()
    one, two, *others = plan.residents
    one = replace(one, restricted=True, seen_by=("1-w1",))
    two = replace(two, hidden_from=("1-w2",))
    store = open_store(f"sqlite:///{tmp_path / 'listed.db'}")
    import_plan(store, LOCAL, replace(plan, residents=(one, two, *others)))
    return store


def as_role(role: Role, site: str | None = "north", person: str | None = None) -> Actor:
    return Actor("somebody", frozenset({Grant(role, site)}), person)


def viewer(store: Store, actor: Actor, site: str = "north") -> Viewer:
    with store.open_session(READING) as session:
        return viewer_of(session, actor, site)


def known(store: Store, actor: Actor) -> set[str]:
    """Which of North's two the actor may know."""
    found = viewer(store, actor)
    return {r for r in (RESTRICTED, EXCLUDED) if found.knows(r)}


def test_a_restricted_resident_is_known_to_those_on_their_list_alone(listed: Store) -> None:
    assert known(listed, as_role("staff", person="1-w1")) == {RESTRICTED, EXCLUDED}
    assert known(listed, as_role("manager", person="1-w3")) == {EXCLUDED}


def test_an_excluded_worker_does_not_know_whatever_their_role(listed: Store) -> None:
    assert known(listed, as_role("manager", person="1-w2")) == set()
    assert known(listed, as_role("psychologist", None, "1-w2")) == set()


def test_who_is_none_of_the_staff_knows_nobody_on_a_list(listed: Store) -> None:
    assert known(listed, as_role("manager")) == set()
    assert known(listed, LOCAL) == set()
    assert viewer(listed, LOCAL).knows("X0000021")


def test_the_exclusion_counts_before_the_restriction(tmp_path: Path) -> None:
    plan = two_premises()
    both = replace(plan.residents[0], restricted=True, seen_by=("1-w1",), hidden_from=("1-w1",))
    store = open_store(f"sqlite:///{tmp_path / 'both.db'}")
    import_plan(store, LOCAL, replace(plan, residents=(both, *plan.residents[1:])))
    assert RESTRICTED not in known(store, as_role("staff", person="1-w1"))


def test_a_regional_viewer_and_a_program_know_no_resident(listed: Store) -> None:
    for actor in (as_role("regional", None), as_role("regional", person="1-w1"), WORKER):
        found = viewer(listed, actor)
        assert known(listed, actor) == set()
        assert not found.names_residents


def test_a_resident_of_other_premises_is_known_only_with_a_role_there(listed: Store) -> None:
    assert not viewer(listed, as_role("manager")).knows("X0000021")
    assert viewer(listed, as_role("manager", None)).knows("X0000021")
    mixed = Actor("mixed", frozenset({Grant("regional", "south"), Grant("manager", "north")}))
    assert not viewer(listed, mixed).knows("X0000021")


def test_confidential_sessions_are_read_where_one_leads_the_premises(listed: Store) -> None:
    for role in ("manager", "regime_lead", "psychologist"):
        assert viewer(listed, as_role(role)).confidential_at == {"north"}
        assert viewer(listed, as_role(role, None)).confidential_at is None
    for role in ("key_worker", "staff", "regional"):
        assert viewer(listed, as_role(role)).confidential_at == frozenset()
    assert viewer(listed, LOCAL).confidential_at == frozenset()


def test_a_list_counts_at_once_also_for_weeks_that_were_published_before(store: Store) -> None:
    planned(store, *ALL)
    publish(store)
    somebody = as_role("manager", person="1-w3")
    assert "Resident X0000011" in _attending(store, somebody)
    plan = two_premises()
    hidden = replace(plan.residents[0], hidden_from=("1-w3",))
    import_plan(store, LOCAL, replace(plan, residents=(hidden, *plan.residents[1:])))
    assert _attending(store, somebody) == {"Resident X0000012", "Resident (name withheld)"}


def _attending(store: Store, actor: Actor) -> set[str]:
    view = see_week(store, actor, "north", CLOCK, now=NOW)
    old = see_version(store, actor, "north", CLOCK, 1)
    assert view is not None
    (here,) = (a for a in view.timetable.assignments if a.attendees)
    found = set(view.labels.names(here.attendees))
    assert set(old.labels.names(here.attendees)) == found
    return found


def test_paper_is_the_same_for_everybody(store: Store) -> None:
    planned(store, *ALL)
    publish(store)
    readers = (
        LOCAL,
        as_role("manager", person="1-w1"),
        as_role("manager", None, "1-w2"),
        as_role("regional", None),
        as_role("staff"),
    )
    said = set()
    for reader in readers:
        found = see_published(store, reader, "north", CLOCK)
        places = found.timetable.assignments
        said.add(tuple(found.labels.names(p for a in places for p in a.attendees)))
    assert said == {("RX", "RX 2")}


def test_initials_are_unique_and_a_newcomer_changes_nobody_elses(store: Store) -> None:
    assert initials("jo  anne smith") == "JAS"
    assert initials("‘’") == "?"
    names = {"a": "Jo Smith", "b": "Al Dee", "c": "Jan Stone"}
    assert unique_initials(names) == {"a": "JS", "b": "AD", "c": "JS 2"}
    assert unique_initials({**names, "d": "Jim Sole"}) == {
        "a": "JS",
        "b": "AD",
        "c": "JS 2",
        "d": "JS 3",
    }
    with store.open_session(READING) as session:
        assert initials_at(session, "north") == {"X0000011": "RX", "X0000012": "RX 2"}
        assert initials_at(session, "south") == {"X0000021": "RX", "X0000022": "RX 2"}


def test_several_withheld_names_in_a_list_are_counted() -> None:
    assert in_a_list(["Worker Teal", WITHHELD]) == "Worker Teal, Resident (name withheld)"
    assert in_a_list([WITHHELD, "Worker Teal", WITHHELD]) == (
        "Worker Teal, 2 residents (names withheld)"
    )
    assert in_a_list([]) == ""
