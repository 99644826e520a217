"""Bank holidays of England and Wales, as dates.

The dates come from the `holidays` library, which lists the Saturday or Sunday
itself beside its substitute; only the weekday is a bank holiday, so weekends go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

import holidays

from pipe_sched.core.plan import Plan

SATURDAY = 5


def bank_holidays(years: Iterable[int]) -> tuple[date, ...]:
    """All bank holidays of these years, in order (source: library `holidays`, GB, England)."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=sorted(set(years)))
    return tuple(sorted(day for day in found if day.weekday() < SATURDAY))


def years_of(plan: Plan) -> range:
    """The years of all dates in a plan's rows, and one either side; none without dates."""
    found: set[int] = set()
    for table in (getattr(plan, f.name) for f in fields(plan) if f.name != "bank_holidays"):
        for row in table:
            values = (getattr(row, name) for name in row.__slots__)
            found.update(value.year for value in values if isinstance(value, date))
    return range(min(found) - 1, max(found) + 2) if found else range(0)
