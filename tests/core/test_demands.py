"""Who may lead and attend, what each person is owed, and who stays away in turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from pipe_sched.core.clock import Clock
from pipe_sched.core.draw_up import DrawnUp, draw_up
from pipe_sched.core.plan import (
    AllocationRow,
    ApartRow,
    EnrolmentRow,
    OutsideRow,
    Part,
    Plan,
    ShiftRow,
    StaffRow,
    StayRow,
)
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Demand
from tests.core.plans import ANY, CAME, KEY, OWN, W49, day, held, kirk, missed, programme, told

MEET = programme("MEET", "community_meeting", 45, mode="expected", quorum=1)
ART = programme("ART", "creative", 90, times=2, owed=1)


def out(plan: Plan, clock: Clock = W49) -> DrawnUp:
    """Kirk Lodge drawn up."""
    return draw_up(plan, clock, ("kirk",))


def first(plan: Plan, clock: Clock = W49) -> Demand:
    """The first session due."""
    return out(plan, clock).week.demands[0]


def roles(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Who may fill each role of the first session."""
    return {r.name: r.people for r in first(plan).roles}


# roles


def test_key_work_is_open_to_own_worker_back_up_and_a_named_third() -> None:
    plan = kirk(KEY, allocations=(AllocationRow("X1", "A", CAME, "B", "C"),))
    plan = replace(plan, staff=(*plan.staff, StaffRow("C", "C", "deputy_manager", ("kirk",))))
    found = first(plan)
    assert found.roles[0].people == ("A", "B", "C")
    assert (found.own_worker, found.back_up, found.third) == ("A", "B", "C")
    assert found.regular == "A"


def test_a_resident_without_key_worker_is_told_and_still_due() -> None:
    drawn = out(kirk(KEY, allocations=()))
    assert drawn.week.demands[0].roles[0].people == ()
    assert told(drawn.notes) == ["X1 has no key worker this week."]


@pytest.mark.parametrize(("since", "worker"), [(1, "B"), (4, "B"), (5, "A"), (8, "A")])
def test_a_change_of_key_worker_counts_for_the_week_it_holds_longest_in(
    since: int, worker: str
) -> None:
    rows = (AllocationRow("X1", "A", CAME), AllocationRow("X1", "B", day(since)))
    assert first(kirk(KEY, allocations=rows)).own_worker == worker


def test_a_session_open_to_key_worker_or_others_has_no_own_worker() -> None:
    part = Part("lead", jobs=("own_key_worker", "residential_worker"))
    plan = kirk(replace(KEY, parts=(part,)))
    plan = replace(plan, staff=(*plan.staff, StaffRow("R", "R", "residential_worker", ("kirk",))))
    assert first(plan).roles[0].people == ("A", "B", "R")
    assert first(plan).own_worker is None


@pytest.mark.parametrize(
    ("part", "people"),
    [
        (Part("lead", jobs=("key_worker",)), ("A", "B")),
        (Part("lead", training="groupwork"), ("T",)),
        (Part("lead", jobs=("key_worker",), training="groupwork"), ()),
        (Part("lead", jobs=("regime_lead",), training="groupwork"), ("T",)),
        (Part("lead", jobs=("named",), people=("O", "A")), ("O", "A")),
        (Part("lead", people=("A",)), ("A",)),
        (Part("lead", training="groupwork", people=("O",)), ("O", "T")),
        (Part("lead", jobs=("visiting_psychologist",)), ("O",)),
        (Part("lead", jobs=("psychologist",)), ()),
    ],
)
def test_a_role_is_open_to_those_with_the_job_and_the_training_and_to_the_named(
    part: Part, people: tuple[str, ...]
) -> None:
    plan = kirk(replace(MEET, parts=(part,)))
    trained = StaffRow("T", "T", "regime_lead", ("kirk",), training=("groupwork",))
    plan = replace(
        plan,
        staff=(*plan.staff, trained, StaffRow("P", "P", "psychologist", ("hmp",))),
        outside=(OutsideRow("O", "O", "visiting_psychologist"),),
    )
    assert roles(plan) == {"lead": people}


