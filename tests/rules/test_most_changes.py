"""Most changes: a person's cap on changes to what was published, over the whole run."""

from pipe_sched.core.week import RuleSetting
from pipe_sched.solve.run import solve
from tests.rules.builders import (
    absence,
    at,
    breach,
    broken,
    place,
    plus,
    resident,
    room,
    said,
    session,
    shift,
    site,
    staff,
    week,
)

RULE = "most_changes"
TALK = session("talk", roles={"lead": ("kay", "ken")}, offered=("ann", "bea", "cal"))
CHAT = session("chat", lead=("kay", "ken"), site="crowley")
FRESH = session("fresh", lead="kay")
OLD = place("talk", "Wed 10:00", "kay", ("ann", "bea"), "hall")
OTHER = place("chat", "Thu 10:00", "kay")
SITES = (site("kirk"), site("crowley"))
PEOPLE = (staff("kay"), staff("ken"), resident("ann"), resident("bea"), resident("cal"))
WEEK = week(SITES, PEOPLE, room("hall"), room("nook"), TALK, CHAT, FRESH, published=(OLD, OTHER))


def capped(most: int | None) -> object:
    return plus(WEEK, most_changes=most)


def test_without_a_number_there_is_no_limit() -> None:
    assert breach(RULE, capped(None)) == 0


def test_as_published_nothing_is_broken_even_when_nothing_may_change() -> None:
    assert breach(RULE, capped(0), OLD, OTHER) == 0


def test_the_breach_is_the_changes_above_the_number() -> None:
    moved = place("talk", "Wed 10:15", "ken", ("ann", "cal"), "nook")
    assert breach(RULE, capped(0), moved, OTHER) == 5
    assert breach(RULE, capped(4), moved, OTHER) == 1
    assert breach(RULE, capped(5), moved, OTHER) == 0


def test_a_dropped_session_counts_in_full_and_a_new_one_not_at_all() -> None:
    assert breach(RULE, capped(0), OTHER) == 5
    assert breach(RULE, capped(0), OLD, OTHER, place("fresh", "Mon 10:00", "kay")) == 0


def test_the_number_is_for_all_sites_together() -> None:
    moved = place("talk", "Wed 10:15", "kay", ("ann", "bea"), "hall")
    far = place("chat", "Thu 10:15", "kay")
    assert breach(RULE, capped(1), moved, OTHER) == 0
    assert breach(RULE, capped(1), moved, far) == 1


def test_urgency_does_not_make_a_change_count_more() -> None:
    soon = plus(WEEK, most_changes=1, now=at("Wed 09:00"))
    assert breach(RULE, soon, place("talk", "Wed 10:15", "kay", ("ann", "bea"), "hall"), OTHER) == 0


def test_a_cancelled_session_is_no_change() -> None:
    assert breach(RULE, plus(WEEK, most_changes=0, cancelled=("talk",)), OTHER) == 0


def test_it_says_how_many_are_allowed() -> None:
    assert said(RULE, capped(0)) == ["Only 0 changes to what was published may be made."]
    assert said(RULE, capped(1)) == ["Only 1 change to what was published may be made."]


def test_the_first_planned_site_may_set_it_aside() -> None:
    assert RULE in broken(capped(0))
    off = RuleSetting(RULE, level="off")
    assert RULE not in broken(plus(WEEK, most_changes=0, sites=(site(rules=(off,)), SITES[1])))


def house() -> object:
    """Kay leads three published sessions on Wednesday; ken could take each over as it is."""
    on = [shift(p, f"{day} 08:00-20:00") for p in ("kay", "ken") for day in ("Wed", "Thu")]
    due = [session(d, lead=("kay", "ken")) for d in ("one", "two", "three")]
    told = tuple(place(d.id, f"Wed {9 + 2 * i:02}:00", "kay") for i, d in enumerate(due))
    return week(site(), staff("kay"), staff("ken"), *on, *due, published=told)


def test_a_plan_keeps_to_the_number_and_says_so() -> None:
    """Dropping all three would be six changes; the plan needs three, as many as allowed."""
    of = plus(house(), absence("kay", "Wed 08:00-20:00"), most_changes=3)
    result = solve(of, seconds=10)
    assert {t.tier: t.cost for t in result.tiers}["changes"] == 3
    assert result.relaxed == ()
    assert result.status == "optimal"


def test_where_even_the_fewest_changes_are_more_there_is_a_plan_and_it_is_told() -> None:
    of = plus(house(), absence("kay", "Wed 08:00-20:00"), most_changes=1)
    result = solve(of, seconds=10)
    assert result.relaxed == ((RULE, RULE),)
    assert {t.tier: t.cost for t in result.tiers}["changes"] == 3
    assert len(result.timetable.assignments) == 3
