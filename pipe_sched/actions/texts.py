"""Weeks and timetables as the texts that the store keeps and the worker is sent.

Reading a frozen week and gathering its claims takes longer than a page should;
the texts are kept under their hash and never change, so the last few are remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from threading import Lock

from pipe_sched.check import Referee, undecided
from pipe_sched.core.week import Timetable, Week
from pipe_sched.formats.week_json import (
    timetable_from_json,
    timetable_to_json,
    week_from_json,
    week_to_json,
)


@lru_cache(maxsize=16)
def read_week(text: str) -> Week:
    """The week of a stored text."""
    return week_from_json(text)


REFEREES = 8
_referees: OrderedDict[str, Referee] = OrderedDict()
_lock = Lock()


def referee(text: str, week: Week | None = None) -> Referee:
    """The referee of a stored week, with its claims kept; `week`, if known, spares reading.

    A week that differs from a remembered one only in what people decided takes over its claims.
    """
    with _lock:
        found = _referees.pop(text, None)
        if found is None:
            known = read_week(text) if week is None else week
            found = Referee(known, _like(known))
        _referees[text] = found
        while len(_referees) > REFEREES:
            _referees.popitem(last=False)
    return found


def _like(week: Week) -> Referee | None:
    """A remembered referee that can lend its claims. It must not itself hang on another."""
    bare = undecided(week)
    near = (r for r in reversed(_referees.values()) if r.week.plans == week.plans)
    found = next((r for r in near if undecided(r.week) == bare), None)
    return found if found is None or found.like is None else found.like


def read_timetable(text: str, week: Week | None = None) -> Timetable:
    """The timetable of a stored text; with its week, one that does not fit is refused."""
    return timetable_from_json(text, week)


def write_week(week: Week) -> str:
    """A week's text."""
    return week_to_json(week)


def write_timetable(timetable: Timetable, week: Week | None = None) -> str:
    """A timetable's text."""
    return timetable_to_json(timetable, week)
