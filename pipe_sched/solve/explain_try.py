"""The question under every explanation: can these sessions be held under these claims?

Asked over a small week of its own, with only the sessions in question: the
whole week's model takes a second to make, this one a few milliseconds, and a
deletion filter asks it a hundred times.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ortools.sat.python import cp_model

from pipe_sched.core.index import Held, Index
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Demand, Timetable, Week
from pipe_sched.rules import book
from pipe_sched.rules.claims import Claim
from pipe_sched.solve.board import Board, set_hint
from pipe_sched.solve.pinned import starting_point
from pipe_sched.solve.post import post
from pipe_sched.solve.run import WrongAnswer

A_DEMAND = 0.04
"""Seconds it takes, for each demand of the week, to make the whole week's model."""

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes with a timetable, no, or unknown when the time ran out."""

    answer: Answer
    timetable: Timetable | None = None


@dataclass(frozen=True)
class Question:
    """Some demands of a week, nothing else to be held, and the musts over them."""

    index: Index
    demands: tuple[Demand, ...]
    musts: tuple[Claim, ...]
    until: float
    """When time is up, in monotonic seconds."""

    @property
    def left(self) -> float:
        """Seconds until time is up; never negative."""
        return max(0.0, self.until - time.monotonic())

    def ask(
        self,
        claims: Iterable[Claim],
        required: Collection[str],
        seconds: float = 60.0,
        hint: Timetable | None = None,
    ) -> Verdict:
        """Whether all required demands can be held under these claims, within so many seconds.

        `hint`: where they might be, to start the search from.

        Raises:
            WrongAnswer: the timetable found breaks one of the claims.
        """
        hard = list(claims)
        if self.left <= 0:
            return Verdict("unknown")
        board = Board(self.index, self.demands, hard)
        if any(board.held[d] is False for d in required):
            return Verdict("no")
        for claim in hard:
            if not board.known.says(claim):
                post(claim, board, True)
        for d in required:
            board.clause(board.held[d])
        if hint is not None:
            set_hint(board.model, board.values_of(hint))
        verdict = _solved(board, {"num_workers": 1}, min(seconds, self.left))
        self._check(verdict, hard)
        return verdict

    def confirmed(
        self, claims: Iterable[Claim], required: Collection[str], seconds: float = 60.0
    ) -> bool:
        """Whether a second solve says no as well: nothing folded, other postings and settings."""
        board = Board(self.index, self.demands, ())
        for claim in claims:
            breach = post(claim, board, False)
            if not isinstance(breach, int):
                board.model.add(breach <= 0)
            elif breach > 0:
                board.clause()
        for d in required:
            board.clause(board.held[d])
        for other in ({"cp_model_presolve": False, "random_seed": 11}, {"random_seed": 12}):
            limit = min(seconds, self.left) / 2
            answer = _solved(board, {"num_workers": 1} | other, limit).answer
            if answer != "unknown":
                return answer == "no"
        return False

    def _check(self, verdict: Verdict, claims: Iterable[Claim]) -> None:
        if verdict.timetable is None:
            return
        held = Held(self.index, verdict.timetable)
        wrong = next((c for c in claims if c.breach(held)), None)
        if wrong is not None:
            raise WrongAnswer(f"A tried answer breaks the must “{wrong.rule}” ({wrong.key}).")


def question(week: Week, ids: Collection[str], until: float, wide: bool = False) -> Question:
    """The question over these demands; those they follow this week come with them.

    With `wide` the sessions may lie anywhere in the week as far as the model goes, and the
    due window is a claim like others, so that it can be seen to be the cause.
    """
    own = with_earlier(week, ids)
    true = _only(week, own)
    index = Index(true)
    if wide:
        everywhere = (Span(0, index.clock.length),)
        index = Index(
            replace(true, demands=tuple(replace(d, windows=everywhere) for d in true.demands))
        )
    musts = must_claims(index)
    if wide:
        windows = must_claims(Index(true), ("due_window",))
        musts = [*windows, *(c for c in musts if c.rule != "due_window")]
    _, lost = starting_point(index, index.week.demands, musts)
    gone = {id(c) for c in lost}
    return Question(index, index.week.demands, tuple(c for c in musts if id(c) not in gone), until)


def with_earlier(week: Week, ids: Iterable[str]) -> frozenset[str]:
    """These demands and all that must come before them this week."""
    found = {d.id: d for d in week.demands}
    out: set[str] = set()
    for id in ids:
        at: str | None = id
        while at in found and at not in out:
            out.add(at)
            at = found[at].follows
    return frozenset(out)


def time_to_plan(week: Week, until: float) -> bool:
    """Whether there is time to make and solve the whole week's model."""
    return until - time.monotonic() > A_DEMAND * len(week.demands)


def must_claims(index: Index, rules: Collection[str] | None = None) -> list[Claim]:
    """The must claims of the week, of all rules or of these."""
    names = book.book() if rules is None else rules
    found = (c for name in names for c in book.book()[name].claims(index))
    return [c for c in found if book.terms(index, c.rule, c.site).level == "must"]


def _only(week: Week, ids: Collection[str]) -> Week:
    return replace(
        week,
        demands=tuple(d for d in week.demands if d.id in ids),
        owed=(),
        pins=tuple(a for a in week.pins if a.demand in ids),
        published=tuple(a for a in week.published if a.demand in ids),
    )


def _solved(board: Board, parameters: Mapping[str, object], seconds: float) -> Verdict:
    solver = cp_model.CpSolver()
    for name, value in parameters.items():
        setattr(solver.parameters, name, value)
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    status = solver.solve(board.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Verdict("yes", board.read(tuple(solver.response_proto.solution)))
    return Verdict("no" if status == cp_model.INFEASIBLE else "unknown")
