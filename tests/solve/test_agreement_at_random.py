"""The agreement of solver and checker for claims no rule makes today: every kind, every field."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import Timetable
from pipe_sched.rules.claims import Claim
from tests.solve.claims_at_random import WEEK, claims, timetables
from tests.solve.test_agreement import allowed, priced

INDEX = Index(WEEK)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(st.lists(claims(), min_size=1, max_size=6), timetables())
def test_a_random_claim_costs_the_solver_its_breach(found: list[Claim], timetable: Timetable):
    """Several claims in one model, so that they share literals."""
    costs = priced(INDEX, found, timetable)
    held = Held(INDEX, timetable)
    assert costs is not None, "the board has no words for an ordinary timetable"
    for claim, cost in zip(found, costs, strict=True):
        assert cost == claim.breach(held), claim


@MANY
@given(st.lists(claims(), min_size=1, max_size=4), timetables())
def test_random_claims_as_musts_allow_what_breaks_none(found: list[Claim], timetable: Timetable):
    """Each alone, and those that hold together: domains folded from all of them."""
    held = Held(INDEX, timetable)
    for claim in found:
        assert allowed(INDEX, [claim], timetable) == (not claim.breach(held)), claim
    assert allowed(INDEX, [c for c in found if not c.breach(held)], timetable)