def test_someone_who_attends_a_session_is_not_asked_to_lead_it() -> None:
    row = programme("SUPER", "supervision", whom="each_worker", parts=(ANY,))
    a, b = out(kirk(row)).week.demands
    assert (a.required, a.roles[0].people) == (("A",), ("B",))
    assert (b.required, b.roles[0].people) == (("B",), ("A",))


# attendees


@pytest.mark.parametrize("mode", ["required", "expected", "offered"])
def test_everyone_comes_in_the_mode_of_the_programme(mode: str) -> None:
    found = first(kirk(replace(MEET, mode=mode), residents=2))
    assert getattr(found, mode) == ("X1", "X2")
    assert found.attendees == ("X1", "X2")


def test_only_enrolled_people_come_to_an_enrolled_programme() -> None:
    row = replace(MEET, enrolled=True)
    entries = (EnrolmentRow("MEET", "X2", CAME), EnrolmentRow("OTHER", "X1", CAME))
    assert first(kirk(row, residents=2, enrolments=entries)).expected == ("X2",)


@pytest.mark.parametrize(
    ("also", "people"),
    [("B", ("X1", "B")), ("key_worker", ("X1", "A", "B")), ("own_key_worker", ("X1", "A"))],
)
def test_others_may_be_required_by_id_job_or_as_key_worker(
    also: str, people: tuple[str, ...]
) -> None:
    row = replace(KEY, also_required=(also,))
    assert first(kirk(row)).required == people


def test_a_required_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="“MEET” also requires “boss”, which is neither"):
        out(kirk(replace(MEET, also_required=("boss",))))


# kept apart in sessions for everyone


def apart(*programmes: object, **more: object) -> Plan:
    """Two residents kept apart, and a third."""
    rows = (ApartRow("X2", "X1"),)
    return kirk(*programmes, residents=3, kept_apart=rows, **more)  # type: ignore[arg-type]


def test_one_of_two_kept_apart_is_excused_and_they_take_turns() -> None:
    weeks = [Clock(2026, n) for n in (49, 50, 51, 52)]
    gone = [first(apart(MEET, clock=c), c).excused for c in weeks]
    assert gone[0] != gone[1]
    assert gone[:2] == gone[2:]
    assert {p for one in gone for p in one} == {"X1", "X2"}
    found = first(apart(MEET))
    assert set(found.expected) | set(found.excused) == {"X1", "X2", "X3"}


@pytest.mark.parametrize(("came", "excused"), [("X1", "X1"), ("X2", "X2")])
def test_who_came_last_time_stays_away_now(came: str, excused: str) -> None:
    other = "X2" if came == "X1" else "X1"
    rows = (
        held("MEET", day(3, -1)),
        held("MEET", day(3, -1), came),
        held("MEET", day(3, -1), other, outcome="absent"),
        held("MEET", day(3, -2)),
        held("MEET", day(3, -2), other),
    )
    assert first(apart(MEET, deliveries=rows)).excused == (excused,)


def test_in_offered_sessions_the_planner_chooses_and_nobody_is_excused() -> None:
    found = first(apart(ART))
    assert (found.excused, found.offered) == ((), ("X1", "X2", "X3"))


def test_one_excused_frees_the_others_of_a_chain() -> None:
    rows = (ApartRow("X1", "X2"), ApartRow("X2", "X3"))
    for number in (49, 50):
        clock = Clock(2026, number)
        plan = kirk(MEET, residents=3, kept_apart=rows, clock=clock)
        gone = set(first(plan, clock).excused)
        assert {"X1", "X2"} & gone
        assert {"X2", "X3"} & gone


def test_someone_who_must_be_there_is_never_the_one_excused() -> None:
    row = replace(MEET, also_required=("X1",))
    for number in (49, 50):
        clock = Clock(2026, number)
        assert first(apart(row, clock=clock), clock).excused == ("X2",)


# owed


def test_each_resident_is_owed_among_the_sessions_of_the_programme() -> None:
    week = out(kirk(ART, residents=2)).week
    both = ("kirk:ART:group:1", "kirk:ART:group:2")
    assert [(o.person, o.demands, o.count) for o in week.owed] == [
        ("X1", both, 1),
        ("X2", both, 1),
    ]


