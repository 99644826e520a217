"""The workbook goes out and comes back the same, and stays plain text on the way."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from pipe_sched.core.merge import KEYS
from pipe_sched.core.plan import Plan, ResidentRow, RoomRow, SiteRow
from pipe_sched.formats import workbook
from pipe_sched.formats.workbook_sheets import BY_TABLE, SHEETS
from tests.formats.workbook_plans import keys_are_unique, plans, put, small, spoiled


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_any_plan_comes_back_as_it_went_out(plan: Plan) -> None:
    assert keys_are_unique(plan)
    assert workbook.read(workbook.as_bytes(plan)) == plan


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert workbook.as_bytes(small()) == workbook.as_bytes(small())


def test_an_empty_template_reads_as_an_empty_plan(tmp_path) -> None:
    path = tmp_path / "plan.xlsx"
    workbook.write_template(path)
    assert workbook.read(path) == Plan()


def test_it_is_read_from_a_stream_too() -> None:
    assert workbook.read(BytesIO(workbook.as_bytes(small()))) == small()


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+44", "-1", "@SUM(A1)", "{=1}"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    plan = replace(small(), residents=(*small().residents, ResidentRow("X900003", text)))
    data = workbook.as_bytes(plan)
    book = openpyxl.load_workbook(BytesIO(data))
    assert book["Residents"]["B4"].value == text
    assert book["Residents"]["B4"].data_type == "s"
    assert workbook.read(data).residents[2].name == text


def test_links_stay_text() -> None:
    plan = Plan(sites=(SiteRow("a", "https://example.org"),))
    assert not openpyxl.load_workbook(BytesIO(workbook.as_bytes(plan)))["Sites"]["B2"].hyperlink


def test_every_field_of_every_row_has_a_column() -> None:
    inside = {("sites", "limits"), ("programmes", "parts")}
    for sheet in SHEETS:
        columns = {c.field for c in sheet.columns}
        told = {f for t, f in inside if t == sheet.table}
        assert columns | told == {f.name for f in fields(sheet.row)}, sheet.name


def test_every_table_of_a_plan_has_a_sheet() -> None:
    assert {f.name for f in fields(Plan)} - set(BY_TABLE) == {"bank_holidays"}


def test_sheets_and_merging_agree_on_which_row_it_is() -> None:
    assert {t: BY_TABLE[t].key for t in KEYS} == dict(KEYS)


def test_no_two_headings_of_a_sheet_are_alike() -> None:
    for sheet in SHEETS:
        assert len({c.heading.casefold() for c in sheet.columns}) == len(sheet.columns)


def test_the_template_guides_who_fills_it_in() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook.as_bytes(Plan())))
    assert book.sheetnames[0] == "Read me"
    told = [cell.value for row in book["Read me"].iter_rows() for cell in row if cell.value]
    assert all(sheet.name in told and sheet.what in told for sheet in SHEETS)
    for sheet in SHEETS:
        page = book[sheet.name]
        assert page.freeze_panes == "B2", sheet.name
        assert all(cell.comment for cell in page[1]), sheet.name
        assert page.max_row == 1, "an example must not get into the data"


def test_lists_of_choices_have_drop_downs() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook.as_bytes(Plan())))
    rules = book["Staff"].data_validations.dataValidation
    job = next(rule for rule in rules if "C2" in rule.sqref)
    assert job.type == "list"
    page, cells = job.formula1.lstrip("=").split("!")
    offered = [row[0].value for row in book[page][cells.replace("$", "")]]
    assert "Key worker" in offered
    assert "AP manager" in offered


def test_people_may_be_named_instead_of_their_ids() -> None:
    data = spoiled(small(), put("Staff", "G2", "worker gold"))
    assert workbook.read(data) == small()


@pytest.mark.parametrize(
    ("cell", "typed", "field", "value"),
    [
        ("D2", "Mon to Wed, Sat", "days", (1, 2, 3, 6)),
        ("D2", "monday, SUNDAY", "days", (1, 7)),
        ("D2", "weekdays", "days", (1, 2, 3, 4, 5)),
        ("D2", "every day", "days", ()),
        ("B2", "9:15am", "start", "09:15"),
        ("B2", "12am", "start", "00:00"),
        ("B2", "midday", "start", "12:00"),
        ("B2", "08.30", "start", "08:30"),
        ("B2", datetime(1900, 1, 1), "start", "00:00"),
    ],
)
def test_what_people_type_is_understood(
    cell: str, typed: object, field: str, value: object
) -> None:
    plan = workbook.read(
        spoiled(
            replace(small(), programmes=(), enrolments=(), deliveries=()), put("Hours", cell, typed)
        )
    )
    found = getattr(plan.hours[0], field)
    assert (f"{found:%H:%M}" if field == "start" else found) == value


def test_an_id_that_excel_took_for_a_number_is_read_as_text() -> None:
    plan = replace(small(), rooms=(*small().rooms, RoomRow("12", "kirk", "Room 12", 3)))
    assert workbook.read(spoiled(plan, put("Rooms", "A4", 12))).rooms[2].id == "12"


def test_empty_lines_are_passed_over() -> None:
    data = spoiled(small(), lambda book: book["Residents"].insert_rows(3, 4))
    assert workbook.read(data) == small()


def test_bank_holidays_are_those_of_the_years_around() -> None:
    days = {f"{d:%Y-%m-%d}" for d in workbook.read(workbook.as_bytes(small())).bank_holidays}
    assert {"2026-12-25", "2026-12-28", "2027-01-01", "2025-12-25", "2028-12-25"} <= days
    assert "2026-12-26" not in days
