"""The right people lead: exact numbers per role, one part per person."""

from __future__ import annotations

from dataclasses import replace

from pipe_sched.core.week import Demand, Role
from tests.rules.builders import breach, place, said, session, week

RULE = "right_people_lead"


def test_a_role_left_empty_is_named() -> None:
    of = week(session("talk", lead=("ana", "ben")))
    assert said(RULE, of, place("talk", "Tue 10:00")) == ["talk needs exactly 1 as lead."]
    assert said(RULE, of, place("talk", "Tue 10:00", lead="ana")) == []


def test_a_session_not_held_needs_nobody() -> None:
    assert breach(RULE, week(session("talk", lead="ana"))) == 0


def test_one_too_many_is_as_wrong_as_one_too_few() -> None:
    two = week(_pair("ana", "ben", "cat"))
    for leaders, wrong in ((("ana",), 1), (("ana", "ben"), 0), (("ana", "ben", "cat"), 1)):
        assert breach(RULE, two, place("group", "Tue 10:00", lead=leaders)) == wrong


def test_a_role_that_too_few_can_fill_says_how_many_can() -> None:
    short = week(_pair("ana"))
    assert said(RULE, short, place("group", "Tue 10:00", lead="ana")) == [
        "group needs 2 to fill the part lead, and 1 can."
    ]


def test_nobody_fills_two_roles() -> None:
    of = week(session("talk", roles={"lead": ("ana", "ben"), "second": ("ana", "ben")}))
    assert said(RULE, of, place("talk", "Tue 10:00", lead="ana", second="ana")) == [
        "ana cannot fill two parts in talk."
    ]
    assert said(RULE, of, place("talk", "Tue 10:00", lead="ana", second="ben")) == []


def test_nobody_leads_and_attends_one_session() -> None:
    of = week(session("practice", lead=("eve", "ana"), expected=("ana",)))
    assert breach(RULE, of, place("practice", "Tue 10:00", lead="ana", attends="ana")) == 1
    assert breach(RULE, of, place("practice", "Tue 10:00", lead="eve", attends="ana")) == 0


def _pair(*people: str) -> Demand:
    return replace(session("group"), roles=(Role("lead", 2, people),))
