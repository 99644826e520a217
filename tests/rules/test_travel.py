"""Time to travel between sites, for people who are in sessions at more than one."""

from __future__ import annotations

from pipe_sched.core.week import RuleSetting, Travel
from tests.rules.builders import (
    CROWLEY,
    KIRK,
    booking,
    breach,
    claims_of,
    commitment,
    place,
    said,
    session,
    shift,
    site,
    staff,
    week,
)

RULE = "travel"
TWO_SITES = (site(), site(CROWLEY), staff("eve"), Travel(KIRK, CROWLEY, 60))
HERE = session("here", lead="eve")
THERE = session("there", lead="eve", site=CROWLEY)
BOTH = week(*TWO_SITES, HERE, THERE)


def test_two_sites_within_the_travel_time_are_too_near() -> None:
    places = (place("here", "Tue 10:00", lead="eve"), place("there", "Tue 11:45", lead="eve"))
    assert said(RULE, BOTH, *places) == ["eve needs 60 minutes to travel between crowley and kirk."]


def test_exactly_the_travel_time_is_enough_either_way_round() -> None:
    later = (place("here", "Tue 10:00", lead="eve"), place("there", "Tue 12:00", lead="eve"))
    sooner = (place("here", "Tue 10:00", lead="eve"), place("there", "Tue 08:00", lead="eve"))
    assert breach(RULE, BOTH, *later) == breach(RULE, BOTH, *sooner) == 0


def test_two_sessions_at_one_site_need_no_travel() -> None:
    of = week(*TWO_SITES, HERE, session("also", lead="eve"))
    places = (place("here", "Tue 10:00", lead="eve"), place("also", "Tue 11:00", lead="eve"))
    assert breach(RULE, of, *places) == 0


def test_a_booking_at_another_site_keeps_its_distance() -> None:
    of = week(*TWO_SITES, booking("b1", "Tue 10:00-11:00", "eve", site=CROWLEY), HERE)
    assert said(RULE, of, place("here", "Tue 11:45", lead="eve")) == [
        "eve is at crowley Tuesday 10am to 11am, 60 minutes of travel away."
    ]
    assert said(RULE, of, place("here", "Tue 12:00", lead="eve")) == []


def test_an_own_commitment_at_another_of_our_sites_keeps_its_distance() -> None:
    of = week(*TWO_SITES, commitment("eve", "Tue 10:00-11:00", site=CROWLEY), HERE)
    assert breach(RULE, of, place("here", "Tue 08:15", lead="eve")) == 1
    assert breach(RULE, of, place("here", "Tue 08:00", lead="eve")) == 0


def test_a_remote_joiner_is_where_their_shift_is() -> None:
    of = week(
        *TWO_SITES,
        shift("eve", "Tue 09:00-17:00", KIRK),
        HERE,
        session("there", site=CROWLEY, lead="ana", expected=("eve",), remote=("eve",)),
    )
    places = (
        place("here", "Tue 10:00", lead="eve"),
        place("there", "Tue 11:00", lead="ana", attends="eve"),
    )
    assert breach(RULE, of, *places) == 0


def test_a_remote_joiner_travels_when_their_shift_is_at_the_other_site() -> None:
    of = week(
        *TWO_SITES,
        shift("eve", "Tue 09:00-12:00", KIRK),
        shift("eve", "Tue 12:00-17:00", CROWLEY),
        HERE,
        session("there", site=CROWLEY, lead="ana", expected=("eve",), remote=("eve",)),
    )
    here = place("here", "Tue 11:00", lead="eve")
    near = place("there", "Tue 12:30", lead="ana", attends="eve")
    far = place("there", "Tue 13:00", lead="ana", attends="eve")
    assert breach(RULE, of, here, near) == 1
    assert breach(RULE, of, here, far) == 0


def test_the_site_where_it_is_a_must_counts() -> None:
    softer = RuleSetting(RULE, level="should")
    of = week(
        site(rules=(softer,)),
        site(CROWLEY),
        staff("eve"),
        Travel(KIRK, CROWLEY, 60),
        HERE,
        THERE,
    )
    assert [c.site for c in claims_of(RULE, of)] == [CROWLEY]
