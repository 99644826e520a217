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
    Group,
    Neighbours,
    Pause,
    Quota,
    Rival,
    Spare,
    Term,
    Use,
    Within,
)
from pipe_sched.solve.apart import post_apart
from pipe_sched.solve.board import Board, Lit, neg
from pipe_sched.solve.cover import post_cover
from pipe_sched.solve.runs import post_breaks, post_pause
from pipe_sched.solve.sums import Expr, Sum, total


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


def demand_or_pay(board: Board, hard: bool, *lits: Lit) -> Expr:
    """The clause holds, or (when not hard) a fresh literal is true and counts one."""
    if hard:
        board.clause(*lits)
        return 0
    if any(lit is True for lit in lits):
        return 0
    real = [lit for lit in lits if lit is not False]
    if len(real) == 1:
        return 1 - real[0]
    if not real:
        return 1
    paid = board.new()
    board.clause(*real, paid)
    return paid


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


def post_gathered(claim: Gathered, board: Board, hard: bool) -> Expr:
    """Site-days, idle minutes or second sites of a day."""
    if claim.measure == "idle":
        costs: list[Expr] = [_idle(board, group) for group in claim.groups]
    elif claim.measure == "days":
        costs = [used for g in claim.groups if (used := _used(board, g)) is not False]
    else:
        costs = _second_sites(claim, board)
    if hard:
        for cost in costs:
            board.model.add(cost <= 0)
        return 0
    return sum(costs)


def _used(board: Board, group: Group) -> Lit:
    return board.either(board.lit(c) for c in group.choices)


def _second_sites(claim: Gathered, board: Board) -> list[Expr]:
    costs: list[Expr] = []
    for day in dict.fromkeys(g.day for g in claim.groups):
        used = [u for g in claim.groups if g.day == day and (u := _used(board, g)) is not False]
        if len(used) > 1:
            costs.append(sum(used) - board.either(used))
    return costs


def _idle(board: Board, group: Group) -> Expr:
    found = [(c.use.demand, lit) for c in group.choices if (lit := board.lit(c)) is not False]
    if len({d for d, _ in found}) < 2:
        return 0
    starts = [board.fold.bare[d] for d, _ in found]
    low = min(board.fold.starts.first(m) for m in starts)
    high = max(board.fold.starts.last(m) for m in starts) + max(
        board.demands[d].minutes for d, _ in found
    )
    first, last = board.number(low, high), board.number(low, high)
    idle = board.number(0, high - low)
    for d, lit in found:
        board.enforce(board.model.add(first <= board.start[d]), lit)
        board.enforce(board.model.add(last >= board.end(d)), lit)
    board.model.add(idle >= last - first - sum(board.demands[d].minutes * x for d, x in found))
    return idle


def post_spare(claim: Spare, board: Board, hard: bool) -> Expr:
    """The use is not taken, or every rival is out of reach, in the session or busy."""
    taken = board.use(claim.use)
    if taken is False:
        return 0
    paid: Lit = False if hard else board.new()
    for rival in claim.rivals:
        board.clause(neg(taken), paid, *_not_free(claim.use, rival, board))
    return paid


def _not_free(use: Use, rival: Rival, board: Board) -> list[Lit]:
    d = use.demand
    free = board.fold.starts.fitting(rival.windows, board.demands[d].minutes)
    own = board.fold.mask(use)
    if not own & free:
        return [True]
    out = [board.inside(d, board.fold.bare[d] & ~free), board.member.get((d, rival.person), False)]
    for busy in rival.busy:
        if busy.demand != d and (there := board.use(busy)) is not False:
            meets = board.overlap(d, busy.demand)
            out.append(board.both(there, meets))
    return [lit for lit in out if lit is not False]


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

__all__ = ["NoSuchKind", "Term", "demand_or_pay", "post"]
