"""Drawing up a week: a plan's rows become ids and minutes, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipe_sched.core.clock import Clock, NoSuchTime
from pipe_sched.core.draw_up import draw_up
from pipe_sched.core.plan import (
    AbsenceRow,
    ApartRow,
    BarredRow,
    CommitmentRow,
    CoverRow,
    CurfewRow,
    FreeRow,
    HoursRow,
    OutsideRow,
    Part,
    Plan,
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
from pipe_sched.core.presumed import presumed
from pipe_sched.core.sound import faults
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Band, Booking, Lead, Pause, Week
from tests.core.plans import (
    ANY,
    CAME,
    KEY,
    OWN,
    W49,
    day,
    held,
    ids,
    kirk,
    missed,
    programme,
    told,
)
from tests.core.test_due import EVERY_WAY, GROUP, MEET

SPRING, AUTUMN = Clock(2026, 13), Clock(2026, 43)
NIGHT = ShiftRow("A", date(2026, 3, 28), time(20), time(8, 15), ("kirk",))


def week(plan: Plan, clock: Clock = W49, **more: object) -> Week:
    """Kirk Lodge's week."""
    return draw_up(plan, clock, ("kirk",), **more).week  # type: ignore[arg-type]


def minute(number: int, at: time, clock: Clock = W49) -> int:
    """The minute of a weekday (1 = Monday) and time."""
    return clock.minute(day(number, 0, clock), at)


# refusals


def test_an_unknown_site_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no site “krik”. Known sites are: kirk, hmp"):
        draw_up(kirk(), W49, ("krik",))


