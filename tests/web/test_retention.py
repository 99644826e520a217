"""The page of how long data are kept: set, let go, erase; for administrators alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from pipe_sched.store.crns import ids_by_crn
from pipe_sched.store.engine import Store
from tests.actions.builders import NOW
from tests.actions.canary import CRN, READ, arrive, leave, tell_all
from tests.web.client import PageClient
from tests.web.conftest import client_for


@pytest.fixture
def administrator(app: Flask) -> PageClient:
    """A browser in which an administrator is signed in."""
    return client_for(app, "administrator")


@pytest.fixture
def left(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """A resident who has left, seen a month later."""
    resident = arrive(store)
    tell_all(store, resident)
    leave(store, resident, date(2026, 12, 1), NOW)
    return resident


def in_months(monkeypatch: pytest.MonkeyPatch, months: int) -> None:
    moment = NOW + timedelta(days=31 * months)
    monkeypatch.setattr("pipe_sched.actions.set_retention.present", lambda _now: moment)
    monkeypatch.setattr("pipe_sched.actions.run_retention.present", lambda _now: moment)
    monkeypatch.setattr("pipe_sched.actions.erase_person.present", lambda _now: moment)


@pytest.mark.parametrize("role", ["manager", "regime_lead", "regional", "staff"])
def test_only_an_administrator_sees_it(app: Flask, store: Store, role: str) -> None:
    assert client_for(app, role, ["north"]).get("/retention").status == 403


def test_months_are_set_and_shown(administrator: PageClient, store: Store) -> None:
    page = administrator.send(
        administrator.get("/retention"), "/months", **{"months-residents": "36"}
    )
    assert "Changed." in page.text
    assert page.form("/months").fields["months-residents"] == "36"


@pytest.mark.parametrize("months", ["0", "-3", "many", "", "601"])
def test_months_that_make_no_sense_get_a_sentence(
    administrator: PageClient, store: Store, months: str
) -> None:
    page = administrator.send(
        administrator.get("/retention"), "/months", **{"months-residents": months}
    )
    assert page.status == 400
    assert "Give a number of months from 1 to 600." in page.text


def test_what_is_over_its_time_is_counted_and_goes(
    administrator: PageClient, store: Store, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_months(monkeypatch, 26)
    page = administrator.get("/retention")
    assert "They cannot be brought back" in page.text
    assert "Gone:" in administrator.send(page, "/run").text
    with store.open_session(READ) as session:
        assert CRN not in ids_by_crn(session)


def test_a_person_is_erased_after_a_second_look(
    administrator: PageClient, store: Store, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_months(monkeypatch, 2)
    ask: Any = administrator.send(administrator.get("/retention"), "/erase", who=CRN.lower())
    assert ask.heading == f"Erase {CRN.lower()}"
    assert "whom they are kept apart from" in ask.text
    with store.open_session(READ) as session:
        assert CRN in ids_by_crn(session)
    assert "Erased." in administrator.send(ask, "/erase", sure="1").text
    with store.open_session(READ) as session:
        assert CRN not in ids_by_crn(session)


def test_who_stays_is_not_erased_and_the_page_says_why(
    administrator: PageClient, store: Store
) -> None:
    arrive(store)
    page = administrator.send(administrator.get("/retention"), "/erase", who=CRN, sure="1")
    assert page.status == 400
    assert "has a stay going on" in page.text


def test_a_person_who_is_not_there_gets_a_sentence(administrator: PageClient, store: Store) -> None:
    page = administrator.send(administrator.get("/retention"), "/erase", who="Z999999")
    assert "There is nobody with that CRN or id." in page.text
