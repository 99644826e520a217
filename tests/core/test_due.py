"""What is due: ids that never change, bank holidays, stays, and settings with dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipe_sched.core.clock import Clock
from pipe_sched.core.due import due, due_id
from pipe_sched.core.plan import (
    AbsenceRow,
    EnrolmentRow,
    HoursRow,
    PaidRow,
    Plan,
    ProgrammeRow,
    ShiftRow,
    StayRow,
)
from tests.core.plans import (
    CAME,
    KEY,
    W49,
    day,
    drawn,
    dues,
    held,
    ids,
    kirk,
    open_dates,
    programme,
    told,
)

CHRISTMAS, NEW_YEAR = Clock(2026, 52), Clock(2026, 53)
HOLIDAYS = (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))
MEET = programme("MEET", "community_meeting", 45, mode="expected", quorum=1)
GROUP = programme("STRUCT", "structured", 75, on_bank_holidays=False)
EVERY_WAY = (
    KEY,
    MEET,
    programme("ART", "creative", 90, times=2, owed=1),
    programme(
        "RP", "reflective_practice", often="n_weekly", every=2, mode="expected", support=True
    ),
    programme("CIRCLE", "group_supervision", often="monthly", mode="expected", support=True),
    programme("SUPER", "supervision", often="days", every=28, whom="each_worker"),
    programme("IND", "induction", often="once_a_stay", from_day=1, to_day=5, whom="each_resident"),
    programme("EDUC", "psychoeducation", often="series", length=8, mode="expected"),
)
SOME = st.lists(st.sampled_from(EVERY_WAY), unique=True, max_size=8)


def resident_ids(plan: Plan, clock: Clock = W49) -> set[str]:
    """The ids that are one person's."""
    return {d.id for d in drawn(plan, clock).items if d.person}


# ids


def test_ids_hold_site_programme_person_and_number() -> None:
    assert due_id("kirk", "keywork", "X100001", "1") == "kirk:keywork:X100001:1"
    assert due_id("kirk", "meet", None, "1") == "kirk:meet:group:1"


@given(st.lists(st.text(min_size=1, max_size=8), min_size=4, max_size=4))
def test_ids_are_plain_and_never_run_together(parts: list[str]) -> None:
    made = due_id(*parts)
    assert made.isascii()
    assert not any(c.isspace() for c in made)
    assert made.count(":") == 3


@settings(max_examples=40)
@given(SOME, st.integers(0, 4), st.integers(1, 53))
def test_drawing_up_twice_gives_the_same(
    rows: list[ProgrammeRow], residents: int, number: int
) -> None:
    clock = Clock(2026, number)
    plan = kirk(*rows, residents=residents, clock=clock)
    assert drawn(plan, clock) == drawn(plan, clock)
    assert len(ids(plan, clock)) == len(drawn(plan, clock).items)


@settings(max_examples=40)
@given(SOME, st.integers(0, 4), st.permutations(range(8)))
def test_one_more_resident_or_another_order_renames_nobody_elses_sessions(
    rows: list[ProgrammeRow], residents: int, order: list[int]
) -> None:
    plan = kirk(*rows, residents=residents)
    more = kirk(*rows, residents=residents + 1)
    new = f"X{residents + 1}"
    assert {i for i in ids(more) if new not in i.split(":")} == set(ids(plan))
    turned = kirk(*(rows[i] for i in order if i < len(rows)), residents=residents)
    assert set(ids(turned)) == set(ids(plan))


def test_two_programmes_that_share_an_id_at_different_dates_are_one() -> None:
    old = replace(MEET, minutes=30, until=day(2))
    new = replace(MEET, minutes=60, since=day(3))
    found = dues(kirk(old, new))["kirk:MEET:group:1"]
    assert found.programme.minutes == 60
    assert open_dates(found) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(("since", "minutes"), [(day(1, -1), 60), (day(4), 60), (day(5), 30)])
def test_new_settings_take_over_from_their_date_though_the_old_were_left_open(
    since: date, minutes: int
) -> None:
    old, new = replace(MEET, minutes=30), replace(MEET, minutes=60, since=since)
    for rows in ((old, new), (new, old)):
        assert dues(kirk(*rows))["kirk:MEET:group:1"].programme.minutes == minutes


# programme


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (None, day(1, -1), None),
        (day(1, 1), None, None),
        (day(6), None, [6, 7]),
        (None, day(2), [1, 2]),
    ],
)
def test_a_programme_is_due_only_on_the_dates_it_runs(
    since: date | None, until: date | None, days: list[int] | None
) -> None:
    found = dues(kirk(replace(MEET, since=since, until=until)))
    assert [open_dates(d) for d in found.values()] == ([days] if days else [])


