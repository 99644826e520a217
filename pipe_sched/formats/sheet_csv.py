"""Timetables as CSV, safe to open in a spreadsheet.

A cell that begins with a formula sign would run in some spreadsheets; such a
cell is written as text with a leading apostrophe.
"""

from __future__ import annotations

import csv
import io

from pipe_sched.core.index import Held, Index
from pipe_sched.core.labels import Labels
from pipe_sched.core.phrase import Ref
from pipe_sched.core.week import Timetable, Week

HEADINGS = ("Date", "Start", "End", "Site", "Room", "Session", "Led by", "Attending")
FORMULA_SIGNS = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")
"""The last four are wide forms of the first four, which some spreadsheets take for them."""


def safe(text: str) -> str:
    """The cell as text: one that a spreadsheet would run gets a leading apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def to_csv(week: Week, timetable: Timetable, labels: Labels) -> str:
    """One row a session, in order of time, in the words of these labels."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows(week, timetable, labels):
        writer.writerow([safe(cell) for cell in row])
    return out.getvalue()


def rows(week: Week, timetable: Timetable, labels: Labels) -> list[tuple[str, ...]]:
    """The cells of each session: date, start, end, site, room, session, led by, attending."""
    held = Held(Index(week), timetable)
    out: list[tuple[str, ...]] = []
    for a in sorted(timetable.assignments, key=lambda a: (a.start, a.demand)):
        span = held.spans[a.demand]
        start, end = held.index.clock.local(span.start), held.index.clock.local(span.end)
        demand = held.index.demands[a.demand]
        out.append(
            (
                f"{start:%Y-%m-%d}",
                f"{start:%H:%M}",
                f"{end:%H:%M}",
                labels.text(Ref("site", demand.site)),
                labels.text(Ref("room", a.room)) if a.room else "",
                labels.text(Ref("demand", a.demand)),
                ", ".join(labels.text(Ref("person", x.person)) for x in a.staff),
                ", ".join(labels.text(Ref("person", p)) for p in a.attendees),
            )
        )
    return out
