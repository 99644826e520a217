"""Plans for the workbook's tests: a small fixed one, random ones, and a way to spoil a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
from hypothesis import strategies as st

from pipe_sched.core.kinds import JOBS, KINDS
from pipe_sched.core.merge import KEYS, key_of
from pipe_sched.core.plan import (
    AbsenceRow,
    AllocationRow,
    ApartRow,
    BarredRow,
    CommitmentRow,
    CoverRow,
    CurfewRow,
    DeliveryRow,
    EnrolmentRow,
    FreeRow,
    HoursRow,
    OutsideRow,
    PaidRow,
    Part,
    Plan,
    ProgrammeRow,
    ResidentRow,
    RoomClosedRow,
    RoomRow,
    RoutineRow,
    RuleRow,
    SafeRow,
    ShiftRow,
    SiteRow,
    StaffRow,
    StayRow,
    TravelRow,
)
from pipe_sched.formats import workbook, workbook_words
from pipe_sched.formats.bank_holidays import bank_holidays, years_of

MONDAY = date(2026, 11, 30)


def small() -> Plan:
    """One of almost everything, at one premises."""
    plan = Plan(
        sites=(SiteRow("kirk", "Kirk Lodge", limits=(("rest", 600),)), SiteRow("gaol", "A gaol")),
        hours=(HoursRow("kirk", time(9), time(17), (1, 2, 3, 4, 5)),),
        rooms=(
            RoomRow("r1", "kirk", "Room 1", 4, ("quiet",), ("r2",)),
            RoomRow("r2", "kirk", "Room 2", 8),
        ),
        rooms_closed=(RoomClosedRow("r2", MONDAY, time(9), MONDAY, time(12)),),
        travel=(TravelRow("kirk", "gaol", 40),),
        staff=(
            StaffRow("s1", "Worker Teal", "key_worker", ("kirk",), manager="s2", counts=True),
            StaffRow("s2", "Worker Gold", "ap_manager", ("kirk",)),
        ),
        outside=(OutsideRow("v1", "Visitor Wren", "probation_practitioner"),),
        shifts=(ShiftRow("s1", MONDAY, time(20), time(8), ("kirk",)),),
        absences=(AbsenceRow("s1", MONDAY, time(9), MONDAY + timedelta(2), time(9)),),
        residents=(ResidentRow("X900001", "Resident Elm"), ResidentRow("X900002", "Resident Oak")),
        stays=(StayRow("X900001", "kirk", MONDAY, time(16), MONDAY + timedelta(90)),),
        allocations=(AllocationRow("X900001", "s1", MONDAY, "s2"),),
        commitments=(CommitmentRow("c1", "X900001", "Appointment", time(9), time(10), MONDAY),),
        kept_apart=(ApartRow("X900001", "X900002"),),
        programmes=(
            ProgrammeRow(
                "key", "kirk", "key_work", 45, parts=(Part("lead", jobs=("key_worker",)),)
            ),
        ),
        enrolments=(EnrolmentRow("key", "X900001", MONDAY),),
        deliveries=(
            DeliveryRow("key", MONDAY - timedelta(7), time(10), 45, "held", "X900001", "s1"),
        ),
    )
    return with_holidays(plan)


def with_holidays(plan: Plan) -> Plan:
    """The plan with the bank holidays that reading adds."""
    return replace(plan, bank_holidays=bank_holidays(years_of(plan)))


def spoiled(plan: Plan, spoil: Callable[[Any], None]) -> bytes:
    """The plan's workbook after someone opened it, changed something and saved it."""
    book = openpyxl.load_workbook(BytesIO(workbook.as_bytes(plan)))
    spoil(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def put(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    """Type a value into a cell."""

    def spoil(book: Any) -> None:
        book[sheet][cell] = value

    return spoil


IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True)
TEXTS = (
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn")), min_size=1, max_size=30
    )
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and "x005F_" not in text)
)
WORDS = st.lists(
    st.from_regex(r"[a-z=+@-][a-z_ ]{0,6}[a-z]", fullmatch=True), max_size=3, unique=True
).map(tuple)
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
DAYTIMES = st.times(time(3), time(21)).map(lambda t: t.replace(second=0, microsecond=0))
DATES = st.dates(date(2020, 1, 1), date(2030, 12, 31))
DAYS = st.sets(st.integers(1, 7)).map(lambda days: tuple(sorted(days)))
GENDER = st.sampled_from((None, "woman", "man"))
FLAG = st.booleans()


