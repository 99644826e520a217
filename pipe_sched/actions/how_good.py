"""How good a tier is, in words that are true to the solver's bound."""

from __future__ import annotations


def how_good(cost: int, bound: int | None, proven: bool) -> str:
    """ "Nothing better exists", or how far the cost may be from the best possible.

    The best possible costs at least `bound`, so the cost is at most (cost - bound) / bound
    above it; rounded up, so that the sentence is never too kind.
    """
    if proven or (bound is not None and bound >= cost):
        return "Nothing better exists."
    if bound is None or bound <= 0:
        return "How far this is from the best possible is not known."
    percent = -(-100 * (cost - bound) // bound)
    return f"At most {percent}% from the best possible."
