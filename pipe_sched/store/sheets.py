"""The plan's tables, one per sheet, made from the dataclasses of `core.plan`.

A column per field, so that a field added there appears here (and in the test
that compares migrations with it). Dates and wall times are kept as they were
written, lists as JSON. A name never stands in these tables: see `names`.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

from pipe_sched.core import plan
from pipe_sched.core.plan import Plan
from pipe_sched.store.base import Base

REFERENCES = {
    "site": "sites",
    "from_site": "sites",
    "to_site": "sites",
    "room": "rooms",
    "staff": "staff",
    "resident": "residents",
}
"""Fields that hold the id of a row of another sheet. (A programme's id is not one row's: its
settings are dated.)"""

LATER = {("residents", "seen_by"): "'[]'"}
"""Columns that came after the first tables, with the default that older rows took."""

NAMED = {
    "sites": "site",
    "rooms": "room",
    "staff": "staff",
    "outside": "outside",
    "residents": "resident",
    "commitments": "commitment",
}
"""Sheets of rows with an id of their own; their `name` goes to the names table, as this kind."""

Value = Any
"""A field's value: what the dataclass holds; checked by the dataclass's own types."""


@dataclass(frozen=True)
class Sheet:
    """One field of `Plan` with its row type (None: plain dates), its table and its mapped class.

    Statements name the class, so that the gate can see what they reach.
    """

    name: str
    row: type | None
    table: Table
    entity: type[Any]
    hints: Mapping[str, Any]

    @property
    def has_id(self) -> bool:
        """Whether each row has an id of its own."""
        return self.name in NAMED

    @property
    def kind(self) -> str | None:
        """The kind of its names, or None where rows have no name."""
        return NAMED.get(self.name)

    def encode(self, row: Value) -> dict[str, Value]:
        """A row's columns, without its name."""
        if self.row is None:
            return {"day": row}
        return {key: _plain(getattr(row, key)) for key in self.hints if not self._is_name(key)}

    def decode(self, values: Mapping[str, Value], names: Mapping[str, str]) -> Value:
        """The row that these columns stand for; a forgotten name becomes the id."""
        if self.row is None:
            return values["day"]
        found = {k: _typed(h, values[k]) for k, h in self.hints.items() if not self._is_name(k)}
        if self.kind is not None:
            found["name"] = names.get(found["id"], found["id"])
        return self.row(**found)

    def _is_name(self, key: str) -> bool:
        return key == "name" and self.kind is not None


def _plain(value: Value) -> Value:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def _typed(hint: Any, value: Value) -> Value:
    if get_origin(hint) is tuple and value is not None:
        inner = get_args(hint)
        if inner[-1] is Ellipsis:
            return tuple(_typed(inner[0], item) for item in value)
        return tuple(_typed(one, item) for one, item in zip(inner, value, strict=True))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return hint(**{key: _typed(hints[key], item) for key, item in value.items()})
    return value


def _column_type(hint: Any) -> tuple[TypeEngine[Any], bool]:
    """The column type of a field and whether it may be empty."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [part for part in get_args(hint) if part is not type(None)]
        return _column_type(inner[0])[0], True
    if get_origin(hint) is tuple:
        return JSON(), False
    if get_origin(hint) is Literal or hint is str:
        return String(), False
    simple: dict[Any, TypeEngine[Any]] = {
        bool: Boolean(),
        int: Integer(),
        date: Date(),
        time: Time(),
    }
    return simple[hint], False


def _columns(sheet: str, hints: Mapping[str, Any]) -> list[Column[Any]]:
    out: list[Column[Any]] = []
    for key, hint in hints.items():
        if key == "name" and sheet in NAMED:
            continue
        kind, empty = _column_type(hint)
        target = REFERENCES.get(key)
        key_to = (
            [ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")] if target else []
        )
        later = LATER.get((sheet, key))
        default = None if later is None else text(later)
        out.append(
            Column(key, kind, *key_to, nullable=empty, index=bool(target), server_default=default)
        )
    return out


def _sheet(name: str, row: type) -> Sheet:
    hints = {} if row is date else get_type_hints(row)
    columns = [Column("day", Date(), nullable=False)] if row is date else _columns(name, hints)
    unique = [UniqueConstraint("id")] if name in NAMED else []
    table = Table(
        name,
        Base.metadata,
        Column("row", Integer, primary_key=True, autoincrement=True),
        Column("position", Integer, nullable=False),
        *columns,
        *unique,
    )
    entity = type(f"Sheet_{name}", (Base,), {"__table__": table})
    return Sheet(name, None if row is date else row, table, entity, hints)


def _sheets() -> dict[str, Sheet]:
    hints = get_type_hints(Plan, vars(plan))
    return {f.name: _sheet(f.name, get_args(hints[f.name])[0]) for f in dataclasses.fields(Plan)}


SHEETS: Mapping[str, Sheet] = _sheets()
"""Every sheet by the name of its field in `Plan`, which is its table's name."""
