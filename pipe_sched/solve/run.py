"""Solves a week: tier by tier, part by part, always with an answer.

Posts the claims, keeps what is pinned, and minimises one tier after another
with the earlier ones bounded and the whole previous answer as a hint. Site-weeks
that share nobody are solved apart. Every answer is held against the claims
themselves before it is returned.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import Demand, Timetable, Week
from pipe_sched.rules import book
from pipe_sched.solve.board import Board, set_hint
from pipe_sched.solve.pinned import starting_point
from pipe_sched.solve.post import post
from pipe_sched.solve.sums import Expr
from pipe_sched.solve.tiers import Stage, Weighed, stages, weigh
from pipe_sched.solve.watch import Outcome, Progress, Watch, search

FOR_ONE_STAGE = 0.75
"""Part of the time left that a stage other than the last may use."""


class WrongAnswer(RuntimeError):
    """The solver's answer breaks a must or costs more than it said: a bug, never to be saved."""


@dataclass(frozen=True, slots=True)
class TierResult:
    """How good a tier is: its cost, the least it could be, whether nothing better exists."""

    tier: str
    cost: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A solve's answer.

    `status` by name: optimal, feasible, stopped, unknown, infeasible, model_invalid.
    `relaxed`: (rule, key) of musts that the pinned sessions break by themselves.
    Seconds are wall seconds; `first_seconds` until there was a timetable.
    """

    status: str
    timetable: Timetable
    tiers: tuple[TierResult, ...]
    seed: int
    seconds: float
    first_seconds: float | None
    cpu_seconds: float
    relaxed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How to search: workers, seed, and deterministic time per stage (None = wall time only)."""

    workers: int = 2
    seed: int = 1
    deterministic: float | None = None

    def parameters(self, last: bool) -> dict[str, object]:
        """The solver's parameters; `last`: for the tier that gets what time is left.

        Measured on weeks of 40 and 80 sessions: probing cost more than it saved; with two
        workers, one that raises the bound by cores beside one that improves the answer came
        within 2% where the solver's own choice stayed at 55%.
        """
        out: dict[str, object] = {"random_seed": self.seed, "cp_model_probing_level": 0}
        if not last:
            out["max_presolve_iterations"] = 1
        if self.deterministic is not None:
            return out | {"num_workers": 1, "max_deterministic_time": self.deterministic}
        out["num_workers"] = self.workers
        if self.workers == 2:
            out |= {"subsolvers": ["core"], "linearization_level": 0}
        elif self.workers > 2:
            out["subsolvers"] = ["core", "no_lp", "default_lp", "quick_restart"][: self.workers - 1]
        return out


def solve(
    week: Week,
    *,
    hint: Timetable | None = None,
    seconds: float = 60.0,
    workers: int = 2,
    seed: int = 1,
    deterministic: float | None = None,
    on_progress: Callable[[Progress], bool] | None = None,
    tiers: Sequence[str] | None = None,
) -> Result:
    """Plan the week within so many wall seconds, the model's making included.

    `hint`: a timetable to start from. `tiers`: only these stages (of held, comfort, and
    after publication statutory, changes), default all. `deterministic`: one worker and so
    much deterministic time per stage, for answers that can be repeated. `on_progress` is
    called from the caller's thread at least twice a second; False stops the solve.

    Raises:
        WrongAnswer: the answer does not stand up to the claims.
    """
    watch = Watch(seconds, on_progress)
    index = Index(week)
    watch.report("held", None, None, 0)
    weighed: list[Weighed] = []
    for rule in book.book().values():
        weighed += weigh(index, rule.claims(index))
        watch.beat("held")
    settings = Settings(workers, seed, deterministic)
    return solve_weighed(index, weighed, watch, settings, hint, tiers)


