"""Facts that several rules read off the frozen week. Not a rule itself.

Who is on duty where, what blocks a person, which stretch of time a demand could
ever lie in: each is worked out here once, so that two rules cannot disagree.
Everything depends on the week alone, never on a timetable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, common, holds, merged, without
from pipe_sched.core.week import ATTENDS, Block, Commitment, Demand, Limits, PersonType, Stay
from pipe_sched.rules import book
from pipe_sched.rules.claims import Choice, Quota, Slot, Term, Use, Within


def key(*parts: object) -> str:
    """The name of a rule instance: its ids joined."""
    return "/".join(str(part) for part in parts)


def type_of(index: Index, person: str) -> PersonType | None:
    """Resident, staff or outside; None for an id the week does not hold."""
    found = index.people.get(person)
    return found.type if found else None


def is_resident(index: Index, person: str) -> bool:
    """Whether the person is a resident."""
    return type_of(index, person) == "resident"


def is_staff(index: Index, person: str) -> bool:
    """Whether the person is staff."""
    return type_of(index, person) == "staff"


def with_residents(index: Index, demand: Demand) -> bool:
    """Whether a resident may attend."""
    return any(is_resident(index, p) for p in demand.attendees)


def people_in(index: Index, demand: Demand) -> tuple[str, ...]:
    """Everyone who may be in a demand, each once, leaders first."""
    return tuple(dict.fromkeys(p for p, _ in index.parts(demand)))


def leaders_of(demand: Demand) -> tuple[str, ...]:
    """Everyone who may fill a role of the demand, each once."""
    return tuple(dict.fromkeys(p for role in demand.roles for p in role.people))


def attends(demand: Demand, person: str) -> Choice:
    """The person is in the session as an attendee."""
    return Choice(Use(demand.id, person, ATTENDS))


def leads(demand: Demand, person: str) -> tuple[Choice, ...]:
    """The person fills a role in the session: one choice for each role open to them."""
    return tuple(Choice(Use(demand.id, person, r.name)) for r in demand.roles if person in r.people)


def home_limits(index: Index, person: str) -> Limits:
    """A person's numbers come from their home site when two sites differ (reading 5)."""
    found = index.people.get(person)
    site = index.sites.get(found.site) if found else None
    return site.limits if site else Limits()


def site_limits(index: Index, site: str) -> Limits:
    """A site's numbers; the defaults for a site the week does not hold."""
    found = index.sites.get(site)
    return found.limits if found else Limits()


def strictest(index: Index, rule: str, sites: Iterable[str]) -> str:
    """Of the sites, the one where the rule counts most: must before should before off.

    A rule that is must at one of a person's sites is must for what happens there (reading 17).
    """
    rank = {"must": 0, "should": 1, "off": 2}
    return min(dict.fromkeys(sites), key=lambda s: rank[book.terms(index, rule, s).level])


def length(index: Index) -> int:
    """Elapsed minutes of the week."""
    return index.days[-1].end


def frame(index: Index) -> Span:
    """The week and 24 hours on either side: all windows are cut to it."""
    return Span(0, length(index)).padded(1440, 1440)


def reach(index: Index, demand: Demand) -> Spans:
    """Where a demand could lie by any hand: the week, what a start in it runs to, its windows.

    Wider than the due window on purpose: who moves a session outside it must still be
    told that its worker is off shift.
    """
    return merged((Span(0, length(index) + demand.minutes), *demand.windows))


def cut(index: Index, windows: Iterable[Span]) -> Spans:
    """The windows within the frame, not merged: a session lies whole in one of them."""
    edge = frame(index)
    inside = (Span(max(w.start, edge.start), min(w.end, edge.end)) for w in windows)
    return tuple(sorted(w for w in inside if w.start < w.end))


def clear_of(index: Index, holes: Iterable[Span]) -> Spans:
    """The frame less the holes."""
    return without((frame(index),), holes)


@dataclass(frozen=True, slots=True)
class Instance:
    """What every claim of a rule instance carries, before its kind is known."""

    rule: str
    site: str
    key: str
    say: Phrase


def within(
    index: Index, it: Instance, demand: Demand, choice: Choice, windows: Iterable[Span]
) -> Iterator[Within]:
    """The choice lies whole in one of the windows; nothing when it cannot lie elsewhere."""
    cut = common(windows, (frame(index),))
    if not all(holds(cut, span) for span in reach(index, demand)):
        yield Within(it.rule, it.site, it.key, it.say, 1, choice, cut)


def avoiding(
    index: Index, it: Instance, demand: Demand, choice: Choice, holes: Iterable[Span]
) -> Iterator[Within]:
    """The choice overlaps none of the holes; nothing when it never could."""
    where = reach(index, demand)
    near = tuple(h for h in holes if any(h.overlaps(span) for span in where))
    if near:
        yield Within(it.rule, it.site, it.key, it.say, 1, choice, clear_of(index, near))


def never(it: Instance, *choices: Choice) -> Quota:
    """None of the choices is made."""
    return Quota(it.rule, it.site, it.key, it.say, 1, tuple(Term(c) for c in choices), hi=0)


def slots(choices: Iterable[Choice], after: int = 0) -> tuple[Slot, ...]:
    """The choices as slots, each taking so many minutes more."""
    return tuple(Slot(choice, after) for choice in choices)


def shifts_at(index: Index, person: str, site: str | None) -> Spans:
    """Merged shifts at a site list that includes the site (None: any), absences left in."""
    found = index.shifts.get(person, ())
    return merged(s.span for s in found if site is None or site in s.sites)


def duty(index: Index, person: str, site: str | None) -> Spans:
    """Merged minutes on shift at the site (None: at any), absences taken out."""
    return without(shifts_at(index, person, site), index.absences.get(person, ()))


def taken(commitment: Commitment) -> Span:
    """The minutes a commitment takes, travel on either side included when it is away."""
    travel = commitment.travel if commitment.away else 0
    return commitment.span.padded(travel, travel)


def busy(index: Index, person: str) -> Spans:
    """Minutes taken by the person's commitments, travel included."""
    return merged(taken(c) for c in index.commitments.get(person, ()))


def blocks(index: Index, site: str, kind: str) -> tuple[Block, ...]:
    """The site's routine blocks that stop this kind, handover left out (it binds people)."""
    found = index.sites.get(site)
    routine = found.routine if found else ()
    return tuple(b for b in routine if kind not in b.spares and b.name != HANDOVER)


HANDOVER = "handover"
"""Name of the routine block that stops all kinds, for those it binds."""


def stay_fits(stay: Stay, demand: Demand) -> bool:
    """Whether the stay is of the demand's place and, at premises, open to its residents."""
    if stay.place != demand.place:
        return False
    return stay.place != "premises" or demand.away_kind or stay.site == demand.site


def off_site_stays(index: Index, demand: Demand, resident: str) -> tuple[Stay, ...]:
    """The stays at premises from which a resident may attend and for which it is off site.

    Off site is any site but that of the stay (reading 10).
    """
    stays = index.stays.get(resident, ())
    away = (s for s in stays if s.site != demand.site and stay_fits(s, demand))
    return tuple(s for s in away if s.place == "premises")
