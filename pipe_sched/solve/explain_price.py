"""A session that fits but was left out: what holding it would cost.

Every session may be left out at a price. One that could be held with all the
others was left out because something else counted for more, or because the
time ran out before the better plan was found; this says which.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from pipe_sched.core import phrase
from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Timetable, Week
from pipe_sched.rules import book
from pipe_sched.rules.claims import Choice, Quota, Term, Use
from pipe_sched.solve.explain_try import time_to_plan
from pipe_sched.solve.explain_types import Reason
from pipe_sched.solve.run import Settings, solve_weighed
from pipe_sched.solve.tiers import Weighed, stages, weigh
from pipe_sched.solve.watch import Watch

NAMED = 2
"""How many of the costs are said."""


@dataclass(frozen=True, slots=True)
class Price:
    """The best plan found with the session in it, and what it costs more than before."""

    timetable: Timetable
    dearer: tuple[Weighed, ...]
    proven: bool


def price_of(week: Week, now: Timetable, fits: Timetable, asked: str, until: float) -> Price:
    """Plan again with the session required, starting from a timetable in which it fits."""
    if not time_to_plan(week, until):
        return Price(fits, (), False)
    index = Index(week)
    weighed = weigh(index, book.claims(index))
    tiers = [s.name for s in stages(index, ()) if s.name != "comfort"]
    must = (*weighed, Weighed(_held(index, asked), "must", "held", 1))
    found = solve_weighed(
        index, must, Watch(max(0.1, until - time.monotonic())), Settings(), fits, tiers
    )
    best = found.timetable if _has(found.timetable, asked) else fits
    before, after = Held(index, now), Held(index, best)
    counted = [w for s in stages(index, weighed) if s.name in tiers for w in s.claims]
    more = {id(w): w.cost(after) - w.cost(before) for w in counted}
    dearer = sorted((w for w in counted if more[id(w)] > 0), key=lambda w: -more[id(w)])
    proven = best is found.timetable and found.status == "optimal"
    return Price(best, tuple(dearer) if sum(more.values()) >= 0 else (), proven)


def _held(index: Index, asked: str) -> Quota:
    say = Phrase("{0} is not held.", (phrase.demand(asked),))
    held = Term(Choice(Use(asked)))
    return Quota("every_session_held", index.demands[asked].site, asked, say, 1, (held,), lo=1)


def _has(timetable: Timetable, asked: str) -> bool:
    return any(a.demand == asked for a in timetable.assignments)


def said(price: Price, asked: str) -> Sequence[Reason]:
    """That it fits, when, and what that would mean."""
    start = next(a.start for a in price.timetable.assignments if a.demand == asked)
    refs = (phrase.demand(asked), phrase.at(start))
    if not price.dearer:
        words = "{0} can be held, on {1}: plan the week again with more time."
        if not price.proven:
            words = "{0} can be held, on {1}; what it would cost was not worked out in the time."
        return [Reason("can_be_held", asked, Phrase(words, refs))]
    words = "{0} could be held, on {1}, but what it would cost counts for more."
    costs = [w.claim for w in price.dearer[:NAMED]]
    return [
        Reason("can_be_held", asked, Phrase(words, refs)),
        *(
            Reason(c.rule, c.key, Phrase(f"It would mean: {c.say.words}", c.say.refs))
            for c in costs
        ),
    ]
