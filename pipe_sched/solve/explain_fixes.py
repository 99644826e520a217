"""What would help, tried by really planning again.

All that is held stays held (or the cheapest rival is left out), as little as
possible moves, and only an answer that keeps every must is offered.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from pipe_sched.core import phrase
from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Phrase, Ref
from pipe_sched.core.week import ATTENDS, Assignment, Demand, Role, Timetable, Week
from pipe_sched.rules.claims import Claim
from pipe_sched.solve.board import Board, Lit, neg, set_hint
from pipe_sched.solve.explain_say import listing
from pipe_sched.solve.explain_try import must_claims, question, time_to_plan
from pipe_sched.solve.explain_types import Fix
from pipe_sched.solve.post import post
from pipe_sched.solve.settings import SAFE

LEFT_OUT = 1000
"""What one point of a rival's worth weighs against one changed room."""
MOVED = 20
"""What a session at another time weighs against one changed room or person."""
MOST_OUT = 2
"""Leaving out more than so many sessions for one is no help."""
BACK_UPS = 3
"""How many back-ups are tried in the whole week."""


@dataclass(frozen=True)
class Plan:
    """A whole week with its musts and the timetable there is."""

    week: Week
    index: Index
    musts: tuple[Claim, ...]
    now: Timetable

    @classmethod
    def of(cls, week: Week, now: Timetable) -> Plan:
        """The musts that the timetable keeps: no fix may break one of them."""
        index = Index(week)
        held = Held(index, now)
        kept = tuple(c for c in must_claims(index) if not c.breach(held))
        return cls(week, index, kept, now)

    def with_asked(self, asked: str, spare: Collection[str], until: float) -> Timetable | None:
        """A timetable with the asked demand, least changed; only the spare may be left out."""
        held = [a.demand for a in self.now.assignments]
        board = Board(self.index, self.week.demands, self.musts)
        for claim in self.musts:
            if not board.known.says(claim):
                post(claim, board, True)
        for d in (asked, *held):
            if d not in spare:
                board.clause(board.held[d])
        board.model.minimize(sum(weight * lit for lit, weight in self._changes(board, spare)))
        set_hint(board.model, board.values_of(self.now))
        found = _solved(board, until)
        return found if found is not None and self._stands(found) else None

    def _changes(self, board: Board, spare: Collection[str]) -> Iterator[tuple[Lit, int]]:
        for a in self.now.assignments:
            d = a.demand
            if d in spare:
                yield neg(board.held[d]), LEFT_OUT * self.index.demands[d].worth
            same = board.inside(d, board.fold.starts.between(a.start, a.start + 1))
            yield neg(same), MOVED
            if a.room is not None:
                yield neg(board.room[d, a.room]), 1
            for person, role in _parts(a):
                yield neg(board.part[d, person, role]), 1

    def _stands(self, found: Timetable) -> bool:
        held = Held(self.index, found)
        return not any(c.breach(held) for c in self.musts)


def _solved(board: Board, until: float) -> Timetable | None:
    solver = cp_model.CpSolver()
    for name, value in ({"num_workers": 2} | SAFE).items():
        setattr(solver.parameters, name, value)
    solver.parameters.max_time_in_seconds = max(0.01, until - time.monotonic())
    status = solver.solve(board.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return board.read(tuple(solver.response_proto.solution))


def fix_by_moving(
    week: Week, now: Timetable, asked: str, rivals: Collection[str], until: float
) -> Fix | None:
    """Others move or, where that cannot be enough, the cheapest rivals are left out, a few."""
    if not time_to_plan(week, until):
        return None
    found = Plan.of(week, now).with_asked(asked, rivals, until)
    if found is None or len(now.assignments) - len(found.assignments) >= MOST_OUT:
        return None
    return _told(now, found, asked)


def fix_by_back_up(week: Week, now: Timetable, asked: str, until: float) -> Fix | None:
    """Another key worker of the site named as back-up, where nobody else may lead."""
    demand = next(d for d in week.demands if d.id == asked)
    tried = 0
    for person, changed in _with_back_ups(week, demand):
        if tried >= BACK_UPS or not time_to_plan(week, until):
            break
        alone = question(changed, [asked], until)
        if alone.ask(alone.musts, [asked]).answer != "yes":
            continue
        tried += 1
        found = Plan.of(changed, now).with_asked(asked, (), until)
        if found is not None:
            told = _told(now, found, asked)
            words, refs = told.say.words, told.say.refs
            named = f"Name {{{len(refs)}}} as back-up key worker. {words}"
            say = Phrase(named, (*refs, phrase.person(person)))
            return Fix(say, found, told.moves)
    return None


def _with_back_ups(week: Week, demand: Demand) -> Iterator[tuple[str, Week]]:
    """(person, the week with them as back-up) for the site's other key workers."""
    if demand.own_worker is None:
        return
    for p in week.people:
        if p.job != "key_worker" or p.site != demand.site or p.id == demand.own_worker:
            continue
        roles = tuple(_joined(role, demand.own_worker, p.id) for role in demand.roles)
        named = replace(demand, back_up=p.id, roles=roles)
        demands = tuple(named if d.id == demand.id else d for d in week.demands)
        yield p.id, replace(week, demands=demands)


def _joined(role: Role, own: str, other: str) -> Role:
    if own not in role.people or other in role.people:
        return role
    return replace(role, people=(*role.people, other))


def _told(now: Timetable, found: Timetable, asked: str) -> Fix:
    """The fix in words: what is left out, what moves, when it fits, whose times change."""
    before, after = _by_demand(now), _by_demand(found)
    out = [d for d in before if d not in after]
    moved = [d for d in before if d in after and after[d].start != before[d].start]
    refs: list[Ref] = [phrase.demand(asked), phrase.at(after[asked].start)]
    parts = []
    if out:
        words, listed = listing([phrase.demand(d) for d in out], len(refs), "; ", "; and ")
        parts.append(f"leave out {words}")
        refs += listed
    for d in moved[:3]:
        parts.append(f"move {{{len(refs)}}} to {{{len(refs) + 1}}}")
        refs += [phrase.demand(d), phrase.at(after[d].start)]
    if len(moved) > 3:
        parts.append(f"move {len(moved) - 3} more")
    people = {p for d in (*moved, *out) for p, _ in _parts(before[d])}
    for d in before:
        people |= {p for p, _ in {*_parts(before[d])} - {*_parts(after.get(d, before[d]))}}
    tail = f"; this changes the week of {_number(len(people))}." if people else "."
    fits = "{0} fits on {1}" + tail
    if not parts:
        return Fix(Phrase(f"Without moving anything, {fits}", tuple(refs)), found)
    first = ", ".join(parts)
    words = f"{first[0].upper()}{first[1:]}: then {fits}"
    return Fix(Phrase(words, tuple(refs)), found, tuple(moved))


def _number(people: int) -> str:
    return "1 person" if people == 1 else f"{people} people"


def _by_demand(timetable: Timetable) -> Mapping[str, Assignment]:
    return {a.demand: a for a in timetable.assignments}


def _parts(place: Assignment) -> list[tuple[str, str]]:
    """Who is in it, and as what."""
    led = [(lead.person, lead.role) for lead in place.staff]
    return [*led, *((person, ATTENDS) for person in place.attendees)]
