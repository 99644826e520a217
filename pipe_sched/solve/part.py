"""One part of a run: its board, its stages in turn, the best timetable so far.

A part is a set of demands that no claim links to others. Each stage minimises
one tier with the earlier ones bounded, starting from the whole answer of the
stage before; every answer is held against the claims before it is kept.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import Demand, Timetable
from pipe_sched.solve.board import Board, set_hint
from pipe_sched.solve.pinned import starting_point
from pipe_sched.solve.post import post
from pipe_sched.solve.settings import Settings, TierResult
from pipe_sched.solve.sums import Expr
from pipe_sched.solve.tiers import Stage, Weighed, stages
from pipe_sched.solve.watch import Outcome, Watch, search

FOR_ONE_STAGE = 0.75
"""Part of the time left that a stage other than the last may use."""
SHORTEST = 0.02
"""Seconds below which no search is begun."""
BUYS = {"changes", "held"}
"""The tiers of which the first may be spent on the second, as far as that was allowed."""


class WrongAnswer(RuntimeError):
    """The solver's answer breaks a must or costs more than it said: a bug, never to be saved."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One part's answer; `extra`: how far its changes lie above the fewest that were found."""

    status: str
    timetable: Timetable
    tiers: tuple[TierResult, ...]
    relaxed: tuple[tuple[str, str], ...]
    extra: int = 0


def _same(one: Timetable, two: Timetable) -> bool:
    return _said(one) == _said(two)


def _said(timetable: Timetable) -> set[tuple[object, ...]]:
    return {
        (a.demand, a.start, a.room, frozenset(a.staff), frozenset(a.attendees))
        for a in timetable.assignments
    }


class Part:
    """One part of a run: its board, its stages, the best timetable so far."""

    def __init__(
        self,
        index: Index,
        demands: Sequence[Demand],
        weighed: Sequence[Weighed],
        watch: Watch,
        settings: Settings,
        tiers: Sequence[str] | None,
    ) -> None:
        self.index, self.watch, self.settings = index, watch, settings
        self.demands = demands
        musts = [w for w in weighed if w.level == "must"]
        self.base, self.broken = starting_point(index, demands, [w.claim for w in musts])
        lost = {id(c) for c in self.broken}
        self.hard = [w.claim for w in musts if id(w.claim) not in lost]
        relaxed = tuple(w for w in musts if id(w.claim) in lost)
        wanted = stages(index, weighed)
        self.stages = [s for s in wanted if tiers is None or s.name in tiers]
        self.costs: dict[str, Expr] = {}
        self.extra = 0
        if relaxed:
            self.stages.insert(0, Stage("musts", relaxed))
        self.best = self.base
        self.values: tuple[int, ...] | None = None

    def solve(self, hint: Timetable | None, until: float) -> Answer:
        """Stage by stage until the moment (monotonic seconds)."""
        board = self.board = Board(self.index, self.demands, self.hard)
        for claim in self.hard:
            if not self.watch.beat(self.stages[0].name if self.stages else "held"):
                return self._as_given()
            if not board.known.says(claim):
                post(claim, board, True)
        self._start_from(hint)
        results: dict[str, TierResult] = {}
        status = "optimal"
        for stage in self.stages:
            outcome, results[stage.name] = self._stage(stage, self._limit(stage, until))
            if stage.name == "held" and self._spare("changes"):
                least = results["changes"]
                settled, results["changes"] = self._settle(least, until)
                self.extra = max(0, results["changes"].cost - least.cost)
                outcome = outcome if settled == "optimal" else settled
            if outcome in ("infeasible", "model_invalid"):
                return Answer(outcome, Timetable(), (), self._relaxed)
            if outcome != "optimal":
                status = "feasible"
        self._prove_musts()
        told = tuple(r for r in results.values() if r.tier != "musts")
        return Answer(status, self.best, told, self._relaxed, self.extra)

    def _limit(self, stage: Stage, until: float) -> float:
        left = until - time.monotonic()
        if stage is not self.stages[-1]:
            return left * FOR_ONE_STAGE
        most = self.settings.comfort_seconds
        told = stage.name == "comfort" and bool(self.index.week.published)
        return min(left, most) if told and most is not None else left

    def _spare(self, tier: str) -> int:
        """How far the tier's cost may rise above its least for the sake of tiers below."""
        names = {s.name for s in self.stages}
        return self.settings.extra_changes if tier == "changes" and names >= BUYS else 0

    def _settle(self, least: TierResult, until: float) -> tuple[str, TierResult]:
        """Bring the changes down again as far as what they bought stays, and keep them there."""
        stage = next(s for s in self.stages if s.name == "changes")
        cost, limit, status = self.costs[stage.name], self._limit(stage, until), "optimal"
        if stage.cost(Held(self.index, self.best)) > least.cost:
            status = "feasible"
            if not self.watch.stopped and limit > SHORTEST:
                outcome = self._search(stage.name, cost, limit)
                status = outcome.status
                if outcome.values is not None:
                    self._take(outcome, stage)
        now = stage.cost(Held(self.index, self.best))
        self._keep(cost, now)
        return status, replace(least, cost=now)

    def _as_given(self) -> Answer:
        """The answer when there is no time to search: what is pinned, nothing proven."""
        held = Held(self.index, self.best)
        costs = ((s.name, s.cost(held)) for s in self.stages if s.name != "musts")
        told = tuple(TierResult(name, cost, 0, cost == 0) for name, cost in costs)
        return Answer("feasible", self.best, told, self._relaxed)

    @property
    def _relaxed(self) -> tuple[tuple[str, str], ...]:
        held = Held(self.index, self.best)
        return tuple((c.rule, c.key) for c in self.broken if c.breach(held))

    def _start_from(self, hint: Timetable | None) -> None:
        """Take the hint (else what was published) over where it is sound, else lean on it.

        After publication what still stands of it is a better start than a hint that is broken.
        """
        own = {d.id for d in self.demands}
        places = self.index.week.published if hint is None else hint.assignments
        start = Timetable(tuple(a for a in places if a.demand in own))
        if not self._taken_over(start) and self.index.week.published:
            self._taken_over(self.base)
        all_held = {x.index: 1 for x in self.board.held.values() if not isinstance(x, bool)}
        set_hint(self.board.model, all_held | self.board.values_of(start, others=False))

    def _taken_over(self, start: Timetable) -> bool:
        """Make it the best so far, if it breaks no must; whether it is."""
        held = Held(self.index, start)
        if not start.assignments or any(c.breach(held) for c in self.hard):
            return False
        self.values = self._completed(start, self.stages[0].name if self.stages else "held")
        if self.values is None:
            return False
        self.best = self.board.read(self.values)
        self.watch.found()
        return True

    def _completed(self, timetable: Timetable, tier: str) -> tuple[int, ...] | None:
        """Values for every variable of the model that say this timetable, at its least cost."""
        model = self.board.model
        set_hint(model, self.board.values_of(timetable))
        sure: dict[str, object] = {
            "num_workers": 1,
            "random_seed": self.settings.seed,
            "fix_variables_to_their_hinted_value": True,
            "cp_model_probing_level": 0,
            "max_presolve_iterations": 1,
        }
        held = len(timetable.assignments)
        quiet = Watch(self.watch.left, lambda _: self.watch.beat(tier, held))
        found = search(model, sure, quiet, tier, min(5.0, self.watch.left), self._held_in)
        if found.values is None or not _same(self.board.read(found.values), timetable):
            return None
        return found.values

    def _stage(self, stage: Stage, limit: float) -> tuple[str, TierResult]:
        cost = self.costs[stage.name] = self._post(stage)
        spare = self._spare(stage.name)
        now = stage.cost(Held(self.index, self.best))
        if self.values is not None and (now == 0 or isinstance(cost, int)):
            self._keep(cost, now + spare)
            return "optimal", TierResult(stage.name, now, now, True)
        if self.watch.stopped or limit <= SHORTEST:
            self._keep(cost, now + spare)
            return "feasible", TierResult(stage.name, now, 0, now == 0)
        outcome = self._search(stage.name, cost, limit)
        if outcome.values is not None:
            self._take(outcome, stage)
        now = stage.cost(Held(self.index, self.best))
        self._keep(cost, now + spare)
        bound = now if outcome.status == "optimal" else max(0, min(outcome.bound, now))
        return outcome.status, TierResult(stage.name, now, bound, bound == now)

    def _post(self, stage: Stage) -> Expr:
        priced: list[Expr] = []
        for w in stage.claims:
            self.watch.beat(stage.name, len(self.best.assignments))
            price = w.price if w.level == "should" else 1
            priced.append(price * post(w.claim, self.board, False))
        fixed = sum(p for p in priced if isinstance(p, int))
        real = [p for p in priced if not isinstance(p, int)]
        return sum(real) + fixed if real else fixed

    def _search(self, tier: str, cost: Expr, limit: float) -> Outcome:
        model = self.board.model
        model.minimize(cost)
        if self.values is not None:
            set_hint(model, dict(enumerate(self._completed(self.best, tier) or self.values)))
        parameters = self.settings.parameters(tier == self.stages[-1].name)
        return search(model, parameters, self.watch, tier, limit, self._held_in)

    def _held_in(self, values: Sequence[int]) -> int:
        return len(self.board.read(values).assignments)

    def _take(self, outcome: Outcome, stage: Stage) -> None:
        values = outcome.values or ()
        found = self.board.read(values)
        held = Held(self.index, found)
        true = stage.cost(held)
        told = outcome.cost or 0
        if true > told or (outcome.status == "optimal" and true != told):
            raise WrongAnswer(f"The {stage.name} tier costs {true}, the solver said {told}.")
        self.best, self.values = found, values
        self._prove_musts()
        self.watch.found()

    def _keep(self, cost: Expr, most: int) -> None:
        """From now on this stage never costs more."""
        if not isinstance(cost, int):
            self.board.model.add(cost <= most)

    def _prove_musts(self) -> None:
        held = Held(self.index, self.best)
        wrong = next((c for c in self.hard if c.breach(held)), None)
        if wrong is not None:
            raise WrongAnswer(f"The answer breaks the must “{wrong.rule}” ({wrong.key}).")
