"""A break in a long shift

In each stretch of work of more than six hours a worker has 20 minutes free of sessions
(both numbers from their home site). The break lies strictly inside the stretch: it neither
begins with its first minute nor ends with its last. A stretch is shifts less absences,
joined where they touch; where bookings lie in it, the break is in the longest part of it
between them; where bookings leave no such part the rota is at fault and nothing is judged.
Recording and travel are not sessions.
Breach: 1 for each stretch without such a break.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, without
from pipe_sched.core.week import Booking, Demand, Level, Tier
from pipe_sched.rules.claims import Choice, Claim, Pause, Use
from pipe_sched.rules.cover_facts import bookings_of
from pipe_sched.rules.facts import duty, home_limits, is_staff, key

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "break_in_shift"


def claims(index: Index) -> Iterator[Claim]:
    """A Pause for each long stretch that sessions could fill."""
    booked = bookings_of(index)
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
            if not _could_fill(part, demands, limits.break_length):
                continue
            when = phrase.stretch(work.start, work.end)
            refs = (phrase.person(person), phrase.word(limits.break_length), when)
            choices = tuple(Choice(Use(d.id, person)) for d in demands)
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


def _could_fill(part: Span, demands: Iterable[Demand], length: int) -> bool:
    """Whether all their sessions together are long enough to leave no gap of that length."""
    inner = part.minutes - 2
    each = [d.minutes for d in demands]
    return length <= inner <= sum(each) + (len(each) + 1) * (length - 1)
