"""Whether the lines of a workbook make sense together: ids, dates, times, pairs.

Every check looks only at lines whose cells it needs were read, notes what is wrong
and goes on, so that a manager sees all of it at once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Any

from pipe_sched.core.clock import NoSuchTime, instant
from pipe_sched.core.merge import EITHER_WAY
from pipe_sched.formats.workbook_cells import nearest
from pipe_sched.formats.workbook_lines import Line, Lines
from pipe_sched.formats.workbook_programme_checks import check_programmes

DATED = {
    "shifts": "date",
    "paid": "date",
    "free": "date",
}
"""Tables with one date and a stretch on it, which may run over midnight."""
LONGEST_SHIFT = 16
"""Hours; longer ones are taken for a slip, on call apart."""
PEOPLE = ("staff", "outside", "residents")
NO_STAY = ("cancelled", "not_arrived")
STRETCHES = {
    "rooms_closed": ("start_date", "start", "end_date", "end"),
    "absences": ("start_date", "start", "end_date", "end"),
}
OPEN_DATES = {
    "staff": ("since", "until"),
    "commitments": ("since", "until"),
    "curfews": ("since", "until"),
    "kept_apart": ("since", "until"),
    "programmes": ("since", "until"),
    "enrolments": ("since", "until"),
}
SELVES = (
    ("staff", "id", "manager", "Someone cannot be their own line manager. Name another or none."),
    ("travel", "from_site", "to_site", "Travel from a site to itself takes no line. Remove it."),
    ("kept_apart", "a", "b", "Nobody can be kept apart from themselves. Name another person."),
    ("allocations", "key_worker", "back_up", "The back-up is the key worker. Name another."),
)


def check(lines: Lines, rules: Collection[str] | None) -> None:
    """Note everything that makes no sense."""
    _check_keys(lines)
    _check_people(lines)
    _check_selves(lines)
    _check_dates(lines)
    _check_times(lines)
    _check_stays(lines)
    _check_one_stay(lines)
    _check_rooms(lines)
    _check_lists(lines)
    if rules is not None:
        _check_rules(lines, rules)
    check_programmes(lines)


def _check_keys(lines: Lines) -> None:
    for table, found in lines.tables.items():
        seen: dict[tuple[object, ...], int] = {}
        for line in found:
            key = line.get(*line.sheet.key)
            if key is None:
                continue
            if table in EITHER_WAY:
                key = (*sorted(map(str, key[:2])), *key[2:])
            first = seen.setdefault(key, line.row)
            if first != line.row:
                lines.wrong(line, line.sheet.key[0], _same_key(line, first))


def _same_key(line: Line, first: int) -> str:
    names = line.sheet.key
    if names == ("id",):
        return f"The id “{line.values['id']}” already stands in row {first}. Give each its own."
    headings = ", ".join(line.sheet.heading(n) for n in names)
    return f"Row {first} has the same {headings}. Keep one of the two lines."


def _check_people(lines: Lines) -> None:
    """Ids of people are unique over their three sheets: they stand in one column elsewhere."""
    seen: dict[object, Line] = {}
    for table in PEOPLE:
        for line, (own,) in lines.filled(table, "id"):
            first = seen.setdefault(own, line)
            if first.sheet is not line.sheet:
                where = f"{first.sheet.name}, row {first.row}"
                lines.wrong(line, "id", f"The id “{own}” already stands on {where}. Use another.")


def _check_selves(lines: Lines) -> None:
    for table, left, right, say in SELVES:
        for line, (a, b) in lines.filled(table, left, right):
            if a == b:
                lines.wrong(line, right, say)


def _check_dates(lines: Lines) -> None:
    pairs = [*OPEN_DATES.items(), ("enrolments", ("paused_from", "paused_until"))]
    for table, (first, last) in pairs:
        for line, (since, until) in lines.filled(table, first, last):
            if isinstance(since, date) and isinstance(until, date) and until < since:
                say = f"The last day, {_day(until)}, is before the first, {_day(since)}."
                lines.wrong(line, last, f"{say} Correct one of the two.")
            if first == "paused_from" and until and not since:
                lines.wrong(line, first, "The pause has a last day but no first. Fill it in.")
    for table, names in STRETCHES.items():
        for line, values in lines.filled(table, *names):
            _check_stretch(lines, line, values)


def _check_stretch(lines: Lines, line: Line, values: tuple[Any, ...]) -> None:
    start_date, start, end_date, end = values
    if (end_date, end) <= (start_date, start):
        say = f"This ends on {_day(end_date)} at {end:%H:%M}, before or when it starts."
        lines.wrong(line, "end_date", f"{say} Correct the dates or times.")
    _exists(lines, line, "start", start_date, start)
    _exists(lines, line, "end", end_date, end)


def _check_times(lines: Lines) -> None:
    for table, name in DATED.items():
        for line, values in lines.filled(table, name, "start", "end"):
            day, start, end = values
            if start == end and table != "free":
                lines.wrong(line, "end", "This ends when it starts. Correct one of the times.")
            _on_date(lines, line, day, start, end)
    _check_lengths(lines)
    for line, (day, start) in lines.filled("deliveries", "date", "start"):
        _exists(lines, line, "start", day, start)
    for line, values in lines.filled("commitments", "since", "until", "days", "start", "end"):
        since, until, days, start, end = values
        if until is None and not days:
            _on_date(lines, line, since, start, end)


def _check_lengths(lines: Lines) -> None:
    """An end before the start means the next day's: so long a shift is a slip."""
    tables = (("shifts", "type"), ("paid", "date"))
    for table, other in tables:
        for line, values in lines.filled(table, "start", "end", other):
            start, end, kind = values
            hours = _minutes(start, end) / 60
            if hours > LONGEST_SHIFT and kind != "on-call":
                say = f"This would last {hours:g} hours, until the next day."
                lines.wrong(line, "end", f"{say} Correct one of the times.")


