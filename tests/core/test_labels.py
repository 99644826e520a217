"""Words for one viewer: GOV.UK times and dates, and ids where a viewer may read no name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from pipe_sched.core import phrase
from pipe_sched.core.clock import Clock
from pipe_sched.core.labels import Labels, labels_by_id, labels_for, long_date, wall_time
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.titles import demand_names
from pipe_sched.core.week import Demand, Week

CLOCK = Clock(2026, 49)


@pytest.mark.parametrize(
    ("hour", "minute", "text"),
    [
        (0, 0, "midnight"),
        (12, 0, "midday"),
        (9, 0, "9am"),
        (9, 15, "9:15am"),
        (0, 5, "12:05am"),
        (12, 30, "12:30pm"),
        (23, 45, "11:45pm"),
    ],
)
def test_times_read_the_gov_uk_way(hour: int, minute: int, text: str) -> None:
    assert wall_time(datetime(2026, 11, 30, hour, minute)) == text


def test_dates_read_without_leading_zero() -> None:
    assert long_date(datetime(2026, 12, 6)) == "Sunday 6 December"


def test_a_sentence_gets_this_viewers_words() -> None:
    labels = Labels(CLOCK, {"X1": "J.S."}, {"r1": "Quiet room"}, {"kirk": "Kirk Lodge"})
    refs = (phrase.person("X1"), phrase.room("r1"), phrase.site("kirk"), phrase.at(615))
    said = labels.sentence(Phrase("{0} is in {1} at {2} on {3}.", refs))
    assert said == "J.S. is in Quiet room at Kirk Lodge on Monday 10:15am."


def test_an_id_without_words_is_shown_in_neutral_ones_and_never_as_it_is() -> None:
    labels = Labels(CLOCK)
    assert labels.text(phrase.person("X900001")) == "somebody from other premises"
    assert labels.people.get("X900001", "X900001") == "somebody from other premises"
    assert labels.text(phrase.room("r1")) == "a room elsewhere"
    assert labels.text(phrase.site("kirk")) == "other premises"
    assert labels.demands.get("kirk:key:X1:1", "kirk:key:X1:1") == "a session"
    say = Phrase("{0} is in {1}.", (phrase.person("X900001"), phrase.room("r1")))
    assert labels.sentence(say) == "Somebody from other premises is in a room elsewhere."


def test_who_holds_nothing_but_ids_reads_ids() -> None:
    assert labels_by_id(CLOCK).text(phrase.person("X900001")) == "X900001"


def test_stretches_name_the_second_day_only_when_it_is_another() -> None:
    labels = Labels(CLOCK)
    assert labels.text(phrase.stretch(480, 630)) == "Monday 8am to 10:30am"
    assert labels.text(phrase.stretch(1200, 1935)) == "Monday 8pm to Tuesday 8:15am"


def test_stretches_before_the_week_are_read_right() -> None:
    said = Labels(CLOCK).text(phrase.stretch(-240, 480))
    assert said == "Sunday 8pm to Monday 8am"


def test_days_are_read_in_local_time_after_the_clocks_change() -> None:
    spring = Labels(Clock(2026, 13))
    assert spring.text(phrase.day(6 * 1440)) == "Sunday 29 March"
    assert spring.text(phrase.at(6 * 1440 + 8 * 60)) == "Sunday 9am"


def test_kinds_and_jobs_are_words_within_a_sentence() -> None:
    labels = Labels(CLOCK)
    assert labels.text(phrase.kind("key_work")) == "key work"
    assert labels.text(phrase.kind("board_games")) == "board games"
    assert labels.text(phrase.word(7)) == "7"


def test_one_to_ones_are_named_after_whose_they_are() -> None:
    week = Week(
        2026,
        49,
        (),
        demands=(
            Demand("a", "kirk", "key_work", 45, (), required=("X1",), one_to_one=True),
            Demand("b", "kirk", "community_meeting", 45, (), expected=("X1", "X2")),
            Demand("c", "kirk", "key_work", 45, (), required=("X2",), one_to_one=True),
        ),
    )
    names = demand_names(week, {"X1": "J.S.", "X2": "X2"})
    assert names == {"a": "Key work, J.S.", "b": "Community meeting", "c": "Key work, X2"}
    assert labels_for(week, {"X1": "J.S."}, {}, {}).text(phrase.demand("a")) == "Key work, J.S."


def due(id: str, kind: str, *required: str, **more: Any) -> Demand:
    return Demand(id, id.split(":")[0], kind, 45, (), required=required, **more)


def test_a_step_of_a_series_says_which() -> None:
    week = Week(2026, 49, (), demands=(due("k:EDU:group:3", "training", series="EDU", step=3),))
    assert demand_names(week, {}) == {"k:EDU:group:3": "Training, session 3"}


def test_sessions_that_would_read_the_same_are_told_apart() -> None:
    ids = ("k:STR:group:1", "k:STR:group:2", "k:ART:group:1", "k:COOK:group:1", "n:ART:group:1")
    kinds = ("structured", "structured", "creative", "creative", "creative")
    week = Week(2026, 49, (), demands=tuple(due(i, k) for i, k in zip(ids, kinds, strict=True)))
    assert tuple(demand_names(week, {}).values()) == (
        "Structured session 1",
        "Structured session 2",
        "Socially creative session (ART)",
        "Socially creative session (COOK)",
        "Socially creative session",
    )


def test_a_catch_up_is_told_from_this_weeks_own_session() -> None:
    ids = ("k:KEY:X1:1", "k:KEY:X1:catch-up", "k:KEY:X2:1")
    week = Week(2026, 49, (), demands=tuple(due(i, "key_work", i.split(":")[2]) for i in ids))
    assert tuple(demand_names(week, {"X1": "X1", "X2": "X2"}).values()) == (
        "Key work, X1",
        "Key work, X1 (catch up)",
        "Key work, X2",
    )
