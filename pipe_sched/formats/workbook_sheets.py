"""Every sheet of the workbook, in the order in which a manager fills them in."""

from __future__ import annotations

from pipe_sched.formats import (
    workbook_people_sheets,
    workbook_place_sheets,
    workbook_programme_sheets,
)
from pipe_sched.formats.workbook_columns import Sheet

SHEETS: tuple[Sheet, ...] = (
    *workbook_place_sheets.SHEETS,
    *workbook_people_sheets.SHEETS,
    *workbook_programme_sheets.SHEETS,
)
BY_TABLE = {sheet.table: sheet for sheet in SHEETS}

GUIDE = "Read me"
LISTS = "Lists"
"""Sheets of words for people and drop-downs; reading passes over them."""

MOST_ROWS = 20_000
"""Lines with something in them that a sheet may have."""
