"""Daily routine

A session lies inside its site's hours for the kind and outside the site's routine blocks
(medication, meals, room checks), unless a block spares the kind; on bank holidays the kinds that
pause do not run. Staff-only sessions obey the routine too. A block named handover stops all
kinds, but only for those it binds: people who count for cover and whose shift at the site starts
or ends within it. The day of the house comes first, and a session against it empties itself.

Breach, per held session: 1 if it is not whole inside one stretch of the hours for its kind,
joined where they touch; 1 for each name of block that it overlaps; 1 for each bank holiday it
overlaps on which its kind pauses; and 1 for each person in it who is bound by a handover block
it overlaps: their shift starts in the block before its end, or ends in it after its start. Hours
for a kind are the rows that name it, else the rows that name none; without either it may be at
any time. `spares` of a handover block count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, merged
from pipe_sched.core.week import Demand, Level, Site, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Use

RULE = "daily_routine"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100


def claims(index: Index) -> Iterator[Claim]:
    """For each session its hours, each name of block, each bank holiday, each handover."""
    for demand in index.week.demands:
        site = index.sites.get(demand.site)
        if site is not None:
            yield from _hours(index, demand, site)
            yield from _blocks(index, demand)
            yield from _holidays(index, demand, site)
            yield from _handover(index, demand, site)


def hours_for(site: Site, kind: str) -> Spans:
    """The site's hours for a kind, merged; empty when it has none, own or general."""
    own = [span for h in site.hours if kind in h.kinds for span in h.windows]
    general = [span for h in site.hours if not h.kinds for span in h.windows]
    return merged(own or general)


def _hours(index: Index, demand: Demand, site: Site) -> Iterator[Claim]:
    windows = hours_for(site, demand.kind)
    if windows:
        say = Phrase(
            "{0} does not hold {1} outside its hours.",
            (phrase.site(site.id), phrase.kind(demand.kind)),
        )
        it = facts.Instance(RULE, site.id, facts.key(demand.id, "hours"), say)
        yield from facts.within(index, it, demand, Choice(Use(demand.id)), windows)


def _blocks(index: Index, demand: Demand) -> Iterator[Claim]:
    blocks = facts.blocks(index, demand.site, demand.kind)
    for name in dict.fromkeys(b.name for b in blocks):
        say = Phrase(
            "{0} would run into the daily routine at {1}: {2}.",
            (
                phrase.demand(demand.id),
                phrase.site(demand.site),
                phrase.word(name.replace("_", " ")),
            ),
        )
        holes = tuple(b.span for b in blocks if b.name == name)
        it = facts.Instance(RULE, demand.site, facts.key(demand.id, "block", name), say)
        yield from facts.avoiding(index, it, demand, Choice(Use(demand.id)), holes)


def _holidays(index: Index, demand: Demand, site: Site) -> Iterator[Claim]:
    for pause in site.pauses:
        if demand.kind in pause.kinds:
            say = Phrase(
                "At {0} there is no {1} on {2}, a bank holiday.",
                (phrase.site(site.id), phrase.kind(demand.kind), phrase.day(pause.day.start)),
            )
            key = facts.key(demand.id, "holiday", pause.day.start)
            it = facts.Instance(RULE, site.id, key, say)
            yield from facts.avoiding(index, it, demand, Choice(Use(demand.id)), (pause.day,))


def _handover(index: Index, demand: Demand, site: Site) -> Iterator[Claim]:
    blocks = [b.span for b in site.routine if b.name == facts.HANDOVER]
    if not blocks:
        return
    for person in facts.people_in(index, demand):
        if person not in index.people or not index.people[person].counts:
            continue
        shifts = [s.span for s in index.shifts.get(person, ()) if site.id in s.sites]
        holes = tuple(b for b in blocks if any(_changes_over(s, b) for s in shifts))
        say = Phrase("{0} is needed at handover.", (phrase.person(person),))
        it = facts.Instance(RULE, site.id, facts.key(demand.id, facts.HANDOVER, person), say)
        yield from facts.avoiding(index, it, demand, Choice(Use(demand.id, person)), holes)


def _changes_over(shift: Span, block: Span) -> bool:
    return block.start <= shift.start < block.end or block.start < shift.end <= block.end