def solve_weighed(
    index: Index,
    weighed: Sequence[Weighed],
    watch: Watch,
    settings: Settings,
    hint: Timetable | None = None,
    tiers: Sequence[str] | None = None,
) -> Result:
    """Plan with these claims only (see `solve`)."""
    cpu = time.process_time()
    order = [s.name for s in stages(index, ())]
    parts = components(index, weighed)
    answers = []
    for i, (demands, own) in enumerate(parts):
        todo = sum(len(d) for d, _ in parts[i:]) or 1
        share = watch.left * max(1, len(demands)) / todo
        part = Part(index, demands, own, watch, settings, tiers)
        answers.append(part.solve(hint, time.monotonic() + share))
        watch.held_before += len(answers[-1].timetable.assignments)
    return Result(
        _status([a.status for a in answers], watch.stopped),
        _joined(index, [a.timetable for a in answers]),
        tuple(_summed(name, answers) for name in order if any(_has(a, name) for a in answers)),
        settings.seed,
        watch.spent,
        watch.first,
        time.process_time() - cpu,
        tuple(pair for a in answers for pair in a.relaxed),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """One part's answer."""

    status: str
    timetable: Timetable
    tiers: tuple[TierResult, ...]
    relaxed: tuple[tuple[str, str], ...]


def _has(answer: Answer, tier: str) -> bool:
    return any(t.tier == tier for t in answer.tiers)


def _summed(tier: str, answers: Iterable[Answer]) -> TierResult:
    own = [t for a in answers for t in a.tiers if t.tier == tier]
    return TierResult(
        tier, sum(t.cost for t in own), sum(t.bound for t in own), all(t.proven for t in own)
    )


def _status(found: Sequence[str], stopped: bool) -> str:
    for bad in ("model_invalid", "infeasible", "unknown"):
        if bad in found:
            return bad
    if all(s == "optimal" for s in found):
        return "optimal"
    return "stopped" if stopped else "feasible"


def _joined(index: Index, timetables: Iterable[Timetable]) -> Timetable:
    places = {a.demand: a for t in timetables for a in t.assignments}
    return Timetable(tuple(places[d.id] for d in index.week.demands if d.id in places))


def components(
    index: Index, weighed: Sequence[Weighed]
) -> list[tuple[list[Demand], list[Weighed]]]:
    """Demands and claims by parts that no claim links; demands of one site stay together."""
    root = {d.id: d.id for d in index.week.demands}

    def find(d: str) -> str:
        while root[d] != d:
            root[d] = root[root[d]]
            d = root[d]
        return d

    site_of = {d.id: d.site for d in index.week.demands}
    firsts: dict[str, str] = {}
    for d, site in site_of.items():
        root[find(d)] = find(firsts.setdefault(site, d))
    for w in weighed:
        named = [d for d in w.claim.demands() if d in root]
        for d in named[1:]:
            root[find(d)] = find(named[0])
    parts: dict[str, tuple[list[Demand], list[Weighed]]] = {}
    for demand in index.week.demands:
        parts.setdefault(find(demand.id), ([], []))[0].append(demand)
    for w in weighed:
        named = [d for d in w.claim.demands() if d in root]
        where = find(named[0]) if named else next(iter(parts), "")
        parts.setdefault(where, ([], []))[1].append(w)
    return list(parts.values())


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
        results: list[TierResult] = []
        status = "optimal"
        for i, stage in enumerate(self.stages):
            left = until - time.monotonic()
            limit = left if i == len(self.stages) - 1 else left * FOR_ONE_STAGE
            outcome, result = self._stage(stage, limit)
            if outcome in ("infeasible", "model_invalid"):
                return Answer(outcome, Timetable(), (), self._relaxed)
            if outcome != "optimal":
                status = "feasible"
            results.append(result)
        self._prove_musts()
        told = tuple(r for r in results if r.tier != "musts")
        return Answer(status, self.best, told, self._relaxed)

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
        """Take the hint (else what was published) over where it is sound, else lean on it."""
        own = {d.id for d in self.demands}
        places = self.index.week.published if hint is None else hint.assignments
        start = Timetable(tuple(a for a in places if a.demand in own))
        held = Held(self.index, start)
        if start.assignments and not any(c.breach(held) for c in self.hard):
            self.values = self._completed(start, self.stages[0].name if self.stages else "held")
            if self.values is not None:
                self.best = self.board.read(self.values)
                self.watch.found()
        all_held = {x.index: 1 for x in self.board.held.values() if not isinstance(x, bool)}
        set_hint(self.board.model, all_held | self.board.values_of(start, others=False))

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
        cost = self._post(stage)
        now = stage.cost(Held(self.index, self.best))
        if self.values is not None and (now == 0 or isinstance(cost, int)):
            self._keep(cost, now)
            return "optimal", TierResult(stage.name, now, now, True)
        if self.watch.stopped or limit <= 0.02:
            self._keep(cost, now)
            return "feasible", TierResult(stage.name, now, 0, now == 0)
        outcome = self._search(stage.name, cost, limit)
        if outcome.values is not None:
            self._take(outcome, stage)
        now = stage.cost(Held(self.index, self.best))
        self._keep(cost, now)
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
