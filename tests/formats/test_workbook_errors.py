"""Every mistake in a workbook is told by place and in plain words, all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from pipe_sched.core.plan import CurfewRow, PaidRow, Plan, ProgrammeRow, ResidentRow, RuleRow
from pipe_sched.formats import workbook
from tests.formats.workbook_plans import put, small, spoiled


def told(data: bytes, **more: Any) -> list[str]:
    """The errors of a workbook as people read them."""
    with pytest.raises(workbook.WorkbookErrors) as caught:
        workbook.read(data, **more)
    return [str(error) for error in caught.value.errors]


def after(*spoils: Callable[[Any], None], plan: Plan | None = None) -> list[str]:
    """The errors after these changes to the small workbook."""

    def all_of(book: Any) -> None:
        for spoil in spoils:
            spoil(book)

    return told(spoiled(plan or small(), all_of))


CELLS = [
    (
        put("Staff", "C2", "Key wroker"),
        "Staff, row 2, column C (Job): “Key wroker” is not one of the choices. "
        "Did you mean “Key worker”?",
    ),
    (
        put("Staff", "I2", "perhaps"),
        "Staff, row 2, column I (Counts for cover): “perhaps” is neither yes nor no. "
        "Write yes or no.",
    ),
    (
        put("Staff", "G2", "Worker Golb"),
        "Staff, row 2, column G (Line manager): There is no “Worker Golb” on the sheet "
        "Staff. Did you mean “Worker Gold”?",
    ),
    (
        put("Staff", "G2", "s1"),
        "Staff, row 2, column G (Line manager): Someone cannot be their own line manager. "
        "Name another or none.",
    ),
    (
        put("Staff", "A3", "s1"),
        "Staff, row 3, column A (Id): The id “s1” already stands in row 2. Give each its own.",
    ),
    (
        put("Staff", "B2", None),
        "Staff, row 2, column B (Name): This must be filled in.",
    ),
    (
        put("Staff", "D2", " , "),
        "Staff, row 2, column D (Sites): This must be filled in.",
    ),
    (put("Rooms", "D2", 0), "Rooms, row 2, column D (Seats): 0 is outside 1 to 500."),
    (put("Rooms", "D2", "four"), "Rooms, row 2, column D (Seats): “four” is not a whole number."),
    (put("Rooms", "D2", 4.5), "Rooms, row 2, column D (Seats): “4.5” is not a whole number."),
    (
        put("Rooms", "B2", "gaol"),
        "Rooms, row 2, column F (Next to): “r2” is at another site. Remove it.",
    ),
    (
        put("Rooms", "D2", "=2+2"),
        "Rooms, row 2, column D (Seats): This is a formula. Copy the cell and paste it as a "
        "value, or type what it shows.",
    ),
    (
        put("Rooms", "C2", '=HYPERLINK("x")'),
        "Rooms, row 2, column C (Name): This is a formula. Copy the cell and paste it as a "
        "value, or type what it shows.",
    ),
    (
        put("Shifts", "B2", "30 February 2027"),
        "Shifts, row 2, column B (Date): “30 February 2027” is not a date that exists. "
        "Write it like 30 November 2026.",
    ),
    (
        put("Shifts", "B2", datetime(2199, 1, 1)),
        "Shifts, row 2, column B (Date): The year 2199 is outside 2000 to 2100.",
    ),
    (
        put("Shifts", "C2", "25:00"),
        "Shifts, row 2, column C (From): “25:00” is not a time. Write it like 9:15am or 21:30.",
    ),
    (
        put("Shifts", "D2", time(20)),
        "Shifts, row 2, column D (To): This ends when it starts. Correct one of the times.",
    ),
    (
        put("Shifts", "D2", time(19, 30)),
        "Shifts, row 2, column D (To): This would last 23.5 hours, until the next day. "
        "Correct one of the times.",
    ),
    (
        put("Hours", "D2", "Mo-Funday"),
        "Hours, row 2, column D (Days): “mo” is not a day. Write days like Mon, Tue or every day.",
    ),
    (
        put("Hours", "D2", "Fri to Mon"),
        "Hours, row 2, column D (Days): “Fri to Mon” is not a stretch of days. "
        "Write it like Mon to Fri.",
    ),
    (
        put("Absences", "D2", "29 November 2026"),
        "Absences, row 2, column D (Last date): This ends on 29 November 2026 at 09:00, before "
        "or when it starts. Correct the dates or times.",
    ),
    (
        put("Stays", "E2", "1 November 2026"),
        "Stays, row 2, column E (Leaves): The stay ends on 1 November 2026, before it starts on "
        "30 November 2026. Correct one of the two.",
    ),
    (
        put("Kept apart", "B2", "X900001"),
        "Kept apart, row 2, column B (Kept apart from): Nobody can be kept apart from "
        "themselves. Name another person.",
    ),
    (
        put("Key workers", "D2", "s1"),
        "Key workers, row 2, column D (Back-up key worker): The back-up is the key worker. "
        "Name another.",
    ),
    (
        put("Residents", "A2", "X 1"),
        "Residents, row 2, column A (CRN): “X 1” cannot be an id. Use up to 40 letters, digits "
        "and dashes, starting with a letter or digit.",
    ),
    (
        put("Residents", "B2", "two\nlines"),
        "Residents, row 2, column B (Name): The text has a line break or invisible character. "
        "Type it again on one line.",
    ),
    (
        put("Programme", "E2", "Art\u202e room"),
        "Programme, row 2, column E (Called): The text has a line break or invisible character. "
        "Type it again on one line.",
    ),
    (
        put("Residents", "D7", "note"),
        "Residents, row 7, column A (CRN): This must be filled in.",
    ),
    (
        put("Residents", "H2", "note"),
        "Residents, row 2, column H: Something stands here, under no heading of this sheet. "
        "Remove it.",
    ),
    (
        put("Programme", "D2", 600),
        "Programme, row 2, column D (Minutes): 600 minutes do not fit into the hours in which "
        "the site holds key work. Make it shorter, or change its times or the hours.",
    ),
    (
        put("Who leads", "C2", None),
        "Who leads, row 2, column C (Role): This must be filled in.",
    ),
    (
        put("Who leads", "B2", "1 May 2026"),
        "Who leads, row 2, column B (Settings from): “key” has no settings with this From date "
        "on the sheet Programme. Use the same date, or blank where it is blank.",
    ),
    (
        put("Enrolments", "F2", "1 May 2026"),
        "Enrolments, row 2, column E (Paused from): The pause has a last day but no first. "
        "Fill it in.",
    ),
    (
        put("Site settings", "C2", -1),
        "Site settings, row 2, column C (Value): -1 is outside 0 to 20000.",
    ),
]


@pytest.mark.parametrize(("spoil", "sentence"), CELLS)
def test_a_mistake_names_its_cell_and_the_way_out(
    spoil: Callable[[Any], None], sentence: str
) -> None:
    assert sentence in after(spoil)


def residents(*rows: ResidentRow) -> Plan:
    """The small plan with these residents."""
    plan = small()
    return replace(plan, residents=(*rows, *plan.residents[len(rows) :]))


def test_a_restriction_names_who_may_see_who_this_is() -> None:
    first = small().residents[0]
    nobody = after(plan=residents(replace(first, restricted=True)))
    assert nobody == [
        "Residents, row 2, column F (Only these may see who this is): Nobody may see who this "
        "restricted resident is. Name those who may."
    ]
    idle = after(plan=residents(replace(first, seen_by=("s1",))))
    assert idle == [
        "Residents, row 2, column E (Restricted): This list counts only for a restricted "
        "resident. Write yes, or empty the list."
    ]
    strange = residents(replace(first, restricted=True, seen_by=("s1", "s9")))
    assert "There is no “s9” on the sheet Staff or Outside people" in after(plan=strange)[0]


def test_all_mistakes_are_told_at_once() -> None:
    found = after(
        put("Rooms", "D2", 0),
        put("Staff", "C3", "x"),
        put("Shifts", "A2", "nobody"),
        put("Stays", "C2", "soon"),
    )
    assert [line.split(" (")[0] for line in found] == [
        "Rooms, row 2, column D",
        "Staff, row 3, column C",
        "Shifts, row 2, column A",
        "Stays, row 2, column C",
    ]


def test_a_time_that_the_clocks_skip_is_refused_and_another_offered() -> None:
    plan = replace(small(), paid=(PaidRow("s1", date(2027, 3, 28), time(0, 30), time(2)),))
    assert after(put("Paid attendance", "C2", time(1, 30)), plan=plan) == [
        "Paid attendance, row 2, column C (From): 01:30 on 28 March 2027 does not exist: the "
        "clocks go forward. Use 02:00 or later."
    ]


def test_a_time_that_exists_twice_is_taken() -> None:
    plan = replace(small(), paid=(PaidRow("s1", date(2027, 10, 31), time(1, 30), time(3)),))
    assert workbook.read(workbook.as_bytes(plan)).paid == plan.paid


def test_a_repeated_night_curfew_is_no_mistake_on_the_night_of_the_change() -> None:
    plan = replace(small(), curfews=(CurfewRow("X900001", time(1, 30), time(6)),))
    assert workbook.read(workbook.as_bytes(plan)).curfews == plan.curfews


def test_a_missing_sheet_is_named_and_what_refers_to_it_is_not_blamed() -> None:
    assert after(lambda book: book.remove(book["Staff"])) == [
        "The sheet “Staff” is missing. Put it back, empty if need be."
    ]


def test_an_unknown_sheet_is_named_with_the_nearest() -> None:
    def rename(book: Any) -> None:
        book["Shifts"].title = "Shfits"

    found = after(rename)
    assert "Shfits: The workbook has no use for this sheet. Did you mean “Shifts”?" in found
    assert "The sheet “Shifts” is missing. Put it back, empty if need be." in found


def test_an_unknown_column_is_named_and_the_missing_one_too() -> None:
    assert after(put("Rooms", "D1", "Seat"))[:2] == [
        "Rooms: The column “Seats” is missing. Put its heading back in row 1.",
        "Rooms, row 1, column D: “Seat” is not a heading of this sheet. Did you mean “Seats”?",
    ]


def test_a_heading_that_stands_twice_is_refused() -> None:
    assert (
        "Rooms, row 1, column E: The heading “Seats” stands twice. Keep one of the two columns."
        in after(put("Rooms", "E1", "Seats"))
    )


def test_two_people_of_one_name_must_be_told_apart_by_id() -> None:
    found = after(put("Staff", "B3", "Worker Teal"), put("Shifts", "A2", "Worker Teal"))
    assert found == [
        "Shifts, row 2, column A (Staff): “Worker Teal” could be s1 or s2. Write the id."
    ]


def test_one_id_for_a_worker_and_a_resident_is_refused() -> None:
    assert (
        "Residents, row 3, column A (CRN): The id “s1” already stands on Staff, row 2. "
        "Use another." in after(put("Residents", "A3", "s1"))
    )


def test_the_same_line_twice_is_refused() -> None:
    plan = replace(small(), shifts=small().shifts * 2)
    assert told(workbook.as_bytes(plan)) == [
        "Shifts, row 3, column A (Staff): Row 2 has the same Staff, Date, From. "
        "Keep one of the two lines."
    ]


def test_two_stays_at_once_are_refused() -> None:
    first = small().stays[0]
    second = replace(first, arrives=date(2026, 12, 5), leaves=None)
    gone = replace(first, arrives=date(2026, 12, 7), status="cancelled")
    assert told(workbook.as_bytes(replace(small(), stays=(second, first, gone)))) == [
        "Stays, row 2, column C (Arrives): This stay begins before the one in row 3 ends. "
        "Give that one its last day, or correct this."
    ]


def test_a_move_on_the_day_a_stay_ends_is_taken() -> None:
    first = small().stays[0]
    assert first.leaves
    plan = replace(
        small(), stays=(first, replace(first, site="gaol", arrives=first.leaves, leaves=None))
    )
    assert workbook.read(workbook.as_bytes(plan)).stays == plan.stays


def test_a_pair_kept_apart_the_other_way_round_is_the_same_pair() -> None:
    pair = small().kept_apart[0]
    plan = replace(small(), kept_apart=(pair, replace(pair, a=pair.b, b=pair.a)))
    assert told(workbook.as_bytes(plan)) == [
        "Kept apart, row 3, column A (Person): Row 2 has the same Person, Kept apart from, "
        "From date. Keep one of the two lines."
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"not_before": time(10), "not_after": time(10, 30)},
            "column D (Minutes): 45 minutes do not fit between 10:00 and 10:30. "
            "Make it shorter or the times wider.",
        ),
        (
            {"days": (6, 7)},
            "column D (Minutes): 45 minutes do not fit into the hours in which the site holds "
            "key work. Make it shorter, or change its times or the hours.",
        ),
        (
            {"smallest": 9, "largest": 8},
            "(Smallest group): The smallest group, 9, is larger than the largest, 8. "
            "Correct one of the two.",
        ),
        (
            {"quorum": 9, "largest": 8},
            "(Quorum): The quorum, 9, is more than the largest group, 8. Correct one of the two.",
        ),
        (
            {"often": "series"},
            "(Steps in the series): A series needs its number of steps. Fill it in.",
        ),
        (
            {"often": "once_a_stay", "from_day": 3, "to_day": 2},
            "(To day of the stay): The last day of the stay is before the first. Correct one.",
        ),
        (
            {"since": date(2026, 5, 2), "until": date(2026, 5, 1)},
            "(Until date): The last day, 1 May 2026, is before the first, 2 May 2026. "
            "Correct one of the two.",
        ),
    ],
)
def test_a_programme_that_could_never_be_held_is_refused(
    changes: dict[str, Any], sentence: str
) -> None:
    row: ProgrammeRow = replace(small().programmes[0], **changes)
    (found,) = told(workbook.as_bytes(replace(small(), programmes=(row,))))
    assert found.startswith("Programme, row 2, ")
    assert found.endswith(sentence)


def test_a_rule_that_is_not_in_the_book_is_named_with_the_nearest() -> None:
    plan = replace(small(), rules=(RuleRow("kirk", "same_wroker", "off"),))
    assert told(workbook.as_bytes(plan), rules=["same_worker", "travel"]) == [
        "Rules, row 2, column B (Rule): There is no rule “same_wroker”. Did you mean “same_worker”?"
    ]


def test_an_on_call_duty_may_last_a_day() -> None:
    plan = replace(small(), shifts=(replace(small().shifts[0], end=time(19), type="on-call"),))
    assert workbook.read(workbook.as_bytes(plan)).shifts == plan.shifts


@pytest.mark.parametrize("limit", ["MOST_ROWS", "DEEPEST"])
def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(f"pipe_sched.formats.workbook_read.{limit}", 2)
    plan = replace(
        small(),
        paid=tuple(PaidRow("s1", date(2026, 12, n), time(9), time(10)) for n in range(1, 4)),
    )
    last = 4 if limit == "MOST_ROWS" else 3
    found = told(workbook.as_bytes(plan))
    assert any(
        line.startswith(f"Paid attendance, row {last}: The sheet has more than") for line in found
    )
