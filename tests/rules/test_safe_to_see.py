"""Safe to see: how a resident may be seen one to one, and who may not see them at all."""

from pipe_sched.core.week import SafeToSee
from pipe_sched.rules.book import book
from tests.rules.builders import (
    breach,
    key_work,
    place,
    resident,
    room,
    said,
    session,
    site,
    spans,
    staff,
    week,
)

TEAM = (staff("ana", gender="woman"), staff("ben", gender="man"), staff("cy"))
AT_TEN = place("talk", "Tue 10:00", "ana", "abe")


def seen(*more, women=False, **settings):
    """Key work of abe that any of the three may lead."""
    talk = key_work("talk", "ana", "abe", lead=("ana", "ben", "cy"), minutes=60)
    who = resident("abe", **settings)
    return week(site("kirk", women=women), TEAM, who, talk, *more)


def led_by(worker):
    return place("talk", "Tue 10:00", worker, "abe")


def test_only_the_named_workers_see_them():
    base = seen(SafeToSee("abe", only=("ana",)))
    assert said("safe_to_see", base, led_by("ben")) == ["ben does not see abe one to one."]
    assert breach("safe_to_see", base, led_by("ana")) == 0


def test_the_workers_named_never_do_not_see_them():
    base = seen(SafeToSee("abe", never=("ben",)))
    assert breach("safe_to_see", base, led_by("ben")) == 1
    assert breach("safe_to_see", base, led_by("ana")) == 0


def test_a_group_is_not_a_one_to_one():
    talk = session("talk", ("ana", "ben"), offered=("abe",))
    base = week(TEAM, resident("abe"), talk, SafeToSee("abe", never=("ben",), two_staff=True))
    assert breach("safe_to_see", base, led_by("ben")) == 0


def test_two_staff_means_two_people_lead():
    roles = {"lead": ("ana",), "second": ("ben",)}
    talk = session("talk", roles=roles, required=("abe",), one_to_one=True)
    base = week(TEAM, resident("abe"), talk, SafeToSee("abe", two_staff=True))
    assert said("safe_to_see", base, led_by("ana")) == [
        "abe is seen one to one by two people together."
    ]
    assert breach("safe_to_see", base, place("talk", "Tue 10:00", "ana", "abe", second="ben")) == 0


def test_only_at_the_hours_set():
    base = seen(SafeToSee("abe", hours=spans("Tue 10:00-11:00")))
    assert breach("safe_to_see", base, led_by("ana")) == 0
    assert said("safe_to_see", base, place("talk", "Tue 10:15", "ana", "abe")) == [
        "abe is seen one to one only at the hours set for this."
    ]


def test_not_out_of_sight_means_a_room_in_sight():
    talk = key_work("talk", "ana", "abe", needs_room=True)
    rooms = (room("glass", features=("in_sight",)), room("back"))
    base = week(TEAM, rooms, resident("abe"), talk, SafeToSee("abe", in_sight=True))
    assert said("safe_to_see", base, place("talk", "Tue 10:00", "ana", "abe", room="back")) == [
        "abe is seen one to one only in a room in sight."
    ]
    assert breach("safe_to_see", base, place("talk", "Tue 10:00", "ana", "abe", "glass")) == 0
    assert breach("safe_to_see", seen(SafeToSee("abe", in_sight=True)), AT_TEN) == 0


def test_asked_for_a_man_a_woman_or_unrecorded_worker_does_not_do():
    base = seen(SafeToSee("abe", gender="man"))
    assert said("safe_to_see", base, led_by("ana")) == [
        "abe is seen one to one by a man, and ana is not down as one."
    ]
    assert breach("safe_to_see", base, led_by("cy")) == 1
    assert breach("safe_to_see", base, led_by("ben")) == 0


def test_not_asked_yet_means_a_woman_at_womens_premises_only():
    assert breach("safe_to_see", seen(women=True), led_by("ben")) == 1
    assert breach("safe_to_see", seen(women=True), led_by("ana")) == 0
    assert (
        breach("safe_to_see", seen(SafeToSee("abe", gender="either"), women=True), led_by("ben"))
        == 0
    )
    assert breach("safe_to_see", seen(), led_by("ben")) == 0


def test_a_worker_not_offered_for_womens_one_to_ones_leads_none_there():
    dee = staff("dee", gender="woman", womens_one_to_ones=False)
    talk = key_work("talk", "dee", "eve", minutes=60)
    plan = place("talk", "Tue 10:00", "dee", "eve")
    eve = resident("eve", gender="woman")
    assert said("safe_to_see", week(site("kirk", women=True), dee, eve, talk), plan) == [
        "dee is not offered for women's one-to-ones."
    ]
    assert breach("safe_to_see", week(site("kirk"), dee, eve, talk), plan) == 0


def test_who_may_not_see_a_restricted_resident_does_not_lead_even_a_group():
    talk = session("talk", ("ana", "ben"), offered=("abe", "bob"))
    base = week(TEAM, resident("abe", hidden_from=("ben",)), resident("bob"), talk)
    assert said("safe_to_see", base, led_by("ben")) == ["talk is not open to ben."]
    assert breach("safe_to_see", base, place("talk", "Tue 10:00", "ben", "bob")) == 0
    assert breach("safe_to_see", base, led_by("ana")) == 0
    one = seen(hidden_from=("ben",))
    assert said("safe_to_see", one, led_by("ben")) == ["talk is not open to ben."]


def test_only_those_on_the_list_of_a_restricted_resident_lead_even_a_group():
    talk = session("talk", ("ana", "ben"), offered=("abe", "bob"))
    abe = resident("abe", restricted=True, seen_by=("ana",))
    base = week(TEAM, abe, resident("bob"), talk)
    assert said("safe_to_see", base, led_by("ben")) == ["talk is not open to ben."]
    assert breach("safe_to_see", base, place("talk", "Tue 10:00", "ben", "bob")) == 0
    assert breach("safe_to_see", base, led_by("ana")) == 0


def test_whom_a_resident_is_hidden_from_does_not_lead_though_the_other_list_names_them():
    one = seen(hidden_from=("ana",), restricted=True, seen_by=("ana", "ben"))
    assert said("safe_to_see", one, led_by("ana")) == ["talk is not open to ana."]
    assert breach("safe_to_see", one, led_by("ben")) == 0


def test_a_list_counts_only_for_who_is_restricted():
    assert breach("safe_to_see", seen(seen_by=("ana",)), led_by("ben")) == 0


def test_nobody_may_override_it():
    assert book()["safe_to_see"].never_overridden
