"""A board: the variables, what pairs of demands may be to each other, and the answer read back.

Literals about pairs (which is first, too near, on neighbouring days) are kept per
pair, whoever is in the two sessions, because orders drive a model's size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from pipe_sched.core.index import Index
from pipe_sched.core.spans import Spans
from pipe_sched.core.week import ATTENDS, Assignment, Demand, Lead, Timetable
from pipe_sched.rules.claims import Claim
from pipe_sched.solve.variables import Lit, Variables, neg

__all__ = ["Board", "Lit", "neg", "set_hint"]


class Board(Variables):
    """The variables of some demands of a week, their pairs, and the timetable they say."""

    def __init__(self, index: Index, demands: Sequence[Demand], hard: Iterable[Claim]) -> None:
        super().__init__(index, demands, hard)
        self._before: dict[tuple[str, str, int], Lit] = {}
        self._overlap: dict[tuple[str, str], Lit] = {}
        self._next_days: dict[tuple[str, str, Spans], Lit] = {}
        self._near: dict[tuple[str, str, int, int], Lit] = {}

    def before(self, first: str, second: str, gap: int) -> Lit:
        """A literal that may be true only if `first` ends `gap` minutes before `second` starts."""
        key = (first, second, gap)
        if key not in self._before:
            self._before[key] = self._order(first, second, gap)
        return self._before[key]

    def _order(self, first: str, second: str, gap: int) -> Lit:
        starts, minutes = self.fold.starts, self.demands[first].minutes + gap
        one, two = self.fold.bare[first], self.fold.bare[second]
        if starts.last(one) + minutes <= starts.first(two):
            return True
        if starts.first(one) + minutes > starts.last(two):
            return False
        lit = self.new()
        self.enforce(self.model.add(self.start[first] + minutes <= self.start[second]), lit)
        return lit

    def overlap(self, a: str, b: str) -> Lit:
        """A literal that may be true only if the two intervals overlap."""
        key = (min(a, b), max(a, b))
        if key not in self._overlap:
            lit: Lit = False
            if self.may_be_near(a, self.fold.bare[a], 0, b, self.fold.bare[b], 0):
                lit = self.new()
                self.enforce(self.model.add(self.start[a] < self.end(b)), lit)
                self.enforce(self.model.add(self.start[b] < self.end(a)), lit)
            self._overlap[key] = lit
        return self._overlap[key]

    def next_days(self, a: str, b: str, days: Spans) -> Lit:
        """A literal that must be true if both are held and start on consecutive days."""
        key = (min(a, b), max(a, b), days)
        if key not in self._next_days:
            self._next_days[key] = self._beside(a, b, [self.fold.span_mask((d,)) for d in days])
        return self._next_days[key]

    def _beside(self, a: str, b: str, days: Sequence[int]) -> Lit:
        one, two = ([self.inside(d, day) for day in days] for d in (a, b))
        pairs = [*zip(one, two[1:], strict=False), *zip(two, one[1:], strict=False)]
        pairs = [(x, y) for x, y in pairs if x is not False and y is not False]
        if not pairs:
            return False
        lit = self.new()
        for x, y in pairs:
            self.clause(lit, neg(x), neg(y))
        return lit

    def near(self, a: str, b: str, after_a: int, after_b: int) -> Lit:
        """A literal that must be true if neither ends its minutes after before the other starts."""
        if a > b:
            return self.near(b, a, after_b, after_a)
        key = (a, b, after_a, after_b)
        if key not in self._near:
            orders = self.before(a, b, after_a), self.before(b, a, after_b)
            lit: Lit = False if any(o is True for o in orders) else self.new()
            self.clause(lit, *orders)
            self._near[key] = lit
        return self._near[key]

    def may_be_near(self, a: str, one: int, after_a: int, b: str, two: int, after_b: int) -> bool:
        """Whether some pair of these starts is nearer than allowed (a little generous)."""
        if not one or not two:
            return False
        starts = self.fold.starts
        reach_a = self.demands[a].minutes + after_a
        reach_b = self.demands[b].minutes + after_b
        if starts.last(one) + reach_a <= starts.first(two):
            return False
        if starts.last(two) + reach_b <= starts.first(one):
            return False
        return any(two & starts.between(s - reach_b + 1, s + reach_a) for s in starts.listed(one))

    # The answer

    def read(self, values: Sequence[int]) -> Timetable:
        """The timetable of a solution, demands in the week's order."""
        out = []
        for d in self.demands:
            if _true(self.held[d], values):
                out.append(self._assignment(d, values))
        return Timetable(tuple(out))

    def _assignment(self, d: str, values: Sequence[int]) -> Assignment:
        parts = [
            (person, role)
            for person, role in self.fold.parts[d]
            if _true(self.part[d, person, role], values)
        ]
        room = next((r for r in self.fold.rooms[d] if _true(self.room[d, r], values)), None)
        return Assignment(
            d,
            int(values[self.start[d].index]),
            room,
            tuple(Lead(role, person) for person, role in parts if role != ATTENDS),
            tuple(person for person, role in parts if role == ATTENDS),
        )

    def values_of(self, timetable: Timetable, others: bool = True) -> dict[int, int]:
        """The main variables' values in a timetable, by variable index, as far as it fits.

        With `others` the demands it does not hold are said not to be held.
        """
        out: dict[int, int] = {}
        places = {a.demand: a for a in timetable.assignments}
        for d, held in self.held.items():
            place = places.get(d)
            if place is not None or others:
                _note(out, held, place is not None)
            if place is not None and held is not False:
                out[self.start[d].index] = place.start
        for (d, person, role), lit in self.part.items():
            if d in places or others:
                _note(out, lit, d in places and _has(places[d], person, role))
        for (d, room), lit in self.room.items():
            if d in places or others:
                _note(out, lit, d in places and places[d].room == room)
        return out


def _has(place: Assignment, person: str, role: str) -> bool:
    return person in place.attendees if role == ATTENDS else Lead(role, person) in place.staff


def _note(out: dict[int, int], lit: Lit, value: bool) -> None:
    if not isinstance(lit, bool):
        out.setdefault(lit.index, int(value))


def _true(lit: Lit, values: Sequence[int]) -> bool:
    return lit if isinstance(lit, bool) else bool(values[lit.index])


def set_hint(model: cp_model.CpModel, values: Mapping[int, int]) -> None:
    """Let the search start from these values, by variable index, and from no others."""
    hint = model.proto.solution_hint
    hint.vars.clear()
    hint.values.clear()
    hint.vars.extend(list(values.keys()))
    hint.values.extend(list(values.values()))
