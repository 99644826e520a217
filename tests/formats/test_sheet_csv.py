"""CSV files that no spreadsheet can be tricked into running."""

import csv
import io

import pytest

from pipe_sched.core.labels import labels_for
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Demand, Room, Site, Timetable, Week
from pipe_sched.formats.sheet_csv import HEADINGS, to_csv

WEEK = Week(
    2026,
    49,
    (Site("kirk"),),
    ("kirk",),
    rooms=(Room("r1", "kirk", 4),),
    demands=(Demand("d1", "kirk", "structured", 75, (Span(0, 10_000),)),),
)


def cells(room_name):
    labels = labels_for(WEEK, {}, {"r1": room_name}, {"kirk": "Kirk Lodge"})
    text = to_csv(WEEK, Timetable((Assignment("d1", 600, "r1"),)), labels)
    return list(csv.reader(io.StringIO(text)))


def test_a_session_is_one_row_with_date_and_24_hour_times():
    head, row = cells("Group room")
    assert tuple(head) == HEADINGS
    assert row[:6] == [
        "2026-11-30",
        "10:00",
        "11:15",
        "Kirk Lodge",
        "Group room",
        "Structured session",
    ]


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_a_cell_that_begins_like_a_formula_is_text(sign):
    _, row = cells(f"{sign}HYPERLINK(1)")
    assert row[4] == f"'{sign}HYPERLINK(1)"
