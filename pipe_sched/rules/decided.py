"""What people decided about single sessions, as several rules read it. Not a rule itself.

A cancelled session is not held until a person brings it back. So nothing else that was decided
or published about it counts any more: it is neither kept, frozen nor changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipe_sched.core.index import Index
from pipe_sched.core.week import Assignment, Demand


def cancelled(index: Index) -> tuple[Demand, ...]:
    """The sessions due that a person cancelled, in week order."""
    off = set(index.week.cancelled)
    return tuple(d for d in index.week.demands if d.id in off)


def pinned(index: Index) -> tuple[Assignment, ...]:
    """The places people keep, of sessions that are due and not cancelled."""
    return _due(index, index.week.pins)


def published(index: Index) -> tuple[Assignment, ...]:
    """The last published places of sessions that are still due and not cancelled."""
    return _due(index, index.week.published)


def _due(index: Index, places: Iterable[Assignment]) -> tuple[Assignment, ...]:
    off = set(index.week.cancelled)
    return tuple(a for a in places if a.demand in index.demands and a.demand not in off)