def some(values: Any) -> Any:
    """Up to three of these values, each once, in any order."""
    if not values:
        return st.just(())
    return st.lists(st.sampled_from(sorted(values)), max_size=3, unique=True).map(tuple)


def maybe(strategy: Any) -> Any:
    """A value or none."""
    return st.none() | strategy


def spell(draw: Any) -> dict[str, Any]:
    """First and last date, either of them open."""
    first, more = draw(maybe(DATES)), draw(maybe(st.integers(0, 400)))
    last = None if more is None else (first or MONDAY) + timedelta(more)
    return {"since": first, "until": last}


@st.composite
def plans(draw: Any) -> Plan:
    """Any plan that makes sense: values of every column, references between the sheets."""
    ids = draw(st.lists(IDS, min_size=12, max_size=12, unique_by=str.casefold))
    sites, staff, crns = ids[:2], ids[2:5], ids[5:8]
    outside, rooms, programmes = ids[8:9], ids[9:11], ids[11:]
    people = (*staff, *crns, *outside)
    one = lambda values: draw(st.sampled_from(values))  # noqa: E731
    lead = draw(some(people[:3]))
    day, start = draw(DATES), draw(DAYTIMES)
    late = (datetime_plus(start, 60), datetime_plus(start, 120))
    minutes = draw(st.integers(5, 60))
    plan = Plan(
        sites=tuple(
            SiteRow(
                s, draw(TEXTS), one(tuple(workbook_words.SITE_TYPES)), draw(FLAG), 3, draw(TEXTS)
            )
            for s in sites
        ),
        hours=(HoursRow(sites[0], time(0), time(0), (), draw(some(KINDS))),),
        routine=(
            RoutineRow(
                sites[0], draw(TEXTS), draw(TIMES), draw(TIMES), draw(DAYS), draw(some(KINDS)), 5
            ),
        ),
        cover=(CoverRow(sites[1], draw(st.integers(0, 50)), draw(TIMES), draw(TIMES), draw(DAYS)),),
        rooms=(
            RoomRow(rooms[0], sites[0], draw(TEXTS), 3, draw(WORDS), (rooms[1],)),
            RoomRow(rooms[1], sites[0], draw(TEXTS), 1, turn_round=draw(st.integers(0, 240))),
        ),
        rooms_closed=(RoomClosedRow(rooms[0], day, start, day + timedelta(1), draw(DAYTIMES)),),
        travel=(TravelRow(sites[1], sites[0], draw(st.integers(0, 600))),),
        staff=tuple(
            StaffRow(
                s,
                draw(TEXTS),
                one(tuple(JOBS)),
                tuple(reversed(sites)),
                draw(TEXTS),
                draw(WORDS),
                one((None, *(p for p in staff if p != s))),
                draw(GENDER),
                draw(FLAG),
                draw(FLAG),
                draw(FLAG),
                draw(FLAG),
                **spell(draw),
            )
            for s in staff
        ),
        outside=(OutsideRow(outside[0], draw(TEXTS), one(tuple(JOBS)), draw(GENDER)),),
        shifts=(
            ShiftRow(
                staff[0], day, start, late[0], (sites[0],), one(tuple(workbook_words.SHIFT_TYPES))
            ),
        ),
        absences=(AbsenceRow(staff[1], day, start, day, late[1]),),
        paid=(PaidRow(staff[2], day, start, late[1]),),
        free=(FreeRow(outside[0], day, start, draw(DAYTIMES), draw(some(sites))),),
        residents=tuple(
            ResidentRow(
                c,
                draw(TEXTS),
                draw(GENDER),
                draw(FLAG),
                bool(listed),
                draw(some(staff)),
                listed,
            )
            for c in crns
            for listed in (draw(some(staff)),)
        ),
        stays=(
            StayRow(
                crns[0],
                sites[0],
                day,
                draw(maybe(DAYTIMES)),
                day + timedelta(3),
                draw(maybe(DAYTIMES)),
                one(tuple(workbook_words.STATUSES)),
                one(tuple(workbook_words.PLACES)),
                draw(FLAG),
            ),
            StayRow(crns[1], sites[1], day),
        ),
        allocations=(
            AllocationRow(crns[0], staff[0], day, one((None, staff[1])), one((None, staff[2]))),
        ),
        commitments=(
            CommitmentRow(
                ids[0] + "c",
                one(people),
                draw(TEXTS),
                start,
                late[0],
                day,
                None,
                draw(DAYS),
                one((None, *sites)),
                draw(FLAG),
                20,
                draw(FLAG),
            ),
        ),
        curfews=(CurfewRow(crns[1], draw(TIMES), draw(TIMES), draw(DAYS), **spell(draw)),),
        kept_apart=(ApartRow(crns[2], crns[1], one(("session", "rooms")), 7, **spell(draw)),),
        safe_to_see=(
            SafeRow(
                crns[0],
                lead,
                (staff[0],),
                draw(FLAG),
                draw(maybe(TIMES)),
                draw(maybe(TIMES)),
                draw(FLAG),
                one(tuple(workbook_words.SEEN_BY)),
            ),
        ),
        barred=(BarredRow(crns[0], None, rooms[0]), BarredRow(crns[0], sites[1], None, draw(FLAG))),
        programmes=(
            draw(programme_rows(programmes[0], sites[0], people, minutes, None)),
            draw(programme_rows(programmes[0], sites[0], people, minutes, day)),
        ),
        enrolments=(
            EnrolmentRow(programmes[0], crns[1], day, None, day, draw(maybe(st.just(day)))),
        ),
        deliveries=tuple(
            DeliveryRow(
                programmes[0],
                day,
                start,
                minutes,
                one(tuple(workbook_words.OUTCOMES)),
                person,
                one((None, *staff, *outside)),
                draw(st.integers(0, 9)),
                one((None, *rooms)),
            )
            for person in (None, crns[0])
        ),
        rules=(
            RuleRow(sites[0], "same_worker", one((None, "must", "off")), one((None, "held")), 5),
        ),
    )
    return with_holidays(plan)


