"""Writes the workbook: the sheets of `workbook_sheets` with notes, drop-downs and formats.

Every text goes out as text: nothing that a person typed can become a formula or a
link. The same plan gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from pipe_sched.core.plan import Plan
from pipe_sched.formats.workbook_cells import Choice, Choices, Whole, YesNo
from pipe_sched.formats.workbook_columns import Column, Sheet
from pipe_sched.formats.workbook_rows import taken_apart
from pipe_sched.formats.workbook_sheets import GUIDE, LISTS, MOST_ROWS, SHEETS
from pipe_sched.formats.workbook_times import Clocktime, Date, Days

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MADE = datetime(2026, 1, 1)
"""A fixed stamp, so that equal plans give equal files."""
WIDEST = 42
HOW_TO = (
    "Fill in the sheets from left to right. Each line is one thing; leave no line half filled.",
    "A dark heading must be filled in; a light one may stay blank. Point at a heading for help.",
    "Write lists with commas, such as Mon, Tue. Days may also be Mon to Fri or every day.",
    "Write yes or no. Write dates like 30 November 2026 and times like 9:15am or 21:30.",
    "Name people, rooms and sites by their id, or by their name where no two share it.",
    "Formulas are not read: paste values only. Do not rename sheets or headings.",
    "Write no reasons and no notes about residents anywhere.",
    "A line that a later workbook leaves out stays as it is; nothing is removed by leaving it out.",
)


def write_template(to: str | Path | BinaryIO) -> None:
    """An empty workbook with guidance, notes and drop-downs, to a path or binary stream."""
    write(Plan(), to)


def write(plan: Plan, to: str | Path | BinaryIO) -> None:
    """A plan as a workbook, to a path or binary stream. Bank holidays are not written."""
    data = as_bytes(plan)
    if isinstance(to, str | Path):
        Path(to).write_bytes(data)
    else:
        to.write(data)


def as_bytes(plan: Plan) -> bytes:
    """A plan as the bytes of an XLSX file."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties({"title": "Weekly plan", "created": MADE})
    styles = _styles(book)
    _guide(book.add_worksheet(GUIDE), styles)
    lists = _Lists()
    rows = taken_apart(plan)
    for sheet in SHEETS:
        page = book.add_worksheet(sheet.name)
        _heading(page, sheet, styles)
        _lines(page, sheet, rows[sheet.table], styles)
        for at, column in enumerate(sheet.columns):
            _drop_down(page, at, column, lists)
    lists.write(book.add_worksheet(LISTS))
    book.close()
    return stream.getvalue()


def _styles(book: xlsxwriter.Workbook) -> Mapping[str, Format]:
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "must": book.add_format({"bold": True, "bg_color": "#1d70b8", "font_color": "#ffffff"}),
        "may": book.add_format({"bold": True, "bg_color": "#d2e2f1"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "d mmmm yyyy", "align": "left"}),
        "time": book.add_format({"num_format": "hh:mm", "align": "left"}),
        "number": book.add_format({"num_format": "0"}),
    }


def _guide(page: Worksheet, styles: Mapping[str, Format]) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 2, 60)
    page.write_string(0, 0, "How to fill in this workbook", styles["title"])
    at = 2
    for line in HOW_TO:
        page.write_string(at, 0, line)
        at += 1
    for column, head in enumerate(("Sheet", "What it is for", "A line could be")):
        page.write_string(at + 1, column, head, styles["bold"])
    for sheet in SHEETS:
        page.write_string(at + 2, 0, sheet.name, styles["bold"])
        page.write_string(at + 2, 1, sheet.what, styles["wrap"])
        page.write_string(at + 2, 2, example(sheet), styles["wrap"])
        at += 1


def example(sheet: Sheet) -> str:
    """A line as it could be, told in words so that it never gets into the data."""
    shown = ((c.heading, c.example or _first_choice(c)) for c in sheet.columns)
    return "; ".join(f"{heading}: {text}" for heading, text in shown if text)


def _first_choice(column: Column) -> str:
    return column.cell.labels[0] if isinstance(column.cell, Choice) else ""


def _heading(page: Worksheet, sheet: Sheet, styles: Mapping[str, Format]) -> None:
    for at, column in enumerate(sheet.columns):
        must = sheet.required(column)
        page.write_string(0, at, column.heading, styles["must" if must else "may"])
        page.write_comment(0, at, _note(column, must), {"author": "", "x_scale": 2})
        page.set_column(at, at, _width(column), styles[_style(column)])
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, 0, len(sheet.columns) - 1)


def _note(column: Column, must: bool) -> str:
    parts = ["Must be filled in." if must else "May stay blank.", column.note]
    if isinstance(column.cell, Choice):
        several = "Any of, with commas: " if isinstance(column.cell, Choices) else "One of: "
        parts.append(several + ", ".join(column.cell.labels) + ".")
    if isinstance(column.cell, Whole):
        parts.append(f"A whole number from {column.cell.least} to {column.cell.most}.")
    parts.append(f"Example: {column.example}" if column.example else "")
    return "\n".join(part for part in parts if part)


def _width(column: Column) -> int:
    longest = max((len(label) for label in getattr(column.cell, "labels", ())), default=0)
    return min(WIDEST, max(12, len(column.heading) + 4, longest + 2, len(column.example) + 2))


def _style(column: Column) -> str:
    kinds = ((Date, "date"), (Clocktime, "time"), (Whole, "number"))
    return next((name for kind, name in kinds if isinstance(column.cell, kind)), "text")


def _lines(
    page: Worksheet, sheet: Sheet, rows: tuple[object, ...], styles: Mapping[str, Format]
) -> None:
    for line, row in enumerate(rows, start=1):
        for at, column in enumerate(sheet.columns):
            shown = column.cell.show(getattr(row, column.field))
            if shown is not None:
                _put(page, line, at, shown, styles[_style(column)])


def _put(page: Worksheet, line: int, at: int, shown: object, style: Format) -> None:
    if isinstance(shown, date | time):
        page.write_datetime(line, at, cast(datetime, shown), style)
    elif isinstance(shown, int):
        page.write_number(line, at, shown, style)
    else:
        page.write_string(line, at, str(shown), style)


class _Lists:
    """The drop-downs' choices, on a sheet of their own since a rule holds 255 characters."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], int] = {}

    def source(self, labels: tuple[str, ...]) -> str:
        """The range that holds these labels."""
        at = self.columns.setdefault(labels, len(self.columns))
        letter = chr(ord("A") + at)
        return f"={LISTS}!${letter}$1:${letter}${len(labels)}"

    def write(self, page: Worksheet) -> None:
        """All lists side by side."""
        for labels, at in self.columns.items():
            for line, label in enumerate(labels):
                page.write_string(line, at, label)
        page.hide()


def _drop_down(page: Worksheet, at: int, column: Column, lists: _Lists) -> None:
    if isinstance(column.cell, Choices):
        return  # Excel's lists offer one choice; several are typed with commas
    if isinstance(column.cell, YesNo):
        source: object = ["yes", "no"]
    elif isinstance(column.cell, Choice):
        source = lists.source(column.cell.labels)
    elif isinstance(column.cell, Days):
        source = ["every day", "Mon, Tue, Wed, Thu, Fri", "Sat, Sun"]
    else:
        return
    rule = {"validate": "list", "source": source, "error_type": "stop", "ignore_blank": True}
    if isinstance(column.cell, Days):
        rule["show_error"] = False
    page.data_validation(1, at, MOST_ROWS, at, rule)