def test_the_days_and_times_of_a_programme_bound_its_windows() -> None:
    row = replace(MEET, days=(2, 4), not_before=time(10), not_after=time(12, 30))
    found = dues(kirk(row))["kirk:MEET:group:1"]
    assert [(w.start, w.end) for w in found.windows] == [
        (1440 + 600, 1440 + 750),
        (3 * 1440 + 600, 3 * 1440 + 750),
    ]


def test_a_programme_that_ends_before_its_weekday_is_not_due() -> None:
    assert ids(kirk(replace(MEET, days=(5,), until=day(2)))) == []


def test_only_the_sites_asked_for_are_drawn() -> None:
    assert due(kirk(MEET), W49, ["hmp"]).items == ()


def test_a_session_that_fits_no_hours_is_due_all_the_same_so_that_its_reason_is_told() -> None:
    plan = kirk(MEET, hours=(HoursRow("kirk", time(9), time(9, 30)),))
    assert ids(plan) == ["kirk:MEET:group:1"]


# bank holidays


def test_a_kind_that_pauses_loses_one_date_and_stays_due() -> None:
    plan = kirk(GROUP, bank_holidays=HOLIDAYS, clock=CHRISTMAS)
    assert ids(plan, CHRISTMAS) == ["kirk:STRUCT:group:1"]


def test_a_kind_whose_every_day_is_a_bank_holiday_is_not_due_and_that_is_told() -> None:
    fridays = replace(GROUP, days=(5,), owed=1)
    out = drawn(kirk(fridays, bank_holidays=HOLIDAYS, clock=CHRISTMAS), CHRISTMAS)
    assert out.items == ()
    assert told(out.notes) == ["structured at kirk is not due: it does not run on bank holidays."]


def test_the_sites_hours_count_among_the_possible_days() -> None:
    hours = (HoursRow("kirk", time(9), time(17), days=(1, 5)),)
    plan = kirk(GROUP, hours=hours, bank_holidays=HOLIDAYS, clock=NEW_YEAR)
    assert ids(plan, NEW_YEAR) == []


def test_a_kind_that_runs_on_bank_holidays_is_due() -> None:
    fridays = replace(MEET, days=(5,))
    plan = kirk(fridays, bank_holidays=HOLIDAYS, clock=CHRISTMAS)
    assert ids(plan, CHRISTMAS) == ["kirk:MEET:group:1"]


def test_of_two_programmes_of_one_kind_only_the_pausing_one_loses_the_date() -> None:
    goes_on = replace(GROUP, id="OTHER", on_bank_holidays=True)
    plan = kirk(GROUP, goes_on, bank_holidays=HOLIDAYS, clock=CHRISTMAS)
    found = dues(plan, CHRISTMAS)
    assert open_dates(found["kirk:STRUCT:group:1"], CHRISTMAS) == [1, 2, 3, 4, 6, 7]
    assert open_dates(found["kirk:OTHER:group:1"], CHRISTMAS) == [1, 2, 3, 4, 5, 6, 7]


# who


@pytest.mark.parametrize(
    "stay",
    [
        StayRow("X1", "kirk", CAME, pipe=False),
        StayRow("X1", "kirk", CAME, status="cancelled"),
        StayRow("X1", "kirk", day(2), status="not_arrived"),
        StayRow("X1", "kirk", CAME, status="departed"),
        StayRow("X1", "kirk", CAME, leaves=day(7, -1)),
        StayRow("X1", "kirk", day(1, 1)),
        StayRow("X1", "hmp", CAME),
        StayRow("X1", "kirk", CAME, place="custody"),
        StayRow("X1", "kirk", day(7), time(19, 30)),
    ],
)
def test_one_who_is_not_there_or_takes_no_part_is_due_nothing(stay: StayRow) -> None:
    plan = kirk(KEY, MEET, stays=(stay,))
    assert resident_ids(plan) == set()
    assert dues(plan)["kirk:MEET:group:1"].takers == ()


@pytest.mark.parametrize(
    "stay",
    [
        StayRow("X1", "kirk", day(5), time(16), status="upcoming"),
        StayRow("X1", "kirk", CAME, leaves=day(1), leaves_at=time(12), status="departed"),
    ],
)
def test_one_who_arrives_or_leaves_in_the_week_is_due_what_fits(stay: StayRow) -> None:
    assert resident_ids(kirk(KEY, stays=(stay,))) == {"kirk:KEY:X1:1"}


