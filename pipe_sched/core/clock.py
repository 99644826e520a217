"""Elapsed minutes of an ISO week and the local wall times people read.

Inside the planner all times are whole elapsed minutes from local Monday 00:00
in Europe/London. A week has 10,080 of them, 10,020 or 10,140 when clocks
change, so only this module may turn minutes into dates and back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipe_sched.core.spans import Span

LONDON = ZoneInfo("Europe/London")


class NoSuchTime(ValueError):
    """A wall time or ISO week that does not exist; the message says what does."""


def weeks_in(year: int) -> int:
    """How many ISO weeks the year has: 52 or 53 (28 December is always in the last)."""
    return date(year, 12, 28).isocalendar().week


def instant(day: date, at: time) -> datetime:
    """The UTC instant of a London wall time; of two, the first.

    Raises:
        NoSuchTime: the clocks go forward over that time.
    """
    local = datetime.combine(day, at, LONDON).replace(fold=0)
    moment = local.astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(
            f"{at:%H:%M} on {day.day} {day:%B %Y} does not exist: the clocks go forward. "
            f"Use {time(at.hour + 1, 0):%H:%M} or later."
        )
    return moment


@dataclass(frozen=True, slots=True)
class Clock:
    """One ISO week's clock in Europe/London."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 2000 <= self.year <= 2100:
            raise NoSuchTime(f"The year {self.year} is outside 2000 to 2100.")
        if not 1 <= self.number <= weeks_in(self.year):
            raise NoSuchTime(
                f"Week {self.number} of {self.year} does not exist: "
                f"{self.year} has weeks 1 to {weeks_in(self.year)}."
            )

    @property
    def monday(self) -> date:
        """The week's first local date."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def length(self) -> int:
        """Elapsed minutes in the week: 10,080, or 10,020 or 10,140 when clocks change."""
        return self.day(7)

    @property
    def origin(self) -> datetime:
        """The UTC instant of minute 0."""
        return instant(self.monday, time(0))

    def date_of(self, index: int) -> date:
        """The local date of day `index`; 0 is Monday, -1 the Sunday before."""
        return self.monday + timedelta(days=index)

    def day(self, index: int) -> int:
        """The minute at which day `index` begins (any integer, outside the week too)."""
        return self.minute(self.date_of(index), time(0))

    def day_span(self, index: int) -> Span:
        """Day `index` from local midnight to local midnight."""
        return Span(self.day(index), self.day(index + 1))

    def minute(self, day: date, at: time) -> int:
        """Elapsed minutes of a wall time; raises `NoSuchTime` where it does not exist."""
        return int((instant(day, at) - self.origin).total_seconds() // 60)

    def span(self, day: date, start: time, end: time) -> Span:
        """A stretch on one date; an end at or before the start means the next day's."""
        last = day + timedelta(days=1) if end <= start else day
        return Span(self.minute(day, start), self.minute(last, end))

    def local(self, minute: int) -> datetime:
        """The London wall time of a minute (timezone-aware)."""
        return (self.origin + timedelta(minutes=minute)).astimezone(LONDON)

    def index(self, minute: int) -> int:
        """The day index of a minute; 0 is Monday."""
        return (self.local(minute).date() - self.monday).days

    def neighbour(self, weeks: int) -> Clock:
        """The clock so many weeks later (earlier when negative)."""
        iso = (self.monday + timedelta(weeks=weeks)).isocalendar()
        return Clock(iso.year, iso.week)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


def week_of(day: date) -> Clock:
    """The clock of the ISO week that holds the date."""
    iso = day.isocalendar()
    return Clock(iso.year, iso.week)


def parse_week(text: str) -> Clock:
    """Read "2026-W53"; raises `NoSuchTime` with a sentence when it is not a week."""
    found = re.fullmatch(r"([0-9]{4})-W([0-9]{1,2})", text.strip(" "), re.IGNORECASE)
    if found is None:
        shown = "".join(c for c in text[:20] if c.isprintable())
        raise NoSuchTime(f"“{shown}” is not a week. Write it like 2026-W49.")
    return Clock(int(found[1]), int(found[2]))
