"""What the rota itself gets wrong, before any session is planned.

Too few on the floor and shifts too close together are nobody's fault in a timetable, so no rule
counts them against it; but a manager must read them beside it ("Rota short by 1, Monday 8am to
10:30am"), because they explain why nothing could be planned there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, merged, without
from pipe_sched.rules import cover_facts, facts


def rota_notes(index: Index, site: str | None = None) -> tuple[Phrase, ...]:
    """The rota's own problems at a site, or at every planned site in turn.

    Shortages come first, in time order, then rests that are too short, by home site.
    """
    sites = cover_facts.planned(index) if site is None else (site,)
    return tuple(note for at in sites for note in (*_short(index, at), *_tired(index, at)))


def _short(index: Index, site: str) -> Iterator[Phrase]:
    missing: list[tuple[Span, int]] = []
    for crew in cover_facts.crews(index, site, cover_facts.counting(index)):
        span = Span(max(crew.span.start, 0), min(crew.span.end, index.clock.length))
        short = crew.minimum - len(crew.on)
        if short <= 0 or span.minutes <= 0:
            continue
        if missing and missing[-1][1] == short and missing[-1][0].end == span.start:
            span = Span(missing.pop()[0].start, span.end)
        missing.append((span, short))
    for span, short in missing:
        yield Phrase(
            "Rota short by {0}, {1}.", (phrase.word(short), phrase.stretch(span.start, span.end))
        )


def _tired(index: Index, site: str) -> Iterator[Phrase]:
    least = facts.site_limits(index, site).rest
    for person in index.week.people:
        if person.type != "staff" or person.site != site:
            continue
        for last, first in pairwise(_working_days(index, person.id)):
            rest = first.start - last.end
            if rest < least and last.start < index.clock.length and first.end > 0:
                yield Phrase(
                    "{0} has {1} between shifts, {2}: {3} are due.",
                    (
                        phrase.person(person.id),
                        phrase.word(_hours(rest)),
                        phrase.stretch(last.end, first.start),
                        phrase.word(_hours(least)),
                    ),
                )


def _working_days(index: Index, person: str) -> tuple[Span, ...]:
    """First start and last end of the shift pieces that start on one local date."""
    shifts = (s.span for s in index.shifts.get(person, ()))
    return tuple(_by_date(index, without(merged(shifts), index.absences.get(person, ()))))


def _by_date(index: Index, pieces: Iterable[Span]) -> Iterator[Span]:
    day: Span | None = None
    for piece in pieces:
        if day is not None and index.clock.index(day.start) == index.clock.index(piece.start):
            day = Span(day.start, max(day.end, piece.end))
            continue
        if day is not None:
            yield day
        day = piece
    if day is not None:
        yield day


def _hours(minutes: int) -> str:
    hours, rest = divmod(max(0, minutes), 60)
    return f"{hours} hours {rest} minutes" if rest else f"{hours} hours"
