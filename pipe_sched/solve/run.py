"""Solves a week: tier by tier, part by part, always with an answer.

Posts the claims, keeps what is pinned, and minimises one tier after another
with the earlier ones bounded and the whole previous answer as a hint. Site-weeks
that share nobody are solved apart. Every answer is held against the claims
themselves before it is returned.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipe_sched.core.index import Index
from pipe_sched.core.week import Demand, Timetable, Week
from pipe_sched.rules import book
from pipe_sched.solve.part import Answer, Part, WrongAnswer
from pipe_sched.solve.settings import Settings, TierResult
from pipe_sched.solve.tiers import Weighed, stages, weigh
from pipe_sched.solve.watch import Progress, Watch

__all__ = ["Result", "Settings", "TierResult", "WrongAnswer", "components", "solve"]


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
    extra_changes: int = 0,
    comfort_seconds: float | None = None,
) -> Result:
    """Plan the week within so many wall seconds, the model's making included.

    `hint`: a timetable to start from. `tiers`: only these stages (of held, comfort, and
    after publication statutory, changes), default all. `deterministic`: one worker and so
    much deterministic time per stage, for answers that can be repeated. `on_progress` is
    called from the caller's thread at least twice a second; False stops the solve.

    `extra_changes`: how far the cost of `changes` may rise above the least, in its own units,
    if that lets more be held; as little of it is used as that takes, and comfort gets none.
    The result of `changes` then tells the cost there is, with the bound of the least cost and
    whether that was proven the least: the cost may lie above the bound by so much. Before
    publication it does nothing. `comfort_seconds`: after publication, when few things may
    change, comfort is searched for no longer than this; None is as long as there is time.

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
    settings = Settings(workers, seed, deterministic, extra_changes, comfort_seconds)
    return solve_weighed(index, weighed, watch, settings, hint, tiers)


def solve_weighed(
    index: Index,
    weighed: Sequence[Weighed],
    watch: Watch,
    settings: Settings,
    hint: Timetable | None = None,
    tiers: Sequence[str] | None = None,
) -> Result:
    """Plan with these claims only (see `solve`); parts spend extra changes in their order."""
    cpu = time.process_time()
    order = [s.name for s in stages(index, ())]
    parts = components(index, weighed)
    answers = []
    for i, (demands, own) in enumerate(parts):
        todo = sum(len(d) for d, _ in parts[i:]) or 1
        share = watch.left * max(1, len(demands)) / todo
        part = Part(index, demands, own, watch, settings, tiers)
        answers.append(part.solve(hint, time.monotonic() + share))
        left = settings.extra_changes - answers[-1].extra
        settings = replace(settings, extra_changes=left)
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
