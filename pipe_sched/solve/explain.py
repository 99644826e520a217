"""Why a session due is not held, and what would help.

A planner believes a refusal only when it is said in facts they can check: who
is away, which room is booked, what was held instead. Every answer here is the
verdict of solving again, never a guess from the claims' text.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from pipe_sched.core import phrase
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Timetable, Week
from pipe_sched.rules import cancelled
from pipe_sched.solve.explain_cause import Cause, find_cause
from pipe_sched.solve.explain_fixes import fix_by_back_up, fix_by_moving
from pipe_sched.solve.explain_price import price_of, said
from pipe_sched.solve.explain_rivals import Rivals, find_rivals, fits_beside
from pipe_sched.solve.explain_say import listing, reasons_of
from pipe_sched.solve.explain_try import question
from pipe_sched.solve.explain_types import Fix, Reason, Why

__all__ = ["Fix", "Reason", "Why", "reasons_for_unheld", "why_not"]

MOSTLY = 0.75
"""The part of the time in which rivals are looked for, before a lesser answer is."""
NAMED = 3
"""How many facts are said beside the sessions that compete."""


def why_not(week: Week, timetable: Timetable, demand: str, seconds: float = 15.0) -> Why:
    """Why this demand is not held in the timetable, with fixes that were tried."""
    if any(a.demand == demand for a in timetable.assignments):
        return Why(demand, proven=True)
    until = time.monotonic() + seconds
    halfway = time.monotonic() + seconds / 2
    why = _alone(week, demand, halfway) or _with_others(week, timetable, demand, halfway)
    return replace(why, fixes=tuple(_fixes(week, timetable, why, until)))


def _fixes(week: Week, timetable: Timetable, why: Why, until: float) -> Iterator[Fix]:
    if why.demand in week.cancelled:
        return
    if why.alone:
        found = fix_by_back_up(week, timetable, why.demand, until)
    else:
        found = fix_by_moving(week, timetable, why.demand, why.rivals, until)
        if found is None and why.rivals:
            everyone = [a.demand for a in timetable.assignments]
            found = fix_by_moving(week, timetable, why.demand, everyone, until)
    if found is not None:
        yield found


def reasons_for_unheld(week: Week, timetable: Timetable, seconds: float = 20.0) -> dict[str, Why]:
    """Why each demand that the timetable leaves out is not held, without fixes.

    Those that cannot be held at all are told first: that takes next to no time. The rest
    of the time is shared among the others.
    """
    until = time.monotonic() + seconds
    held = {a.demand for a in timetable.assignments}
    left_out = [d.id for d in week.demands if d.id not in held]
    found = {d: _alone(week, d, until) for d in left_out}
    others = [d for d in left_out if found[d] is None]
    for i, d in enumerate(others):
        now = time.monotonic()
        share = max(0.0, until - now) / (len(others) - i)
        found[d] = _with_others(week, timetable, d, now + share)
    return {d: why for d, why in found.items() if why is not None}


def _alone(week: Week, asked: str, until: float) -> Why | None:
    """What stops it when nothing else is held; None when nothing does, or in no time."""
    if asked in week.cancelled:
        return Why(asked, (_cancelled(asked),), alone=True, proven=True)
    cause = find_cause(question(week, [asked], until, wide=True), [asked])
    if cause is None:
        return None
    reasons = reasons_of(cause.facts, week.clock)
    return Why(asked, reasons, alone=True, proven=cause.sure and cause.whole)


def _cancelled(asked: str) -> Reason:
    return Reason(cancelled.NAME, asked, Phrase(cancelled.SAY, (phrase.demand(asked),)))


def _with_others(week: Week, timetable: Timetable, asked: str, until: float) -> Why:
    most = time.monotonic() + MOSTLY * (until - time.monotonic())
    rivals = find_rivals(week, timetable, asked, most)
    if rivals.answer == "clash":
        return _crowded_out(week, asked, rivals, until)
    fits = rivals.timetable
    if fits is None:
        beside = fits_beside(week, timetable, asked, until)
        if beside.timetable is None:
            return Why(asked, (_not_known(asked, beside.answer == "no"),))
        fits = beside.timetable
    price = price_of(week, timetable, fits, asked, until)
    return Why(asked, tuple(said(price, asked)), proven=price.proven)


def _not_known(asked: str, beside: bool) -> Reason:
    words = "{0}: why it is not held was not found in the time."
    if beside:
        words = (
            "{0} fits nowhere while all the others stay as they are. "
            "Whether it would if they moved was not found in the time."
        )
    return Reason("not_proven", asked, Phrase(words, (phrase.demand(asked),)))


def _crowded_out(week: Week, asked: str, rivals: Rivals, until: float) -> Why:
    everyone = [asked, *rivals.demands]
    cause = find_cause(question(week, everyone, until, wide=len(everyone) <= 4), everyone)
    reasons = (_room_for(everyone), *(_linking(week, cause, everyone) if cause else ()))
    proven = rivals.least and cause is not None and cause.sure
    return Why(asked, reasons, rivals=rivals.demands, proven=proven)


def _room_for(everyone: list[str]) -> Reason:
    number = phrase.word(len(everyone) - 1)
    words, listed = listing([phrase.demand(d) for d in everyone], 2, "; ", "; and ")
    say = Phrase(
        f"There is room for only {{0}} of these {{1}}: {words}.",
        (number, phrase.word(len(everyone)), *listed),
    )
    return Reason("rivals", everyone[0], say)


def _linking(week: Week, cause: Cause, everyone: list[str]) -> tuple[Reason, ...]:
    """What they compete for, then the facts that leave so little of it."""
    together = set(everyone)
    facts = sorted(cause.facts, key=lambda f: -max(len(c.demands() & together) for c in f.claims))
    return reasons_of(facts, week.clock)[:NAMED]
