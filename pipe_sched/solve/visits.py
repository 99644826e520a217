"""Posts `Gathered` and `Spare`: sessions that lie together, and parts nobody else could take.

Also the clause that every yes-or-no claim is made of: it holds, or it is paid for.
"""

from __future__ import annotations

from pipe_sched.rules.claims import Gathered, Group, Rival, Spare, Use
from pipe_sched.solve.board import Board, Lit, neg
from pipe_sched.solve.sums import Expr


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
