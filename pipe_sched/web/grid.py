"""A day as a grid: rooms across, quarter hours down, and a strip for cover.

Pure arithmetic from a held timetable to grid lines; templates only print it.
Places are class names (`at-12 for-3 col-2`), since inline styles are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipe_sched.core.index import Held
from pipe_sched.core.labels import Labels
from pipe_sched.core.phrase import Ref
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Demand
from pipe_sched.cover_strip import Stretch, cover_strip

TICK = 15
FIRST, LAST = 7 * 60, 22 * 60


@dataclass(frozen=True, slots=True)
class Card:
    """One session as shown: ids are gone, words and grid lines are left."""

    demand: str
    title: str
    time: str
    room: str
    led_by: tuple[str, ...]
    attending: tuple[str, ...]
    sort: str
    place: str
    start: int


@dataclass(frozen=True, slots=True)
class Strip:
    """One stretch of cover as shown."""

    text: str
    number: str
    place: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day ready to print. `columns` are room names; `hours` their labels and places."""

    title: str
    columns: tuple[str, ...]
    hours: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]
    strip: tuple[Strip, ...]
    ticks: int


def sort_of(demand: Demand) -> str:
    """Which of four looks a session has: one-to-one, support, floor or group."""
    if demand.support:
        return "support"
    if demand.one_to_one:
        return "one"
    return "floor" if demand.on_floor else "group"


def day_grid(held: Held, labels: Labels, site: str, index: int) -> Day:
    """The grid of day `index` (0 Monday) at a site."""
    day = held.index.clock.day_span(index)
    rooms = [r.id for r in held.index.week.rooms if r.site == site]
    mine = sessions(held, site, day)
    first, last = _frame(held, day, mine)
    columns = [*rooms, *([""] if any(a.room is None for a in mine) else [])]
    cards = tuple(
        card(
            held,
            labels,
            a,
            f"{_lines(held.spans[a.demand], day, first)} col-{columns.index(a.room or '') + 2}",
        )
        for a in mine
    )
    strip = tuple(
        _strip(labels, s, day, first, last)
        for s in cover_strip(held, site, day)
        if s.span.end - day.start > first and s.span.start - day.start < last
    )
    hours = tuple(
        (f"{m // 60:02d}:00", f"at-{(m - first) // TICK + 2} for-4") for m in range(first, last, 60)
    )
    names = tuple(labels.text(Ref("room", r)) if r else "No room" for r in columns)
    title = labels.text(Ref("day", str(day.start)))
    return Day(title, names, hours, cards, strip, (last - first) // TICK)


def sessions(held: Held, site: str | None, day: Span) -> list[Assignment]:
    """The day's sessions at a site (None: anywhere), in order of time."""
    demands = held.index.demands
    found = [
        a
        for a in held.timetable.assignments
        if (site is None or demands[a.demand].site == site) and day.start <= a.start < day.end
    ]
    return sorted(found, key=lambda a: (a.start, a.room or "", a.demand))


def card(held: Held, labels: Labels, a: Assignment, place: str = "") -> Card:
    """A session in words."""
    demand = held.index.demands[a.demand]
    return Card(
        a.demand,
        labels.text(Ref("demand", a.demand)),
        clock_times(held, held.spans[a.demand]),
        labels.text(Ref("room", a.room)) if a.room else "No room",
        tuple(labels.text(Ref("person", x.person)) for x in a.staff),
        tuple(labels.text(Ref("person", p)) for p in a.attendees),
        sort_of(demand),
        place,
        a.start,
    )


def clock_times(held: Held, span: Span) -> str:
    """09:15 to 10:00, by wall time."""
    local = held.index.clock.local
    return f"{local(span.start):%H:%M} to {local(span.end):%H:%M}"


def _frame(held: Held, day: Span, mine: Iterable[Assignment]) -> tuple[int, int]:
    """First and last minute of the day shown: whole hours round 7am to 10pm and all sessions."""
    first, last = FIRST, LAST
    for a in mine:
        span = held.spans[a.demand]
        first = min(first, (span.start - day.start) // 60 * 60)
        last = max(last, -(-(span.end - day.start) // 60) * 60)
    return first, last


def _lines(span: Span, day: Span, first: int) -> str:
    top = (span.start - day.start - first) // TICK
    ticks = max(1, -(-span.minutes // TICK))
    return f"at-{top + 2} for-{ticks}"


def _strip(labels: Labels, s: Stretch, day: Span, first: int, last: int) -> Strip:
    top = max(s.span.start - day.start, first)
    end = min(s.span.end - day.start, last)
    shown = Span(day.start + top, day.start + end)
    text = f"{labels.stretch(shown.start, shown.end)}: {s.floor} of {s.on} on the floor"
    if s.state in ("short", "thin"):
        text += f", {s.minimum} are needed"
    where = _lines(shown, day, first)
    return Strip(text, str(s.floor), f"{where} cover-{s.state}")
