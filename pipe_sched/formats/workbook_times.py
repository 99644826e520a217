"""Cells that hold dates, times of day and weekdays: forgiving in, one form out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pipe_sched.formats.workbook_cells import as_text, items, shown
from pipe_sched.formats.workbook_errors import Wrong

FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)?\s*([ap]m)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Date:
    """A date from 2000 to 2100."""

    def show(self, value: object) -> object:
        """The date."""
        return value

    def read(self, raw: object) -> object:
        """An Excel date, or text such as 30 November 2026, 30/11/2026 or 2026-11-30."""
        found = _date_of(raw)
        if found is None:
            raise Wrong(
                f"“{shown(raw)}” is not a date that exists. Write it like 30 November 2026."
            )
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise Wrong(f"The year {found.year} is outside {FIRST_YEAR} to {LAST_YEAR}.")
        return found


def _date_of(raw: object) -> date | None:
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == time(0) else None
    if isinstance(raw, date):
        return raw
    if isinstance(raw, str):
        for form in ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(raw.strip(), form).date()
            except ValueError:
                continue
    return None


@dataclass(frozen=True, slots=True)
class Clocktime:
    """A time of day in whole minutes."""

    def show(self, value: object) -> object:
        """The time."""
        return value

    def read(self, raw: object) -> object:
        """An Excel time, or text such as 9:15am, 21:30, midday or midnight."""
        found = _time_of(raw)
        if found is None:
            raise Wrong(f"“{shown(raw)}” is not a time. Write it like 9:15am or 21:30.")
        if found.second or found.microsecond:
            raise Wrong(f"“{shown(raw)}” has seconds. Use whole minutes.")
        return found


def _time_of(raw: object) -> time | None:
    if isinstance(raw, datetime):
        return time(0) if raw.year < 1901 and raw.time() == time(0) else None  # 24:00 to Excel
    if isinstance(raw, time):
        return raw
    if isinstance(raw, timedelta) and timedelta(0) <= raw <= timedelta(days=1):
        return (datetime.min + raw).time()
    if isinstance(raw, int | float) and raw in (0, 1):
        return time(0)
    return _time_in(raw.strip().casefold()) if isinstance(raw, str) else None


def _time_in(text: str) -> time | None:
    if text in ("midnight", "midday", "24:00"):
        return time(12 if text == "midday" else 0)
    match = _TIME.fullmatch(text)
    if not match or not (match[2] or match[3]):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


@dataclass(frozen=True, slots=True)
class Days:
    """Weekdays: “Mon, Tue”, “Mon to Fri” or “every day”, which is also a blank cell."""

    def show(self, value: object) -> object:
        """Short names with commas."""
        return ", ".join(DAY_NAMES[n - 1] for n in value) or "every day"  # type: ignore[attr-defined]

    def read(self, raw: object) -> object:
        """ISO weekday numbers, Monday first; none for every day."""
        text = as_text(raw).casefold()
        known = {"every day": (), "any day": (), "weekdays": range(1, 6), "weekend": (6, 7)}
        if text in known:
            return tuple(known[text])
        found: set[int] = set()
        for part in items(raw):
            found.update(_day_range(part))
        return tuple(sorted(found))


def _day_range(part: str) -> Iterable[int]:
    ends = [_day(name) for name in re.split(r"\s*(?:-|–|\bto\b)\s*", part.casefold())]
    if len(ends) == 1:
        return ends
    if len(ends) != 2 or ends[0] > ends[1]:
        raise Wrong(f"“{part}” is not a stretch of days. Write it like Mon to Fri.")
    return range(ends[0], ends[1] + 1)


def _day(name: str) -> int:
    for number, short in enumerate(DAY_NAMES, start=1):
        full = date(2024, 1, number).strftime("%A").casefold()
        if len(name) > 2 and full.startswith(name) and name.startswith(short.casefold()):
            return number
    raise Wrong(f"“{name}” is not a day. Write days like Mon, Tue or every day.")
