"""Every session due is held, at its worth."""

from tests.rules.builders import breach, claims_of, place, said, session, week

RULE = "every_session_held"


def test_each_session_not_held_costs_its_worth() -> None:
    of = week(session("a", worth=100), session("b", worth=250), session("c", worth=40))
    assert breach(RULE, of) == 390
    assert breach(RULE, of, place("a", "Mon 10:00")) == 290


def test_silent_when_all_are_held() -> None:
    of = week(session("a"), session("b"))
    assert breach(RULE, of, place("a", "Mon 10:00"), place("b", "Mon 10:00")) == 0


def test_a_session_that_waits_for_an_earlier_step_is_missed_all_the_same() -> None:
    assert breach(RULE, week(session("a", waits=True))) == 100


def test_a_session_worth_nothing_is_not_spoken_of() -> None:
    assert not claims_of(RULE, week(session("a", worth=0)))


def test_it_says_which() -> None:
    assert said(RULE, week(session("a"))) == ["a is not held."]