def _minutes(start: Any, end: Any) -> int:
    return int((end.hour - start.hour) * 60 + end.minute - start.minute) % (24 * 60)


def _on_date(lines: Lines, line: Line, day: Any, start: Any, end: Any) -> None:
    last = day + timedelta(days=1) if end <= start else day
    _exists(lines, line, "start", day, start)
    _exists(lines, line, "end", last, end)


def _exists(lines: Lines, line: Line, name: str, day: Any, at: Any) -> None:
    """Note a wall time that the clocks skip."""
    try:
        instant(day, at)
    except NoSuchTime as problem:
        lines.wrong(line, name, str(problem))


def _check_stays(lines: Lines) -> None:
    names = ("arrives", "arrives_at", "leaves", "leaves_at")
    for line, values in lines.filled("stays", *names):
        arrives, arrives_at, leaves, leaves_at = values
        for name, day, at in (
            ("arrives_at", arrives, arrives_at),
            ("leaves_at", leaves, leaves_at),
        ):
            if isinstance(day, date) and isinstance(at, time):
                _exists(lines, line, name, day, at)
        if isinstance(leaves, date) and isinstance(arrives, date):
            _check_leaving(lines, line, (arrives, arrives_at), (leaves, leaves_at))
        elif leaves_at is not None:
            lines.wrong(line, "leaves", "There is a time of leaving but no date. Fill it in.")


def _check_one_stay(lines: Lines) -> None:
    """Nobody stays at two places: a stay begins on or after the day the one before ended."""
    last: dict[object, tuple[date | None, int]] = {}
    found = lines.filled("stays", "resident", "arrives", "leaves", "status")
    for line, (who, arrives, leaves, status) in sorted(found, key=lambda pair: str(pair[1][1])):
        if status in NO_STAY or not isinstance(arrives, date):
            continue
        until, row = last.get(who, (date.min, 0))
        if until is None or arrives < until:
            say = f"This stay begins before the one in row {row} ends."
            lines.wrong(line, "arrives", f"{say} Give that one its last day, or correct this.")
        if until is not None:
            last[who] = (leaves if isinstance(leaves, date) else None, line.row)


def _check_leaving(
    lines: Lines, line: Line, came: tuple[date, object], left: tuple[date, object]
) -> None:
    same_day = came[0] == left[0] and isinstance(came[1], time) and isinstance(left[1], time)
    if left[0] < came[0] or (same_day and str(left[1]) <= str(came[1])):
        say = f"The stay ends on {_day(left[0])}, before it starts on {_day(came[0])}."
        lines.wrong(line, "leaves", f"{say} Correct one of the two.")


def _check_rooms(lines: Lines) -> None:
    sites = {own: site for _, (own, site) in lines.filled("rooms", "id", "site")}
    for line, (own, site, next_to) in lines.filled("rooms", "id", "site", "next_to"):
        for other in next_to:  # type: ignore[attr-defined]
            if other == own:
                lines.wrong(line, "next_to", "A room is not next to itself. Name another.")
            elif sites.get(other, site) != site:
                lines.wrong(line, "next_to", f"“{other}” is at another site. Remove it.")
    for line, (site, room) in lines.filled("barred", "site", "room"):
        if (site is None) == (room is None):
            lines.wrong(line, "room", "Name either a site or a room, one of the two.")


def _check_lists(lines: Lines) -> None:
    """A restriction names who may see who this is, and a list without one would do nothing."""
    for line, (restricted, seen_by) in lines.filled("residents", "restricted", "seen_by"):
        if restricted and not seen_by:
            say = "Nobody may see who this restricted resident is. Name those who may."
            lines.wrong(line, "seen_by", say)
        elif seen_by and not restricted:
            say = "This list counts only for a restricted resident. Write yes, or empty the list."
            lines.wrong(line, "restricted", say)


def _check_rules(lines: Lines, rules: Collection[str]) -> None:
    for line, (rule,) in lines.filled("rules", "rule"):
        if rule not in rules:
            hint = nearest(str(rule), rules) or " See docs/rules.md for the names."
            lines.wrong(line, "rule", f"There is no rule “{rule}”.{hint}")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
