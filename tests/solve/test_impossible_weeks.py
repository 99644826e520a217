"""Fourteen weeks that cannot be held whole: the true reason is named, and nothing beside it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

import pytest

from bench.impossible import ASKED, CASES, Case
from pipe_sched.core.labels import labels_for
from pipe_sched.core.week import Assignment, Lead, Timetable, Week
from pipe_sched.solve.explain import Why, why_not
from pipe_sched.solve.explain_cause import find_cause
from pipe_sched.solve.explain_try import question

EASY = Timetable((Assignment("easy-one", 540, "big", (Lead("lead", "easy"),), ("oak",)),))
every_case = pytest.mark.parametrize("case", CASES, ids=[c.__name__ for c in CASES])


@cache
def answer(case: Callable[[], Case]) -> tuple[Week, Why, str]:
    """The week, why the asked session is not held, and the reasons read as one text."""
    week, _, _ = case()
    why = why_not(week, EASY, ASKED, seconds=15)
    labels = labels_for(week, {}, {}, {})
    return week, why, " ".join(labels.sentence(r.say) for r in why.reasons)


@every_case
def test_the_true_reason_is_named(case: Callable[[], Case]) -> None:
    _, rule, word = case()
    _, why, text = answer(case)
    assert rule in {r.rule for r in why.reasons}
    assert word in text


@every_case
def test_it_is_certain_and_due_to_the_session_alone(case: Callable[[], Case]) -> None:
    _, why, _ = answer(case)
    assert why.proven
    assert why.alone
    assert not why.rivals


@every_case
def test_few_sentences_say_it(case: Callable[[], Case]) -> None:
    _, why, text = answer(case)
    assert 1 <= len(why.reasons) <= 4
    assert "{" not in text


@every_case
def test_no_fact_of_the_cause_can_be_dropped(case: Callable[[], Case]) -> None:
    week, _, _ = case()
    asked = question(week, [ASKED], time.monotonic() + 15, wide=True)
    cause = find_cause(asked, [ASKED])
    assert cause is not None
    assert cause.facts
    for left_out in cause.facts:
        claims = [c for f in cause.facts if f is not left_out for c in f.claims]
        assert asked.ask([*cause.given, *claims], [ASKED]).answer == "yes"


@every_case
def test_the_cause_alone_is_enough(case: Callable[[], Case]) -> None:
    week, _, _ = case()
    asked = question(week, [ASKED], time.monotonic() + 15, wide=True)
    cause = find_cause(asked, [ASKED])
    assert cause is not None
    claims = [*cause.given, *(c for f in cause.facts for c in f.claims)]
    assert asked.ask(claims, [ASKED]).answer == "no"
    assert asked.confirmed(claims, [ASKED])
