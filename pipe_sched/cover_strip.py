"""How many are left on the floor through a day, as a manager reads it beside the timetable.

The same crews as the rule "double cover" counts, less those who are in sessions
off the floor, in stretches during which nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pipe_sched.core.index import Held
from pipe_sched.core.spans import Span
from pipe_sched.rules import cover_facts


@dataclass(frozen=True, slots=True)
class Stretch:
    """`on` people count for cover and are on duty; `floor` of them are on the floor."""

    span: Span
    on: int
    floor: int
    minimum: int

    @property
    def state(self) -> str:
        """short: the rota has too few; thin: sessions leave too few; least; good."""
        if self.on < self.minimum:
            return "short"
        if self.floor < self.minimum:
            return "thin"
        return "least" if self.floor == self.minimum else "good"


def cover_strip(held: Held, site: str, day: Span) -> tuple[Stretch, ...]:
    """The day's stretches of equal cover at a site, in order; () where no cover is asked."""
    away = _away(held, site)
    out: list[Stretch] = []
    for crew in cover_facts.crews(held.index, site, cover_facts.counting(held.index)):
        inside = Span(max(crew.span.start, day.start), min(crew.span.end, day.end))
        if inside.minutes <= 0 or not crew.minimum:
            continue
        cuts = {inside.start, inside.end}
        for _, span in away:
            cuts.update(t for t in (span.start, span.end) if inside.start < t < inside.end)
        for a, b in pairwise(sorted(cuts)):
            gone = {p for p, span in away if p in crew.on and span.start <= a < span.end}
            _add(
                out,
                Stretch(
                    Span(a, b), len(crew.on), len(crew.on) - len(gone | set(crew.off)), crew.minimum
                ),
            )
    return tuple(out)


def _away(held: Held, site: str) -> list[tuple[str, Span]]:
    demands = held.index.demands
    return [
        (person, held.spans[demand])
        for demand, person in held.members
        if not demands[demand].on_floor or demands[demand].site != site
    ]


def _add(out: list[Stretch], new: Stretch) -> None:
    last = out[-1] if out else None
    if last and (last.on, last.floor, last.minimum) == (new.on, new.floor, new.minimum):
        out[-1] = Stretch(Span(last.span.start, new.span.end), new.on, new.floor, new.minimum)
    else:
        out.append(new)
