"""Runs: one active per site-week, leases that end, tokens that fence off the late."""

from __future__ import annotations

import multiprocessing
import threading
from collections import Counter
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from pipe_sched.core.clock import Clock
from pipe_sched.store import runs, weeks
from pipe_sched.store.engine import Store, open_store
from pipe_sched.store.plans import save_plan
from pipe_sched.store.runs import Asked, Claim, LostLease
from pipe_sched.store.tables import Run
from tests.store.builders import CLOCK, NOW, READ, WRITE, later, only, small_plan

LEASE, ATTEMPTS = 30.0, 3


@pytest.fixture(autouse=True)
def drawn_up(store: Store) -> None:
    with store.open_session(WRITE) as session:
        save_plan(session, small_plan())
        for clock in (CLOCK, CLOCK.neighbour(1)):
            weeks.draw_up(
                session,
                ("north", "south"),
                clock,
                texts=dict.fromkeys(("north", "south"), f"week {clock}"),
                due=(),
                notes=(),
                plan_version=1,
                now=NOW,
            )


def ask(store: Store, *sites: str, clock: Clock = CLOCK, key: str | None = None) -> str:
    """Queue a run, or get the one that is known; gives back its id."""
    asked = sites or ("north", "south")
    with store.open_session(WRITE) as session:
        known = runs.known_run(session, asked, clock, key)
        if known is not None:
            return known.id
        row = weeks.site_week(session, asked[0], clock)
        assert row is not None
        made = Asked(clock, asked, row.week_hash, "tester", 10.0, 2, 1, key)
        return runs.queue(session, made, NOW).id


def take(store: Store, at: float = 0, worker: str = "w1") -> Claim | None:
    with store.open_session(WRITE) as session:
        return runs.claim(session, worker, later(at), lease=LEASE, attempts=ATTEMPTS)


def taken(store: Store, at: float = 0, worker: str = "w1") -> Claim:
    claim = take(store, at, worker)
    assert claim is not None
    return claim


def report(store: Store, claim: Claim, at: float, progress: Any = None) -> bool:
    with store.open_session(WRITE) as session:
        return runs.report(session, claim, later(at), lease=LEASE, progress=progress)


def state(store: Store, run: str) -> Run:
    with store.open_session(READ) as session:
        return session.get_one(Run, run)


def stop(store: Store, run: str, at: float = 0) -> None:
    with store.open_session(WRITE) as session:
        runs.stop(session, session.get_one(Run, run), later(at))


def test_a_second_request_for_one_of_its_site_weeks_gets_the_active_run(store: Store) -> None:
    first = ask(store)
    assert ask(store, "south") == first
    assert ask(store, "north", clock=CLOCK.neighbour(1)) != first


def test_the_database_itself_refuses_a_second_active_run(store: Store) -> None:
    first = state(store, ask(store, "north"))
    second = Asked(CLOCK, ("north",), first.week_hash, "tester", 1, 1, 1)
    with pytest.raises(IntegrityError), store.open_session(WRITE) as session:
        runs.queue(session, second, NOW)


def test_the_same_key_gets_the_same_run_even_after_it_ended(store: Store) -> None:
    first = ask(store, key="once")
    stop(store, first)
    assert ask(store, key="once") == first
    assert ask(store, key="again") != first


