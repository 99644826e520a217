"""Solver and checker accept exactly the same timetables and price them alike.

A random timetable is fixed in a random small week's board. Each claim, posted as a price,
must come down to exactly the claim's own breach; posted as a must, the whole must be
possible exactly when nothing is broken.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from ortools.sat.python import cp_model

from pipe_sched.check import Referee, broken, strangers
from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import ATTENDS, Timetable, Week
from pipe_sched.rules.claims import Claim, Use
from pipe_sched.solve.board import Board
from pipe_sched.solve.post import post
from tests.small_weeks import weeks_with_timetables

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def solver() -> cp_model.CpSolver:
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.random_seed = 1
    made.parameters.max_time_in_seconds = 60
    return made


def fix(board: Board, timetable: Timetable) -> bool:
    """Demand this timetable of the board; False when it has no words for it."""
    places = {a.demand: a for a in timetable.assignments}
    for d, place in places.items():
        inside = [*(x.person for x in place.staff), *place.attendees]
        if len(set(inside)) < len(inside):
            return False
        parts = {(x.person, x.role) for x in place.staff}
        parts |= {(p, ATTENDS) for p in place.attendees}
        if not board.fold.bare[d] & board.fold.starts.between(place.start, place.start + 1):
            return False
        if any(board.part.get((d, *part), False) is False for part in parts):
            return False
        if place.room is not None and board.room.get((d, place.room), False) is False:
            return False
    for index, value in board.values_of(timetable).items():
        board.model.add(board.model.get_int_var_from_proto_index(index) == value)
    # What is part of the board without a variable of its own must agree too.
    for d, held in board.held.items():
        board.clause(held if d in places else _not(held))
    for (d, person, role), lit in board.part.items():
        inside = d in places and (
            person in places[d].attendees
            if role == ATTENDS
            else any(x.person == person and x.role == role for x in places[d].staff)
        )
        board.clause(lit if inside else _not(lit))
    for (d, room), lit in board.room.items():
        board.clause(lit if d in places and places[d].room == room else _not(lit))
    return True


def _not(lit):  # type: ignore[no-untyped-def]
    return not lit if isinstance(lit, bool) else ~lit


def priced(index: Index, claims: Sequence[Claim], timetable: Timetable) -> list[int] | None:
    """Each claim's breach as the solver sees it, or None when the board has no words for it."""
    board = Board(index, index.week.demands, [])
    if not fix(board, timetable):
        return None
    costs = [post(claim, board, False) for claim in claims]
    board.model.minimize(sum(costs))
    found = solver()
    status = found.solve(board.model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, found.status_name(status)
    return [cost if isinstance(cost, int) else found.value(cost) for cost in costs]


def allowed(index: Index, claims: Sequence[Claim], timetable: Timetable) -> bool:
    """Whether the timetable is possible with all these claims as musts."""
    board = Board(index, index.week.demands, claims)
    if not fix(board, timetable):
        return False
    for claim in claims:
        post(claim, board, True)
    found = solver()
    status = found.solve(board.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), found.status_name(status)
    return bool(status == cp_model.OPTIMAL)


@MANY
@given(weeks_with_timetables())
def test_every_claim_costs_the_solver_what_it_costs_the_checker(both: tuple[Week, Timetable]):
    """Every claim of every rule, whatever its level, priced in one model."""
    week, timetable = both
    referee = Referee(week)
    held = Held(referee.index, timetable)
    costs = priced(referee.index, referee.claims, timetable)
    if costs is None:
        assert broken(referee.findings(timetable)), "the solver refuses what the checker accepts"
        return
    assert not list(strangers(held))
    for claim, cost in zip(referee.claims, costs, strict=True):
        assert cost == claim.breach(held), claim


@MANY
@given(weeks_with_timetables())
def test_musts_allow_exactly_what_the_checker_accepts(both: tuple[Week, Timetable]):
    """With every must posted hard, and its domains folded."""
    week, timetable = both
    referee = Referee(week)
    musts = [c for c in referee.claims if referee.terms[c.rule, c.site].level == "must"]
    expected = not broken(referee.findings(timetable))
    assert allowed(referee.index, musts, timetable) == expected


@MANY
@given(weeks_with_timetables())
def test_each_claim_alone_can_be_a_must(both: tuple[Week, Timetable]):
    """A site may turn any should into a must: those that hold here are posted hard together,
    and one that does not makes it impossible."""
    week, timetable = both
    referee = Referee(week)
    held = Held(referee.index, timetable)
    if priced(referee.index, [], timetable) is None:
        return
    kept = [c for c in referee.claims if not c.breach(held)]
    assert allowed(referee.index, kept, timetable)
    for claim in [c for c in referee.claims if c.breach(held)][:6]:
        assert not allowed(referee.index, [claim], timetable), claim


def test_a_use_of_someone_never_asked_for_does_not_exist():
    week = Week(2026, 49, ())
    board = Board(Index(week), week.demands, [])
    assert board.use(Use("nothing", "nobody")) is False
