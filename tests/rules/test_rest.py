"""Rest: eleven hours between working days, where paid attendance planned here is at an end."""

from tests.rules.builders import (
    absence,
    booking,
    breach,
    paid,
    place,
    plus,
    said,
    session,
    shifts,
    site,
    staff,
    week,
)

RP = session("rp", "eve", minutes=75, expected=("ana",), support=True)
TEAM = (staff("ana"), staff("eve"))


def nights(*more, texts=("Mon 20:00-08:15", "Tue 20:00-08:15"), **fields):
    windows = (paid("ana", "Mon 08:00-20:00"), paid("ana", "Tue 08:15-20:00"))
    return plus(week(TEAM, shifts("ana", *texts), RP, windows, *more), **fields)


def rp(start, attends="ana"):
    return place("rp", start, "eve", attends)


def test_kept_after_a_night_with_another_to_come_leaves_too_little_rest():
    assert said("rest", nights(), rp("Tue 08:15")) == [
        "ana starts work again on Tuesday 8pm: this would leave less than 11 hours of rest."
    ]
    assert breach("rest", nights(), rp("Tue 08:15", attends=())) == 0


def test_called_in_between_two_nights_needs_eleven_hours_from_the_first():
    hour = session("rp", "eve", minutes=60, expected=("ana",), support=True)
    base = plus(nights(grid=5), demands=(hour,))
    assert breach("rest", base, rp("Tue 19:15")) == 0
    short = plus(nights(texts=("Mon 20:00-08:30", "Tue 20:00-08:15"), grid=5), demands=(hour,))
    assert said("rest", short, rp("Tue 19:00")) == [
        "ana works until Tuesday 8:30am: this would leave less than 11 hours of rest."
    ]


def test_the_morning_after_the_last_night_works():
    base = nights(texts=("Mon 20:00-08:15",))
    assert breach("rest", base, rp("Tue 08:15")) == 0
    assert breach("rest", base, rp("Tue 08:30")) == 1


def test_the_afternoon_before_the_first_night_is_the_same_working_day():
    base = nights(texts=("Mon 20:00-08:15",))
    assert breach("rest", base, rp("Mon 15:00")) == 0


def test_a_rota_that_is_too_tight_by_itself_is_not_this_rules_matter():
    base = nights(texts=("Mon 20:00-08:15", "Tue 15:00-22:00"))
    assert breach("rest", base) == 0


def test_absence_ends_the_working_day_earlier():
    base = nights(absence("ana", "Tue 20:00-08:15"))
    assert breach("rest", base, rp("Tue 08:15")) == 0


def test_bookings_and_the_edge_are_working_days_too():
    base = nights(booking("b", "last Sun 21:00-22:00", "ana"))
    assert breach("rest", base, rp("Mon 08:45")) == 1
    assert breach("rest", base, rp("Mon 09:00")) == 0


def test_two_paid_attendances_on_neighbouring_days_need_rest_between_them():
    late = session("late", "eve", expected=("ana",), support=True)
    early = session("early", "eve", expected=("ana",), support=True)
    windows = (paid("ana", "Mon 18:00-23:00"), paid("ana", "Tue 07:00-12:00"))
    base = week(TEAM, late, early, windows)
    evening = place("late", "Mon 21:00", "eve", "ana")
    assert said("rest", base, evening, place("early", "Tue 08:45", "eve", "ana")) == [
        "ana is paid to come on neighbouring days: less than 11 hours of rest would lie between."
    ]
    assert breach("rest", base, evening, place("early", "Tue 09:00", "eve", "ana")) == 0
    assert breach("rest", base, place("late", "Mon 18:00", "eve", "ana"),
                  place("early", "Tue 07:00", "eve", "ana")) == 0  # fmt: skip


def test_the_home_site_sets_the_hours():
    base = nights(sites=(site("kirk", limits={"rest": 600}),))
    assert breach("rest", base, rp("Tue 08:15")) == 0


def test_sessions_inside_a_shift_change_no_rest():
    base = nights(texts=("Mon 20:00-08:15", "Tue 14:00-22:00"))
    assert breach("rest", base, rp("Tue 14:00")) == 0
