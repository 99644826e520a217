"""No line manager in reflective practice and group supervision."""

from __future__ import annotations

from tests.rules.builders import breach, place, said, session, staff, week

RULE = "no_line_manager"
TEAM = (
    staff("head"),
    staff("boss", manager="head"),
    staff("ana", manager="boss"),
    staff("ben", manager="boss"),
)


def _practice(**more: object):
    return session("practice", lead=("boss", "eve"), no_line_manager=True, support=True, **more)


GROUP = week(*TEAM, _practice(expected=("ana", "ben", "boss", "head")))


def test_a_manager_does_not_lead_their_own_staff() -> None:
    assert said(RULE, GROUP, place("practice", "Tue 10:00", lead="boss", attends="ana")) == [
        "boss is the line manager of ana, so practice cannot have both."
    ]


def test_a_manager_does_not_attend_with_their_own_staff() -> None:
    both = place("practice", "Tue 10:00", lead="eve", attends=("ana", "ben", "boss"))
    assert breach(RULE, GROUP, both) == 2


def test_without_the_manager_or_without_their_staff_all_is_well() -> None:
    staff_only = place("practice", "Tue 10:00", lead="eve", attends=("ana", "ben"))
    managers = place("practice", "Tue 10:00", lead="eve", attends="boss")
    assert breach(RULE, GROUP, staff_only) == breach(RULE, GROUP, managers) == 0


def test_only_the_direct_manager_counts() -> None:
    with_head = place("practice", "Tue 10:00", lead="eve", attends=("ana", "head"))
    assert breach(RULE, GROUP, with_head) == 0


def test_individual_supervision_is_exempt() -> None:
    of = week(*TEAM, session("sup", kind="supervision", lead="boss", required=("ana",)))
    assert breach(RULE, of, place("sup", "Tue 10:00", lead="boss", attends="ana")) == 0