@pytest.mark.parametrize(("sites", "words"), [((), "No site"), (("kirk", "kirk"), "named twice")])
def test_no_site_or_one_twice_is_refused(sites: tuple[str, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        draw_up(kirk(), W49, sites)


def test_a_shift_at_a_time_the_clocks_skip_is_refused_and_named() -> None:
    shift = ShiftRow("A", date(2026, 3, 29), time(1, 30), time(9), ("kirk",))
    with pytest.raises(NoSuchTime, match="A shift of “A”: 01:30 on 29 March 2026 does not exist"):
        week(kirk(shifts=(shift,)), SPRING)


def test_an_absence_that_ends_before_it_starts_is_refused() -> None:
    away = AbsenceRow("A", day(3), time(9), day(2), time(9))
    with pytest.raises(ValueError, match=r"“A”.*ends before it starts"):
        week(kirk(absences=(away,)))


def test_a_closure_at_a_time_the_clocks_skip_is_refused_and_named() -> None:
    shut = RoomClosedRow("r1", date(2026, 3, 28), time(9), date(2026, 3, 29), time(1))
    with pytest.raises(NoSuchTime, match=r"closure of “r1”: 01:00 on 29 March"):
        week(kirk(rooms_closed=(shut,)), SPRING)


def test_a_stay_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match=r"stay of “X1”.*before it starts"):
        week(kirk(stays=(StayRow("X1", "kirk", day(3), leaves=day(1)),)))


def test_an_unknown_number_of_a_site_is_refused() -> None:
    sites = (SiteRow("kirk", "Kirk", limits=(("tea_break", 5),)),)
    with pytest.raises(ValueError, match="sets “tea_break”, which no rule knows"):
        week(kirk(sites=sites))


def test_a_key_worker_who_is_nobody_is_refused() -> None:
    plan = kirk(KEY)
    with pytest.raises(ValueError, match="“A” takes part this week but is not among the staff"):
        week(replace(plan, staff=plan.staff[1:]))


def test_a_grid_that_does_not_divide_an_hour_is_refused() -> None:
    with pytest.raises(ValueError, match="grid of 7 minutes"):
        week(kirk(sites=(SiteRow("kirk", "Kirk", grid=7),)))


# time


def test_a_night_shift_over_the_spring_change_is_an_hour_shorter() -> None:
    (shift,) = week(kirk(shifts=(NIGHT,)), SPRING).shifts
    assert shift.span.minutes == 675
    assert shift.span.end == 6 * 1440 + 7 * 60 + 15


def test_a_night_shift_over_the_autumn_change_is_an_hour_longer() -> None:
    night = replace(NIGHT, date=date(2026, 10, 24))
    (shift,) = week(kirk(shifts=(night,)), AUTUMN).shifts
    assert shift.span.minutes == 795


def test_shifts_two_days_outside_the_week_are_carried_and_no_more() -> None:
    dates = [day(n, w) for n, w in ((5, -1), (6, -1), (7, -1), (1, 1), (2, 1), (3, 1))]
    rows = tuple(ShiftRow("A", d, time(20), time(8), ("kirk",)) for d in dates)
    found = [W49.local(s.span.start).date() for s in week(kirk(shifts=rows)).shifts]
    assert found == dates[1:5]


def test_on_call_is_marked() -> None:
    row = ShiftRow("A", day(1), time(17), time(9), ("kirk",), "on-call")
    assert [s.on_call for s in week(kirk(shifts=(row,))).shifts] == [True]


def test_a_nightly_round_at_a_skipped_time_is_taken_an_hour_on() -> None:
    row = RoutineRow("kirk", "room_check", time(1, 30), time(2, 30))
    (site, _) = week(kirk(routine=(row,)), SPRING).sites
    sunday = [b.span for b in site.routine if b.span.start >= 6 * 1440]
    assert sunday == [Span(6 * 1440 + 60, 6 * 1440 + 90)]


def test_hours_follow_the_wall_clock_on_a_short_sunday() -> None:
    (site, _) = week(kirk(), SPRING).sites
    assert site.hours[0].windows[6] == Span(6 * 1440 + 8 * 60, 6 * 1440 + 19 * 60)


def test_last_times_wall_time_is_usual_this_week_too() -> None:
    rows = (held("KEY", date(2026, 3, 22), "X1", time(10)),)
    (demand,) = week(
        kirk(KEY, clock=SPRING, deliveries=rows, stays=(StayRow("X1", "kirk", date(2026, 1, 1)),)),
        SPRING,
    ).demands
    assert demand.usual == 6 * 1440 + 9 * 60


# sites


def test_hours_of_the_same_kinds_are_one() -> None:
    rows = (
        HoursRow("kirk", time(9), time(17), (1, 2, 3, 4, 5)),
        HoursRow("kirk", time(10), time(16), (6, 7)),
        HoursRow("kirk", time(18), time(22), (1,), ("creative",)),
    )
    (site, _) = week(kirk(hours=rows)).sites
    assert [(h.kinds, len(h.windows)) for h in site.hours] == [((), 7), (("creative",), 1)]


def test_cover_bands_are_cut_to_the_week() -> None:
    rows = (CoverRow("kirk", 2, time(20), time(8)), CoverRow("kirk", 3, time(8), time(20), (1,)))
    (site, _) = week(kirk(cover=rows)).sites
    assert site.cover[0] == Band(Span(0, 480), 2)
    assert site.cover[1] == Band(Span(480, 1200), 3)
    assert site.cover[-1] == Band(Span(6 * 1440 + 1200, 10080), 2)


def test_premises_without_cover_rows_need_two_and_other_sites_nobody() -> None:
    kirk_lodge, prison = week(kirk()).sites
    assert kirk_lodge.cover == (Band(Span(0, 10080), 2),)
    assert prison.cover == ()


def test_a_bank_holiday_pauses_the_kinds_that_do_not_run_on_it() -> None:
    christmas = Clock(2026, 52)
    plan = kirk(GROUP, MEET, clock=christmas, bank_holidays=(date(2026, 12, 25),))
    site = week(plan, christmas).sites[0]
    assert site.pauses == (Pause(christmas.day_span(4), ("structured",)),)
    assert week(plan).sites[0].pauses == ()


def test_a_sites_numbers_and_rules_are_its_own() -> None:
    sites = (SiteRow("kirk", "Kirk", women=True, limits=(("rest", 600), ("one_site_a_day", 0))),)
    site = week(kirk(sites=sites, rules=(RuleRow("kirk", "liked_times", price=3),))).sites[0]
    assert (site.limits.rest, site.limits.one_site_a_day, site.women) == (600, False, True)
    assert [(r.rule, r.price) for r in site.rules] == [("liked_times", 3)]


def test_rooms_come_with_their_closures_and_known_neighbours() -> None:
    rooms = (RoomRow("r1", "kirk", "R", 6, next_to=("r2", "gone")), RoomRow("r2", "kirk", "R", 4))
    shut = RoomClosedRow("r1", day(1), time(12), day(20), time(12))
    first, second = week(kirk(rooms=rooms, rooms_closed=(shut,))).rooms
    assert first.next_to == ("r2",)
    assert first.closed == (Span(720, W49.day(9)),)
    assert second.closed == ()


# residents


def test_an_arrival_in_the_week_is_marked_and_an_earlier_one_cut() -> None:
    stays = (
        StayRow("X1", "kirk", CAME),
        StayRow("X2", "kirk", day(5), time(16), status="upcoming"),
    )
    first, second = week(kirk(residents=2, stays=stays)).stays
    assert (first.arrives, first.span) == (False, Span(W49.day(-2), W49.day(9)))
    assert (second.arrives, second.span.start) == (True, minute(5, time(16)))


def test_a_departure_without_a_time_is_taken_at_midday() -> None:
    (stay,) = week(kirk(stays=(StayRow("X1", "kirk", CAME, leaves=day(3)),))).stays
    assert stay.span.end == minute(3, time(12))


def test_everyone_at_approved_premises_has_the_national_curfew() -> None:
    spans = [c.span for c in week(kirk()).curfews]
    assert Span(minute(1, time(23)), minute(2, time(6))) in spans
    assert sum(s.overlaps(Span(0, 10080)) for s in spans) == 8


def test_a_residents_own_curfew_joins_the_national_one() -> None:
    own = CurfewRow("X1", time(19), time(7), days=(2,))
    spans = [c.span for c in week(kirk(curfews=(own,))).curfews]
    assert Span(minute(2, time(19)), minute(3, time(7))) in spans
    assert Span(minute(3, time(23)), minute(4, time(6))) in spans


def test_no_curfew_holds_in_custody() -> None:
    assert week(kirk(stays=(StayRow("X1", "hmp", CAME, place="custody"),))).curfews == ()


def test_weekly_commitments_are_laid_out_and_single_ones_kept_once() -> None:
    rows = (
        CommitmentRow("c1", "X1", "sign_in", time(10), time(10, 15), CAME, days=(2, 4)),
        CommitmentRow("c2", "X1", "appointment", time(14), time(15), day(3), away=True),
        CommitmentRow("c3", "X1", "appointment", time(14), time(15), day(3, -4)),
        CommitmentRow("c4", "X1", "work", time(9), time(12), CAME, until=day(2)),
    )
    found = week(kirk(commitments=rows)).commitments
    in_week = [(c.name, c.span.start, c.travel) for c in found if 0 <= c.span.start < 10080]
    assert in_week == [
        ("work", minute(1, time(9)), 0),
        ("work", minute(2, time(9)), 0),
        ("sign_in", minute(2, time(10)), 0),
        ("appointment", minute(3, time(14)), 30),
        ("sign_in", minute(4, time(10)), 0),
    ]


def test_at_womens_premises_whoever_was_not_asked_is_marked_so() -> None:
    sites = (SiteRow("kirk", "Kirk", women=True),)
    asked = SafeRow("X1", gender="either", start=time(9), end=time(17))
    first, second = week(kirk(sites=sites, residents=2, safe_to_see=(asked,))).safe_to_see
    assert (first.gender, len(first.hours)) == ("either", 7)
    assert (second.person, second.gender) == ("X2", "not_asked")
    assert week(kirk(residents=2)).safe_to_see == ()


@pytest.mark.parametrize(
    ("since", "until", "open_"),
    [(None, None, True), (day(7), None, True), (None, day(1), True), (None, day(7, -1), False)],
)
def test_kept_apart_records_count_while_open(
    since: date | None, until: date | None, open_: bool
) -> None:
    rows = (ApartRow("X1", "X2", "rooms", 30, since, until), ApartRow("X1", "gone"))
    found = week(kirk(residents=2, kept_apart=rows)).kept_apart
    assert [(k.a, k.b, k.level, k.gap) for k in found] == [("X1", "X2", "rooms", 30)] * open_


def test_places_not_allowed_name_only_rooms_of_the_week() -> None:
    rows = (BarredRow("X1", site="hmp"), BarredRow("X1", room="r1"), BarredRow("X1", room="zz"))
    assert [(b.site, b.room) for b in week(kirk(barred=rows)).barred] == [
        ("hmp", None),
        (None, "r1"),
    ]


# people


def test_only_people_who_matter_to_the_planned_sites_are_in_the_week() -> None:
    plan = kirk(KEY)
    plan = replace(
        plan,
        sites=(*plan.sites, SiteRow("crow", "Crowley")),
        staff=(
            *plan.staff,
            StaffRow("P", "P", "psychologist", ("crow", "kirk"), manager="M"),
            StaffRow("C", "C", "key_worker", ("crow",)),
            StaffRow("M", "M", "ap_manager", ("crow",)),
            StaffRow("L", "L", "key_worker", ("kirk",), until=day(7, -1)),
        ),
        residents=(*plan.residents, ResidentRow("Y1", "Y")),
        stays=(*plan.stays, StayRow("Y1", "crow", CAME)),
        outside=(OutsideRow("O", "O", "probation_practitioner"),),
    )
    assert [p.id for p in week(plan).people] == ["A", "B", "P", "M", "X1"]
    both = draw_up(plan, W49, ("kirk", "crow")).week
    assert {p.id for p in both.people} == {"A", "B", "C", "P", "M", "X1", "Y1"}


def test_someone_from_outside_is_in_when_a_role_is_open_to_them() -> None:
    row = programme(
        "PATH", "pathway_review", parts=(Part("guest", jobs=("named",), people=("O",)),)
    )
    plan = kirk(
        row,
        outside=(OutsideRow("O", "O", "probation_practitioner"),),
        free=(FreeRow("O", day(2), time(9), time(12)),),
    )
    found = week(plan)
    assert {p.id: p.type for p in found.people}["O"] == "outside"
    assert [f.span for f in found.free] == [Span(minute(2, time(9)), minute(2, time(12)))]


def test_the_last_twelve_weeks_are_the_base_of_fair_loads() -> None:
    rows = (
        held("KEY", day(1, -1), "X1"),
        held("KEY", day(1, -1), "X1", outcome="absent", at=time(12)),
        held("KEY", day(6, -2), "X1", at=time(18)),
        held("KEY", day(1, -13), "X1"),
        held("ART", day(2, -1)),
        held("ART", day(2, -1), "X1"),
        held("ART", day(2, -1), "X2"),
        held("KEY", day(1), "X1"),
    )
    base = {p.id: p.base for p in week(kirk(deliveries=rows)).people}["A"]
    assert (base.contact, base.evenings, base.weekends) == (180, 1, 1)


def test_newcomers_begin_at_the_average_of_their_job() -> None:
    plan = kirk(deliveries=(held("KEY", day(1, -1), "X1"),))
    new = StaffRow("N", "N", "key_worker", ("kirk",), since=day(1, -2))
    other = StaffRow("R", "R", "residential_worker", ("kirk",))
    found = week(replace(plan, staff=(plan.staff[0], new, other))).people
    assert {p.id: p.base.contact for p in found if p.type == "staff"} == {"A": 60, "N": 60, "R": 0}


# the whole


def test_travel_is_carried() -> None:
    (way,) = week(kirk(travel=(TravelRow("kirk", "hmp", 40),))).travel
    assert (way.from_site, way.to_site, way.minutes) == ("kirk", "hmp", 40)


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(EVERY_WAY), unique=True, max_size=8),
    st.integers(0, 4),
    st.integers(1, 53),
)
def test_a_week_drawn_up_is_sound_and_the_same_twice(
    rows: list[object], residents: int, number: int
) -> None:
    clock = Clock(2026, number)
    plan = kirk(*rows, residents=residents, clock=clock)  # type: ignore[arg-type]
    out = draw_up(plan, clock, ("kirk",))
    assert faults(out.week) == ()
    assert out == draw_up(plan, clock, ("kirk",))


