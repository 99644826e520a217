"""Places not allowed: never into a barred site or room; off site only accompanied."""

from pipe_sched.core.week import Barred
from tests.rules.builders import (
    breach,
    place,
    resident,
    room,
    said,
    session,
    site,
    staff,
    week,
)

SITES = (site("kirk"), site("town", type="venue"))


def visit(bar, **more):
    art = session("art", "ana", site="town", offered=("abe", "bob"), **more)
    home = session("talk", "ana", offered=("abe", "bob"))
    return week(SITES, staff("ana"), resident("abe"), resident("bob"), art, home, bar)


def test_a_resident_is_never_planned_into_a_barred_site():
    base = visit(Barred("abe", site="town"))
    assert said("places_not_allowed", base, place("art", "Tue 10:00", "ana", ("abe", "bob"))) == [
        "abe is never planned into town."
    ]
    assert breach("places_not_allowed", base, place("art", "Tue 10:00", "ana", "bob")) == 0
    assert breach("places_not_allowed", base, place("talk", "Tue 10:00", "ana", "abe")) == 0


def test_a_resident_is_never_planned_into_a_barred_room():
    rooms = (room("kitchen"), room("lounge"))
    cook = session("cook", "ana", offered=("abe",), needs_room=True)
    base = week(rooms, staff("ana"), resident("abe"), cook, Barred("abe", room="kitchen"))
    barred = place("cook", "Tue 10:00", "ana", "abe", room="kitchen")
    assert said("places_not_allowed", base, barred) == ["abe is never planned into kitchen."]
    assert (
        breach("places_not_allowed", base, place("cook", "Tue 10:00", "ana", "abe", "lounge")) == 0
    )
    assert (
        breach("places_not_allowed", base, place("cook", "Tue 10:00", "ana", room="kitchen")) == 0
    )


def test_a_site_open_only_accompanied_takes_accompanied_sessions():
    bar = Barred("abe", site="town", accompanied=True)
    plan = place("art", "Tue 10:00", "ana", "abe")
    assert said("places_not_allowed", visit(bar), plan) == [
        "abe goes to town only accompanied, and art is not accompanied."
    ]
    assert breach("places_not_allowed", visit(bar, accompanied=True), plan) == 0


def test_a_bar_without_a_place_means_off_site_only_accompanied():
    bar = Barred("abe", accompanied=True)
    assert breach("places_not_allowed", visit(bar), place("art", "Tue 10:00", "ana", "abe")) == 1
    assert breach("places_not_allowed", visit(bar), place("talk", "Tue 10:00", "ana", "abe")) == 0


def test_who_joins_remotely_is_not_in_the_place():
    base = visit(Barred("abe", site="town"), remote=("abe",))
    assert breach("places_not_allowed", base, place("art", "Tue 10:00", "ana", "abe")) == 0
