"""Whether programme lines can be held at all: sizes, rhythm, windows, who leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import time
from typing import Any

from pipe_sched.core.kinds import KINDS
from pipe_sched.formats.workbook_lines import Line, Lines

DAY = 24 * 60
EVERY_DAY = tuple(range(1, 8))
Stretch = tuple[int, int]


def check_programmes(lines: Lines) -> None:
    """Note everything about programmes, their leaders and enrolments that cannot be."""
    hours = _hours(lines)
    for line in lines.of("programmes"):
        _check_size(lines, line)
        _check_rhythm(lines, line)
        _check_room_for(lines, line, hours)
    _check_parts(lines)


def _check_size(lines: Lines, line: Line) -> None:
    found = line.get("smallest", "largest")
    if found and found[0] > found[1]:  # type: ignore[operator]
        say = f"The smallest group, {found[0]}, is larger than the largest, {found[1]}."
        lines.wrong(line, "smallest", f"{say} Correct one of the two.")
    found = line.get("quorum", "largest")
    if found and found[0] > found[1]:  # type: ignore[operator]
        say = f"The quorum, {found[0]}, is more than the largest group, {found[1]}."
        lines.wrong(line, "quorum", f"{say} Correct one of the two.")


def _check_rhythm(lines: Lines, line: Line) -> None:
    found = line.get("often", "length")
    if found and found[0] == "series" and not found[1]:
        lines.wrong(line, "length", "A series needs its number of steps. Fill it in.")
    found = line.get("often", "from_day", "to_day")
    if found and found[0] == "once_a_stay" and found[2] and found[2] < found[1]:  # type: ignore[operator]
        lines.wrong(line, "to_day", "The last day of the stay is before the first. Correct one.")


def _check_room_for(
    lines: Lines, line: Line, hours: dict[str, list[tuple[Any, Any, list[Stretch]]]]
) -> None:
    """The session must fit into its own window and into the site's hours, on one day at least."""
    found = line.get("site", "kind", "minutes", "days", "not_before", "not_after")
    if found is None:
        return
    site, kind, minutes, days, start, end = found
    own = _stretch(start, end)
    if own[1] - own[0] < minutes:  # type: ignore[operator]
        say = f"{minutes} minutes do not fit between {_at(own[0])} and {_at(own[1])}."
        lines.wrong(line, "minutes", f"{say} Make it shorter or the times wider.")
        return
    open_ = _open(hours.get(str(site), []), str(kind), days or EVERY_DAY)  # type: ignore[arg-type]
    if open_ is None:
        return
    longest = max((min(own[1], b) - max(own[0], a) for a, b in open_), default=0)
    if longest < minutes:  # type: ignore[operator]
        name = KINDS.get(str(kind), str(kind)).lower()
        say = f"{minutes} minutes do not fit into the hours in which the site holds {name}."
        lines.wrong(line, "minutes", f"{say} Make it shorter, or change its times or the hours.")


def _hours(lines: Lines) -> dict[str, list[tuple[Any, Any, list[Stretch]]]]:
    """By site: the kinds, days and stretch of each line of hours."""
    out: dict[str, list[tuple[Any, Any, list[Stretch]]]] = defaultdict(list)
    for _, (site, kinds, days, start, end) in lines.filled(
        "hours", "site", "kinds", "days", "start", "end"
    ):
        out[str(site)].append((kinds, days or EVERY_DAY, [_stretch(start, end)]))
    return out


def _open(
    rows: list[tuple[Any, Any, list[Stretch]]], kind: str, days: Iterable[int]
) -> list[Stretch] | None:
    """When the site holds a kind on any of these days; None when it named no hours for it."""
    own = [r for r in rows if kind in r[0]] or [r for r in rows if not r[0]]
    if not own:
        return None
    wanted = set(days)
    return [stretch for _, on, found in own if wanted & set(on) for stretch in found]


def _stretch(start: object, end: object) -> Stretch:
    """Minutes after midnight; no start is midnight, an end at or before the start runs over."""
    first = start.hour * 60 + start.minute if isinstance(start, time) else 0
    last = end.hour * 60 + end.minute if isinstance(end, time) else DAY
    return first, last if last > first else last + DAY


def _at(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _check_parts(lines: Lines) -> None:
    versions = {key for _, key in lines.filled("programmes", "id", "since")}
    whole = "programmes" in lines.tables and all(
        line.get("id", "since") for line in lines.of("programmes")
    )
    for line, (programme, since) in lines.filled("parts", "programme", "since"):
        if whole and (programme, since) not in versions:
            say = f"“{programme}” has no settings with this From date on the sheet Programme."
            lines.wrong(line, "since", f"{say} Use the same date, or blank where it is blank.")
    for line, (jobs, training, people) in lines.filled("parts", "jobs", "training", "people"):
        if not jobs and not training and not people:
            lines.wrong(line, "jobs", "Say who may: jobs, a training or named people.")
        elif "named" in jobs and not people:  # type: ignore[operator]
            lines.wrong(line, "people", "Named people may lead, but none is named.")
