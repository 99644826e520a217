"""The manager's workbook: one XLSX file that holds a whole plan, written and read.

What the sheets are is declared once in `workbook_sheets`; writing and reading both
follow that table, so that `read(write(plan))` is the plan.
"""

from __future__ import annotations

from pipe_sched.formats.workbook_errors import CellError, WorkbookErrors
from pipe_sched.formats.workbook_file import COMMAND_LINE_LIMIT, WEB_LIMIT
from pipe_sched.formats.workbook_read import read
from pipe_sched.formats.workbook_write import as_bytes, write, write_template

__all__ = [
    "COMMAND_LINE_LIMIT",
    "WEB_LIMIT",
    "CellError",
    "WorkbookErrors",
    "as_bytes",
    "read",
    "write",
    "write_template",
]
