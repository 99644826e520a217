"""Which starts a demand has when it is taken alone, with only fixed data. Not a rule itself.

"The back-up may lead when own worker and resident share no start that every other must allows"
needs an answer before anything is planned. So the demand is put into a week of its own, with the
people asked about and nobody else, and every must that shuts a start out there is heard: shifts,
absences, commitments, bookings, stays, routine, hours, handover, settings of who may be seen by
whom, a rota too short for anyone to leave the floor. Rooms are left out: they are chosen later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span, starts_within
from pipe_sched.core.week import ATTENDS, Demand, Role
from pipe_sched.rules import book
from pipe_sched.rules.claims import Breaks, Choice, Claim, Cover, Pause, Quota, Use, Within


@dataclass(frozen=True, slots=True)
class Pair:
    """A demand with one worker, in the roles they would fill; attendees are its residents."""

    demand: str
    worker: str
    roles: tuple[str, ...]


def starts(index: Index, pairs: Iterable[Pair], leave_out: str) -> Mapping[str, tuple[int, ...]]:
    """For each pair's demand the starts that every other must allows it alone, in minutes.

    `leave_out` names the rule that asks. A demand may be asked about once.
    """
    asked = {pair.demand: pair for pair in pairs}
    alone = _alone(index, asked)
    heard: dict[str, list[Claim]] = defaultdict(list)
    for rule in book.book().values():
        if rule.name == leave_out or not _must_somewhere(index, rule.name):
            continue
        for claim in rule.claims(alone):
            if book.terms(index, claim.rule, claim.site).level == "must":
                for demand in claim.demands():
                    heard[demand].append(claim)
    return {d: _allowed(alone, alone.demands[d], heard[d]) for d in asked if d in alone.demands}


def _must_somewhere(index: Index, rule: str) -> bool:
    return any(book.terms(index, rule, site).level == "must" for site in ("", *index.sites))


def _alone(index: Index, asked: Mapping[str, Pair]) -> Index:
    """A week of the asked demands only, each with its one worker and its residents."""
    demands = tuple(
        _stripped(index, index.demands[d], pair) for d, pair in asked.items() if d in index.demands
    )
    undecided = replace(index.week, pins=(), published=(), cancelled=(), most_changes=None)
    return Index(replace(undecided, demands=demands, owed=()))


def _stripped(index: Index, demand: Demand, pair: Pair) -> Demand:
    roles = tuple(Role(name, 1, (pair.worker,)) for name in pair.roles)
    residents = tuple(p for p in demand.required if index.people[p].type == "resident")
    return replace(
        demand,
        roles=roles,
        required=residents,
        expected=(),
        offered=(),
        quorum=0,
        needs_room=False,
        follows=None,
        own_worker=None,
    )


def _allowed(index: Index, demand: Demand, claims: Iterable[Claim]) -> tuple[int, ...]:
    left = set(starts_within(demand.windows, demand.minutes, index.week.grid))
    for claim in claims:
        if not left:
            break
        left -= _shut(claim, demand, left, index.week.grid)
    return tuple(sorted(left))


def _shut(claim: Claim, demand: Demand, among: Collection[int], grid: int) -> set[int]:
    """The starts that the claim alone rules out, whatever else is planned."""
    if isinstance(claim, Within):
        made = set(_made(claim.choice, demand, among))
        return made.difference(starts_within(claim.windows, demand.minutes, grid)) if made else made
    if isinstance(claim, Quota):
        return _quota_shuts(claim, demand, among)
    if isinstance(claim, Cover):
        return _cover_shuts(claim, demand, among)
    if isinstance(claim, Breaks | Pause):
        return _tiring(claim, demand, among)
    return set()


def _quota_shuts(claim: Quota, demand: Demand, among: Collection[int]) -> set[int]:
    if claim.hi is None or claim.when is not None or any(t.weight < 0 for t in claim.terms):
        return set()
    total: Counter[int] = Counter()
    for term in claim.terms:
        for start in _made(term.choice, demand, among):
            total[start] += term.weight
    return {start for start, weight in total.items() if weight > claim.hi}


def _cover_shuts(claim: Cover, demand: Demand, among: Collection[int]) -> set[int]:
    made = among if claim.during is None else _made(claim.during, demand, among)
    running = sum(_exists(use, demand) for use in claim.uses)
    full = [level.span for level in claim.levels if level.most < running]
    return {s for s in made if any(span.overlaps(Span(s, s + demand.minutes)) for span in full)}


def _tiring(claim: Breaks | Pause, demand: Demand, among: Collection[int]) -> set[int]:
    """The starts at which the session by itself is a run too long or leaves no break."""
    made = {s for choice in claim.choices for s in _made(choice, demand, among)}
    if isinstance(claim, Breaks):
        return made if demand.minutes > claim.longest else set()
    first, last = claim.stretch.start + 1, claim.stretch.end - 1
    free = {s: max(min(s, last) - first, last - max(s + demand.minutes, first)) for s in made}
    return {s for s, minutes in free.items() if minutes < claim.minutes}


def _made(choice: Choice, demand: Demand, among: Collection[int]) -> Collection[int]:
    """The starts among these at which the choice is made."""
    if not _exists(choice.use, demand):
        return ()
    if choice.starts is None:
        return among
    return [m for m in among if any(s.start <= m < s.end for s in choice.starts)]


def _exists(use: Use, demand: Demand) -> bool:
    """Whether the use is part of the demand when everyone in its own week takes part."""
    if use.demand != demand.id or use.room is not None:
        return False
    if use.person is None or (use.person in demand.required and use.role in (None, ATTENDS)):
        return True
    first = next((r for r in demand.roles if use.person in r.people), None)
    return first is not None and use.role in (None, first.name)
