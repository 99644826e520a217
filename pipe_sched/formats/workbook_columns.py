"""What a sheet of the workbook is made of: columns with a heading, a kind of cell, a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields

from pipe_sched.formats.workbook_cells import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `field` of the row type; `example` is told in the note, never put in data."""

    field: str
    heading: str
    cell: Cell
    note: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows are values of `row` and stand in the table `table` (a field of Plan).

    `key` names the fields that say which row it is: two rows may not share them.
    """

    name: str
    table: str
    row: type
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    what: str
    defaults: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = {c.field for c in self.columns}
        known = {f.name: f.default for f in fields(self.row)}
        if not named <= set(known):
            raise ValueError(f"{self.name} has columns for no field: {named - set(known)}.")
        self.defaults.update({n: d for n, d in known.items() if d is not MISSING})

    def required(self, column: Column) -> bool:
        """Whether the column must be filled in."""
        return column.field not in self.defaults

    def heading(self, name: str) -> str:
        """The heading of a field's column."""
        return next(c.heading for c in self.columns if c.field == name)


def by_name(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Sheets by their name in small letters."""
    return {sheet.name.casefold(): sheet for sheet in sheets}
