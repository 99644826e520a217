"""Sentences hold references, never names."""

from __future__ import annotations

from pipe_sched.core import phrase
from pipe_sched.core.phrase import Phrase, Ref


def test_each_reference_says_what_it_refers_to() -> None:
    refs = (
        phrase.person("X1"),
        phrase.room("r1"),
        phrase.site("kirk"),
        phrase.demand("d"),
        phrase.kind("key_work"),
        phrase.at(615),
        phrase.day(0),
        phrase.stretch(-60, 60),
        phrase.job("key_worker"),
        phrase.word(3),
    )
    kinds = ("person", "room", "site", "demand", "kind", "time", "day", "span", "job", "word")
    assert tuple(r.kind for r in refs) == kinds
    assert [r.id for r in refs[5:8]] == ["615", "0", "-60-60"]
    assert refs[9].id == "3"


def test_phrases_are_values_that_can_be_compared_and_kept_once() -> None:
    one = Phrase("{0} is off shift.", (phrase.person("A"),))
    assert one == Phrase("{0} is off shift.", (Ref("person", "A"),))
    assert len({one, Phrase("{0} is off shift.", (phrase.person("B"),)), one}) == 2
