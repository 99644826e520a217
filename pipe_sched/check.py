"""The referee: what is wrong with a timetable and what it costs.

Reads the same claims as the solver, but knows nothing of it; a solver's
answer, a manual move and an imported week all pass through here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipe_sched.core import phrase
from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import ATTENDS, Assignment, Level, Tier, Timetable, Week
from pipe_sched.rules import book
from pipe_sched.rules.claims import Claim

TIERS: tuple[Tier, ...] = ("held", "changes", "comfort")
ASKED_FOR = "asked_for"
"""Name of the finding for a person, room or role that a session did not ask for."""


class Unusable(ValueError):
    """A timetable that does not belong to its week; the message names the place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a timetable does not respect a rule.

    `breach` in the claim kind's unit; `cost` = rule price x claim price x breach for a
    should, 0 for a must. `demands` are the sessions of the timetable that take part.
    """

    rule: str
    site: str
    key: str
    say: Phrase
    level: Level
    tier: Tier
    breach: int
    cost: int
    demands: tuple[str, ...]


@dataclass(frozen=True)
class Referee:
    """One week's claims, kept, and indexed by the demands they touch.

    `like`: the referee of a week that differs only in what people decided (see `undecided`);
    its claims are taken over where they cannot differ.
    """

    week: Week
    like: Referee | None = field(default=None, compare=False, repr=False)

    @cached_property
    def index(self) -> Index:
        """Look-ups over the week."""
        return Index(self.week)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All claims that count at their site."""
        if self.like is None:
            return book.claims(self.index)
        rules = book.book()
        same = (c for c in self.like.claims if not rules[c.rule].decided)
        own = book.claims(self.index, decided_only=True)
        return tuple(sorted((*same, *own), key=lambda c: c.rule))

    @cached_property
    def terms(self) -> Mapping[tuple[str, str], book.Terms]:
        """Level, tier and price by (rule, site)."""
        pairs = {(c.rule, c.site) for c in self.claims}
        return {pair: book.terms(self.index, *pair) for pair in pairs}

    @cached_property
    def by_demand(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims each demand's place can touch."""
        out: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            for demand in claim.demands():
                out[demand].append(claim)
        return {key: tuple(value) for key, value in out.items()}

    def findings(self, timetable: Timetable) -> tuple[Finding, ...]:
        """Everything that is not respected: musts first, then shoulds, dearest first.

        Raises:
            Unusable: an unknown demand, or one demand placed twice.
        """
        held = self._bind(timetable)
        found = [*strangers(held)]
        if found:
            held = self._bind(as_asked(held))
        found += (f for c in self.claims if (f := self.judge(c, held)) is not None)
        return tuple(sorted(found, key=lambda f: (f.level != "must", -f.cost, f.rule, f.key)))

    def touching(self, timetable: Timetable, demands: Iterable[str]) -> tuple[Finding, ...]:
        """The findings of claims that touch these demands only."""
        held = self._bind(as_asked(self._bind(timetable)))
        claims = {id(c): c for d in demands for c in self.by_demand.get(d, ())}
        return tuple(f for c in claims.values() if (f := self.judge(c, held)) is not None)

    def judge(self, claim: Claim, held: Held) -> Finding | None:
        """The finding of one claim, or None when it holds."""
        breach = claim.breach(held)
        if not breach:
            return None
        t = self.terms[claim.rule, claim.site]
        cost = 0 if t.level == "must" else t.price * claim.price * breach
        touched = tuple(sorted(d for d in claim.demands() if d in held.by_demand))
        return Finding(
            claim.rule, claim.site, claim.key, claim.say, t.level, t.tier, breach, cost, touched
        )

    def _bind(self, timetable: Timetable) -> Held:
        held = Held(self.index, timetable)
        if len(held.by_demand) != len(timetable.assignments):
            raise Unusable("A session due has two places in the timetable.")
        for a in timetable.assignments:
            if a.demand not in self.index.demands:
                raise Unusable(f"The timetable places “{a.demand}”, which the week does not hold.")
        return held


def undecided(week: Week) -> Week:
    """The week without what only rules marked DECIDED read: pins, the cancelled, the present."""
    return replace(week, pins=(), cancelled=(), now=None, most_changes=None)


def strangers(held: Held) -> Iterable[Finding]:
    """A must that precedes all rules: only rooms, roles and people that were asked for.

    Also refuses a start off the grid and a person named twice in one session.
    """
    for a in held.timetable.assignments:
        faults = list(_faults(held.index, a))
        if faults:
            site = held.index.demands[a.demand].site
            yield Finding(
                ASKED_FOR, site, a.demand, faults[0], "must", "held", len(faults), 0, (a.demand,)
            )


def as_asked(held: Held) -> Timetable:
    """The timetable less the rooms and the people in parts that were not asked for.

    They are told once, by `strangers`; the rules look past them, as the solver does.
    """
    kept = tuple(_as_asked(held.index, a) for a in held.timetable.assignments)
    return Timetable(kept)


def _as_asked(index: Index, a: Assignment) -> Assignment:
    d = index.demands[a.demand]
    parts = set(index.parts(d))
    return replace(
        a,
        room=a.room if a.room in {r.id for r in index.rooms_for(d)} else None,
        staff=tuple(x for x in a.staff if (x.person, x.role) in parts),
        attendees=tuple(p for p in a.attendees if (p, ATTENDS) in parts),
    )


def _faults(index: Index, a: Assignment) -> Iterable[Phrase]:
    d = index.demands[a.demand]
    me = phrase.demand(d.id)
    if a.start % index.week.grid:
        yield Phrase("{0} starts at {1}, which is off the grid.", (me, phrase.at(a.start)))
    rooms = {r.id for r in index.rooms_for(d)}
    if (a.room is None) == d.needs_room or (a.room is not None and a.room not in rooms):
        said = phrase.room(a.room) if a.room else phrase.word("no room")
        yield Phrase("{0} is in {1}, which it did not ask for.", (me, said))
    parts = set(index.parts(d))
    given = [(x.person, x.role) for x in a.staff] + [(p, ATTENDS) for p in a.attendees]
    for person, role in given:
        if (person, role) not in parts:
            yield Phrase("{0} has {1}, who was not asked for.", (me, phrase.person(person)))
    if len({p for p, _ in given}) != len(given):
        yield Phrase("{0} names one person twice.", (me,))


def broken(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are broken musts."""
    return tuple(f for f in findings if f.level == "must")


def price(findings: Iterable[Finding]) -> dict[Tier, int]:
    """The cost per tier."""
    out: dict[Tier, int] = dict.fromkeys(TIERS, 0)
    for f in findings:
        out[f.tier] += f.cost
    return out
