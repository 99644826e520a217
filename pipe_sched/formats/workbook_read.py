"""Reads a workbook back into a plan: everything or nothing, all errors at once."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from pipe_sched.core.plan import Plan
from pipe_sched.formats.bank_holidays import bank_holidays, years_of
from pipe_sched.formats.workbook_cells import nearest
from pipe_sched.formats.workbook_checks import check
from pipe_sched.formats.workbook_columns import Column, Sheet, by_name
from pipe_sched.formats.workbook_errors import CellError, WorkbookErrors, Wrong
from pipe_sched.formats.workbook_file import COMMAND_LINE_LIMIT, Source, load
from pipe_sched.formats.workbook_lines import Line, Lines
from pipe_sched.formats.workbook_links import resolve
from pipe_sched.formats.workbook_rows import put_together
from pipe_sched.formats.workbook_sheets import GUIDE, LISTS, MOST_ROWS, SHEETS

WIDEST = 64
"""Columns looked at; no sheet has as many."""

DEEPEST = 5 * MOST_ROWS
"""Rows looked at, empty ones included, so that no file can keep the reader busy for long."""


def read(
    source: Source,
    *,
    limit_bytes: int = COMMAND_LINE_LIMIT,
    rules: Collection[str] | None = None,
) -> Plan:
    """The plan in a workbook, given as a path, bytes or binary stream.

    `limit_bytes` is the largest file read; `rules` the names the sheet Rules may use (None:
    any). Bank holidays are added for the years of the plan's dates and one either side.

    Raises:
        WorkbookErrors: anything is wrong; it carries every error, and nothing was taken.
    """
    lines = Lines()
    book = load(source, limit_bytes)
    with warnings.catch_warnings():  # what the library would print is told as an error below
        warnings.simplefilter("ignore")
        _read_sheets(book, lines)
    resolve(lines)
    check(lines, rules)
    if lines.errors:
        raise WorkbookErrors(_in_order(lines.errors))
    plan = put_together({table: _rows(found) for table, found in lines.tables.items()})
    return replace(plan, bank_holidays=bank_holidays(years_of(plan)))


def _rows(lines: list[Line]) -> tuple[object, ...]:
    return tuple(line.sheet.row(**line.values) for line in lines)


def _in_order(errors: list[CellError]) -> list[CellError]:
    order = {sheet.name: n for n, sheet in enumerate(SHEETS)}
    unique = dict.fromkeys(errors)
    return sorted(unique, key=lambda e: (order.get(e.sheet, -1), e.row, len(e.column), e.column))


def _read_sheets(book: Workbook, lines: Lines) -> None:
    known = by_name(SHEETS)
    found: dict[str, str] = {}
    for name in book.sheetnames:
        low = name.strip().casefold()
        if low in known:
            found[low] = name
        elif low not in (GUIDE.casefold(), LISTS.casefold()):
            hint = nearest(name, (s.name for s in SHEETS)) or " Remove it, or rename it."
            lines.errors.append(CellError(f"The workbook has no use for this sheet.{hint}", name))
    for low, sheet in known.items():
        if low not in found:
            say = f"The sheet “{sheet.name}” is missing. Put it back, empty if need be."
            lines.errors.append(CellError(say))
            continue
        lines.tables[sheet.table] = []
        try:
            _read_sheet(book[found[low]], sheet, lines)
        except Exception:  # whatever a damaged part makes the library raise
            say = "This sheet is damaged and cannot be read. Save the workbook again in Excel."
            lines.errors.append(CellError(say, sheet.name))
            del lines.tables[sheet.table]  # what refers to it is not to blame


def _read_sheet(page: Any, sheet: Sheet, lines: Lines) -> None:
    page.reset_dimensions()  # a file may understate its size, and rows would be lost
    rows = enumerate(page.iter_rows(max_col=WIDEST), start=1)
    _, top = next(rows, (1, ()))
    columns = dict(_columns(top, sheet, lines))
    letters = {c.field: get_column_letter(at) for at, c in columns.items()}
    found = lines.tables[sheet.table]
    for number, cells in rows:
        filled = not all(_blank(cell.value) for cell in cells)
        if number > DEEPEST or (filled and len(found) == MOST_ROWS):
            say = f"The sheet has more than {MOST_ROWS:,} lines. Remove old or empty ones."
            lines.errors.append(CellError(say, sheet.name, number))
            return
        if filled:
            found.append(_line(cells, Line(sheet, number, {}, letters), columns, lines))


def _columns(top: tuple[Any, ...], sheet: Sheet, lines: Lines) -> Iterator[tuple[int, Column]]:
    """The known columns by position, 1 for A; says which headings are unknown or missing."""
    wanted = {c.heading.casefold(): c for c in sheet.columns}
    seen: set[str] = set()
    for at, cell in enumerate(top, start=1):
        if _blank(cell.value):
            continue
        text = " ".join(str(cell.value).split())[:60]
        low = text.casefold()
        problem = ""
        if low not in wanted:
            hint = nearest(text, (c.heading for c in sheet.columns)) or " Remove it, or rename it."
            problem = f"“{text}” is not a heading of this sheet.{hint}"
        elif low in seen:
            problem = f"The heading “{text}” stands twice. Keep one of the two columns."
        else:
            seen.add(low)
            yield at, wanted[low]
        if problem:
            lines.errors.append(CellError(problem, sheet.name, 1, get_column_letter(at)))
    for low, column in wanted.items():
        if low not in seen:
            say = f"The column “{column.heading}” is missing. Put its heading back in row 1."
            lines.errors.append(CellError(say, sheet.name))


def _line(cells: tuple[Any, ...], line: Line, columns: dict[int, Column], lines: Lines) -> Line:
    for at, cell in enumerate(cells, start=1):
        if at in columns:
            _cell(cell, columns[at], line, lines)
        elif not _blank(cell.value):
            say = "Something stands here, under no heading of this sheet. Remove it."
            letter = get_column_letter(at)
            lines.errors.append(CellError(say, line.sheet.name, line.row, letter))
    for name, value in line.sheet.defaults.items():
        if name not in line.letters:
            line.values[name] = value
    return line


def _cell(cell: Any, column: Column, line: Line, lines: Lines) -> None:
    sheet = line.sheet
    if cell.data_type == "f":
        say = "This is a formula. Copy the cell and paste it as a value, or type what it shows."
        lines.wrong(line, column.field, say)
    elif cell.data_type == "e":
        lines.wrong(line, column.field, f"The cell shows the error {cell.value}. Correct it.")
    elif _blank(cell.value):
        if sheet.required(column):
            lines.wrong(line, column.field, "This must be filled in.")
        else:
            line.values[column.field] = sheet.defaults[column.field]
    else:
        try:
            value = column.cell.read(cell.value)
        except Wrong as wrong:
            lines.wrong(line, column.field, str(wrong))
            return
        if value == () and sheet.required(column):
            lines.wrong(line, column.field, "This must be filled in.")
        else:
            line.values[column.field] = value


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
