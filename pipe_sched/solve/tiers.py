"""What counts and in which order: musts apart, then one stage of prices after another.

A lower tier never buys a higher one, so stages are solved in turn with the
earlier ones bounded. After publication safety and statutory kinds come first,
then keeping what people were told, then the other sessions, then comfort.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipe_sched.core.index import Held, Index
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import book
from pipe_sched.rules.claims import Claim


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim with its level at its site; `price` is the rule's price times the claim's."""

    claim: Claim
    level: Level
    tier: Tier
    price: int

    def cost(self, held: Held) -> int:
        """What the timetable pays for it (for a must its bare breach)."""
        breach = self.claim.breach(held)
        return breach if self.level == "must" else breach * self.price


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the lexicographic order: its name and what it counts."""

    name: str
    claims: tuple[Weighed, ...]

    def cost(self, held: Held) -> int:
        """The stage's cost of a timetable."""
        return sum(w.cost(held) for w in self.claims)


def weigh(index: Index, claims: Iterable[Claim]) -> tuple[Weighed, ...]:
    """Each claim with its rule's terms at its site; rules that are off stay out."""
    known: dict[tuple[str, str], book.Terms] = {}
    out = []
    for claim in claims:
        pair = (claim.rule, claim.site)
        if pair not in known:
            known[pair] = book.terms(index, *pair)
        t = known[pair]
        if t.level != "off":
            out.append(Weighed(claim, t.level, t.tier, t.price * claim.price))
    return tuple(out)


def stages(index: Index, weighed: Iterable[Weighed]) -> tuple[Stage, ...]:
    """The stages in order: held, comfort; after publication statutory, changes, held, comfort."""
    priced = [w for w in weighed if w.level == "should" and w.price]
    names = ["held", "changes", "comfort"]
    if not index.week.published:
        return tuple(
            Stage(n, tuple(w for w in priced if w.tier == n)) for n in names if n != "changes"
        )
    first = [w for w in priced if w.tier == "held" and _statutory(index, w.claim)]
    chosen = {id(w) for w in first}
    rest = [w for w in priced if id(w) not in chosen]
    return (
        Stage("statutory", tuple(first)),
        Stage("changes", tuple(w for w in rest if w.tier == "changes")),
        Stage("held", tuple(w for w in rest if w.tier == "held")),
        Stage("comfort", tuple(w for w in rest if w.tier == "comfort")),
    )


def _statutory(index: Index, claim: Claim) -> bool:
    named = claim.demands()
    return bool(named) and all(d in index.demands and index.demands[d].statutory for d in named)
