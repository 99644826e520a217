"""Which starts a demand has when it is taken alone, with only fixed data. Not a rule itself.

"The back-up may lead when own worker and resident share no start that every other must allows"
needs an answer before anything is planned. So the demand is put into a week of its own, with the
people asked about and nobody else, and every must that shuts a start out there is heard: shifts,
absences, commitments, bookings, stays, routine, hours, handover, settings of who may be seen by
whom, a rota too short for anyone to leave the floor. Rooms are left out: they are chosen later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from pipe_sched.core.index import Index
from pipe_sched.core.spans import Span, holds, starts_within
from pipe_sched.core.week import ATTENDS, Demand, Role
from pipe_sched.rules import book
from pipe_sched.rules.claims import Choice, Claim, Cover, Quota, Use, Within


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
    return Index(replace(index.week, demands=demands, owed=(), pins=(), published=()))


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


def _allowed(index: Index, demand: Demand, claims: Collection[Claim]) -> tuple[int, ...]:
    left = set(starts_within(demand.windows, demand.minutes, index.week.grid))
    for claim in claims:
        if not left:
            break
        left = {s for s in left if not _shuts(claim, demand, s)}
    return tuple(sorted(left))


def _shuts(claim: Claim, demand: Demand, start: int) -> bool:
    """Whether the claim alone rules the start out, whatever else is planned."""
    span = Span(start, start + demand.minutes)
    if isinstance(claim, Within):
        return _true(claim.choice, demand, start) and not holds(claim.windows, span)
    if isinstance(claim, Quota):
        return claim.when is None and _quota_shuts(claim, demand, start)
    if isinstance(claim, Cover):
        return _cover_shuts(claim, demand, span)
    return False


def _quota_shuts(claim: Quota, demand: Demand, start: int) -> bool:
    if claim.hi is None or any(t.weight < 0 for t in claim.terms):
        return False
    return sum(t.weight for t in claim.terms if _true(t.choice, demand, start)) > claim.hi


def _cover_shuts(claim: Cover, demand: Demand, span: Span) -> bool:
    if claim.during is not None and not _true(claim.during, demand, span.start):
        return False
    running = sum(_exists(use, demand) for use in claim.uses)
    return any(level.span.overlaps(span) and level.most < running for level in claim.levels)


def _true(choice: Choice, demand: Demand, start: int) -> bool:
    if not _exists(choice.use, demand):
        return False
    return choice.starts is None or any(s.start <= start < s.end for s in choice.starts)


def _exists(use: Use, demand: Demand) -> bool:
    """Whether the use is part of the demand when everyone in its own week takes part."""
    if use.demand != demand.id or use.room is not None:
        return False
    if use.person is None or (use.person in demand.required and use.role in (None, ATTENDS)):
        return True
    first = next((r for r in demand.roles if use.person in r.people), None)
    return first is not None and use.role in (None, first.name)
