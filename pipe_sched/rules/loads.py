"""The groups of workers whose loads are compared, and what may be added to each.

The three fair-load rules differ only in what they count. Workers are alike when they have
the same job at the same home site; whoever has no shift this week cannot share its load.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, common
from pipe_sched.core.week import Demand, Load, Person
from pipe_sched.rules import parts
from pipe_sched.rules.claims import Balance, Choice, Claim, Share, Term, Use


def alike(index: Index) -> dict[tuple[str, str], list[Person]]:
    """Staff by (home site, job) who have a shift that meets the week; groups of two or more."""
    whole = Span(0, index.clock.length)
    groups: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for p in index.week.people:
        works = any(s.span.overlaps(whole) for s in index.shifts.get(p.id, ()))
        if p.type == "staff" and p.job and works:
            groups[p.site, p.job].append(p)
    return {key: people for key, people in groups.items() if len(people) > 1}


def in_week(index: Index, person: str) -> list[tuple[int, int]]:
    """(start, minutes) of the person's sessions booked elsewhere that start in the week."""
    spans = (b.span for b in parts.bookings_of(index, person))
    return [(s.start, s.minutes) for s in spans if 0 <= s.start < index.clock.length]


def starts_in(spans: Spans, start: int) -> bool:
    """Whether a start lies in one of the spans."""
    return any(s.start <= start < s.end for s in spans)


def may_start(d: Demand, spans: Spans) -> bool:
    """Whether a demand's own windows leave it a start in the spans."""
    starts = (Span(w.start, w.end - d.minutes + 1) for w in d.windows)
    return bool(common(starts, spans))


def counted(
    index: Index,
    rule: str,
    words: str,
    times: Callable[[str], Spans],
    base: Callable[[Load], int],
) -> Iterator[Claim]:
    """One balance per group, of sessions started in the spans `times` gives for their home site.

    A group none of whose sessions may start there is left out: nothing can change it.
    """
    for (site, job), people in alike(index).items():
        spans = times(site)
        shares = tuple(_share(index, p, spans, base(p.base)) for p in people)
        named = {t.choice.use.demand for s in shares for t in s.terms}
        if any(may_start(index.demands[d], spans) for d in named):
            say = Phrase(words, (phrase.job(job), phrase.site(site)))
            yield Balance(rule, site, f"{site} {job}", say, 1, shares)


def _share(index: Index, p: Person, spans: Spans, base: int) -> Share:
    already = sum(starts_in(spans, start) for start, _ in in_week(index, p.id))
    demands = parts.demands_of(index, p.id)
    return Share(p.id, base + already, tuple(Term(Choice(Use(d.id, p.id), spans)) for d in demands))
