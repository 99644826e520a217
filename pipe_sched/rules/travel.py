"""Time to travel

A person's consecutive sessions at different sites are at least the travel table's minutes
apart, and so are a session and the person's own commitments or booked sessions at another of
our sites. Someone who joins remotely is where their shift is, not where the session is. Without
it a shared psychologist is planned out of one door and into another in the same minute.

Breach: pairs of one person's sessions at two sites with fewer free minutes between them than the
table's, and 1 for each session and booking, or session and commitment with a `site`, that are.
Exactly the table's minutes is enough. A remote joiner is at the sites of each shift in which the
session lies whole (of several sites the nearest counts), and off shift nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Demand, Level, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Apart, Choice, Claim, Use

RULE = "travel"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100


@dataclass(frozen=True, slots=True)
class Where:
    """A person's part in a session while they are at one of these sites."""

    demand: Demand
    sites: tuple[str, ...]
    choice: Choice


def claims(index: Index) -> Iterator[Claim]:
    """One claim per person and pair of sites, and one per fixed thing elsewhere."""
    for person, parts in index.parts_by_person.items():
        demands = {d.id: d for d, _ in parts}.values()
        places = [place for d in demands for place in _places(index, person, d)]
        yield from _between_sessions(index, person, places)
        fixed = tuple(_fixed(index, person))
        for number, place in enumerate(places):
            yield from _around_fixed(index, person, place, number, fixed)


def _places(index: Index, person: str, demand: Demand) -> Iterator[Where]:
    """Where the person is during the session: its site, or their shift's when remote."""
    if person not in demand.remote:
        yield Where(demand, (demand.site,), Choice(Use(demand.id, person)))
        return
    for shift in index.shifts.get(person, ()):
        last = shift.span.end - demand.minutes + 1
        if last > shift.span.start:
            starts = (Span(shift.span.start, last),)
            yield Where(demand, shift.sites, Choice(Use(demand.id, person), starts))


def _minutes(index: Index, a: Iterable[str], b: Iterable[str]) -> int:
    """Travel from the nearest of one site list to the nearest of the other."""
    there = tuple(b)
    return min(index.minutes_between(one, two) for one in a for two in there)


def _between_sessions(index: Index, person: str, places: Iterable[Where]) -> Iterator[Claim]:
    by_sites: dict[tuple[str, ...], list[Choice]] = defaultdict(list)
    for place in places:
        by_sites[place.sites].append(place.choice)
    for one, two in combinations(sorted(by_sites), 2):
        minutes = _minutes(index, one, two)
        if not minutes:
            continue
        say = Phrase(
            "{0} needs {1} minutes to travel between {2} and {3}.",
            (phrase.person(person), phrase.word(minutes), phrase.site(one[0]), phrase.site(two[0])),
        )
        site = facts.strictest(index, RULE, (*one, *two))
        left, right = (facts.slots(by_sites[at], minutes) for at in (one, two))
        key = facts.key(person, "+".join(one), "+".join(two))
        yield Apart(RULE, site, key, say, 1, left, right)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Something of the person's at one of our sites that no plan moves."""

    name: str
    site: str
    span: Span


def _fixed(index: Index, person: str) -> Iterator[Fixed]:
    for booking in index.bookings_of.get(person, ()):
        yield Fixed(facts.key("booked", booking.id), booking.site, booking.span)
    for number, commitment in enumerate(index.commitments.get(person, ())):
        if commitment.site is not None:
            yield Fixed(facts.key("busy", number), commitment.site, commitment.span)


def _around_fixed(
    index: Index, person: str, place: Where, number: int, fixed: Iterable[Fixed]
) -> Iterator[Claim]:
    for other in fixed:
        minutes = _minutes(index, place.sites, (other.site,))
        if not minutes:
            continue
        say = Phrase(
            "{0} is at {1} {2}, {3} minutes of travel away.",
            (
                phrase.person(person),
                phrase.site(other.site),
                phrase.stretch(other.span.start, other.span.end),
                phrase.word(minutes),
            ),
        )
        key = facts.key(place.demand.id, person, number, other.name)
        it = facts.Instance(RULE, place.demand.site, key, say)
        hole = other.span.padded(minutes, minutes)
        yield from facts.avoiding(index, it, place.demand, place.choice, (hole,))
