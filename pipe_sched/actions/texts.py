"""Weeks and timetables as the texts that the store keeps and the worker is sent.

Reading a frozen week and gathering its claims takes longer than a page should;
the texts are kept under their hash and never change, so the last few are remembered.
"""

from __future__ import annotations

from functools import lru_cache

from pipe_sched.check import Referee
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


@lru_cache(maxsize=8)
def referee(text: str) -> Referee:
    """The referee of a stored week, with its claims kept."""
    return Referee(read_week(text))


def read_timetable(text: str, week: Week | None = None) -> Timetable:
    """The timetable of a stored text; with its week, one that does not fit is refused."""
    return timetable_from_json(text, week)


def write_week(week: Week) -> str:
    """A week's text."""
    return week_to_json(week)


def write_timetable(timetable: Timetable, week: Week | None = None) -> str:
    """A timetable's text."""
    return timetable_to_json(timetable, week)
