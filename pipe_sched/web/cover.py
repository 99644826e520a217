"""A day's cover as the page shows it: a strip beside the grid, a table, and a sentence.

The strip is for the eye alone; the table and the sentence say the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipe_sched.core.labels import Labels, wall_time
from pipe_sched.core.spans import Span
from pipe_sched.cover_strip import Stretch

STATES = {
    "good": "Enough",
    "least": "Just enough",
    "thin": "Thin: sessions take too many away",
    "short": "Rota short",
}


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One stretch in words: its times, the three numbers, and what that means."""

    time: str
    on: int
    floor: int
    minimum: int
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A day's cover. `warnings`: a sentence per thin stretch; `summary`: one when all is well."""

    lines: tuple[CoverLine, ...]
    warnings: tuple[str, ...]
    summary: str


def day_cover(labels: Labels, stretches: Sequence[Stretch]) -> Cover | None:
    """The day's cover in words; None where no cover is asked for."""
    if not stretches:
        return None
    lines = tuple(
        CoverLine(times(labels, s.span), s.on, s.floor, s.minimum, s.state, STATES[s.state])
        for s in stretches
    )
    warnings = tuple(_warning(labels, s) for s in stretches if s.state in ("thin", "short"))
    return Cover(lines, warnings, "" if warnings else _summary(labels, stretches))


def _warning(labels: Labels, s: Stretch) -> str:
    when = times(labels, s.span)
    if s.state == "short":
        return f"The rota is short, {when}: {s.on} on duty and {s.minimum} needed."
    return f"Cover is thin, {when}: {s.floor} on the floor and {s.minimum} needed."


def _summary(labels: Labels, stretches: Sequence[Stretch]) -> str:
    least = min(stretches, key=lambda s: s.floor - s.minimum)
    when = times(labels, least.span)
    return (
        "There is enough cover all day. It is tightest from "
        f"{when}: {least.floor} on the floor and {least.minimum} needed."
    )


def times(labels: Labels, span: Span) -> str:
    """7am to 9:15am, without the day; the end of the day is midnight."""
    local = labels.clock.local
    return f"{wall_time(local(span.start))} to {wall_time(local(span.end))}"
