"""What the service cancelled comes back: one catch-up per kind and person a week.

Only misses that the service caused carry over, for two weeks; then they lapse, and
people are told so. Kinds that stay due until held need no catch-up.
"""

from __future__ import annotations

from pipe_sched.core import phrase
from pipe_sched.core.expand import dates
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.plan import ProgrammeRow
from pipe_sched.core.turns import CARRY_WEEKS, Case, Turn, Turns, falls_on

CATCH_UP = "catch-up"
"""Ends the id of a catch-up in place of a number."""


def carries(row: ProgrammeRow) -> bool:
    """Whether a miss needs a catch-up: kinds that stay due until held need none.

    Weekly groups need none either: what their people missed is added to what they are owed.
    """
    if row.often == "weekly":
        return row.whom != "group"
    return row.often == "monthly" or (row.often == "n_weekly" and row.anchor is not None)


def catch_up(case: Case) -> Turns:
    """At most one catch-up for misses the service caused in the two weeks before."""
    if not carries(case.row):
        return (), ()
    missed = [_missed(case, weeks) for weeks in range(CARRY_WEEKS + 1, 0, -1)]
    extra = [_extra(case, weeks) for weeks in range(CARRY_WEEKS + 1, 0, -1)]
    lapsed, open_ = missed[0], 0
    for misses, made_up in zip(missed[1:], extra[1:], strict=True):
        lapsed, made_up = max(0, lapsed - made_up), max(0, made_up - lapsed)
        open_ = max(0, open_ - made_up) + misses
    who = phrase.person(case.person) if case.person else phrase.word("the group")
    words = "A miss of {1} for {0} that the service caused has lapsed after two weeks."
    notes = (Phrase(words, (who, phrase.kind(case.row.kind))),) if lapsed else ()
    return ((Turn(CATCH_UP, case.windows, 0),) if open_ else ()), notes


def _missed(case: Case, weeks: int) -> int:
    rows = case.record.in_week(case.row.id, case.person, weeks)
    missed = sum(d.outcome == "cancelled_by_service" for d in rows)
    return min(missed, max(0, _regular(case, weeks) - _held(case, weeks)))


def _extra(case: Case, weeks: int) -> int:
    return max(0, _held(case, weeks) - _regular(case, weeks))


def _held(case: Case, weeks: int) -> int:
    rows = case.record.in_week(case.row.id, case.person, weeks)
    return sum(d.outcome == "held" for d in rows)


def _regular(case: Case, weeks: int) -> int:
    """How many were regularly due that week."""
    if case.row.often == "weekly":
        return case.row.times
    clock = case.clock.neighbour(-weeks)
    if case.row.often == "monthly":
        return int(any(falls_on(case.row, day) for day in dates(clock)))
    since = case.weeks_since(case.row.anchor) - weeks if case.row.anchor else -1
    return int(since >= 0 and since % max(1, case.row.every) == 0)
