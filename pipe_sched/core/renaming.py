"""Giving residents other ids: everywhere in a plan, and in a week that leaves the program.

Inside the program a resident's id says nothing: the CRNs of a workbook are exchanged for ids of
our own at the boundary, and ids for aliases where a week is taken away as a file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pipe_sched.core.plan import Plan

T = TypeVar("T")

RESIDENTS: Mapping[str, tuple[str, ...]] = {
    "residents": ("id",),
    "stays": ("resident",),
    "allocations": ("resident",),
    "commitments": ("person",),
    "curfews": ("resident",),
    "kept_apart": ("a", "b"),
    "safe_to_see": ("resident",),
    "barred": ("resident",),
    "enrolments": ("person",),
    "deliveries": ("person",),
    "free": ("person",),
    "programmes": ("also_required",),
}
"""Fields of a plan's sheets that hold a resident's id, or may hold one beside other people's."""


def residents_in(plan: Plan) -> frozenset[str]:
    """Every id that stands where a resident's may stand, without staff and people from outside."""
    others = {s.id for s in plan.staff} | {o.id for o in plan.outside}
    found: set[str] = set()
    for sheet, names in RESIDENTS.items():
        for row in getattr(plan, sheet):
            found.update(one for name in names for one in _listed(getattr(row, name)))
    return frozenset(found - others)


def _listed(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from value


def renamed(plan: Plan, ids: Mapping[str, str]) -> Plan:
    """The plan with these residents' ids exchanged; whoever is not named keeps theirs."""
    changed = {
        sheet: tuple(_row(row, names, ids) for row in getattr(plan, sheet))
        for sheet, names in RESIDENTS.items()
    }
    return replace(plan, **changed)


def _row(row: Any, names: tuple[str, ...], ids: Mapping[str, str]) -> Any:
    new = {}
    for name in names:
        value = getattr(row, name)
        if isinstance(value, tuple):
            new[name] = tuple(ids.get(one, one) for one in value)
        else:
            new[name] = ids.get(value, value)
    return replace(row, **new)


def aliased(value: T, ids: Mapping[str, str]) -> T:
    """A week or timetable with these ids exchanged in every text of it.

    Also inside the ids of sessions, bookings and series, whose parts are divided by colons.
    """
    found: T = _aliased(value, ids)
    return found


def _aliased(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ":".join(ids.get(part, part) for part in value.split(":"))
    if isinstance(value, tuple):
        return tuple(_aliased(one, ids) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (f.name for f in dataclasses.fields(value))
        return replace(value, **{name: _aliased(getattr(value, name), ids) for name in names})
    return value
