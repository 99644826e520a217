"""Posts `Cover`: how many uses may run at every minute.

One cumulative: its capacity is the highest level, filler tasks take what is
not allowed where the level is lower. A claim that counts only during a choice
becomes a task that takes what must stay free, piece by piece where the level
changes under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ortools.sat.python import cp_model

from pipe_sched.core.spans import Span
from pipe_sched.rules.claims import Choice, Cover, Level
from pipe_sched.solve.board import Board, Lit
from pipe_sched.solve.sums import Expr


@dataclass
class Tasks:
    """Intervals and what each takes of the capacity."""

    intervals: list[cp_model.IntervalVar] = field(default_factory=list)
    takes: list[int] = field(default_factory=list)

    def add(self, interval: cp_model.IntervalVar, amount: int) -> None:
        """One more task."""
        if amount > 0:
            self.intervals.append(interval)
            self.takes.append(amount)


def post_cover(claim: Cover, board: Board, hard: bool) -> Expr:
    """At every minute that counts, no more uses run than the level allows."""
    if claim.during is not None and board.lit(claim.during) is False:
        return 0
    tasks = Tasks()
    counts: dict[tuple[str, int], tuple[Lit, int]] = {}
    for use in claim.uses:
        lit = board.use(use)
        if lit is not False:
            key = (use.demand, -(10**9) if isinstance(lit, bool) else lit.index)
            counts[key] = (lit, counts.get(key, (lit, 0))[1] + 1)
    for (demand, _), (lit, amount) in counts.items():
        tasks.add(board.interval(demand, lit), amount)
    running = sum(tasks.takes)
    steps = [s for s in merged_levels(claim.levels) if s.most < running]
    if not steps:
        return 0
    if claim.during is None:
        for step in steps:
            fixed = board.model.new_fixed_size_interval_var(step.span.start, step.span.minutes, "")
            tasks.add(fixed, running - step.most)
    else:
        _frames(board, claim.during, steps, running, tasks)
    worst = running - min(s.most for s in steps)
    missing: Expr = 0 if hard else board.number(0, worst)
    board.model.add_cumulative(tasks.intervals, tasks.takes, running + missing)
    return missing


def merged_levels(levels: Sequence[Level]) -> list[Level]:
    """Disjoint levels in order, each the least of those that overlap there."""
    cuts = sorted({c for level in levels for c in (level.span.start, level.span.end)})
    out: list[Level] = []
    for start, end in pairwise(cuts):
        most = [lv.most for lv in levels if lv.span.start <= start < lv.span.end]
        if not most:
            continue
        if out and out[-1].span.end == start and out[-1].most == min(most):
            out[-1] = Level(Span(out[-1].span.start, end), min(most))
        else:
            out.append(Level(Span(start, end), min(most)))
    return out


def _frames(
    board: Board, during: Choice, steps: Sequence[Level], running: int, tasks: Tasks
) -> None:
    d = during.use.demand
    minutes, start = board.demands[d].minutes, board.start[d]
    inside = board.fold.choice(during)
    between = board.fold.starts.between
    for step in steps:
        a, b = step.span.start, step.span.end
        amount = running - step.most
        late, early = between(b - minutes + 1, b), between(a - minutes + 1, a)
        whole = between(a, b) & ~late & inside
        for mask, first, last in (
            (whole, start, start + minutes),
            (late & between(a, b) & inside, start, b),
            (early & ~late & between(0, a) & inside, a, start + minutes),
            (early & late & inside & ~between(a, b), a, b),
        ):
            lit = board.at(during.use, mask) if mask else False
            if lit is not False:
                tasks.add(_task(board, first, last, lit), amount)


def _task(board: Board, first: Expr, last: Expr, lit: Lit) -> cp_model.IntervalVar:
    size = board.number(0, board.index.clock.length)
    return board.model.new_optional_interval_var(first, size, last, lit, "")