def test_pins_and_published_sessions_no_longer_due_are_told() -> None:
    stays_in = Assignment(
        "kirk:KEY:X1:1", 600, "r9", (Lead("lead", "A"), Lead("lead", "Z")), ("X1",)
    )
    gone = Assignment("kirk:KEY:X9:1", 600, "r1", (), ("X9",))
    out = draw_up(kirk(KEY), W49, ("kirk",), published=(stays_in, gone), pins=(gone,), now=300)
    assert out.week.pins == ()
    assert out.week.published == (replace(stays_in, room=None, staff=(Lead("lead", "A"),)),)
    assert out.week.now == 300
    assert told(out.notes) == [
        "A session kept here or published before is no longer due: kirk:KEY:X9:1."
    ]


def test_names_never_reach_a_week() -> None:
    plan = kirk(KEY, MEET)
    plan = replace(
        plan,
        residents=tuple(replace(r, name="Somebody Secret") for r in plan.residents),
        staff=tuple(replace(s, name="Somebody Secret") for s in plan.staff),
    )
    assert "Secret" not in repr(draw_up(plan, W49, ("kirk",)))


# edges


def test_last_weeks_step_of_a_series_is_at_the_edge_for_its_gap() -> None:
    row = programme("EDUC", "psychoeducation", often="series", length=8, gap=7 * 1440)
    rows = (
        held("EDUC", day(3, -1), step=2),
        held("EDUC", day(3, -1), "X1", step=2),
        held("EDUC", day(3, -3), step=1),
    )
    found = week(kirk(row, deliveries=rows))
    (booking,) = found.bookings
    assert (booking.series, booking.step, booking.people) == ("EDUC", 2, ("X1",))
    assert booking.span == Span(minute(3, time(10)) - 10080, minute(3, time(11)) - 10080)
    assert (found.demands[0].series, found.demands[0].step, found.demands[0].gap) == (
        "EDUC",
        3,
        7 * 1440,
    )


