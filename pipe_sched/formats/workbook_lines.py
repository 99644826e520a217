"""The lines of a workbook while it is being read: values with the place they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from pipe_sched.formats.workbook_columns import Sheet
from pipe_sched.formats.workbook_errors import CellError


@dataclass(slots=True)
class Line:
    """One line of a sheet. `values` by field; a field whose cell is wrong is absent."""

    sheet: Sheet
    row: int
    values: dict[str, object]
    letters: dict[str, str]

    def get(self, *fields: str) -> tuple[object, ...] | None:
        """The values of these fields, or None when a cell among them is wrong."""
        if all(f in self.values for f in fields):
            return tuple(self.values[f] for f in fields)
        return None


@dataclass(slots=True)
class Lines:
    """All lines read so far by table, and every error found; `whole`: tables fully readable."""

    tables: dict[str, list[Line]] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)

    def of(self, table: str) -> list[Line]:
        """The lines of one table; none when its sheet is missing."""
        return self.tables.get(table, [])

    def filled(self, table: str, *fields: str) -> Iterator[tuple[Line, tuple[object, ...]]]:
        """The lines of a table whose cells in these fields are right, with their values."""
        for line in self.of(table):
            found = line.get(*fields)
            if found is not None:
                yield line, found

    def wrong(self, line: Line, name: str, say: str) -> None:
        """Note an error in one cell of a line."""
        heading = line.sheet.heading(name)
        letter = line.letters.get(name, "")
        self.errors.append(CellError(say, line.sheet.name, line.row, letter, heading))


def place(sheet: str, row: int = 0, column: int = 0, heading: str = "") -> dict[str, object]:
    """The arguments of a `CellError` for a place by number (1 is A)."""
    letter = get_column_letter(column) if column else ""
    return {"sheet": sheet, "row": row, "column": letter, "heading": heading}


def listed(names: Iterable[str]) -> str:
    """“a, b or c” for a sentence."""
    words = list(names)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
