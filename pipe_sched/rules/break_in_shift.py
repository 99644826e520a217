"""A break in a long shift

In each stretch of work of more than six hours a worker has 20 minutes free of sessions
(both numbers from their home site). The break lies strictly inside the stretch: it neither
begins with its first minute nor ends with its last. A stretch is shifts less absences,
joined where they touch; where bookings lie in it, the break is in the longest part of it
between them. Recording and travel are not sessions. Not judged where sessions cannot fill
the stretch: a gap that due windows, hours and routine blocks (as far as these rules are musts)
keep free anyway is break enough, and a session that these keep out of it is not looked at.
Breach: 1 for each stretch without such a break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, common, without
from pipe_sched.core.week import Booking, Demand, Level, Tier
from pipe_sched.rules import book
from pipe_sched.rules.claims import Choice, Claim, Pause, Use
from pipe_sched.rules.cover_facts import bookings_of
from pipe_sched.rules.daily_routine import hours_for
from pipe_sched.rules.facts import blocks, duty, frame, home_limits, is_staff, key

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "break_in_shift"


def claims(index: Index) -> Iterator[Claim]:
    """A Pause for each long stretch that sessions could fill."""
    booked = bookings_of(index)
    where = {d.id: _open(index, d) for d in index.week.demands}
    for person, parts in index.parts_by_person.items():
        if not is_staff(index, person):
            continue
        limits = home_limits(index, person)
        demands = list({d.id: d for d, _ in parts}.values())
        words = "{0} needs {1} minutes free of sessions inside the stretch {2}."
        for work in duty(index, person, None):
            if work.minutes <= limits.break_after:
                continue
            part = _widest(work, booked.get(person, ()))
            found = {d.id: [s for s in where[d.id] if s.overlaps(part)] for d in demands}
            found = {id: spans for id, spans in found.items() if spans}
            if not _could_fill(index, part, found, limits.break_length):
                continue
            when = phrase.stretch(work.start, work.end)
            refs = (phrase.person(person), phrase.word(limits.break_length), when)
            choices = tuple(Choice(Use(id, person)) for id in found)
            name, site = key(person, work.start), index.people[person].site
            say = Phrase(words, refs)
            yield Pause(NAME, site, name, say, 1, choices, part, limits.break_length)


def _widest(work: Span, booked: Iterable[Booking]) -> Span:
    """The longest part free of bookings, a minute wider where a booking bounds it.

    The break may begin the minute a booking ends, but not the minute the stretch does.
    """
    free = without((work,), (b.span for b in booked))
    if not free:
        return Span(work.start, work.start)
    part = max(free, key=lambda span: span.minutes)
    return Span(max(work.start, part.start - 1), min(work.end, part.end + 1))


def _open(index: Index, d: Demand) -> Spans:
    """Where the session may lie by the musts that bind everybody: due window and routine."""
    windows: Spans = (frame(index),)
    if book.terms(index, "due_window", d.site).level == "must":
        windows = d.windows
    site = index.sites.get(d.site)
    if site is not None and book.terms(index, "daily_routine", d.site).level == "must":
        windows = common(windows, hours_for(site, d.kind) or windows)
        windows = without(windows, (b.span for b in blocks(index, d.site, d.kind)))
    return tuple(span for span in windows if span.minutes >= d.minutes)


def _could_fill(
    index: Index, part: Span, open_to: Mapping[str, Iterable[Span]], length: int
) -> bool:
    """Whether sessions, each where it may lie, could leave no gap of that length."""
    inner = Span(part.start + 1, part.end - 1)
    taken = sum(index.demands[id].minutes for id in open_to) + (len(open_to) + 1) * (length - 1)
    if not length <= inner.minutes <= taken:
        return False
    never = without((inner,), {span for spans in open_to.values() for span in spans})
    return all(gap.minutes < length for gap in never)
