"""Opens a workbook file without trusting it.

A file from outside may be anything: another format under this name, a bomb that
unpacks to gigabytes, XML that defines entities. All that is found out from the
zip directory and the raw bytes, before anything parses them.
"""

from __future__ import annotations

import itertools
import os
import re
import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.xml import DEFUSEDXML

from pipe_sched.formats.workbook_errors import CellError, WorkbookErrors

MIB = 1024 * 1024
COMMAND_LINE_LIMIT, WEB_LIMIT = 10 * MIB, 1 * MIB
MOST_UNPACKED = 64 * MIB
OF_LIMIT = 20
"""A file may unpack to so many times the limit on its size, and at most to `MOST_UNPACKED`."""
MOST_TIMES = 100
"""How many times its size a file of more than `SMALL` may unpack to; real ones: 10 to 30."""
SMALL = 4 * MIB
MOST_PARTS = 500
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d+)")
_DTD = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))

Source = str | Path | bytes | BinaryIO


def refuse(say: str) -> WorkbookErrors:
    """One reason against the whole file."""
    return WorkbookErrors((CellError(say),))


def load(source: Source, limit_bytes: int) -> Workbook:
    """The workbook of a path, bytes or binary stream, read-only, formulas as they stand.

    Raises:
        WorkbookErrors: it is missing, too big, no XLSX file, has macros, or is unsafe or damaged.
    """
    data = _bytes(source, limit_bytes)
    _check_kind(data)
    _check_parts(data, limit_bytes)
    if not DEFUSEDXML:
        raise refuse("This program lacks defusedxml, without which it opens no workbook.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False)
    except Exception as problem:
        raise refuse(
            "The workbook is damaged and cannot be opened. Open it in Excel, save it again as "
            "Excel Workbook (.xlsx) and try that."
        ) from problem


def _bytes(source: Source, limit: int) -> bytes:
    data = source
    if isinstance(source, str | Path):
        data = _file(Path(source), limit)
    elif not isinstance(source, bytes):
        data = source.read(limit + 1)
    if not isinstance(data, bytes):
        raise refuse("The workbook must be opened as bytes.")
    if len(data) > limit:
        raise refuse(
            f"The workbook is over the limit of {limit / MIB:g} MiB. Remove old past deliveries "
            "and shifts, or pictures, and try again."
        )
    if not data:
        raise refuse("The file is empty. Choose the workbook again.")
    return data


def _file(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limit + 1)
    except FileNotFoundError:
        raise refuse(f"There is no file “{path}”. Check its name and folder.") from None
    except IsADirectoryError:
        raise refuse(f"“{path}” is a folder. Give the workbook in it.") from None
    except OSError as problem:
        reason = os.strerror(problem.errno) if problem.errno else "it cannot be read"
        raise refuse(f"“{path}” cannot be read: {reason}.") from None


def _check_kind(data: bytes) -> None:
    save = "Open it in Excel and save it as Excel Workbook (.xlsx)."
    if data.startswith(_OLD_EXCEL):
        raise refuse(f"This is an old Excel file (.xls) or has a password. {save}")
    if not data.startswith(b"PK") or not zipfile.is_zipfile(BytesIO(data)):
        raise refuse(f"This is not an Excel workbook, whatever its name ends in. {save}")


def _check_parts(data: bytes, limit: int) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            _check_names([part.filename for part in parts.infolist()])
            _check_size(parts.infolist(), len(data), min(MOST_UNPACKED, OF_LIMIT * limit))
            for part in parts.infolist():
                if part.flag_bits & 1:
                    raise refuse("The workbook has a password. Save it without one.")
                _check_content(part.filename, parts.read(part))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as problem:
        if isinstance(problem, WorkbookErrors):
            raise
        raise refuse("The workbook is damaged. Save it again in Excel and try that.") from problem
    except Exception as problem:  # zlib and lzma raise their own kinds
        raise refuse("The workbook is damaged. Save it again in Excel and try that.") from problem


def _check_content(name: str, content: bytes) -> None:
    """No entities; rows in order, since the library silently drops those that are not."""
    if any(mark in content for mark in _DTD):
        raise refuse("The workbook defines XML entities, which no Excel file does.")
    if name.startswith("xl/worksheets/"):
        rows = [int(row) for row in _ROW.findall(content)]
        if any(b <= a for a, b in itertools.pairwise(rows)):
            raise refuse("The workbook is damaged: its rows are not in order. Save it in Excel.")


def _check_names(names: list[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise refuse(
            "This is not an Excel workbook (.xlsx): it is another kind of zip file, perhaps an "
            "OpenDocument or .xlsb file. Save it as Excel Workbook (.xlsx)."
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refuse("The workbook has macros. Save it as Excel Workbook (.xlsx), without them.")
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise refuse("The workbook holds more parts than any Excel file. Save it again in Excel.")


def _check_size(parts: list[zipfile.ZipInfo], size: int, most: int) -> None:
    whole = sum(part.file_size for part in parts)
    if whole > max(most, SMALL) or (whole > SMALL and whole > MOST_TIMES * size):
        raise refuse(
            f"The workbook unpacks to {whole // MIB} MiB, more than is read. Remove empty "
            "formatted rows and columns and save it again."
        )
