"""A day as a grid: rooms across, quarter hours down, and a strip for cover.

Pure arithmetic from a held timetable to grid lines; templates only print it.
Places are class names (`at-12 for-3 col-2`), since inline styles are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipe_sched.core.index import Held
from pipe_sched.core.labels import Labels
from pipe_sched.core.phrase import Ref
from pipe_sched.core.spans import Span
from pipe_sched.core.titles import ONE_TO_ONE
from pipe_sched.core.week import Assignment, Demand
from pipe_sched.cover_strip import Stretch, cover_strip
from pipe_sched.web.cover import Cover, day_cover
from pipe_sched.web.handles import handle

TICK = 15
FIRST, LAST = 7 * 60, 21 * 60
"""Minutes of the day always shown; a session outside them widens the grid."""
FIRST_COLUMN = 3
"""Grid columns 1 and 2 hold the hours and the strip of cover."""
NO_ROOM = "No room"


@dataclass(frozen=True, slots=True)
class Card:
    """One session as shown: ids are gone, words and grid lines are left.

    `time` is 09:15 to 10:00, `starts` 09:15. `sort`: one, group, floor or support. `name` is
    what addresses call it.
    """

    title: str
    kind: str
    time: str
    starts: str
    room: str
    led_by: tuple[str, ...]
    attending: tuple[str, ...]
    sort: str
    place: str
    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed text with its place in the grid."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day ready to print. `columns` counts the grid's room columns, lanes included."""

    title: str
    rooms: tuple[Piece, ...]
    hours: tuple[Piece, ...]
    cards: tuple[Card, ...]
    strip: tuple[Piece, ...]
    cover: Cover | None
    columns: int


def sort_of(demand: Demand) -> str:
    """Which of four looks a session has: one-to-one, support, floor or group."""
    if demand.support:
        return "support"
    if demand.one_to_one:
        return "one"
    return "floor" if demand.on_floor else "group"


def day_grid(held: Held, labels: Labels, site: str, index: int) -> Day:
    """The grid of day `index` (0 Monday) at a site."""
    day, local = held.index.clock.day_span(index), held.index.clock.local
    mine = sessions(held, site, day)
    first, last = _frame(held, day, mine)
    rooms = [r.id for r in held.index.week.rooms if r.site == site]
    lanes = lanes_of(held, mine)
    starts = _columns([*rooms, *([""] if "" in lanes.widths else [])], lanes)
    stretches = cover_strip(held, site, day)
    return Day(
        labels.text(Ref("day", str(day.start))),
        tuple(
            Piece(labels.text(Ref("room", r)) if r else NO_ROOM, f"col-{at} wide-{lanes.width(r)}")
            for r, at in starts.items()
        ),
        tuple(
            Piece(f"{local(day.start + m):%H:%M}", f"at-{_tick(m, first)} for-4")
            for m in range(first, last, 60)
        ),
        tuple(_placed(held, labels, a, day, first, starts, lanes) for a in mine),
        tuple(_strip(s, day, first, last) for s in stretches if _inside(s.span, day, first, last)),
        day_cover(labels, stretches),
        sum(lanes.width(r) for r in starts),
    )


@dataclass(frozen=True, slots=True)
class Lanes:
    """Which lane of its room each session stands in, so that none hides another."""

    of: Mapping[str, int]
    widths: Mapping[str, int]

    def width(self, room: str) -> int:
        """How many lanes a room needs; at least one."""
        return self.widths.get(room, 1)


def lanes_of(held: Held, mine: Iterable[Assignment]) -> Lanes:
    """Lanes for sessions in order of start: the first lane that is free again."""
    ends: dict[str, list[int]] = {}
    of: dict[str, int] = {}
    for a in mine:
        span, row = held.spans[a.demand], ends.setdefault(a.room or "", [])
        lane = next((i for i, end in enumerate(row) if end <= span.start), len(row))
        row[lane : lane + 1] = [span.end]
        of[a.demand] = lane
    return Lanes(of, {room: len(row) for room, row in ends.items()})


def _columns(rooms: Iterable[str], lanes: Lanes) -> dict[str, int]:
    """The grid column at which each room begins."""
    at, out = FIRST_COLUMN, {}
    for room in rooms:
        out[room] = at
        at += lanes.width(room)
    return out


def _placed(
    held: Held,
    labels: Labels,
    a: Assignment,
    day: Span,
    first: int,
    starts: Mapping[str, int],
    lanes: Lanes,
) -> Card:
    column = starts[a.room or ""] + lanes.of[a.demand]
    return card(held, labels, a, f"{_lines(held.spans[a.demand], day, first)} col-{column}")


def sessions(held: Held, site: str | None, day: Span) -> list[Assignment]:
    """The day's sessions at a site (None: anywhere), in order of time."""
    demands = held.index.demands
    found = [
        a
        for a in held.timetable.assignments
        if (site is None or demands[a.demand].site == site) and day.start <= a.start < day.end
    ]
    return sorted(found, key=lambda a: (a.start, a.room or "", a.demand))


def _sort(demand: Demand, labels: Labels) -> str:
    """The look of a session; one that this viewer may not read tells nothing by its look."""
    if demand.id in labels.masked:
        return "one" if labels.masked[demand.id] == ONE_TO_ONE else "group"
    return sort_of(demand)


def card(held: Held, labels: Labels, a: Assignment, place: str = "") -> Card:
    """A session in words."""
    demand, span = held.index.demands[a.demand], held.spans[a.demand]
    return Card(
        labels.text(Ref("demand", a.demand)),
        labels.kind_of(demand),
        clock_times(held, span),
        f"{held.index.clock.local(span.start):%H:%M}",
        labels.text(Ref("room", a.room)) if a.room else NO_ROOM,
        labels.names(x.person for x in a.staff),
        labels.names(a.attendees),
        _sort(demand, labels),
        place,
        a.start,
        handle(a.demand),
    )


def clock_times(held: Held, span: Span) -> str:
    """09:15 to 10:00, by wall time."""
    local = held.index.clock.local
    return f"{local(span.start):%H:%M} to {local(span.end):%H:%M}"


def _frame(held: Held, day: Span, mine: Iterable[Assignment]) -> tuple[int, int]:
    """First and last minute of the day shown: whole hours round 7am to 9pm and all sessions."""
    first, last = FIRST, LAST
    for a in mine:
        span = held.spans[a.demand]
        first = min(first, (span.start - day.start) // 60 * 60)
        last = max(last, -(-(span.end - day.start) // 60) * 60)
    return first, last


def _tick(minute: int, first: int) -> int:
    """The grid row of a minute of the day; row 1 holds the rooms' names."""
    return (minute - first) // TICK + 2


def _lines(span: Span, day: Span, first: int) -> str:
    return f"at-{_tick(span.start - day.start, first)} for-{max(1, -(-span.minutes // TICK))}"


def _inside(span: Span, day: Span, first: int, last: int) -> bool:
    return span.end - day.start > first and span.start - day.start < last


def _strip(s: Stretch, day: Span, first: int, last: int) -> Piece:
    shown = Span(max(s.span.start, day.start + first), min(s.span.end, day.start + last))
    return Piece(f"{s.floor}/{s.minimum}", f"{_lines(shown, day, first)} cover-{s.state}")
