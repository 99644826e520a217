"""Times as a person would list them: "Monday to Friday 9am to 5pm", not five spans.

The words are made from the week's clock alone and name nobody, so they may be
stored in a reason as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipe_sched.core import phrase
from pipe_sched.core.clock import Clock
from pipe_sched.core.labels import wall_time
from pipe_sched.core.phrase import Ref
from pipe_sched.core.spans import Span, merged

RUN = 3
"""From so many days in a row with the same hours they are named as one stretch."""

Hours = tuple[str, str, bool]
"""First and last wall time, and whether the last is on the next day."""


def times(clock: Clock, spans: Iterable[Span]) -> list[Ref]:
    """The spans that touch the week, in order; days in a row with the same hours are joined."""
    week = Span(0, clock.length)
    by_hours: dict[Hours, list[tuple[int, Span]]] = defaultdict(list)
    for span in merged(spans):
        if span.overlaps(week):
            by_hours[_hours(clock, span)].append((clock.index(span.start), span))
    found: list[tuple[int, Ref]] = []
    for hours, days in by_hours.items():
        for run in _runs(days):
            found += _said(clock, hours, run)
    return [ref for _, ref in sorted(found, key=lambda item: item[0])]


def whole_days(clock: Clock, span: Span) -> str | None:
    """ "Monday to Wednesday" for a span from midnight to midnight; None for any other."""
    days = [i for i in range(7) if span.contains(clock.day_span(i))]
    if not days:
        return None
    inside = Span(clock.day(days[0]), clock.day(days[-1] + 1))
    if max(span.start, 0) != inside.start or min(span.end, clock.length) != inside.end:
        return None
    names = [f"{clock.local(clock.day(day)):%A}" for day in (days[0], days[-1])]
    if len(days) == 7:
        return "all week"
    if len(days) == 1:
        return f"all {names[0]}"
    return (" and " if len(days) == 2 else " to ").join(names)


def _hours(clock: Clock, span: Span) -> Hours:
    one, two = clock.local(span.start), clock.local(span.end)
    return wall_time(one), wall_time(two), one.date() != two.date()


def _runs(days: list[tuple[int, Span]]) -> list[list[tuple[int, Span]]]:
    runs: list[list[tuple[int, Span]]] = []
    for day, span in days:
        if runs and runs[-1][-1][0] == day - 1:
            runs[-1].append((day, span))
        else:
            runs.append([(day, span)])
    return runs


def _said(clock: Clock, hours: Hours, run: list[tuple[int, Span]]) -> list[tuple[int, Ref]]:
    if len(run) < RUN or len(set(_days(run))) < len(run):
        return [(span.start, phrase.stretch(span.start, span.end)) for _, span in run]
    first, last, overnight = hours
    inside = [day for day in _days(run) if 0 <= day <= 6]
    names = [f"{clock.local(clock.day(day)):%A}" for day in (inside[0], inside[-1])]
    days = "every day" if len(inside) == 7 else " to ".join(names)
    text = f"{days} {first} to {last}{' the next day' if overnight else ''}"
    return [(run[0][1].start, phrase.word(text))]


def _days(run: list[tuple[int, Span]]) -> list[int]:
    return [day for day, _ in run]