def test_a_session_on_sunday_evening_is_at_the_edge_and_one_on_wednesday_is_not() -> None:
    rows = (held("KEY", day(7, -1), "X1", time(19)), held("KEY", day(3, -1), "X1"))
    (booking,) = week(kirk(KEY, deliveries=rows)).bookings
    assert (booking.leaders, booking.people, booking.one_to_one) == (("A",), ("X1",), True)


def test_a_given_booking_is_kept_without_strangers_and_not_doubled_by_the_record() -> None:
    start = minute(7, time(19)) - 10080
    given_ = Booking("x", "kirk", Span(start, start + 60), "key_work", ("X1", "Z"), ("A",), "r9")
    strange = Booking("y", "hmp", Span(600, 660), "key_work", ("Z",), ("Q",))
    rows = (held("KEY", day(7, -1), "X1", time(19)),)
    found = week(kirk(KEY, deliveries=rows), bookings=(given_, strange)).bookings
    assert found == (replace(given_, people=("X1",), room=None),)


def booked(id: str, number: int, *people: str, step: int = 0) -> Booking:
    """A published session of last week at 2pm, led by B."""
    start = minute(number, time(14)) - 10080
    return Booking(id, "kirk", Span(start, start + 60), "any", people, ("B",), step=step)


def test_what_is_published_for_the_week_before_counts_as_held_until_the_record_speaks() -> None:
    series = programme("JOINT", "joint_session", often="series", length=6, whom="each_resident")
    rows = (held("KEY", day(2, -2), "X1"), held("JOINT", day(2, -2), "X1", step=1))
    plan = kirk(KEY, series, deliveries=rows)
    ahead = (
        booked("2026-W48/kirk:KEY:X1:1", 2, "X1"),
        booked("2026-W48:kirk:JOINT:X1:2", 3, "X1", step=2),
    )
    key, joint = week(plan, bookings=ahead).demands
    assert (key.id, key.overdue, key.usual) == ("kirk:KEY:X1:1", False, minute(2, time(14)))
    assert joint.id == "kirk:JOINT:X1:3"
    spoken = replace(plan, deliveries=(*rows, missed("JOINT", day(3, -1), "X1")))
    assert week(spoken, bookings=ahead).demands[-1].id == "kirk:JOINT:X1:2"


