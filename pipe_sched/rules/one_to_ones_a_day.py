"""One-to-ones a day

Listening well to one person after another wears out the best worker. A worker leads at
most four one-to-ones with residents (or what their home site says) on one date, bookings
included; a session belongs to the date it starts on. A session is with residents when one
is listed to attend it.
Breach: one-to-ones over the limit on a date.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Demand, Level, Tier
from pipe_sched.rules.claims import Choice, Claim, Quota, Term, Use
from pipe_sched.rules.facts import home_limits, is_staff, key, with_residents

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "one_to_ones_a_day"


def claims(index: Index) -> Iterator[Claim]:
    """A Quota for each worker and date on which more than the limit could lie."""
    ours = [d for d in index.week.demands if d.one_to_one and with_residents(index, d)]
    leaders = dict.fromkeys(p for d in ours for role in d.roles for p in role.people)
    for person in leaders:
        if not is_staff(index, person):
            continue
        parts = [(d, r.name) for d in ours for r in d.roles if person in r.people]
        for day in index.days:
            yield from _on_date(index, person, parts, day)


def _on_date(
    index: Index, person: str, parts: list[tuple[Demand, str]], day: Span
) -> Iterator[Quota]:
    limit = home_limits(index, person).one_to_ones_a_day
    booked = sum(
        b.one_to_one and b.with_residents and person in b.leaders and _starts(b.span, day)
        for b in index.week.bookings
    )
    most = max(0, limit - booked)
    if len({d.id for d, _ in parts}) <= most:
        return
    terms = tuple(Term(Choice(Use(d.id, person, role), (day,))) for d, role in parts)
    words = "{0} leads at most {1} one-to-ones a day, and {2} is full."
    refs = (phrase.person(person), phrase.word(limit), phrase.day(day.start))
    name = key(person, index.days.index(day))
    site = index.people[person].site
    yield Quota(NAME, site, name, Phrase(words, refs), 1, terms, hi=most)


def _starts(span: Span, day: Span) -> bool:
    return day.start <= span.start < day.end