def test_nobody_is_owed_more_than_there_are_sessions() -> None:
    assert [o.count for o in out(kirk(replace(ART, owed=5))).week.owed] == [2]


def test_a_miss_the_service_caused_is_owed_on_top_for_two_weeks() -> None:
    for weeks, count in ((-1, 2), (-2, 2), (-3, 1)):
        plan = kirk(ART, deliveries=(missed("ART", day(2, weeks), "X1"),))
        assert [o.count for o in out(plan).week.owed] == [count]
    made_up = (
        missed("ART", day(2, -2), "X1"),
        held("ART", day(2, -1), "X1"),
        held("ART", day(4, -1), "X1"),
    )
    assert [o.count for o in out(kirk(ART, deliveries=made_up)).week.owed] == [1]


def test_one_there_for_a_few_days_may_come_but_is_owed_nothing() -> None:
    late = StayRow("X1", "kirk", day(5), time(9))
    week = out(kirk(ART, stays=(late,))).week
    assert week.owed == ()
    assert week.demands[0].offered == ("X1",)


def test_a_worker_with_few_shifts_is_owed_support_all_the_same() -> None:
    row = replace(ART, support=True)
    shift = ShiftRow("A", day(2), time(8), time(20), ("kirk",))
    assert [o.person for o in out(kirk(row, shifts=(shift,))).week.owed] == ["A"]


def test_nothing_is_owed_of_a_kind_that_is_not_due() -> None:
    row = replace(ART, days=(5,), on_bank_holidays=False)
    christmas = Clock(2026, 52)
    plan = kirk(row, clock=christmas, bank_holidays=(date(2026, 12, 25),))
    assert out(plan, christmas).week.owed == ()


# continuity and worth


def test_who_led_last_time_is_the_regular_one_if_still_open_to_them() -> None:
    plan = kirk(MEET, deliveries=(held("MEET", day(3, -1), led_by="B"),))
    assert first(plan).regular == "B"
    gone = replace(plan, staff=plan.staff[:1], allocations=())
    assert first(gone).regular is None


def test_the_usual_time_is_last_times_weekday_and_hour() -> None:
    rows = (held("ART", day(2, -1), at=time(14)), held("ART", day(5, -1), at=time(18, 15)))
    one, two = out(kirk(ART, deliveries=rows)).week.demands
    assert (one.usual, two.usual) == (1440 + 14 * 60, 4 * 1440 + 18 * 60 + 15)
    assert first(kirk(ART)).usual is None


def test_liked_times_are_windows_on_the_liked_days() -> None:
    row = replace(MEET, liked_start=time(11), liked_end=time(12), liked_days=(1, 3))
    assert first(kirk(row)).liked == (Span(660, 720), Span(2 * 1440 + 660, 2 * 1440 + 720))
    assert first(kirk(MEET)).liked == ()


@pytest.mark.parametrize(("own", "worth"), [(0, 200), (350, 350)])
def test_an_overdue_session_is_worth_twice_or_what_the_programme_says(own: int, worth: int) -> None:
    row = replace(KEY, overdue_priority=own)
    late = kirk(row, deliveries=(held("KEY", day(1, -3), "X1"),))
    assert (first(late).overdue, first(late).worth) == (True, worth)
    assert first(kirk(row)).worth == 100


def test_what_the_programme_asks_is_asked_of_the_session() -> None:
    row = replace(
        KEY,
        features=("quiet",),
        statutory=True,
        on_floor=True,
        confidential=True,
        support=True,
        no_line_manager=True,
        accompanied=True,
        needs_room=False,
        smallest=1,
        largest=3,
        parts=(OWN, Part("guest", 2, jobs=("key_worker",))),
    )
    found = first(replace(kirk(row), enrolments=()))
    for name in (
        *("kind", "minutes", "features", "statutory", "on_floor", "confidential", "support"),
        *("no_line_manager", "accompanied", "needs_room", "smallest", "largest", "one_to_one"),
        *("place", "away_kind", "quorum"),
    ):
        assert getattr(found, name) == getattr(row, name), name
    assert [r.count for r in found.roles] == [1, 2]