def test_a_planned_session_marked_on_another_day_is_not_counted_twice() -> None:
    row = programme("TALK", "consultation", times=2, whom="each_resident")
    ahead = (booked("kirk:TALK:X1:1", 2, "X1"), booked("kirk:TALK:X1:2", 4, "X1"))
    for marked, left in (((), [2, 4]), ((2,), [4]), ((4,), [2]), ((3,), [4]), ((3, 5), [])):
        rows = tuple(held("TALK", day(n, -1), "X1") for n in marked)
        found = presumed(kirk(row, deliveries=rows), W49, ahead)
        assert [d.date for d in found] == [day(n, -1) for n in left], marked


def test_a_planned_group_session_is_presumed_for_the_group_and_its_members() -> None:
    ahead = (booked("2026-W48:kirk:MEET:group:1", 3, "X1", "X2"),)
    found = presumed(kirk(MEET), W49, ahead)
    assert [d.person for d in found] == [None, "X1", "X2"]
    assert {d.led_by for d in found} == {"B"}
    marked = (held("MEET", day(4, -1), "X1", outcome="absent"),)
    assert presumed(kirk(MEET, deliveries=marked), W49, ahead) == ()


def test_bookings_far_from_the_week_are_left_out_unless_a_series_needs_them() -> None:
    far = booked("a", 2, "X1")
    step = replace(far, id="b", series="EDUC", step=2)
    sunday = replace(far, id="c", span=Span(-180, -120))
    found = week(kirk(KEY), bookings=(far, step, sunday)).bookings
    assert [b.id for b in found] == ["b", "c"]


def test_a_published_group_session_counts_as_held_for_the_group() -> None:
    row = programme("RP", "consultation", often="n_weekly", every=2)
    assert ids(kirk(row)) == ["kirk:RP:group:1"]
    assert week(kirk(row), bookings=(booked("kirk:RP:group:1", 2, "X1"),)).demands == ()


def test_bookings_of_this_week_or_unknown_ids_change_nothing_due() -> None:
    row = programme("RP", "consultation", often="n_weekly", every=2)
    this_week = replace(booked("kirk:RP:group:1", 2, "X1"), span=Span(600, 660))
    for other in (this_week, booked("imported", 2, "X1"), booked("kirk:NO:group:1", 2, "X1")):
        assert len(week(kirk(row), bookings=(other,)).demands) == 1


def test_parts_of_the_programme_become_roles() -> None:
    assert (OWN.jobs, ANY.jobs) == (("own_key_worker",), ("key_worker",))
    (demand,) = week(kirk(MEET)).demands
    assert [(r.name, r.count, r.people) for r in demand.roles] == [("lead", 1, ("A", "B"))]
