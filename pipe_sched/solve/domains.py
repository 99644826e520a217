"""Where a demand may start, as far as the hard claims tell without any search.

Folding availability into the domains before a model exists keeps the model
small: a person who is never free is no variable, and a start that nobody
could serve is no value. Sets of starts are bit masks over one shared list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipe_sched.core.index import Index
from pipe_sched.core.spans import Spans
from pipe_sched.core.week import Demand, Role
from pipe_sched.rules.claims import Choice, Claim, Cover, Quota, Term, Use, Within

PASSES = 6


@dataclass(frozen=True)
class Starts:
    """All start minutes a board knows, ascending; bit i of a mask stands for `values[i]`."""

    values: tuple[int, ...]

    @property
    def all(self) -> int:
        """Every start."""
        return (1 << len(self.values)) - 1

    def between(self, first: int, past: int) -> int:
        """The starts s with first <= s < past."""
        a, b = bisect_left(self.values, first), bisect_left(self.values, past)
        return (1 << b) - (1 << a) if b > a else 0

    def inside(self, spans: Spans) -> int:
        """The starts that lie in one of the spans."""
        mask = 0
        for span in spans:
            mask |= self.between(span.start, span.end)
        return mask

    def fitting(self, windows: Spans, minutes: int) -> int:
        """The starts at which so many minutes lie whole in one window."""
        mask = 0
        for span in windows:
            mask |= self.between(span.start, span.end - minutes + 1)
        return mask

    def touching(self, windows: Spans, minutes: int) -> int:
        """The starts at which so many minutes overlap one of the windows."""
        mask = 0
        for span in windows:
            mask |= self.between(span.start - minutes + 1, span.end)
        return mask

    def listed(self, mask: int) -> list[int]:
        """The start minutes of a mask, ascending."""
        out = []
        while mask:
            low = mask & -mask
            out.append(self.values[low.bit_length() - 1])
            mask ^= low
        return out

    def first(self, mask: int) -> int:
        """The earliest start of a mask that is not empty."""
        return self.values[(mask & -mask).bit_length() - 1]

    def last(self, mask: int) -> int:
        """The latest start of a mask that is not empty."""
        return self.values[mask.bit_length() - 1]


def starts_of(index: Index, demands: Iterable[Demand]) -> Starts:
    """Every grid start of the week in some demand's window, and every pinned start."""
    grid = index.week.grid
    found: set[int] = set()
    for demand in demands:
        for span in demand.windows:
            first = max(0, -(-span.start // grid) * grid)
            past = min(span.end - demand.minutes + 1, index.clock.length)
            found.update(range(first, past, grid))
    named = {d.id for d in demands}
    found.update(p.start for p in index.week.pins if p.demand in named)
    return Starts(tuple(sorted(found)))


class Folding:
    """The starts left to every use, and the uses that come with holding the demand.

    `bare[d]` is the mask of demand d (0: it cannot be held), `forced` the uses that
    exist whenever their demand is held, `kept` the demands that must be held.
    """

    def __init__(self, index: Index, demands: Sequence[Demand], hard: Iterable[Claim]) -> None:
        self.index = index
        self.demands = {d.id: d for d in demands}
        self.starts = starts_of(index, demands)
        self.rooms = {d.id: [r.id for r in index.rooms_for(d)] for d in demands}
        self.parts: dict[str, list[tuple[str, str]]] = {}
        self.roles: dict[tuple[str, str], list[str]] = defaultdict(list)
        for d in demands:
            self.parts[d.id] = list(dict.fromkeys(index.parts(d)))
            for person, role in self.parts[d.id]:
                self.roles[d.id, person].append(role)
        self.bare = {d.id: self._window(d) for d in demands}
        self.forced: set[Use] = set()
        self.kept: set[str] = set()
        self._bad: dict[Use, int] = defaultdict(int)
        self._masks: dict[Use, int] = {}
        self._spans: dict[Spans, int] = {}
        self._fold([c for c in hard if c.demands() & self.demands.keys()])

    def _window(self, demand: Demand) -> int:
        mask = self.starts.fitting(demand.windows, demand.minutes)
        for pin in self.index.week.pins:
            if pin.demand == demand.id:
                mask |= self.starts.between(pin.start, pin.start + 1)
        return mask

    def mask(self, use: Use) -> int:
        """The starts at which the use can exist; 0 when it cannot."""
        if use not in self._masks:
            self._masks[use] = self._look(use)
        return self._masks[use]

    def choice(self, choice: Choice) -> int:
        """The starts at which the choice can be true."""
        mask = self.mask(choice.use)
        return mask if choice.starts is None else mask & self.span_mask(choice.starts)

    def span_mask(self, spans: Spans) -> int:
        """The starts inside these spans, kept."""
        if spans not in self._spans:
            self._spans[spans] = self.starts.inside(spans)
        return self._spans[spans]

    def _look(self, use: Use) -> int:
        d = use.demand
        if d not in self.bare or (use.room is not None and use.room not in self.rooms[d]):
            return 0
        mask = self.bare[d] & ~self._bad[Use(d)]
        if use.room is not None:
            mask &= ~self._bad[Use(d, room=use.room)]
        if use.person is not None:
            mask &= self._person(use)
        return mask

    def _person(self, use: Use) -> int:
        d, person = use.demand, use.person or ""
        roles = self.roles.get((d, person), [])
        wanted = [r for r in roles if use.role is None or r == use.role]
        banned = self._bad[Use(d, person)]
        mask = 0
        for role in wanted:
            mask |= ~self._bad[Use(d, person, role)]
        return mask & ~banned

    def _fold(self, hard: Sequence[Claim]) -> None:
        for claim in hard:
            if isinstance(claim, Within):
                self._within(claim)
            elif isinstance(claim, Cover) and claim.during is None:
                self._closed(claim)
        quotas = [c for c in hard if isinstance(c, Quota) and len(c.demands()) == 1]
        for claim in quotas:
            self._most(claim)
        for _ in range(PASSES):
            before = dict(self.bare), len(self.forced)
            self._masks.clear()
            self._tighten(quotas)
            if before == (self.bare, len(self.forced)):
                break
        self._masks.clear()

    def _within(self, claim: Within) -> None:
        d = self.demands[claim.choice.use.demand]
        if _together(claim.choice.use):
            return
        bad = self.starts.all & ~self.starts.fitting(claim.windows, d.minutes)
        if claim.choice.starts is not None:
            bad &= self.starts.inside(claim.choice.starts)
        self._bad[claim.choice.use] |= bad

    def _closed(self, claim: Cover) -> None:
        shut = tuple(level.span for level in claim.levels if level.most <= 0)
        for use in claim.uses if shut else ():
            if use.demand in self.demands and not _together(use):
                self._bad[use] |= self.starts.touching(shut, self.demands[use.demand].minutes)

    def _most(self, claim: Quota) -> None:
        if claim.hi is None or not _plain(claim):
            return
        for term in claim.terms:
            if term.weight > claim.hi and not _together(term.choice.use):
                spans = term.choice.starts
                bad = self.starts.all if spans is None else self.starts.inside(spans)
                self._bad[term.choice.use] |= bad

    def _tighten(self, quotas: Sequence[Quota]) -> None:
        for d, mask in self.bare.items():
            mask &= ~self._bad[Use(d)]
            if self.demands[d].needs_room:
                rooms = 0
                for room in self.rooms[d]:
                    rooms |= self.mask(Use(d, room=room))
                mask &= rooms
            self.bare[d] = mask
        for claim in quotas:
            if claim.lo is not None and claim.lo > 0 and _plain(claim):
                self._least(claim, claim.lo)

    def _least(self, claim: Quota, lo: int) -> None:
        d = claim.terms[0].choice.use.demand if claim.terms else next(iter(claim.demands()))
        alive = [(t, m) for t in claim.terms if (m := self.choice(t.choice))]
        self.bare[d] &= _reaching([(m, t.weight) for t, m in alive], lo, self.starts.all)
        if claim.when is None:
            self.kept.add(d)
        if not self.bare[d]:
            return
        whole = sum(t.weight for t, _ in alive)
        for term, _ in alive:
            if whole - term.weight < lo and term.choice.starts is None:
                self._force(term)

    def _force(self, term: Term) -> None:
        use = term.choice.use
        if use in self.forced or use == Use(use.demand) or _together(use):
            return
        self.forced.add(use)
        self.bare[use.demand] &= self.mask(use)
        if use.person is not None and use.role is not None:
            for role in self.roles[use.demand, use.person]:
                if role != use.role:
                    self._bad[Use(use.demand, use.person, role)] = self.starts.all


def _together(use: Use) -> bool:
    """A person in a room: no variable of its own knows of both, so nothing is folded."""
    return use.person is not None and use.room is not None


def _plain(claim: Quota) -> bool:
    """Whether the quota counts whenever its one demand is held, with no negative weights."""
    if any(t.weight < 0 for t in claim.terms):
        return False
    return claim.when is None or claim.when == Choice(Use(claim.when.use.demand))


def _reaching(terms: Sequence[tuple[int, int]], lo: int, everywhere: int) -> int:
    """The starts at which the weights that are possible there sum to at least lo."""
    reach = [everywhere] + [0] * lo
    for mask, weight in terms:
        for k in range(lo - 1, -1, -1):
            if reach[k]:
                reach[min(lo, k + weight)] |= reach[k] & mask
    return reach[lo]


def role_of(demand: Demand, name: str) -> Role | None:
    """The demand's role of that name."""
    return next((r for r in demand.roles if r.name == name), None)
