"""Double cover: how many may leave the floor, and when nobody may be in a session at all."""

from pipe_sched.core.index import Index
from tests.rules.builders import (
    absence,
    band,
    booking,
    breach,
    claims_of,
    commitment,
    paid,
    place,
    plus,
    said,
    session,
    shift,
    site,
    staff,
    week,
)

CREW = tuple(staff(p, counts=True) for p in ("ana", "ben", "cy"))
TWO = (shift("ana", "Tue 08:00-20:00"), shift("ben", "Tue 08:00-20:00"))
THREE = (*TWO, shift("cy", "Tue 08:00-20:00"))
ANYONE = ("ana", "ben", "cy")
TALKS = (session("one", ANYONE), session("two", ANYONE), session("yoga", ANYONE, on_floor=True))


def day(*shifts, **more):
    return week(site("kirk", **more), CREW, shifts, TALKS)


def test_those_above_the_minimum_may_leave_the_floor():
    base = day(*THREE)
    one, two = place("one", "Tue 10:00", "ana"), place("two", "Tue 10:30", "ben")
    assert breach("double_cover", base, one) == 0
    assert said("double_cover", base, one, two) == [
        "kirk has 3 people who count for cover, Tuesday 8am to 8pm, and 2 must stay on the floor."
    ]
    assert breach("double_cover", base, one, place("two", "Tue 11:00", "ben")) == 0


def test_a_session_on_the_floor_keeps_one_person_out_of_all_sessions():
    base = day(*TWO)
    yoga = place("yoga", "Tue 10:00", "ana")
    assert breach("double_cover", base, yoga) == 0
    assert breach("double_cover", base, place("one", "Tue 10:00", "ana")) == 1
    more = plus(base, session("art", ANYONE, on_floor=True))
    assert said("double_cover", more, yoga, place("art", "Tue 10:00", "ben")) == [
        "kirk has 2 people who count for cover, Tuesday 8am to 8pm, and one must be in no session."
    ]


def test_where_the_rota_alone_is_short_nobody_on_duty_is_in_a_session():
    base = day(shift("ana", "Tue 08:00-20:00"), shift("ben", "Tue 10:30-20:00"))
    assert said("double_cover", base, place("yoga", "Tue 09:45", "ana")) == [
        "Rota short by 1, Tuesday 8am to 10:30am: nobody who counts for cover at kirk "
        "is in a session then."
    ]
    assert breach("double_cover", base, place("yoga", "Tue 10:30", "ana")) == 0


def test_a_short_rota_alone_breaks_nothing():
    assert breach("double_cover", day(shift("ana", "Tue 08:00-20:00"))) == 0


def test_a_session_led_by_someone_who_does_not_count_leaves_cover_alone():
    base = plus(day(*TWO), staff("eve"), session("rp", "eve"))
    assert breach("double_cover", base, place("rp", "Tue 10:00", "eve")) == 0


def test_absence_and_busy_times_lower_cover_but_travel_does_not():
    one = place("one", "Tue 10:00", "ana")
    assert breach("double_cover", plus(day(*THREE), absence("cy", "Tue 08:00-12:00")), one) == 1
    away = commitment("cy", "Tue 10:00-10:30", away=True, travel=60)
    assert breach("double_cover", plus(day(*THREE), away), one) == 1
    late = place("one", "Tue 10:30", "ana")
    assert breach("double_cover", plus(day(*THREE), away), late) == 0


def test_a_booking_takes_someone_off_the_floor_too():
    base = plus(day(*THREE), booking("b", "Tue 10:00-11:00", "cy"))
    assert said("double_cover", base, place("one", "Tue 10:00", "ana")) == [
        "kirk has 3 people who count for cover, Tuesday 10am to 11am, 1 of them in a session "
        "already, and 2 must stay on the floor."
    ]
    assert breach("double_cover", base, place("one", "Tue 11:00", "ana")) == 0


def test_bands_set_the_minimum_and_two_is_the_default():
    three = band("Tue 08:00-12:00", 3)
    base = day(*THREE, cover=(three,))
    assert breach("double_cover", base, place("one", "Tue 10:00", "ana")) == 1
    assert breach("double_cover", base, place("one", "Tue 12:00", "ana")) == 0


def test_sites_that_are_not_premises_have_no_cover():
    assert claims_of("double_cover", day(*TWO, type="office")) == ()


def test_paid_attendance_off_shift_takes_nobody_away():
    rp = session("rp", roles={"lead": ("eve",)}, expected=("cy",), support=True)
    base = plus(day(*TWO), staff("eve"), rp, paid("cy", "Tue 10:00-12:00"))
    yoga = place("yoga", "Tue 10:00", "ana")
    assert breach("double_cover", base, yoga, place("rp", "Tue 10:00", "eve", "cy")) == 0


def test_someone_at_another_site_or_remote_is_off_the_floor():
    town = session("yoga2", ANYONE, site="town", on_floor=True)
    base = plus(day(*TWO), site("town", type="office"), town)
    assert breach("double_cover", base, place("yoga2", "Tue 10:00", "ana")) == 1
    far = session("yoga2", ANYONE, on_floor=True, remote=("ana",))
    assert breach("double_cover", plus(day(*TWO), far), place("yoga2", "Tue 10:00", "ana")) == 1


def test_overlapping_shifts_count_each_person_once():
    base = day(*TWO, shift("ana", "Tue 19:00-23:00"))
    assert breach("double_cover", base, place("one", "Tue 19:00", "ben")) == 1


def test_one_claim_per_stretch_of_constant_crew():
    found = claims_of("double_cover", day(*THREE))
    assert len(found) == 2
    assert Index(day(*THREE)).week.plans == ("kirk",)
