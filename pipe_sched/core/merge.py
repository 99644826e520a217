"""Takes a later plan into an existing one: rows are added or changed, never removed.

A workbook is often only part of what is known, so a row that a later file leaves
out stays as it is, and the same file twice changes nothing. Rows are told apart
by the fields of `KEYS`. What changed is said by ids and field names, never by
values, so that the list can be stored and shown to anyone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from pipe_sched.core.plan import Plan

KEYS: Mapping[str, tuple[str, ...]] = {
    "sites": ("id",),
    "hours": ("site", "kinds", "days", "start"),
    "routine": ("site", "name", "days", "start"),
    "cover": ("site", "days", "start"),
    "rooms": ("id",),
    "rooms_closed": ("room", "start_date", "start"),
    "travel": ("from_site", "to_site"),
    "staff": ("id",),
    "outside": ("id",),
    "shifts": ("staff", "date", "start"),
    "absences": ("staff", "start_date", "start"),
    "paid": ("staff", "date", "start"),
    "free": ("person", "date", "start"),
    "residents": ("id",),
    "stays": ("resident", "arrives"),
    "allocations": ("resident", "since"),
    "commitments": ("id",),
    "curfews": ("resident", "days", "start", "since"),
    "kept_apart": ("a", "b", "since"),
    "safe_to_see": ("resident",),
    "barred": ("resident", "site", "room"),
    "programmes": ("id", "since"),
    "enrolments": ("programme", "person", "since"),
    "deliveries": ("programme", "date", "start", "person"),
    "rules": ("site", "rule"),
}
"""The fields that say which row it is, by table of a plan."""

EITHER_WAY: Mapping[str, tuple[str, str]] = {
    "travel": ("from_site", "to_site"),
    "kept_apart": ("a", "b"),
}
"""Tables in which two fields may stand in either order and mean the same row."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One row added or changed. `key` as text, `fields` that differ; no values, no names."""

    table: str
    key: tuple[str, ...]
    what: Literal["added", "changed"]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a merge did; `same` counts the incoming rows that changed nothing."""

    rows: tuple[Change, ...] = ()
    same: int = 0


def merge(existing: Plan, incoming: Plan) -> tuple[Plan, Changes]:
    """The existing plan with the incoming rows taken in, and what that changed.

    Existing rows keep their order, new ones follow. Bank holidays are united. Rows of one
    key within `incoming` must be unique (the workbook reader sees to it); the last counts.
    """
    tables: dict[str, tuple[Any, ...]] = {}
    changes: list[Change] = []
    same = 0
    for table in KEYS:
        rows, found = _merged(table, getattr(existing, table), getattr(incoming, table))
        tables[table] = rows
        changes.extend(found)
        same += len(getattr(incoming, table)) - len(found)
    days = tuple(sorted({*existing.bank_holidays, *incoming.bank_holidays}))
    return Plan(**tables, bank_holidays=days), Changes(tuple(changes), same)


def key_of(table: str, row: object) -> Key:
    """Which row it is; either-way pairs are put in order."""
    values = {name: getattr(row, name) for name in KEYS[table]}
    if table in EITHER_WAY:
        first, second = EITHER_WAY[table]
        values[first], values[second] = sorted((values[first], values[second]))
    return tuple(values.values())


def _merged(
    table: str, old: Sequence[Any], new: Sequence[Any]
) -> tuple[tuple[Any, ...], list[Change]]:
    rows = {key_of(table, row): row for row in old}
    changes: list[Change] = []
    for row in new:
        key = key_of(table, row)
        before = rows.get(key)
        if before is None:
            changes.append(Change(table, _words(key), "added"))
        elif differing := _differing(table, before, row):
            changes.append(Change(table, _words(key), "changed", differing))
        else:
            continue
        rows[key] = row
    return tuple(rows.values()), changes


def _differing(table: str, before: object, after: object) -> tuple[str, ...]:
    """The fields in which two rows differ; the order of an either-way pair is none."""
    pair = EITHER_WAY.get(table, ())
    names = (f.name for f in fields(before))  # type: ignore[arg-type]
    return tuple(n for n in names if n not in pair and getattr(before, n) != getattr(after, n))


def _words(key: Key) -> tuple[str, ...]:
    return tuple(", ".join(map(str, k)) if isinstance(k, tuple) else str(k or "") for k in key)
