"""The demo's two premises have a real week's shape, in any ISO week."""

from __future__ import annotations

import re
from collections import Counter
from datetime import time
from functools import cache
from io import BytesIO

import pytest

from pipe_sched.core.clock import Clock, parse_week
from pipe_sched.core.draw_up import draw_up
from pipe_sched.core.plan import Plan
from pipe_sched.demo.counts import counts, table
from pipe_sched.demo.house import CROWLEY, KIRK, NIGHT_KEY_WORKER, PSYCHOLOGIST, SICK
from pipe_sched.demo.plan import build_plan, write_demo
from pipe_sched.formats import workbook

ORDINARY = "2026-W49"
WEEKS = (ORDINARY, "2026-W52", "2026-W53", "2027-W12", "2027-W43", "2026-W01", "2028-W09")
SITES = (KIRK.site, CROWLEY.site)


@cache
def plan(week: str = ORDINARY) -> Plan:
    """The demo of a week, made once."""
    return build_plan(parse_week(week))


@pytest.mark.parametrize("week", WEEKS)
def test_every_week_passes_through_the_workbook_unchanged(week: str) -> None:
    out = BytesIO()
    write_demo(out, parse_week(week))
    assert workbook.read(out.getvalue(), limit_bytes=workbook.WEB_LIMIT) == plan(week)


@pytest.mark.parametrize("week", WEEKS)
def test_every_week_can_be_drawn_up(week: str) -> None:
    drawn = draw_up(plan(week), parse_week(week), SITES).week
    assert 80 <= len(drawn.demands) <= 95
    assert all(d.windows for d in drawn.demands)


def test_the_next_weeks_can_be_drawn_up_from_the_same_demo() -> None:
    later = parse_week("2026-W51")
    assert len(draw_up(plan(), later, SITES).week.demands) > 70


def test_the_same_week_gives_the_same_demo() -> None:
    assert build_plan(parse_week(ORDINARY)) == plan()


def test_another_seed_gives_another_past() -> None:
    assert build_plan(parse_week(ORDINARY), seed=1).deliveries != plan().deliveries


def test_a_premises_week_has_about_44_sessions_of_the_expected_kinds() -> None:
    for site, found in counts(plan(), parse_week(ORDINARY)).items():
        assert 42 <= found.total() <= 50, site
        assert 20 <= found["key_work"] <= 22
        assert (found["structured"], found["creative"], found["community_meeting"]) == (3, 4, 1)
        assert found["induction"] >= 2
        assert 3 <= found["pathway_review"] <= 4
        assert found["reflective_practice"] >= 1
        assert found["supervision"] >= 4


def test_the_counts_are_printed_by_kind_and_site() -> None:
    lines = table(plan(), parse_week(ORDINARY)).splitlines()
    assert lines[0].split()[-4:] == ["Kirk", "Lodge", "Crowley", "House"]
    assert lines[1].startswith("Key work")
    assert lines[-1].startswith("All")


def test_there_are_eighteen_staff_each_and_one_shared_psychologist() -> None:
    homes = Counter(s.sites for s in plan().staff)
    assert homes == {(KIRK.site,): 18, (CROWLEY.site,): 18, SITES: 1}


def test_the_psychologist_is_never_at_both_premises_on_one_day_but_may_choose_wednesday() -> None:
    monday = parse_week(ORDINARY).monday
    mine = [s for s in plan().shifts if s.staff == PSYCHOLOGIST]
    week = {(s.date - monday).days: s.sites for s in mine if 0 <= (s.date - monday).days < 7}
    assert week == {0: SITES[:1], 1: SITES[:1], 2: SITES, 3: SITES[1:], 4: SITES[1:]}


@pytest.mark.parametrize("week", WEEKS)
def test_two_people_who_count_for_cover_are_on_shift_at_every_minute(week: str) -> None:
    clock = parse_week(week)
    drawn = draw_up(plan(week), clock, SITES).week
    counting = {p.id for p in drawn.people if p.counts}
    for site in SITES:
        away = [(a.person, a.span) for a in drawn.absences]
        spans = [
            (s.person, s.span) for s in drawn.shifts if s.person in counting and site in s.sites
        ]
        for minute in range(0, clock.length, 15):
            on = {p for p, span in spans if span.start <= minute < span.end}
            on -= {p for p, span in away if span.start <= minute < span.end}
            assert len(on) >= 2, (site, clock.local(minute))


def test_nobody_could_be_taken_for_a_real_person() -> None:
    names = [p.name for p in (*plan().staff, *plan().outside, *plan().residents)]
    assert all(re.fullmatch(r"(Worker|Visitor|Resident) [A-Z][a-z]+", name) for name in names)
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"X\d{6}", r.id) for r in plan().residents)


def test_the_story_has_all_its_parts() -> None:
    demo, clock = plan(), parse_week(ORDINARY)
    assert len(demo.kept_apart) == 4
    assert len(demo.curfews) == 3
    restricted = [r for r in demo.residents if r.restricted]
    assert len(restricted) == 2, "one at each premises"
    assert all(len(r.seen_by) > 5 and not r.hidden_from for r in restricted)
    assert [len(r.hidden_from) for r in demo.residents if r.hidden_from] == [2]
    recalled = [s for s in demo.stays if s.status == "departed"]
    assert [s.leaves for s in recalled] == [clock.date_of(-4)]
    (coming,) = (s for s in demo.stays if s.status == "upcoming")
    assert (coming.arrives, coming.arrives_at) == (clock.date_of(4), time(16))
    sick = [a for a in demo.absences if a.staff == CROWLEY.worker(SICK)]
    assert (sick[0].end_date - sick[0].start_date).days > 28
    week = [s for s in demo.shifts if 0 <= (s.date - clock.monday).days < 7]
    nights = [s for s in week if s.staff == KIRK.worker(NIGHT_KEY_WORKER)]
    assert len(nights) == 4
    assert {s.start for s in nights} == {time(20)}


def test_offices_are_closed_and_floors_staffed_at_christmas() -> None:
    clock: Clock = parse_week("2026-W52")
    demo = plan("2026-W52")
    on = {s.staff for s in demo.shifts if s.date == clock.date_of(4)}
    assert PSYCHOLOGIST not in on
    assert not on & {KIRK.worker(1), CROWLEY.worker(1)}
    assert len(on) >= 8


def test_past_sessions_do_not_begin_before_the_stay_does() -> None:
    begins = {s.resident: s.arrives for s in plan().stays}
    rows = [d for d in plan().deliveries if d.person in begins]
    assert len(rows) > 500
    assert all(d.date >= begins[d.person] for d in rows if d.person)
