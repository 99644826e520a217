"""Leads other than the regular one."""

from tests.rules.builders import breach, claims_of, place, said, session, week

RULE = "same_worker"
TALK = week(session("talk", lead=("kay", "ken"), regular="kay"))


def test_another_lead_counts_one() -> None:
    assert breach(RULE, TALK, place("talk", "Mon 10:00", lead="ken")) == 1


def test_silent_with_the_regular_lead_or_when_not_held() -> None:
    assert breach(RULE, TALK, place("talk", "Mon 10:00", lead="kay")) == 0
    assert breach(RULE, TALK) == 0


def test_the_regular_worker_may_fill_any_role() -> None:
    of = week(session("talk", roles={"first": ("kay", "ken"), "second": ("kay",)}, regular="kay"))
    assert breach(RULE, of, place("talk", "Mon 10:00", first="ken", second="kay")) == 0


def test_attending_is_not_leading() -> None:
    of = week(session("talk", lead=("kay", "ken"), expected=("kay",), regular="kay"))
    assert breach(RULE, of, place("talk", "Mon 10:00", lead="ken", attends="kay")) == 1


def test_a_regular_worker_who_may_no_longer_lead_is_not_missed() -> None:
    assert not claims_of(RULE, week(session("talk", lead="ken", regular="kay")))


def test_it_says_who_led_before() -> None:
    held = place("talk", "Mon 10:00", lead="ken")
    assert said(RULE, TALK, held) == ["talk is not led by kay, who led it before."]
