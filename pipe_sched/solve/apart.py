"""Posts `Apart`: no two slots overlap or are nearer than the minutes after them.

A must within one list is NoOverlap over padded intervals, which the solver
reasons about as a whole. Everything else is pairwise, with one order literal
per pair of demands and gap, shared by all claims, and only for pairs whose
starts can meet at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipe_sched.rules.claims import Apart, Slot
from pipe_sched.solve.board import Board, Lit, neg
from pipe_sched.solve.sums import Expr


@dataclass(frozen=True, slots=True)
class Taken:
    """A slot that can be taken: its literal and its possible starts."""

    slot: Slot
    demand: str
    lit: Lit
    mask: int


def post_apart(claim: Apart, board: Board, hard: bool) -> Expr:
    """No two slots overlap or are too near."""
    left = _taken(board, claim.left)
    if claim.right:
        right = _taken(board, claim.right)
        return _pairs(claim, board, hard, ((a, b) for a in left for b in right))
    if hard and all(_exclusive(own) for own in _by_demand(left).values()):
        _no_overlap(board, left)
        return 0
    pairs = ((a, b) for i, a in enumerate(left) for b in left[i + 1 :])
    return _pairs(claim, board, hard, pairs)


def _taken(board: Board, slots: Iterable[Slot]) -> list[Taken]:
    out = []
    for slot in slots:
        lit = board.lit(slot.choice)
        if lit is not False:
            mask = board.fold.choice(slot.choice)
            out.append(Taken(slot, slot.choice.use.demand, lit, mask))
    return out


def _by_demand(taken: Iterable[Taken]) -> dict[str, list[Taken]]:
    out: dict[str, list[Taken]] = defaultdict(list)
    for one in taken:
        out[one.demand].append(one)
    return out


def _exclusive(own: Sequence[Taken]) -> bool:
    """Whether at most one of these slots of one demand can be taken at a time."""
    return all(_never_both(a, b) for i, a in enumerate(own) for b in own[i + 1 :])


def _never_both(a: Taken, b: Taken) -> bool:
    one, two = a.slot.choice.use, b.slot.choice.use
    if not a.mask & b.mask:
        return True
    if one.room is not None and two.room is not None and one.room != two.room:
        return True
    same = one.person is not None and one.person == two.person
    return same and one.role is not None and two.role is not None and one.role != two.role


def _no_overlap(board: Board, taken: Sequence[Taken]) -> None:
    if len({t.demand for t in taken}) > 1:
        board.model.add_no_overlap([board.interval(t.demand, t.lit, t.slot.after) for t in taken])


def _pairs(claim: Apart, board: Board, hard: bool, pairs: Iterable[tuple[Taken, Taken]]) -> Expr:
    found: dict[tuple[str, str], list[tuple[Taken, Taken]]] = defaultdict(list)
    for a, b in pairs:
        if a.demand != b.demand and board.may_be_near(
            a.demand, a.mask, a.slot.after, b.demand, b.mask, b.slot.after
        ):
            found[min(a.demand, b.demand), max(a.demand, b.demand)].append((a, b))
    costs: list[Expr] = []
    for near in found.values():
        paid: Lit = False if hard else board.new()
        for a, b in near:
            _keep(claim, board, paid, a, b)
        if paid is not False:
            costs.append(paid)
    return sum(costs)


def _keep(claim: Apart, board: Board, paid: Lit, a: Taken, b: Taken) -> None:
    escapes = (
        neg(a.lit),
        neg(b.lit),
        paid,
        neg(board.near(a.demand, b.demand, a.slot.after, b.slot.after)),
    )
    if claim.places is None or not claim.right:
        board.clause(*escapes)
        return
    for mine, room in _rooms(board, a.demand):
        near = {theirs for ours, theirs in claim.places if ours == room}
        if near:
            others = [lit for lit, r in _rooms(board, b.demand) if r not in near]
            board.clause(neg(mine), *others, *escapes)


def _rooms(board: Board, demand: str) -> list[tuple[Lit, str]]:
    """(literal, room) of every room the demand may be in; "" when it needs none."""
    if not board.demands[demand].needs_room:
        return [(True, "")]
    rooms = ((board.room[demand, r], r) for r in board.fold.rooms[demand])
    return [(lit, room) for lit, room in rooms if lit is not False]