def ask_many(url: str, answers: Any) -> None:
    store = open_store(url, upgraded=False)
    found: list[str] = []
    crew = [threading.Thread(target=lambda: found.append(ask(store))) for _ in range(5)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    answers.put(found)
    store.close()


def test_of_ten_requests_at_once_exactly_one_is_queued(store: Store, url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    crew = [spawn.Process(target=ask_many, args=(url, answers)) for _ in range(2)]
    for one in crew:
        one.start()
    found = [run for _ in crew for run in answers.get(timeout=120)]
    for one in crew:
        one.join(60)
    assert len(found) == 10
    assert len(set(found)) == 1


def test_a_run_is_claimed_once_and_oldest_first(store: Store) -> None:
    first = ask(store)
    assert taken(store).run == first
    assert take(store, worker="w2") is None


def test_of_many_claims_at_once_one_gets_the_run(store: Store) -> None:
    ask(store)
    found: list[Claim | None] = []
    crew = [
        threading.Thread(target=lambda n=n: found.append(take(store, worker=f"w{n}")))
        for n in range(6)
    ]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert Counter(claim is None for claim in found) == {True: 5, False: 1}


def test_a_run_left_behind_is_taken_up_when_its_lease_has_ended(store: Store) -> None:
    run = ask(store)
    taken(store)
    assert take(store, at=LEASE - 1, worker="w2") is None
    again = taken(store, at=LEASE, worker="w2")
    assert (again.run, again.attempt) == (run, 2)


def test_a_report_prolongs_the_lease_and_keeps_the_progress(store: Store) -> None:
    run = ask(store)
    claim = taken(store)
    assert report(store, claim, 20, {"seconds": 20}) is False
    assert take(store, at=LEASE + 5, worker="w2") is None
    assert state(store, run).progress == {"seconds": 20}


def test_who_lost_the_lease_can_write_nothing_more(store: Store) -> None:
    ask(store)
    late = taken(store)
    taken(store, at=LEASE, worker="w2")
    with pytest.raises(LostLease):
        report(store, late, LEASE + 1)
    with pytest.raises(LostLease), store.open_session(WRITE) as session:
        runs.hand_back(session, late)


def test_a_run_begun_three_times_is_reported_failed(store: Store) -> None:
    run = ask(store)
    for n in range(ATTEMPTS):
        taken(store, at=n * LEASE)
    assert take(store, at=ATTEMPTS * LEASE) is None
    ended = state(store, run)
    assert ended.state == "failed"
    assert ended.error is not None
    assert "3 times" in ended.error
    assert ask(store) != run, "its site-weeks are free again"


def test_a_run_handed_back_waits_again_and_the_attempt_does_not_count(store: Store) -> None:
    run = ask(store)
    claim = taken(store)
    with store.open_session(WRITE) as session:
        runs.hand_back(session, claim)
    assert state(store, run).state == "queued"
    assert taken(store, worker="w2").attempt == 1


def test_stopping_a_waiting_run_ends_it_at_once(store: Store) -> None:
    run = ask(store)
    stop(store, run)
    assert state(store, run).state == "stopped"
    assert take(store) is None


def test_stopping_a_running_run_tells_its_worker(store: Store) -> None:
    run = ask(store)
    claim = taken(store)
    stop(store, run, at=1)
    assert state(store, run).state == "running"
    assert report(store, claim, 2) is True


def test_stopping_a_run_left_behind_ends_it_without_a_worker(store: Store) -> None:
    run = ask(store)
    taken(store)
    stop(store, run, at=LEASE)
    assert state(store, run).state == "stopped"


def test_a_worker_that_died_while_stopping_does_not_leave_the_run_running(store: Store) -> None:
    run = ask(store)
    taken(store)
    stop(store, run, at=1)
    assert take(store, at=LEASE, worker="w2") is None
    assert state(store, run).state == "stopped"


def test_stopping_an_ended_run_changes_nothing(store: Store) -> None:
    run = ask(store)
    with store.open_session(WRITE) as session:
        runs.end(session, session.get_one(Run, run), "done", NOW)
    stop(store, run)
    assert (state(store, run).state, state(store, run).cancel) == ("done", False)


def test_a_run_is_seen_by_who_may_see_one_of_its_sites_and_is_whole_for_who_may_all(
    store: Store,
) -> None:
    run = ask(store)
    with store.open_session(only("office")) as session:
        assert runs.get_run(session, run) is None
    with store.open_session(only("north")) as session:
        assert runs.get_run(session, run) is not None
        assert [part.site for part in runs.run_sites(session, run)] == ["north"]
        assert not runs.is_whole(session, run)
    with store.open_session(only("north", "south")) as session:
        assert runs.is_whole(session, run)


def test_a_worker_is_known_by_its_last_heartbeat_until_it_leaves(store: Store) -> None:
    with store.open_session(WRITE) as session:
        assert runs.last_heartbeat(session) is None
        runs.beat(session, "w1", NOW)
        runs.beat(session, "w1", later(5))
        assert runs.last_heartbeat(session) == later(5)
        runs.leave(session, "w1")
        assert runs.last_heartbeat(session) is None
