"""Files that are no workbook, or a dangerous one, are refused before anything parses them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from pipe_sched.formats import workbook, workbook_file
from tests.formats.workbook_plans import small

SHEET = "xl/worksheets/sheet2.xml"


def told(source: workbook_file.Source, limit_bytes: int = workbook.COMMAND_LINE_LIMIT) -> str:
    """The one reason against a file."""
    with pytest.raises(workbook.WorkbookErrors) as caught:
        workbook.read(source, limit_bytes=limit_bytes)
    (error,) = caught.value.errors
    return str(error)


def repacked(changed: Mapping[str, bytes]) -> bytes:
    """The small workbook with some parts replaced or added."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook.as_bytes(small()))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert told(tmp_path / "plan.xlsx").endswith("plan.xlsx”. Check its name and folder.")


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    assert "is a folder" in told(tmp_path)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "The file is empty."),
        (b"Id,Name\nkirk,Kirk Lodge\n", "This is not an Excel workbook, whatever its name"),
        (b"PK\x03\x04 not really", "This is not an Excel workbook, whatever its name"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file (.xls)"),
        (b"http://example.org/plan.xlsx", "This is not an Excel workbook, whatever its name"),
    ],
)
def test_a_file_of_another_kind_is_refused(data: bytes, part: str) -> None:
    assert part in told(data)


def test_another_kind_of_zip_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "another kind of zip file" in told(out.getvalue())


def test_a_cut_off_file_is_refused() -> None:
    assert "xlsx" in told(workbook.as_bytes(small())[:-300])


def test_a_workbook_over_the_limit_is_refused_whatever_it_holds() -> None:
    data = workbook.as_bytes(small())
    assert workbook.read(data, limit_bytes=len(data)) == small()
    assert "over the limit of 1 MiB" in told(bytes(1024 * 1024 + 1), workbook.WEB_LIMIT)
    assert "over the limit" in told(BytesIO(data), len(data) - 1)


def test_a_zip_bomb_is_refused_unopened() -> None:
    bomb = repacked({SHEET: b" " * (80 * 1024 * 1024)})
    assert len(bomb) < workbook.WEB_LIMIT
    assert "The workbook unpacks to" in told(bomb)


def test_a_part_packed_too_tightly_is_refused() -> None:
    assert "The workbook unpacks to" in told(repacked({SHEET: b" " * (30 * 1024 * 1024)}))


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_xml_that_defines_entities_is_refused(code: str) -> None:
    text = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
    assert "defines XML entities" in told(repacked({SHEET: text.encode(code)}))


def test_macros_are_refused() -> None:
    assert "has macros" in told(repacked({"xl/vbaProject.bin": b"x"}))


def test_a_damaged_sheet_is_named() -> None:
    with zipfile.ZipFile(BytesIO(workbook.as_bytes(small()))) as parts:
        broken = parts.read(SHEET).replace(b"<v>", b"<v>99999", 1)
    assert told(repacked({SHEET: broken})) == (
        "Sites: This sheet is damaged and cannot be read. Save the workbook again in Excel."
    )


def test_a_damaged_workbook_is_refused() -> None:
    assert "is damaged" in told(repacked({"xl/workbook.xml": b"<workbook"}))


def test_a_sheet_that_understates_its_size_is_read_whole() -> None:
    with zipfile.ZipFile(BytesIO(workbook.as_bytes(small()))) as parts:
        text = parts.read(SHEET).decode()
    lying = text.replace('<dimension ref="A1:G3"/>', '<dimension ref="A1"/>')
    assert lying != text
    assert workbook.read(repacked({SHEET: lying.encode()})) == small()


def test_rows_out_of_order_are_refused_rather_than_lost() -> None:
    with zipfile.ZipFile(BytesIO(workbook.as_bytes(small()))) as parts:
        turned = parts.read(SHEET).replace(b'<row r="3"', b'<row r="2"', 1)
    assert "its rows are not in order" in told(repacked({SHEET: turned}))
