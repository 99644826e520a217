"""Which other sessions stand in the way of one that could be held alone.

Held sessions are taken in one after another, the closest first (the same
people, then the same rooms), until they cannot all be held together with the
one asked about; then every one that is not needed for that is let go again.
A clash shows in a tenth of a second, a timetable without one takes ten times
as long to find, so each try is short at first and only the last few are long.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipe_sched.core.index import Index
from pipe_sched.core.week import Demand, Timetable, Week
from pipe_sched.solve.explain_try import Question, Verdict, question, with_earlier

FIRST = 2
"""How many held sessions are taken in at first; twice as many each time after."""
SHORT = 0.3
"""Seconds of a first try."""
STAFF = 3.0
"""How much more a session competes for staff than for residents."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """`clash`: these cannot all be held with it; `fits`: all can, so; or `unknown`.

    `least` False: the time ran out before each had been tried without.
    """

    answer: Literal["clash", "fits", "unknown"]
    demands: tuple[str, ...] = ()
    timetable: Timetable | None = None
    least: bool = True


def find_rivals(week: Week, timetable: Timetable, asked: str, until: float) -> Rivals:
    """The least set of held demands that cannot all be held with the asked one."""
    near = nearest(Index(week), asked, [a.demand for a in timetable.assignments])
    count = min(FIRST, len(near))
    while True:
        wanted = [asked, *near[:count]]
        found = question(week, wanted, until)
        whole = count == len(near)
        seconds = found.left / 2 if whole else SHORT
        verdict = found.ask(found.musts, wanted, seconds, timetable)
        if verdict.answer == "no":
            return _shrunk(week, found, asked, near[:count], timetable)
        if whole and verdict.answer == "yes":
            return Rivals("fits", (), verdict.timetable)
        if whole:
            return Rivals("unknown", tuple(near))
        count = min(2 * count, len(near))


def fits_beside(week: Week, timetable: Timetable, asked: str, until: float) -> Verdict:
    """Whether the asked demand can be held while all the others stay exactly as they are.

    A lesser question than that of rivals, and one that is answered at once.
    """
    pinned = {p.demand for p in week.pins}
    pins = (*week.pins, *(a for a in timetable.assignments if a.demand not in pinned))
    wanted = [asked, *(a.demand for a in timetable.assignments)]
    found = question(replace(week, pins=pins), wanted, until)
    return found.ask(found.musts, wanted)


def _shrunk(week: Week, full: Question, asked: str, some: Sequence[str], hint: Timetable) -> Rivals:
    """Quickly to a few, then each of these tried without, as long as it takes."""
    search = _Shrink(week, full, asked, hint, list(some), SHORT)
    search.drop(some)
    if not search.least:
        search.seconds, search.least = max(SHORT, full.left / (2 + len(search.kept))), True
        for one in list(search.kept):
            search.drop([one])
    return Rivals("clash", tuple(search.kept), None, search.least)


@dataclass
class _Shrink:
    week: Week
    full: Question
    asked: str
    hint: Timetable
    kept: list[str]
    seconds: float
    least: bool = True

    def drop(self, some: Sequence[str]) -> None:
        """Let go of these together if the rest still clashes, else of the farther half first."""
        gone = set(some)
        rest = [d for d in self.kept if d not in gone]
        verdict = self._ask([self.asked, *rest])
        if verdict.answer == "no":
            self.kept = rest
        elif len(some) > 1:
            half = len(some) // 2
            self.drop(some[half:])
            self.drop(some[:half])
        elif verdict.answer == "unknown":
            self.least = False

    def _ask(self, wanted: Sequence[str]) -> Verdict:
        if wanted == [self.asked]:
            return Verdict("yes")
        part = part_of(self.full, with_earlier(self.week, wanted))
        return part.ask(part.musts, wanted, self.seconds, self.hint)


def part_of(full: Question, ids: Collection[str]) -> Question:
    """The question with only these of its demands."""
    demands = tuple(d for d in full.demands if d.id in ids)
    claims = tuple(c for c in full.musts if not c.demands().isdisjoint(ids))
    return Question(full.index, demands, claims, full.until)


def nearest(index: Index, asked: str, held: Collection[str]) -> list[str]:
    """The held demands, those that compete most with the asked one first."""
    me = index.demands[asked]
    before = with_earlier(index.week, [asked])
    mine = _needs(index, me)
    found = [d for d in index.week.demands if d.id in held and d.id not in before]
    rooms = {r.id for r in index.rooms_for(me)}

    def closeness(d: Demand) -> float:
        shared = sum(mine.get(p, 0.0) * need for p, need in _needs(index, d).items())
        both = rooms & {r.id for r in index.rooms_for(d)}
        return shared + len(both) / (1 + len(rooms)) / 10 + (d.site == me.site) / 100

    return [d.id for d in sorted(found, key=closeness, reverse=True)]


def _needs(index: Index, demand: Demand) -> Mapping[str, float]:
    """How much each person is needed: most when it is not held without them."""
    out = dict.fromkeys(demand.expected, 0.3) | dict.fromkeys(demand.offered, 0.1)
    out |= dict.fromkeys(demand.required, 1.0)
    for role in demand.roles:
        there = [p for p in role.people if _ever(index, p, demand.site)]
        for person in there:
            need = STAFF * min(1.0, role.count / len(there))
            out[person] = max(out.get(person, 0.0), need)
    return out


def _ever(index: Index, person: str, site: str) -> bool:
    """Whether a leader is ever there this week."""
    return person not in index.shifts or bool(index.on_duty(person, site))