def test_someone_in_custody_is_seen_there_when_enrolled() -> None:
    row = replace(KEY, id="REACH", kind="in_reach", place="custody", enrolled=True, parts=())
    stay = StayRow("X1", "hmp", CAME, place="custody")
    entry = EnrolmentRow("REACH", "X1", CAME)
    assert ids(kirk(row, stays=(stay,), enrolments=(entry,))) == ["kirk:REACH:X1:1"]


def test_a_kind_open_to_other_premises_takes_enrolled_people_from_there() -> None:
    row = replace(MEET, enrolled=True, away_kind=True)
    stays = (StayRow("X1", "hmp", CAME),)
    entry = EnrolmentRow("MEET", "X1", CAME)
    found = dues(kirk(row, stays=stays, enrolments=(entry,)))["kirk:MEET:group:1"]
    assert [t.person for t in found.takers] == ["X1"]
    closed = kirk(replace(row, away_kind=False), stays=stays, enrolments=(entry,))
    assert dues(closed)["kirk:MEET:group:1"].takers == ()


def test_one_paused_for_part_of_a_groups_possible_days_is_left_out() -> None:
    row = replace(MEET, enrolled=True)
    entry = EnrolmentRow("MEET", "X1", CAME, paused_from=day(4))
    assert dues(kirk(row, enrolments=(entry,)))["kirk:MEET:group:1"].takers == ()
    early = kirk(replace(row, days=(1, 2)), enrolments=(entry,))
    assert len(dues(early)["kirk:MEET:group:1"].takers) == 1


SUPER = programme("SUPER", "supervision", whom="each_worker", support=True)


def test_each_worker_of_the_home_site_is_due_their_own() -> None:
    assert ids(kirk(SUPER)) == ["kirk:SUPER:A:1", "kirk:SUPER:B:1"]
    assert ids(kirk(replace(SUPER, attend_jobs=("ap_manager",)))) == []


def test_a_worker_away_all_week_is_due_nothing() -> None:
    away = AbsenceRow("A", day(1), time(0), day(1, 1), time(0))
    assert ids(kirk(SUPER, absences=(away,))) == ["kirk:SUPER:B:1"]


def test_a_worker_without_shifts_but_with_paid_attendance_is_due() -> None:
    paid = PaidRow("A", day(2), time(9), time(11))
    assert ids(kirk(SUPER, shifts=(), paid=(paid,))) == ["kirk:SUPER:A:1"]


def test_a_worker_on_nights_all_week_is_due_theirs_though_it_may_not_fit() -> None:
    nights = tuple(ShiftRow("A", day(n), time(20), time(8), ("kirk",)) for n in range(1, 6))
    plan = kirk(SUPER, replace(MEET, support=True), shifts=nights)
    found = dues(plan)
    assert list(found) == ["kirk:SUPER:A:1", "kirk:MEET:group:1"]
    assert [t.person for t in found["kirk:MEET:group:1"].takers] == ["A"]


def test_last_weeks_session_of_another_programme_counts_for_nothing() -> None:
    plan = kirk(replace(SUPER, often="days", every=28), deliveries=(held("KEY", day(1, -1), "A"),))
    assert len(ids(plan)) == 2


@pytest.mark.parametrize("clock", [Clock(2026, 13), Clock(2026, 43), NEW_YEAR, Clock(2027, 1)])
def test_windows_of_a_week_join_at_local_midnight_whatever_the_clocks_do(clock: Clock) -> None:
    found = dues(kirk(MEET, clock=clock), clock)["kirk:MEET:group:1"]
    assert found.windows == tuple(clock.day_span(i) for i in range(7))


def test_enrolled_workers_are_due_while_enrolled() -> None:
    row = replace(SUPER, enrolled=True)
    entries = (
        EnrolmentRow("SUPER", "B", CAME),
        EnrolmentRow("SUPER", "A", CAME, until=day(7, -1)),
    )
    assert ids(kirk(row, enrolments=entries)) == ["kirk:SUPER:B:1"]


def test_a_worker_who_starts_on_thursday_is_due_from_thursday() -> None:
    plan = kirk(SUPER)
    plan = replace(plan, staff=(replace(plan.staff[0], since=day(4)),))
    assert open_dates(dues(plan)["kirk:SUPER:A:1"]) == [4, 5, 6, 7]


def test_a_site_without_hours_is_open_all_week() -> None:
    early = replace(MEET, not_before=time(6), not_after=time(8))
    assert ids(kirk(early, hours=())) == ["kirk:MEET:group:1"]


def test_two_sessions_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="Two sessions would be “kirk:MEET:group:1”"):
        due(kirk(MEET), W49, ["kirk", "kirk"])
