"""Which other sessions stand in the way of one that could be held alone.

Held sessions are taken in one after another, the closest first (the same
people, then the same rooms), until they cannot all be held together with the
one asked about; then every one that is not needed for that is let go again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipe_sched.core.index import Index
from pipe_sched.core.week import Demand, Timetable, Week
from pipe_sched.rules.claims import Claim
from pipe_sched.solve.explain_try import Question, Verdict, question, with_earlier

FIRST = 2
"""How many held sessions are taken in at first; twice as many each time after."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """`clash`: these cannot all be held with it; `fits`: all can, so; or `unknown`."""

    answer: Literal["clash", "fits", "unknown"]
    demands: tuple[str, ...] = ()
    timetable: Timetable | None = None
    least: bool = True


def find_rivals(week: Week, held: Collection[str], asked: str, until: float) -> Rivals:
    """The least set of held demands that cannot all be held with the asked one.

    `least` False: the time ran out before each had been tried without.
    """
    near = nearest(Index(week), asked, held)
    count = min(FIRST, len(near))
    while True:
        some = near[:count]
        verdict = _together(week, asked, some, until)
        if verdict.answer == "no":
            return _shrunk(week, asked, some, until)
        if verdict.answer == "unknown":
            return Rivals("unknown", tuple(some))
        if count == len(near):
            return Rivals("fits", (), verdict.timetable)
        count = min(2 * count, len(near))


def _together(week: Week, asked: str, some: Sequence[str], until: float) -> Verdict:
    wanted = [asked, *some]
    found = question(week, wanted, until)
    return found.ask(found.musts, wanted)


def _shrunk(week: Week, asked: str, some: Sequence[str], until: float) -> Rivals:
    """The last half taken in is the likeliest to be needed, so the rest is tried first."""
    full = question(week, [asked, *some], until)
    search = _Shrink(week, full, asked, list(some))
    search.drop(some)
    return Rivals("clash", tuple(search.kept), None, search.least)


@dataclass
class _Shrink:
    week: Week
    full: Question
    asked: str
    kept: list[str]
    least: bool = True

    def drop(self, some: Sequence[str]) -> None:
        """Let go of these together if the rest still clashes, else of one half and the other."""
        if len(some) < len(self.kept):
            rest = [d for d in self.kept if d not in some]
            answer = self._ask([self.asked, *rest])
            if answer == "no":
                self.kept = rest
                return
            self.least = self.least and answer == "yes"
        if len(some) > 1:
            half = len(some) // 2
            self.drop(some[half:])
            self.drop([d for d in some[:half] if d in self.kept])

    def _ask(self, wanted: Sequence[str]) -> str:
        return part_of(self.full, with_earlier(self.week, wanted)).ask_all(wanted).answer


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a question's demands, the others not held."""

    question: Question
    claims: tuple[Claim, ...]

    def ask_all(self, wanted: Collection[str]) -> Verdict:
        """Whether all of these can be held."""
        return self.question.ask(self.claims, wanted)


def part_of(full: Question, ids: Collection[str]) -> Part:
    """The question without the other demands."""
    demands = tuple(d for d in full.demands if d.id in ids)
    claims = tuple(c for c in full.musts if not c.demands().isdisjoint(ids))
    return Part(Question(full.index, demands, claims, full.until), claims)


def nearest(index: Index, asked: str, held: Collection[str]) -> list[str]:
    """The held demands, those that compete most with the asked one first."""
    me = index.demands[asked]
    before = with_earlier(index.week, [asked])
    mine = _needs(me)
    found = [d for d in index.week.demands if d.id in held and d.id not in before]
    rooms = {r.id for r in index.rooms_for(me)}

    def closeness(d: Demand) -> float:
        shared = sum(mine.get(p, 0.0) * need for p, need in _needs(d).items())
        both = rooms & {r.id for r in index.rooms_for(d)}
        return shared + len(both) / (1 + len(rooms)) / 10 + (d.site == me.site) / 100

    return [d.id for d in sorted(found, key=closeness, reverse=True)]


def _needs(demand: Demand) -> Mapping[str, float]:
    """How much each person is needed: 1 when it is not held without them."""
    out = dict.fromkeys(demand.expected, 0.3) | dict.fromkeys(demand.offered, 0.2)
    for role in demand.roles:
        for person in role.people:
            out[person] = max(out.get(person, 0.0), min(1.0, role.count / len(role.people)))
    return out | dict.fromkeys(demand.required, 1.0)
