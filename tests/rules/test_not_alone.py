"""Not alone: during a one-to-one someone else is at hand."""

from pipe_sched.core.week import RuleSetting
from tests.rules.builders import (
    absence,
    booking,
    breach,
    claims_of,
    key_work,
    paid,
    place,
    plus,
    resident,
    said,
    session,
    shift,
    site,
    staff,
    week,
)

CREW = tuple(staff(p, counts=True) for p in ("ana", "ben"))
PAIR = (shift("ana", "Tue 08:00-20:00"), shift("ben", "Tue 08:00-20:00"))
TALK = key_work("talk", "ana", "abe", minutes=60)
ART = session("art", lead="ben", on_floor=True)
HOME = site("kirk", rules=(RuleSetting("double_cover", "should"),))
"""Double cover as a wish only: as a must it would say most of this by itself."""
BASE = week(HOME, CREW, PAIR, resident("abe"), TALK, ART)
AT_TEN = place("talk", "Tue 10:00", "ana", "abe")


def test_a_colleague_who_counts_and_is_free_is_enough():
    assert breach("not_alone", BASE, AT_TEN) == 0


def test_a_colleague_in_another_session_is_not_free():
    assert said("not_alone", BASE, AT_TEN, place("art", "Tue 10:45", "ben")) == [
        "talk needs someone else who counts for cover at kirk in no session throughout."
    ]
    assert breach("not_alone", BASE, AT_TEN, place("art", "Tue 11:00", "ben")) == 0


def test_a_colleague_who_has_gone_home_or_is_absent_is_not_there():
    gone = week(HOME, CREW, PAIR[0], shift("ben", "Tue 08:00-10:45"), resident("abe"), TALK)
    assert breach("not_alone", gone, AT_TEN) == 1
    assert breach("not_alone", gone, place("talk", "Tue 09:45", "ana", "abe")) == 0
    away = plus(BASE, absence("ben", "Tue 10:30-20:00"))
    assert breach("not_alone", away, AT_TEN) == 1


def test_nobody_on_duty_who_counts_is_said_so():
    base = week(staff("eve"), shift("eve", "Tue 08:00-20:00"), resident("abe"),
                key_work("talk", "eve", "abe"))  # fmt: skip
    assert said("not_alone", base, place("talk", "Tue 10:00", "eve", "abe")) == [
        "talk needs someone else who counts for cover on duty at kirk throughout."
    ]


def test_a_worker_who_does_not_count_needs_one_who_does():
    base = week(
        HOME, CREW, PAIR[1], staff("eve"), resident("abe"), key_work("talk", "eve", "abe"), ART
    )
    plan = place("talk", "Tue 10:00", "eve", "abe")
    assert breach("not_alone", base, plan) == 0
    assert breach("not_alone", base, plan, place("art", "Tue 10:00", "ben")) == 1


def test_a_booking_takes_the_colleague_away():
    base = plus(BASE, booking("b", "Tue 10:30-11:00", "ben"))
    assert breach("not_alone", base, AT_TEN) == 1
    assert breach("not_alone", base, place("talk", "Tue 11:00", "ana", "abe")) == 0


def test_a_group_needs_no_colleague():
    assert breach("not_alone", BASE, place("art", "Tue 22:00", "ben")) == 0


def test_someone_in_paid_attendance_takes_no_colleague_away():
    rp = session("rp", roles={"lead": ("eve",)}, expected=("dee",), support=True)
    more = (staff("eve"), staff("dee", counts=True), shift("dee", "Mon 20:00-08:00"))
    base = plus(BASE, *more, rp, paid("dee", "Tue 08:00-12:00"))
    plan = place("rp", "Tue 10:00", "eve", "dee")
    assert breach("not_alone", base, AT_TEN, plan) == 0
    assert breach("not_alone", base, AT_TEN, plan, place("art", "Tue 10:00", "ben")) == 1


def test_at_other_sites_anyone_else_on_duty_is_enough():
    clinic = site("clinic", type="clinic")
    talk = key_work("talk", "eve", "abe", site="clinic")
    shifts = (shift("eve", "Tue 08:00-16:00", "clinic"), shift("flo", "Tue 10:00-16:00", "clinic"))
    base = week(clinic, HOME, staff("eve"), staff("flo"), shifts, resident("abe"), talk)
    assert breach("not_alone", base, place("talk", "Tue 10:00", "eve", "abe")) == 0
    assert said("not_alone", base, place("talk", "Tue 09:30", "eve", "abe")) == [
        "talk needs someone else on duty at clinic throughout."
    ]


def test_a_prison_has_officers_of_its_own():
    talk = key_work("talk", "eve", "abe", site="hmp", place="custody")
    base = week(site("hmp", type="prison"), site(), staff("eve"), resident("abe"), talk)
    assert breach("not_alone", base, place("talk", "Tue 10:00", "eve", "abe")) == 0


def test_where_double_cover_is_a_must_it_leaves_the_colleague_free():
    base = plus(BASE, sites=(site("kirk"),))
    plan = (AT_TEN, place("art", "Tue 10:00", "ben"))
    assert breach("double_cover", base, *plan) > 0
    assert breach("not_alone", base, *plan) == 0
    assert len(claims_of("not_alone", base)) == 1
    assert breach("not_alone", base, place("talk", "Tue 20:00", "ana", "abe")) == 1
