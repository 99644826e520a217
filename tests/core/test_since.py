"""Why a result no longer fits: what changed between two frozen weeks, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipe_sched.core.labels import Labels
from pipe_sched.core.since import MOST, changed_since
from pipe_sched.core.spans import Span
from pipe_sched.core.week import (
    Absence,
    Assignment,
    Booking,
    Demand,
    KeptApart,
    Room,
    Shift,
    Stay,
    Week,
)

WEEK = Week(
    2026,
    49,
    (),
    rooms=(Room("hall", "s", 10),),
    shifts=(Shift("wes", ("s",), Span(480, 1200)),),
    demands=(Demand("art", "s", "creative", 60, ()),),
)


def said(new: Week, old: Week = WEEK) -> list[str]:
    rooms = {"hall": "Hall", "new": "Annexe"}
    words = Labels(WEEK.clock, {"wes": "Wes"}, rooms, {"s": "House"}, {"art": "Art"})
    return [words.sentence(say) for say in changed_since(old, new)]


def test_only_the_present_moving_on_is_no_change() -> None:
    assert changed_since(WEEK, replace(WEEK, now=600)) == ()


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ({"absences": (Absence("wes", Span(480, 1200)),)}, "Wes is away, Monday 8am to 8pm."),
        ({"shifts": ()}, "Wes is no longer on shift, Monday 8am to 8pm."),
        (
            {"rooms": (replace(WEEK.rooms[0], closed=(Span(0, 60),)),)},
            "Hall is out of use at other times.",
        ),
        ({"rooms": (*WEEK.rooms, Room("new", "s", 3))}, "Annexe is a new room."),
        ({"demands": ()}, "Art is no longer due."),
        ({"demands": (replace(WEEK.demands[0], minutes=90),)}, "Art asks for something else."),
        ({"cancelled": ("art",)}, "Art is cancelled."),
        ({"pins": (Assignment("art", 600, "hall"),)}, "Art is kept here."),
        ({"published": (Assignment("art", 600, "hall"),)}, "Another version was published."),
        (
            {"bookings": (Booking("b", "s", Span(600, 660), "creative", leaders=("wes",)),)},
            "Wes is in a session at House, Monday 10am to 11am.",
        ),
    ],
)
def test_each_kind_of_change_has_its_sentence(new: dict, says: str) -> None:
    assert said(replace(WEEK, **new)) == [says]


def test_who_left_or_is_kept_apart_is_never_named() -> None:
    new = replace(
        WEEK,
        stays=(Stay("wes", "s", Span(0, 60)),),
        kept_apart=(KeptApart("wes", "ann"),),
    )
    assert said(new) == ["Who stays here has changed.", "Who is kept apart has changed."]


def test_many_changes_are_told_in_few_sentences() -> None:
    many = tuple(Absence("wes", Span(n * 60, n * 60 + 30)) for n in range(40))
    found = said(replace(WEEK, absences=many))
    assert len(found) == MOST + 1
    assert found[-1] == f"And {40 - MOST} more changes."