def datetime_plus(at: time, minutes: int) -> time:
    """A time of day so many minutes later, on the same day."""
    total = min(at.hour * 60 + at.minute + minutes, 23 * 60 + 59)
    return time(total // 60, total % 60)


@st.composite
def programme_rows(
    draw: Any, own: str, site: str, people: tuple[str, ...], minutes: int, since: date | None
) -> ProgrammeRow:
    """A programme line with any settings that can be held."""
    number = lambda least, most: draw(st.integers(least, most))  # noqa: E731
    parts = tuple(
        Part(
            role, number(1, 5), ("named", *draw(some(JOBS))), draw(TEXTS | st.just("")), people[:2]
        )
        for role in draw(st.lists(TEXTS, max_size=2, unique_by=str.casefold))
    )
    from_day = number(0, 9)
    return ProgrammeRow(
        own,
        site,
        draw(st.sampled_from(tuple(KINDS))),
        minutes,
        draw(st.sampled_from(tuple(workbook_words.OFTEN))),
        number(1, 5),
        number(1, 9),
        draw(st.sampled_from(tuple(workbook_words.WHOM))),
        draw(st.sampled_from(tuple(workbook_words.MODES))),
        number(0, 3),
        parts,
        draw(some(JOBS)),
        draw(some(people)),
        draw(FLAG),
        number(0, 4),
        number(4, 1000),
        number(0, 4),
        draw(WORDS),
        draw(FLAG),
        draw(DAYS),
        draw(maybe(st.just(time(9)))),
        draw(maybe(st.just(time(12)))),
        draw(maybe(TIMES)),
        draw(maybe(TIMES)),
        draw(DAYS),
        number(0, 999),
        number(0, 999),
        *(draw(FLAG) for _ in range(7)),
        draw(st.sampled_from(tuple(workbook_words.PLACES))),
        draw(FLAG),
        draw(FLAG),
        number(1, 9),
        number(0, 9000),
        from_day,
        from_day + number(0, 9),
        number(0, 9),
        number(0, 9),
        draw(maybe(DATES)),
        since,
        None,
    )


def keys_are_unique(plan: Plan) -> bool:
    """Whether no two rows of a table are the same row."""
    return all(
        len({key_of(table, row) for row in getattr(plan, table)}) == len(getattr(plan, table))
        for table in KEYS
    )
