"""Dates, times and links as the pages write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask import g

from pipe_sched.access import LOCAL
from pipe_sched.actions.see_accounts import account_names
from pipe_sched.core.clock import LONDON, Clock, NoSuchTime, parse_week
from pipe_sched.core.initials import listed
from pipe_sched.core.labels import long_date, wall_time
from pipe_sched.web.needs import actor, store
from pipe_sched.web.problems import Problem


def full_date(day: date) -> str:
    """30 November 2026."""
    return f"{day.day} {day:%B %Y}"


def week_title(clock: Clock) -> str:
    """Week 49, 30 November to 6 December 2026."""
    first, last = clock.date_of(0), clock.date_of(6)
    start = f"{first.day} {first:%B}" if first.month != last.month else str(first.day)
    if first.year != last.year:
        start = full_date(first)
    return f"Week {clock.number}: {start} to {full_date(last)}"


def moment(instant: datetime) -> str:
    """22 November 2026 at 3:15pm, London time."""
    local = instant.astimezone(LONDON)
    return f"{full_date(local.date())} at {wall_time(local)}"


def clock_of(text: str) -> Clock:
    """The week a URL or form names; a 400 page when there is none."""
    try:
        return parse_week(text)
    except NoSuchTime as error:
        raise Problem(400, str(error)) from None


def author(id_: str) -> str:
    """Who did it, as whoever is signed in knows them."""
    if id_ == LOCAL.id:
        return "this computer"
    if "account_names" not in g:
        g.account_names = account_names(store(), actor())
    found: str = g.account_names.get(id_, "somebody who has no account now")
    return found


def words() -> Mapping[str, Callable[..., Any]]:
    """The filters that templates use."""
    return {
        "full_date": full_date,
        "long_date": long_date,
        "wall_time": wall_time,
        "week_title": week_title,
        "moment": moment,
        "author": author,
        "listed": listed,
    }
