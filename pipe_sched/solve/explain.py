"""Why a session due is not held, and what would help.

A planner believes a refusal only when it is said in facts they can check: who
is away, which room is booked, what was held instead. Every answer here is the
verdict of solving again, never a guess from the claims' text.
"""

from __future__ import annotations

import time

from pipe_sched.core.phrase import Phrase, demand
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Timetable, Week
from pipe_sched.solve.explain_cause import find_cause
from pipe_sched.solve.explain_say import reasons_of
from pipe_sched.solve.explain_try import question
from pipe_sched.solve.explain_types import Fix, Reason, Why

__all__ = ["Fix", "Reason", "Why", "reasons_for_unheld", "why_not"]


def why_not(week: Week, timetable: Timetable, demand: str, seconds: float = 15.0) -> Why:
    """Why this demand is not held in the timetable, with fixes that were tried."""
    if any(a.demand == demand for a in timetable.assignments):
        return Why(demand, proven=True)
    return _why(week, demand, time.monotonic() + seconds)


def reasons_for_unheld(week: Week, timetable: Timetable, seconds: float = 20.0) -> dict[str, Why]:
    """Why each demand that the timetable leaves out is not held, without fixes."""
    until = time.monotonic() + seconds
    held = {a.demand for a in timetable.assignments}
    left_out = [d.id for d in week.demands if d.id not in held]
    found = {}
    for i, d in enumerate(left_out):
        share = (until - time.monotonic()) / (len(left_out) - i)
        found[d] = _why(week, d, time.monotonic() + max(share, 0.0))
    return found


def _why(week: Week, asked: str, until: float) -> Why:
    cause = find_cause(question(week, [asked], until, wide=True), [asked])
    if cause is None:
        say = Phrase("{0} was left out for others; which was not worked out.", (demand(asked),))
        return Why(asked, (Reason("not_proven", asked, say),))
    reasons = reasons_of(cause.facts, Span(0, week.clock.length))
    return Why(asked, reasons, alone=True, proven=cause.sure and cause.whole)
