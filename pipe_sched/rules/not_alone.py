"""Not alone

Nobody sees a person one to one with no colleague at hand. At approved premises, at every
minute of a one-to-one, someone who is not in it, counts for cover and is on duty in the
building (not absent, busy or in a booking) is in no session. At other sites someone on
the staff who is not in it is on duty there; a prison has officers of its own. Where double
cover is a must at the premises it leaves someone out of all sessions already, and this
rule adds only that somebody is there at all.
Breach: 1 for a one-to-one at a minute of which nobody who counts (at other sites: nobody on
the staff) is there at all, its own people included; and, at premises where double cover is
no must, the most people missing at any one minute when all who are there are in sessions,
at other sites 1 when all who are there are in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, merged
from pipe_sched.core.week import Demand, Tier
from pipe_sched.core.week import Level as RuleLevel
from pipe_sched.rules import book
from pipe_sched.rules.claims import Choice, Claim, Cover, Level, Use
from pipe_sched.rules.cover_facts import PREMISES, Crew, counting, crews, uses_of
from pipe_sched.rules.facts import Instance, is_staff, key, people_in, within

LEVEL: RuleLevel = "must"
TIER: Tier = "held"
PRICE = 100
NAME = "not_alone"


@dataclass(frozen=True, slots=True)
class Watch:
    """Levels of one set of sessions: who of the crew may be in a session, and when."""

    levels: tuple[Level, ...]
    uses: tuple[Use, ...]


def claims(index: Index) -> Iterator[Claim]:
    """A Within and a few Covers for each one-to-one."""
    by_site: dict[str, list[Demand]] = defaultdict(list)
    for demand in index.week.demands:
        if demand.one_to_one:
            by_site[demand.site].append(demand)
    for id, demands in by_site.items():
        site = index.sites.get(id)
        if site is None or site.type == "prison":
            continue
        inside = site.type == PREMISES
        there = crews(index, id, counting(index) if inside else _staff(index), True)
        said_already = book.terms(index, "double_cover", id).level == "must"
        shared = _watches(index, there) if inside and not said_already else ()
        for demand in demands:
            watches = shared if inside else _own(index, demand, there)
            yield from _of_demand(index, demand, there, watches, inside)


def _staff(index: Index) -> tuple[str, ...]:
    return tuple(p for p in index.people if is_staff(index, p))


def _of_demand(
    index: Index, d: Demand, there: tuple[Crew, ...], watches: Iterable[Watch], inside: bool
) -> Iterator[Claim]:
    choice = Choice(Use(d.id))
    refs = (phrase.demand(d.id), phrase.site(d.site))
    someone = "someone else who counts for cover" if inside else "someone else"
    nobody = Phrase(f"{{0}} needs {someone} on duty at {{1}} throughout.", refs)
    open_to = merged(c.span for c in there if _left(c, inside) > 0)
    yield from within(index, Instance(NAME, d.site, d.id, nobody), d, choice, open_to)
    taken = nobody
    if inside:
        taken = Phrase(f"{{0}} needs {someone} at {{1}} in no session throughout.", refs)
    for i, watch in enumerate(watches):
        if i == 0 or _may_meet(d, watch):
            name = key(d.id, "watch", i)
            yield Cover(NAME, d.site, name, taken, 1, watch.levels, watch.uses, choice)


def _left(crew: Crew, inside: bool) -> int:
    """How many are there for it: those in no booking, or at other sites all on duty."""
    return crew.free if inside else len(crew.on)


def _may_meet(d: Demand, watch: Watch) -> bool:
    return any(w.overlaps(level.span) for w in d.windows for level in watch.levels)


def _watches(index: Index, there: tuple[Crew, ...]) -> tuple[Watch, ...]:
    """One watch for most of the week; one more for each crew beside whom others are paid to come.

    Someone in paid attendance is not of the crew, so those minutes count the crew's uses only.
    """
    groups: dict[tuple[str, ...], list[Crew]] = defaultdict(list)
    for crew in there:
        if crew.free > 0:
            groups[crew.on if crew.paid else ()].append(crew)
    rest = groups.pop((), [])
    people = tuple(dict.fromkeys(p for crew in rest for p in crew.on))
    found = [Watch(_levels(rest, True), _uses(index, people))]
    found += [Watch(_levels(crews, True), _uses(index, on)) for on, crews in groups.items()]
    return tuple(w for w in found if w.uses and w.levels)


def _own(index: Index, d: Demand, there: tuple[Crew, ...]) -> tuple[Watch, ...]:
    """At other sites only the session's own people must not be all who are on duty."""
    groups: dict[tuple[str, ...], list[Crew]] = defaultdict(list)
    mine = people_in(index, d)
    for crew in there:
        people = tuple(p for p in crew.on if p in mine)
        if people and len(people) >= len(crew.on):
            groups[people].append(crew)
    return tuple(
        Watch(_levels(found, False), tuple(Use(d.id, p) for p in on))
        for on, found in groups.items()
    )


def _uses(index: Index, people: tuple[str, ...]) -> tuple[Use, ...]:
    return tuple(use for _, use in uses_of(index, people))


def _levels(found: Iterable[Crew], inside: bool) -> tuple[Level, ...]:
    out: list[Level] = []
    for crew in found:
        most = _left(crew, inside) - 1
        last = out[-1] if out else None
        if last is not None and last.most == most and last.span.end == crew.span.start:
            out[-1] = Level(Span(last.span.start, crew.span.end), most)
        else:
            out.append(Level(crew.span, most))
    return tuple(out)
