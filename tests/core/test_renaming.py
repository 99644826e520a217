"""Residents get other ids everywhere, and a field that may hold one cannot be forgotten."""

from __future__ import annotations

import dataclasses
from datetime import date, time
from typing import Any, get_args, get_origin, get_type_hints

from pipe_sched.core import plan as sheets
from pipe_sched.core.plan import (
    CommitmentRow,
    EnrolmentRow,
    Part,
    Plan,
    ProgrammeRow,
    ResidentRow,
    StaffRow,
    StayRow,
)
from pipe_sched.core.renaming import RESIDENTS, aliased, renamed, residents_in
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Booking, Demand, Lead, Owed, Person, Timetable, Week

DAY = date(2026, 11, 30)
OTHERS = {
    "sites": {"id", "name", "type", "place", "limits"},
    "hours": {"site", "kinds"},
    "routine": {"site", "name", "spares"},
    "cover": {"site"},
    "rooms": {"id", "site", "name", "features", "next_to"},
    "rooms_closed": {"room"},
    "travel": {"from_site", "to_site"},
    "staff": {"id", "name", "job", "sites", "employer", "training", "manager"},
    "outside": {"id", "name", "job"},
    "shifts": {"staff", "sites", "type"},
    "absences": {"staff"},
    "paid": {"staff"},
    "free": {"sites"},
    "residents": {"name", "hidden_from", "seen_by"},
    "stays": {"site", "status"},
    "allocations": {"key_worker", "back_up", "third"},
    "commitments": {"id", "name", "site"},
    "safe_to_see": {"only", "never"},
    "barred": {"site", "room"},
    "programmes": {"id", "site", "kind", "parts", "attend_jobs", "features", "title"},
    "enrolments": {"programme"},
    "deliveries": {"programme", "led_by", "room"},
    "rules": {"site", "rule"},
}
"""Fields of text in which no resident's id can stand."""


def test_every_field_of_text_is_known_to_hold_residents_or_not_to() -> None:
    hints = get_type_hints(Plan, vars(sheets))
    for sheet, hint in hints.items():
        row = get_args(hint)[0]
        if row is date:
            continue
        texts = {name for name, kind in get_type_hints(row).items() if _holds_text(kind)}
        told = set(RESIDENTS.get(sheet, ())) | OTHERS.get(sheet, set())
        assert texts == told, sheet


def _holds_text(kind: Any) -> bool:
    """Whether a field of this type can hold any text; a choice of fixed words cannot."""
    if kind is str or (dataclasses.is_dataclass(kind) and kind is Part):
        return True
    return get_origin(kind) is not None and any(_holds_text(part) for part in get_args(kind))


def test_every_field_for_residents_is_renamed() -> None:
    for sheet, names in RESIDENTS.items():
        row = get_args(get_type_hints(Plan, vars(sheets))[sheet])[0]
        kinds = get_type_hints(row)
        filled = {name: _filled(name, kinds[name], names) for name in kinds}
        there = Plan(**{sheet: (row(**filled),)})
        (now,) = getattr(renamed(there, {"X1": "r-1"}), sheet)
        for name in names:
            assert getattr(now, name) in ("r-1", ("r-1",)), (sheet, name)
        assert "X1" not in repr(now)


def _filled(name: str, kind: Any, names: tuple[str, ...]) -> Any:
    """Some value of the type; X1 where a resident's id may stand."""
    if name in names:
        return ("X1",) if get_origin(kind) is tuple else "X1"
    plain = {str: "x", int: 1, bool: False, date: DAY, time: time(9)}
    if kind in plain:
        return plain[kind]
    if get_origin(kind) is tuple:
        return ()
    first = get_args(kind)[0]
    return plain.get(first, first)


def test_who_is_not_named_keeps_their_id() -> None:
    there = Plan(
        staff=(StaffRow("s1", "Worker", "key_worker", ("a",)),),
        residents=(ResidentRow("X1", "One"), ResidentRow("X2", "Two")),
        stays=(StayRow("X1", "a", DAY),),
        commitments=(CommitmentRow("c", "s1", "Meeting", time(9), time(10), DAY),),
        programmes=(ProgrammeRow("p", "a", "structured", 60, also_required=("X2", "s1")),),
        enrolments=(EnrolmentRow("p", "X3", DAY),),
    )
    assert residents_in(there) == {"X1", "X2", "X3"}
    now = renamed(there, {"X1": "r-1", "X3": "r-3"})
    assert [r.id for r in now.residents] == ["r-1", "X2"]
    assert now.stays[0].resident == "r-1"
    assert now.commitments == there.commitments
    assert now.programmes == there.programmes
    assert now.enrolments[0].person == "r-3"
    assert renamed(there, {}) == there


def test_an_alias_stands_everywhere_in_a_week_also_inside_ids() -> None:
    key = "a:key:X1:1"
    week = Week(
        2026,
        49,
        (),
        people=(Person("X1", "resident", "a"), Person("s1", "staff", "a", manager="s2")),
        demands=(
            Demand(key, "a", "key_work", 45, (Span(0, 60),), required=("X1",), series="key:X1"),
        ),
        bookings=(Booking(f"2026-W48:{key}", "a", Span(0, 9), "key_work", people=("X1", "s1")),),
        owed=(Owed("X1", (key,), 1),),
        published=(Assignment(key, 0, None, (Lead("lead", "s1"),), ("X1",)),),
        cancelled=(key,),
    )
    now = aliased(week, {"X1": "R1"})
    assert "X1" not in repr(now)
    assert now.demands[0].id == now.owed[0].demands[0] == now.published[0].demand == "a:key:R1:1"
    assert now.people[1] == week.people[1]
    assert aliased(Timetable(week.published), {"X1": "R1"}).assignments == now.published
