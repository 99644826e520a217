"""Failed tries: counted where every process sees them, slowed, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench.attack.crew import together
from pipe_sched.store import guesses
from pipe_sched.store.engine import Store, open_store
from pipe_sched.store.guesses import FREE, KEPT, MOST, Bucket
from pipe_sched.store.scope import EverySite, Scope
from tests.store.builders import NOW

COUNTING = Scope(EverySite("sign_in"), "nobody", write=True)
ONE, OTHER = Bucket("one"), Bucket("other")


def charge(store: Store, *buckets: Bucket, at: float = 0) -> timedelta | None:
    with store.open_session(COUNTING) as session:
        return guesses.charge(session, buckets, later(at))


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def fail(store: Store, times: int, *buckets: Bucket) -> None:
    for _ in range(times):
        assert charge(store, *buckets) is None


def test_five_tries_are_free_and_the_sixth_waits(store: Store) -> None:
    fail(store, FREE, ONE)
    assert charge(store, ONE) == timedelta(seconds=15)
    assert charge(store, ONE, at=10) == timedelta(seconds=5)
    assert charge(store, ONE, at=15) is None


def test_each_wait_is_twice_the_one_before_up_to_a_quarter_of_an_hour(store: Store) -> None:
    fail(store, FREE, ONE)
    waits, at = [], 0.0
    for _ in range(9):
        wait = charge(store, ONE, at=at)
        assert wait is not None
        waits.append(wait.total_seconds())
        at += wait.total_seconds()
        assert charge(store, ONE, at=at) is None
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_tries_while_a_bucket_waits_are_not_counted(store: Store) -> None:
    fail(store, FREE, ONE)
    for _ in range(20):
        charge(store, ONE, at=1)
    assert charge(store, ONE, at=15) is None
    assert charge(store, ONE, at=15) == timedelta(seconds=30)


def test_one_waiting_bucket_holds_a_try_back_and_no_other_counts_it(store: Store) -> None:
    fail(store, FREE, ONE)
    assert charge(store, ONE, OTHER, at=1) is not None
    fail(store, FREE, OTHER)
    assert charge(store, OTHER) is not None


def test_a_right_try_empties_its_bucket_and_no_other(store: Store) -> None:
    fail(store, FREE, ONE)
    fail(store, FREE, OTHER)
    with store.open_session(COUNTING) as session:
        guesses.forgive(session, ONE)
    assert charge(store, ONE) is None
    assert charge(store, OTHER) is not None


def test_a_try_that_is_taken_back_leaves_those_before_it(store: Store) -> None:
    fail(store, FREE, ONE)
    with store.open_session(COUNTING) as session:
        guesses.take_back(session, ONE)
    assert charge(store, ONE) is None
    assert charge(store, ONE) is not None


def test_a_bucket_that_nobody_touches_is_forgotten_after_a_day(store: Store) -> None:
    fail(store, FREE - 1, ONE)
    later_on = KEPT.total_seconds() + 1
    for _ in range(FREE):
        assert charge(store, ONE, at=later_on) is None
    assert charge(store, ONE, at=later_on) is not None


def test_a_generous_bucket_lets_more_fail_first(store: Store) -> None:
    generous = Bucket("address", 50)
    fail(store, 50, generous)
    assert charge(store, generous) == timedelta(seconds=15)


def test_no_wait_is_longer_than_a_quarter_of_an_hour() -> None:
    assert guesses.wait_after(10**6) == MOST == timedelta(minutes=15)
    assert guesses.wait_after(-1) is None


def guess(_number: int, url: str) -> int:
    store = open_store(url, upgraded=False)
    let_through = sum(charge(store, ONE) is None for _ in range(10))
    store.close()
    return let_through


def test_processes_that_guess_at_the_same_moment_share_one_bucket(
    tmp_path: Path, template: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'shared.db'}"
    (tmp_path / "shared.db").write_bytes(template.read_bytes())
    assert sum(together(3, guess, url)) == FREE


@pytest.mark.parametrize("forbidden", ["email", "@", "192.0.2"])
def test_no_key_of_a_bucket_says_whose_it_is(store: Store, forbidden: str) -> None:
    from pipe_sched.actions.errors import BadRequest
    from pipe_sched.actions.sign_in import sign_in
    from pipe_sched.actions.visitor import Visitor

    with pytest.raises(BadRequest):
        sign_in(store, "heather@email.example", "wrong", Visitor("192.0.2.1"), now=NOW)
    with store.open_session(COUNTING) as session:
        keys = [row.key for row in session.query(guesses.Guesses)]
    assert len(keys) == 2
    assert not [key for key in keys if forbidden in key]
