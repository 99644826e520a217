"""The variables of a set of demands: held, start, who is in it, in which room.

One integer start per demand with an explicit domain, literals for parts and
rooms, and fixed-size intervals that exist with a literal. Everything a claim
may speak of is asked for here and kept, so that two claims share one literal.
Literals that can only be false or true are Python booleans, never variables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from pipe_sched.core.index import Index
from pipe_sched.core.week import Demand
from pipe_sched.rules.claims import Choice, Claim, Use
from pipe_sched.solve.domains import Folding
from pipe_sched.solve.known import Known

Lit = bool | cp_model.BoolVarT


def neg(lit: Lit) -> Lit:
    """The opposite literal."""
    return not lit if isinstance(lit, bool) else ~lit


class Variables:
    """The variables and structural constraints of some demands of a week.

    Structural means what every timetable is: a person has at most one part in a
    session, a held session that needs a room has exactly one, parts and rooms come
    only with a held session. `hard` claims are used to fold domains; they still have
    to be posted.
    """

    def __init__(self, index: Index, demands: Sequence[Demand], hard: Iterable[Claim]) -> None:
        self.index = index
        self.model = cp_model.CpModel()
        hard = list(hard)
        self.fold = Folding(index, demands, hard)
        self.known = Known(hard, self.fold.roles)
        self.demands = self.fold.demands
        self.held: dict[str, Lit] = {}
        self.start: dict[str, cp_model.IntVar] = {}
        self.part: dict[tuple[str, str, str], Lit] = {}
        self.member: dict[tuple[str, str], Lit] = {}
        self.room: dict[tuple[str, str], Lit] = {}
        self._inside: dict[tuple[str, int], Lit] = {}
        self._both: dict[tuple[int, int], Lit] = {}
        self._either: dict[tuple[int, ...], Lit] = {}
        self._uses: dict[Use, Lit] = {}
        self._intervals: dict[tuple[str, int, int], cp_model.IntervalVar] = {}
        self._domains: dict[int, cp_model.Domain] = {}
        for demand in demands:
            self._place(demand)

    # What is there

    def _place(self, demand: Demand) -> None:
        d = demand.id
        mask = self.fold.bare[d]
        if not mask:
            self._never(d)
            return
        self.held[d] = True if d in self.fold.kept else self.new()
        self.start[d] = self.model.new_int_var_from_domain(self.domain(mask), "")
        for person, role in self.fold.parts[d]:
            self.part[d, person, role] = self._existing(Use(d, person, role))
        for (owner, person), roles in self.fold.roles.items():
            if owner == d:
                self._join(d, person, roles)
        if demand.needs_room:
            for room in self.fold.rooms[d]:
                self.room[d, room] = self._existing(Use(d, room=room))
            rooms = [self.room[d, room] for room in self.fold.rooms[d]]
            self.exactly_one([*rooms, neg(self.held[d])])

    def _never(self, d: str) -> None:
        self.held[d] = False
        if d in self.fold.kept:
            self.clause()

    def _existing(self, use: Use) -> Lit:
        mask, held = self.fold.mask(use), self.held[use.demand]
        if not mask:
            return False
        alone = use.room is not None and [
            r for r in self.fold.rooms[use.demand] if self.fold.mask(Use(use.demand, room=r))
        ] == [use.room]
        if alone or use in self.fold.forced:
            return held
        lit = self.new()
        self.clause(neg(lit), held)
        self._restrict(use.demand, lit, mask)
        return lit

    def _restrict(self, d: str, lit: Lit, mask: int) -> None:
        if mask != self.fold.bare[d]:
            self.within(self.start[d], mask, lit)

    def _join(self, d: str, person: str, roles: Sequence[str]) -> None:
        lits = [lit for r in roles if (lit := self.part[d, person, r]) is not False]
        if not lits:
            self.member[d, person] = False
        elif len(lits) == 1:
            self.member[d, person] = lits[0]
        else:
            sure = Use(d, person) in self.fold.forced
            lit = self.member[d, person] = self.held[d] if sure else self.new()
            self.exactly_one([*lits, neg(lit)])

    # Small tools of the model

    def new(self) -> cp_model.IntVar:
        """A fresh literal."""
        return self.model.new_bool_var("")

    def number(self, lo: int, hi: int) -> cp_model.IntVar:
        """A fresh whole number from lo to hi."""
        return self.model.new_int_var(lo, hi, "")

    def clause(self, *lits: Lit) -> None:
        """At least one is true."""
        if not any(lit is True for lit in lits):
            self.model.add_bool_or([lit for lit in lits if lit is not False])

    def exactly_one(self, lits: Iterable[Lit]) -> None:
        """One and no more is true."""
        self.model.add_exactly_one([lit for lit in lits if lit is not False])

    def enforce(self, constraint: cp_model.Constraint, *lits: Lit) -> None:
        """The constraint holds where all of these are true."""
        real = [lit for lit in lits if lit is not True]
        if any(lit is False for lit in real):
            real = [self.model.new_constant(0)]
        if real:
            constraint.only_enforce_if(real)

    def within(self, start: cp_model.IntVar, mask: int, *lits: Lit) -> None:
        """The start is one of the mask, where all of these are true."""
        self.enforce(self.model.add_linear_expression_in_domain(start, self.domain(mask)), *lits)

    def domain(self, mask: int) -> cp_model.Domain:
        """The solver's domain of a mask."""
        if mask not in self._domains:
            self._domains[mask] = cp_model.Domain.from_values(self.fold.starts.listed(mask))
        return self._domains[mask]

    def both(self, a: Lit, b: Lit) -> Lit:
        """A literal that is true exactly when both are."""
        if isinstance(a, bool):
            return b if a else False
        if isinstance(b, bool):
            return a if b else False
        key = (min(a.index, b.index), max(a.index, b.index))
        if key[0] == key[1]:
            return a
        if key not in self._both:
            lit = self._both[key] = self.new()
            self.clause(neg(lit), a)
            self.clause(neg(lit), b)
            self.clause(lit, neg(a), neg(b))
        return self._both[key]

    def either(self, lits: Iterable[Lit]) -> Lit:
        """A literal that is true exactly when at least one is."""
        found = list(lits)
        if any(lit is True for lit in found):
            return True
        real = {lit.index: lit for lit in found if not isinstance(lit, bool)}
        if len(real) <= 1:
            return next(iter(real.values()), False)
        key = tuple(sorted(real))
        if key not in self._either:
            lit = self._either[key] = self.new()
            self.clause(neg(lit), *real.values())
            for one in real.values():
                self.clause(lit, neg(one))
        return self._either[key]

    # What claims speak of

    def use(self, use: Use) -> Lit:
        """True when the use exists."""
        if use not in self._uses:
            self._uses[use] = self._use(use)
        return self._uses[use]

    def _use(self, use: Use) -> Lit:
        d = use.demand
        if not self.fold.mask(use):
            return False
        lit = self.held[d]
        if use.person is not None:
            lit = (
                self.member.get((d, use.person), False)
                if use.role is None
                else self.part.get((d, use.person, use.role), False)
            )
        if use.room is not None:
            room = self.room.get((d, use.room), False)
            lit = room if lit is self.held[d] else self.both(lit, room)
        return lit

    def lit(self, choice: Choice) -> Lit:
        """True when the choice is made."""
        if choice.starts is None:
            return self.use(choice.use)
        return self.at(choice.use, self.fold.span_mask(choice.starts))

    def at(self, use: Use, mask: int) -> Lit:
        """True when the use exists and starts in the mask."""
        base = self.use(use)
        own = self.fold.mask(use)
        if base is False or not own & mask:
            return False
        if not own & ~mask:
            return base
        here = self.inside(use.demand, mask)
        return here if base is self.held[use.demand] else self.both(base, here)

    def inside(self, d: str, mask: int) -> Lit:
        """True when the demand is held and starts in the mask."""
        mask &= self.fold.bare[d]
        rest = self.fold.bare[d] & ~mask
        held = self.held[d]
        if not mask or held is False:
            return False
        if not rest:
            return held
        if (d, mask) not in self._inside:
            here = self.new()
            away = neg(here) if held is True else self.new()
            if held is not True:
                self.exactly_one([here, away, neg(held)])
            self.within(self.start[d], mask, here)
            self.within(self.start[d], rest, away)
            self._inside[d, mask], self._inside[d, rest] = here, away
        return self._inside[d, mask]

    def split(self, use: Use, masks: Sequence[int]) -> list[Lit]:
        """One literal per mask; the masks are disjoint and cover all starts of the use."""
        d = use.demand
        if len(masks) < 3 or self.use(use) is not self.held[d]:
            return [self.at(use, mask) for mask in masks]
        if any((d, mask) not in self._inside for mask in masks):
            for mask in masks:
                if (d, mask) not in self._inside:
                    self._inside[d, mask] = lit = self.new()
                    self.within(self.start[d], mask, lit)
            self.exactly_one([*(self._inside[d, m] for m in masks), neg(self.held[d])])
        return [self._inside[d, mask] for mask in masks]

    def end(self, d: str) -> cp_model.LinearExpr:
        """The minute at which the demand ends."""
        return self.start[d] + self.demands[d].minutes

    def interval(self, d: str, lit: Lit, after: int = 0) -> cp_model.IntervalVar:
        """The demand's interval with so many minutes after it, there when the literal is true."""
        size = self.demands[d].minutes + after
        key = (d, -(10**9) if isinstance(lit, bool) else lit.index, size)
        if key not in self._intervals:
            self._intervals[key] = self.model.new_optional_fixed_size_interval_var(
                self.start[d], size, lit, ""
            )
        return self._intervals[key]
