"""CRNs stay at the boundary: typed in a workbook or a form, exchanged there for ids of our own."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.import_workbook import import_workbook
from pipe_sched.actions.record_happening import Arrives, record_happening
from pipe_sched.core.plan import ApartRow, CommitmentRow, EnrolmentRow, Plan, ResidentRow, StayRow
from pipe_sched.formats import workbook
from pipe_sched.store.crns import ids_by_crn
from pipe_sched.store.engine import Store, open_store
from pipe_sched.store.plans import load_plan, names_of
from pipe_sched.store.scope import EverySite, Scope
from tests.actions.builders import CLOCK, premises, two_premises

READING = Scope(EverySite("test"), "test")
OWN = re.compile("r-[a-z0-9]{10}")


def as_file(plan: Plan) -> bytes:
    out = io.BytesIO()
    workbook.write(plan, out)
    return out.getvalue()


@pytest.fixture
def bare(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'bare.db'}")


def plan_of(store: Store) -> Plan:
    with store.open_session(READING) as session:
        return load_plan(session)


def crns_of(store: Store) -> dict[str, str]:
    with store.open_session(READING) as session:
        return ids_by_crn(session)


def at(site: str) -> Actor:
    return Actor("planner", frozenset({Grant("manager", site)}))


def test_a_workbooks_residents_get_ids_that_say_nothing(bare: Store) -> None:
    typed = replace(
        two_premises(),
        commitments=(
            CommitmentRow("c1", "X0000011", "Course", time(9), time(10), CLOCK.monday),
            CommitmentRow("c2", "1-w1", "Course", time(9), time(10), CLOCK.monday),
        ),
        kept_apart=(ApartRow("X0000011", "X0000012"),),
        enrolments=(EnrolmentRow("1-art", "X0000012", CLOCK.monday),),
    )
    assert import_workbook(bare, LOCAL, as_file(typed)).written
    stored, ids = plan_of(bare), crns_of(bare)
    assert {r.id for r in stored.residents} == set(ids.values())
    assert all(OWN.fullmatch(r.id) for r in stored.residents)
    assert "X00000" not in repr(replace(stored, residents=()))
    assert [c.person for c in stored.commitments] == [ids["X0000011"], "1-w1"]
    assert {r.name for r in stored.residents} == {r.name for r in typed.residents}


def test_the_same_workbook_twice_keeps_every_id(bare: Store) -> None:
    data = as_file(two_premises())
    import_workbook(bare, LOCAL, data)
    before = crns_of(bare)
    again = import_workbook(bare, LOCAL, data)
    assert (again.added, again.changed, again.written) == (0, 0, False)
    assert crns_of(bare) == before


def test_a_preview_gives_out_no_id(bare: Store) -> None:
    import_workbook(bare, LOCAL, as_file(two_premises()), save=False)
    assert crns_of(bare) == {}


def test_residents_stored_under_their_crn_keep_it(store: Store) -> None:
    again = import_workbook(store, LOCAL, as_file(two_premises()))
    assert (again.added, again.changed) == (0, 0)
    assert crns_of(store)["X0000011"] == "X0000011"


def test_the_crn_stands_among_the_names_and_is_given_to_no_page(bare: Store) -> None:
    import_workbook(bare, LOCAL, as_file(two_premises()))
    with bare.open_session(READING) as session:
        assert {kind for kind, _ in names_of(session)} >= {"resident", "staff"}
        assert "crn" not in {kind for kind, _ in names_of(session)}


def test_whoever_arrives_gets_an_id_and_a_later_workbook_knows_them(store: Store) -> None:
    record_happening(
        store, LOCAL, "north", Arrives("x654321", "New Person", CLOCK.monday, time(9), "1-w1")
    )
    own = crns_of(store)["X654321"]
    assert OWN.fullmatch(own)
    plan = two_premises()
    listed = replace(
        plan,
        residents=(*plan.residents, ResidentRow("X654321", "New Person")),
        stays=(*plan.stays, StayRow("X654321", "north", CLOCK.monday, time(9))),
    )
    again = import_workbook(store, LOCAL, as_file(listed))
    assert (again.added, again.changed) == (0, 0)
    assert crns_of(store)["X654321"] == own


SAYS = "X000021 is known at other premises. Ask somebody who may change those too."


def elsewhere(store: Store) -> None:
    """A resident with a CRN at South."""
    south = Arrives("X000021", "Somebody Else", CLOCK.monday, time(9), "2-w1")
    record_happening(store, LOCAL, "south", south)


def test_a_crn_of_other_premises_is_refused_in_a_form(store: Store) -> None:
    elsewhere(store)
    here = Arrives("X000021", "Guess", CLOCK.monday, time(9), "1-w1")
    with pytest.raises(BadRequest) as refused:
        record_happening(store, at("north"), "north", here)
    assert refused.value.sentence == SAYS
    with pytest.raises(BadRequest, match="X000021 has a stay at that time already"):
        record_happening(store, LOCAL, "north", here)


def test_a_crn_of_other_premises_is_refused_in_a_workbook(store: Store) -> None:
    elsewhere(store)
    mine = premises("north", "1")
    listed = replace(mine, residents=(*mine.residents, ResidentRow("X000021", "Guess")))
    with pytest.raises(BadRequest) as refused:
        import_workbook(store, at("north"), as_file(listed))
    assert refused.value.sentence == SAYS
