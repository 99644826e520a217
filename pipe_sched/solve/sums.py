"""Weighted sums of choices, made as tight as the starts allow.

Several terms on one use are one function of its start: days of a week, minutes
outside liked times. Such terms become one literal per different value instead
of one per term, and merge with those of other claims that cut the week alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from pipe_sched.rules.claims import Term, Use
from pipe_sched.solve.board import Board, Lit

Expr = cp_model.LinearExpr | int


@dataclass(frozen=True, slots=True)
class Sum:
    """Literals with weights, and the least and most their sum can be (perhaps generous)."""

    parts: tuple[tuple[Lit, int], ...]
    least: int
    most: int

    @property
    def expr(self) -> Expr:
        """The sum as an expression."""
        real = [(lit, w) for lit, w in self.parts if not isinstance(lit, bool)]
        fixed = sum(w for lit, w in self.parts if lit is True)
        if not real:
            return fixed
        return cp_model.LinearExpr.weighted_sum([x for x, _ in real], [w for _, w in real]) + fixed

    @property
    def positive(self) -> bool:
        """Whether no weight is negative."""
        return all(w >= 0 for _, w in self.parts)


def total(board: Board, terms: Iterable[Term]) -> Sum:
    """The sum of the weights of the choices that are made."""
    by_use: dict[Use, list[Term]] = defaultdict(list)
    for term in terms:
        by_use[term.choice.use].append(term)
    parts: list[tuple[Lit, int]] = []
    least = most = 0
    for use, own in by_use.items():
        if board.use(use) is False:
            continue
        values = _values(board, use, own)
        weights = [w for _, w in values]
        parts += _literals(board, use, values)
        sure = board.use(use) is True
        least += min(weights) if sure else min(0, *weights, 0)
        most += max(weights) if sure else max(0, *weights, 0)
    return Sum(tuple((lit, w) for lit, w in parts if w and lit is not False), least, most)


def _values(board: Board, use: Use, terms: list[Term]) -> list[tuple[int, int]]:
    """(mask, weight) pairs: which starts of the use are worth what; masks are disjoint."""
    cells = [(board.fold.mask(use), 0)]
    for term in terms:
        inside = board.fold.choice(term.choice)
        cut = []
        for mask, weight in cells:
            if mask & inside:
                cut.append((mask & inside, weight + term.weight))
            if mask & ~inside:
                cut.append((mask & ~inside, weight))
        cells = cut
    merged: dict[int, int] = defaultdict(int)
    for mask, weight in cells:
        merged[weight] |= mask
    return [(mask, weight) for weight, mask in sorted(merged.items())]


def _literals(board: Board, use: Use, values: list[tuple[int, int]]) -> list[tuple[Lit, int]]:
    if len(values) == 1:
        return [(board.use(use), values[0][1])]
    if len(values) == 2:
        (one, low), (two, high) = values
        if low and high:
            return [(board.use(use), low), (board.at(use, two), high - low)]
        return [(board.at(use, one), low)] if low else [(board.at(use, two), high)]
    lits = board.split(use, [mask for mask, _ in values])
    return [(lit, weight) for lit, (_, weight) in zip(lits, values, strict=True)]
