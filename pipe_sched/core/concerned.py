"""Whom and which sites a change of the plan concerns, by id, for the record of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipe_sched.core.merge import KEYS, Change, Changes
from pipe_sched.core.plan import Plan

PEOPLE = frozenset({"staff", "resident", "person", "a", "b"})
"""Fields that hold somebody's id."""
OWN = {"staff": "person", "outside": "person", "residents": "person", "sites": "site"}
"""Sheets whose own id is a person's or a site's."""
SITES = frozenset({"site", "from_site", "to_site"})


@dataclass(frozen=True, slots=True)
class Concerned:
    """Ids of people and of sites, each once and in order."""

    people: tuple[str, ...]
    sites: tuple[str, ...]


def concerned(plan: Plan, changes: Changes) -> Concerned:
    """The people in the changed rows, and the sites of the rows and of these people."""
    named = [pair for change in changes.rows for pair in _named(change) if pair[1]]
    people = {id_ for kind, id_ in named if kind == "person"}
    sites = {id_ for kind, id_ in named if kind == "site"}
    sites |= {site for s in plan.staff if s.id in people for site in s.sites}
    sites |= {s.site for s in plan.stays if s.resident in people}
    rooms = {change.key[0] for change in changes.rows if change.table == "rooms_closed"}
    sites |= {r.site for r in plan.rooms if r.id in rooms}
    return Concerned(tuple(sorted(people)), tuple(sorted(sites)))


def _named(change: Change) -> Iterator[tuple[str, str]]:
    for name, value in zip(KEYS[change.table], change.key, strict=True):
        if name == "id" and change.table in OWN:
            yield OWN[change.table], value
        elif name in PEOPLE:
            yield "person", value
        elif name in SITES:
            yield "site", value
