"""Rows that stand on sheets of their own in the workbook but inside others in a plan.

A cell holds one value, so who leads a programme and a site's own numbers get
sheets, one line each; here they are taken apart and put together again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from pipe_sched.core.plan import Part, Plan, ProgrammeRow

T = TypeVar("T")
Rows = Mapping[str, tuple[object, ...]]
"""Rows by the name of their table: the fields of `Plan`, with `parts` and `limits`."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A role of one programme; `since` says of which of its settings."""

    programme: str
    role: str
    since: date | None = None
    count: int = 1
    jobs: tuple[str, ...] = ()
    training: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A site's own number for one setting of `week.Limits`."""

    site: str
    setting: str
    value: int


def taken_apart(plan: Plan) -> dict[str, tuple[object, ...]]:
    """A plan's rows by table."""
    rows: dict[str, tuple[object, ...]] = {}
    for name in Plan.__slots__:
        if name != "bank_holidays":
            rows[name] = getattr(plan, name)
    rows["parts"] = tuple(_part(row, part) for row in plan.programmes for part in row.parts)
    rows["limits"] = tuple(
        LimitRow(site.id, name, value) for site in plan.sites for name, value in site.limits
    )
    return rows


def _part(row: ProgrammeRow, part: Part) -> PartRow:
    return PartRow(row.id, part.role, row.since, part.count, part.jobs, part.training, part.people)


def put_together(rows: Rows) -> Plan:
    """The plan of rows by table, still without bank holidays."""
    parts: dict[tuple[str, date | None], list[Part]] = defaultdict(list)
    for p in _of(rows, "parts", PartRow):
        found = Part(p.role, p.count, p.jobs, p.training, p.people)
        parts[p.programme, p.since].append(found)
    limits: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for limit in _of(rows, "limits", LimitRow):
        limits[limit.site].append((limit.setting, limit.value))
    whole = {name: table for name, table in rows.items() if name not in ("parts", "limits")}
    plan = Plan(**whole)  # type: ignore[arg-type]
    return replace(
        plan,
        programmes=tuple(
            replace(p, parts=tuple(parts.get((p.id, p.since), ()))) for p in plan.programmes
        ),
        sites=tuple(replace(s, limits=tuple(limits.get(s.id, ()))) for s in plan.sites),
    )


def _of(rows: Rows, name: str, kind: type[T]) -> Iterable[T]:
    return (row for row in rows.get(name, ()) if isinstance(row, kind))
