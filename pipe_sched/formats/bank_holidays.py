"""Bank holidays of England and Wales, as dates.

The dates come from the `holidays` library, which lists the Saturday or Sunday
itself beside its substitute; only the weekday is a bank holiday, so weekends go.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import holidays

SATURDAY = 5


def bank_holidays(years: Iterable[int]) -> tuple[date, ...]:
    """All bank holidays of these years, in order (source: library `holidays`, GB, England)."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=sorted(set(years)))
    return tuple(sorted(day for day in found if day.weekday() < SATURDAY))
