"""Whatever stands in a cell or a file, reading gives a plan or sentences, never a crash."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipe_sched.core.plan import Plan
from pipe_sched.formats import workbook
from pipe_sched.formats.workbook_sheets import SHEETS
from tests.formats.workbook_plans import small

SLOW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300)
ANYTHING = st.one_of(
    TEXT,
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.sampled_from(("#REF!", "=1+1", ",", ";;", "-", "Mon to", "every", "24:00", "0", " ", "\t")),
    st.sampled_from((time(1, 30), date(2027, 3, 28), datetime(2027, 3, 28, 1, 30))),
)


@cache
def original() -> bytes:
    """The small workbook."""
    return workbook.as_bytes(small())


def answer(data: bytes) -> tuple[Plan | None, list[str]]:
    """The plan in a file, or what is wrong with it."""
    try:
        return workbook.read(data), []
    except workbook.WorkbookErrors as problem:
        return None, [error.say for error in problem.errors]


@st.composite
def typed(draw: Any) -> list[tuple[str, int, int, object]]:
    """Up to eight cells, anywhere near the filled ones, with anything in them."""
    cells = []
    for _ in range(draw(st.integers(1, 8))):
        sheet = draw(st.sampled_from(SHEETS))
        row, column = draw(st.integers(1, 4)), draw(st.integers(1, len(sheet.columns) + 1))
        cells.append((sheet.name, row, column, draw(ANYTHING)))
    return cells


@SLOW
@given(typed())
def test_anything_typed_into_cells_is_taken_or_told(
    cells: list[tuple[str, int, int, object]],
) -> None:
    book = openpyxl.load_workbook(BytesIO(original()))
    for sheet, row, column, value in cells:
        book[sheet].cell(row, column).value = value
    out = BytesIO()
    book.save(out)
    plan, told = answer(out.getvalue())
    assert (plan is None) == bool(told)
    assert all(sentence.endswith((".", "?")) for sentence in told)


@SLOW
@given(st.data())
def test_a_file_with_spoiled_bytes_is_read_whole_or_refused(data: st.DataObject) -> None:
    spoiled = bytearray(original())
    for _ in range(data.draw(st.integers(1, 20))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    plan, told = answer(bytes(spoiled))
    assert plan == small() or told


@SLOW
@given(st.binary(max_size=2000))
def test_any_bytes_at_all_are_refused_in_words(data: bytes) -> None:
    plan, told = answer(b"PK\x03\x04" + data)
    assert plan is None
    assert told
