"""Posts one claim to a board: as a must, or as an expression that counts its breach.

One small function per kind of claim. `post` with `hard` forbids any breach and
returns 0; without, it returns an expression that can be brought down to the
claim's own `breach` and never below it. Nothing here speeds the search up at
the price of meaning: such tricks live in `run`, so that the agreement of
solver and checker can be tested on exactly this code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipe_sched.rules.claims import (
    Apart,
    Balance,
    Before,
    Breaks,
    Choice,
    Claim,
    Cover,
    Gathered,
    Neighbours,
    Pause,
    Quota,
    Spare,
    Use,
    Within,
)
from pipe_sched.solve.apart import post_apart
from pipe_sched.solve.board import Board, Lit, neg
from pipe_sched.solve.cover import post_cover
from pipe_sched.solve.runs import post_breaks, post_pause
from pipe_sched.solve.sums import Expr, Sum, total
from pipe_sched.solve.visits import demand_or_pay, post_gathered, post_spare


class NoSuchKind(TypeError):
    """A claim of a kind the solver has no posting for."""


def post(claim: Claim, board: Board, hard: bool) -> Expr:
    """Post the claim; returns its breach as an expression (0 when hard).

    Raises:
        NoSuchKind: the claim's kind is unknown here.
    """
    maker = _KINDS.get(type(claim))
    if maker is None:
        raise NoSuchKind(f"The solver cannot post a {type(claim).__name__}.")
    return maker(claim, board, hard)


def post_within(claim: Within, board: Board, hard: bool) -> Expr:
    """Where the choice is made, its start is a fitting one."""
    use = claim.choice.use
    minutes = board.demands[use.demand].minutes
    fitting = board.fold.starts.fitting(claim.windows, minutes)
    bad = board.fold.choice(claim.choice) & ~fitting
    lit = board.at(use, bad) if bad else False
    if not hard:
        return lit
    board.clause(neg(lit))
    return 0


def post_quota(claim: Quota, board: Board, hard: bool) -> Expr:
    """The sum lies between lo and hi, where `when` is true."""
    when: Lit = True if claim.when is None else board.lit(claim.when)
    if when is False:
        return 0
    summed = total(board, claim.terms)
    lo = claim.lo if claim.lo is not None and claim.lo > summed.least else None
    hi = claim.hi if claim.hi is not None and claim.hi < summed.most else None
    # A lower limit below the least is met; it must still be seen when `least` is generous.
    if lo is None and hi is None:
        return 0
    if hard:
        _hard_quota(board, summed, lo, hi, when)
        return 0
    return _priced_quota(board, summed, lo, hi, when, _comes_with(claim))


def _comes_with(claim: Quota) -> bool:
    """Whether every term can only be true when `when` is."""
    if claim.when is None:
        return True
    bare = Choice(Use(claim.when.use.demand))
    return claim.when == bare and all(t.choice.use.demand == bare.use.demand for t in claim.terms)


def _hard_quota(board: Board, summed: Sum, lo: int | None, hi: int | None, when: Lit) -> None:
    ones = all(w == 1 for _, w in summed.parts)
    if lo is not None:
        if lo == 1 and summed.positive:
            board.clause(neg(when), *(lit for lit, _ in summed.parts))
        else:
            _linear(board, summed, when, lo=lo)
    if hi is not None:
        if hi == 0 and summed.positive:
            for lit, _ in summed.parts:
                board.clause(neg(when), neg(lit))
        elif hi == 1 and ones and when is True:
            board.model.add_at_most_one([lit for lit, _ in summed.parts if lit is not False])
        else:
            _linear(board, summed, when, hi=hi)


def _linear(
    board: Board, summed: Sum, when: Lit, lo: int | None = None, hi: int | None = None
) -> None:
    expr = summed.expr
    if isinstance(expr, int):
        if (lo is not None and expr < lo) or (hi is not None and expr > hi):
            board.clause(neg(when))
    elif lo is not None:
        board.enforce(board.model.add(expr >= lo), when)
    elif hi is not None:
        board.enforce(board.model.add(expr <= hi), when)


def _priced_quota(
    board: Board, summed: Sum, lo: int | None, hi: int | None, when: Lit, comes: bool
) -> Expr:
    if hi is None and lo is not None and summed.positive and summed.most <= lo and comes:
        return lo * when - summed.expr
    if lo is None and hi == 0 and summed.positive and comes:
        return summed.expr
    if lo is not None and hi is not None and lo > hi:
        # Both limits are passed at once, and the checker adds the two amounts.
        return _priced_quota(board, summed, lo, None, when, comes) + _priced_quota(
            board, summed, None, hi, when, comes
        )
    below = lo - summed.least if lo is not None else 0
    above = summed.most - hi if hi is not None else 0
    missed = board.number(0, max(below, above, 0))
    if lo is not None:
        if summed.positive:
            board.model.add(missed >= lo * when - summed.expr)
        else:
            board.enforce(board.model.add(missed >= lo - summed.expr), when)
    if hi is not None:
        if comes:
            board.model.add(missed >= summed.expr - hi * when)
        else:
            board.enforce(board.model.add(missed >= summed.expr - hi), when)
    return missed


def post_before(claim: Before, board: Board, hard: bool) -> Expr:
    """If both exist, the first ends the gap before the second starts."""
    one, two = board.use(claim.first), board.use(claim.second)
    if one is False or two is False:
        return 0
    if claim.first.demand == claim.second.demand:
        late = board.demands[claim.first.demand].minutes + claim.gap > 0
        return demand_or_pay(board, hard, neg(one), neg(two)) if late else 0
    ordered = board.before(claim.first.demand, claim.second.demand, claim.gap)
    return demand_or_pay(board, hard, neg(one), neg(two), ordered)


def post_balance(claim: Balance, board: Board, hard: bool) -> Expr:
    """The largest and the smallest share bound all of them."""
    sums = [(s.base, total(board, s.terms)) for s in claim.shares]
    if len(sums) < 2:
        return 0
    least = min(base + s.least for base, s in sums)
    most = max(base + s.most for base, s in sums)
    top, low = board.number(least, most), board.number(least, most)
    for base, s in sums:
        board.model.add(top >= base + s.expr)
        board.model.add(low <= base + s.expr)
    if hard:
        board.model.add(top - low <= claim.unit - 1)
        return 0
    breach = board.number(0, (most - least) // claim.unit)
    board.model.add(claim.unit * breach + claim.unit - 1 >= top - low)
    return breach


def post_neighbours(claim: Neighbours, board: Board, hard: bool) -> Expr:
    """No two on consecutive dates; that two demands are is one literal for everybody in them."""
    costs: list[Expr] = []
    there = [(use, board.use(use)) for use in claim.uses]
    for i, (one, mine) in enumerate(there):
        for two, other in there[i + 1 :]:
            if one.demand != two.demand and mine is not False and other is not False:
                beside = board.next_days(one.demand, two.demand, claim.days)
                costs.append(_not_all(board, hard, mine, other, beside))
    return sum(costs)


def _not_all(board: Board, hard: bool, *lits: Lit) -> Expr:
    """Not all of these are true, or one is paid; a literal implied by the rest is left out."""
    if any(lit is False for lit in lits):
        return 0
    return demand_or_pay(board, hard, *(neg(lit) for lit in lits))


_KINDS: dict[type[Claim], Callable[[Any, Board, bool], Expr]] = {
    Within: post_within,
    Quota: post_quota,
    Apart: post_apart,
    Before: post_before,
    Cover: post_cover,
    Breaks: post_breaks,
    Pause: post_pause,
    Balance: post_balance,
    Gathered: post_gathered,
    Spare: post_spare,
    Neighbours: post_neighbours,
}

__all__ = ["NoSuchKind", "post"]
