"""Erasing takes what names a person and what is special about them, and no count or history."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from pipe_sched.access import LOCAL, Actor, Grant
from pipe_sched.actions.erase_person import erase_person
from pipe_sched.actions.errors import BadRequest, NotAllowed, NotFound
from pipe_sched.core.changes import Put
from pipe_sched.store.engine import Store
from pipe_sched.store.seal import LOGS
from pipe_sched.store.tables import Name
from pipe_sched.store.verify import verify
from tests.actions.builders import NOW, art
from tests.actions.canary import (
    CRN,
    READ,
    SIGNS,
    STAFF,
    WRITE,
    arrive,
    leave,
    sign_up,
    tell_all,
)
from tests.actions.lives import change, publish
from tests.actions.runs import planned

GONE = date(2026, 12, 1)
LATER = NOW + timedelta(days=30)
KEPT = ("stays", "deliveries", "versions", "drafts", "frozen_weeks", "residents", "staff", "audit")


@pytest.fixture
def lived(store: Store) -> str:
    """Somebody stayed, was planned, published and has left; gives back their id."""
    resident = arrive(store)
    tell_all(store, resident)
    sign_up(store)
    planned(store, art("north", 10))
    place = art("north", 11)
    change(store, Put(place))
    publish(store)
    leave(store, resident, GONE, NOW)
    return resident


def path_of(store: Store) -> Path:
    return Path(str(store.engine.url.database))


def counts(store: Store) -> dict[str, int]:
    with closing(sqlite3.connect(path_of(store))) as raw:
        return {t: raw.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in KEPT}


def found_in_file(store: Store) -> list[str]:
    """Which of the signs the bytes of the file and what lies beside it hold."""
    path = path_of(store)
    beside = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
    data = b"".join(one.read_bytes() for one in beside if one.exists())
    return [sign for sign in SIGNS if sign.encode() in data]


def test_names_and_details_go_and_counts_and_history_stay(store: Store, lived: str) -> None:
    assert set(found_in_file(store)) == set(SIGNS)
    before = counts(store)
    told = dict(erase_person(store, LOCAL, CRN, now=LATER).rows)
    assert told == {
        "names": 3,
        "barred": 1,
        "commitments": 1,
        "curfews": 1,
        "kept_apart": 1,
        "safe_to_see": 1,
        "residents": 1,
    }
    assert counts(store) == before
    assert dict(erase_person(store, LOCAL, CRN, save=True, now=LATER).rows) == told
    went = erase_person(store, LOCAL, STAFF, save=True, now=LATER)
    assert dict(went.rows) == {"accounts": 1, "names": 1}
    assert went.scrubbed
    assert counts(store) == {**before, "audit": before["audit"] + 2}
    assert found_in_file(store) == []


def test_a_shorter_way_of_looking_would_find_the_name(store: Store, lived: str) -> None:
    """The search itself is no proof unless it finds what is only in a freed page."""
    with closing(sqlite3.connect(path_of(store))) as raw:
        raw.execute("PRAGMA secure_delete=OFF")
        raw.execute("DELETE FROM names WHERE name LIKE '%Canary%'")
        raw.commit()
    assert "Canary" in found_in_file(store)


def test_the_record_is_whole_and_says_who_was_erased_by_id_alone(store: Store, lived: str) -> None:
    erase_person(store, LOCAL, lived, save=True, now=LATER)
    with store.open_session(READ) as session:
        assert [verify(session, log).faults for log in LOGS] == [(), ()]
    with closing(sqlite3.connect(path_of(store))) as raw:
        about = raw.execute("SELECT about FROM audit WHERE action = 'erase_person'").fetchone()[0]
    assert f'["person", "{lived}"]' in about


def test_who_is_erased_is_not_there_a_second_time(store: Store, lived: str) -> None:
    erase_person(store, LOCAL, CRN, save=True, now=LATER)
    with pytest.raises(NotFound, match="nobody with that CRN or id"):
        erase_person(store, LOCAL, CRN, save=True, now=LATER)


def test_who_still_stays_cannot_be_erased(store: Store) -> None:
    resident = arrive(store)
    with pytest.raises(BadRequest, match="has a stay going on"):
        erase_person(store, LOCAL, CRN, save=True, now=NOW)
    leave(store, resident, GONE, NOW)
    with pytest.raises(BadRequest, match="has a stay going on"):
        erase_person(store, LOCAL, CRN, save=True, now=NOW)


def test_who_still_works_here_cannot_be_erased(store: Store) -> None:
    with pytest.raises(BadRequest, match="works here"):
        erase_person(store, LOCAL, "1-w1", save=True, now=NOW)


def test_only_an_administrator_may_erase(store: Store, lived: str) -> None:
    manager = Actor("m", frozenset({Grant("manager", "north")}))
    with pytest.raises(NotAllowed):
        erase_person(store, manager, CRN, save=True, now=LATER)


def test_other_peoples_names_stay(store: Store, lived: str) -> None:
    with store.open_session(WRITE) as session:
        session.execute(insert(Name), [{"kind": "outside", "id": "o", "name": "Other"}])
    erase_person(store, LOCAL, CRN, save=True, now=LATER)
    with closing(sqlite3.connect(path_of(store))) as raw:
        names = {name for (name,) in raw.execute("SELECT name FROM names")}
    assert {"Other", "Worker 1-w1", "North House"} <= names
