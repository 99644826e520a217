"""The pages of the record: searched, limited to the viewer's sites, in plain words."""

from __future__ import annotations

from datetime import date, time

import pytest
from flask import Flask

from pipe_sched.access import LOCAL
from pipe_sched.actions.end_stay import end_stay
from pipe_sched.store.engine import Store
from pipe_sched.web.handles import handle
from tests.actions.builders import CLOCK, NOW
from tests.actions.lives import publish
from tests.web.client import PageClient
from tests.web.conftest import WEEK, client_for

RECALL = "Ended a stay"


@pytest.fixture
def recalled(held: Store) -> Store:
    """A resident of North was recalled, and nobody is told yet."""
    end_stay(held, LOCAL, "north", "X0000011", date(2026, 12, 1), time(12), now=NOW)
    return held


def test_a_manager_reads_who_changed_what_in_plain_words(client: PageClient, held: Store) -> None:
    publish(held)
    page = client.get("/record")
    assert page.heading == "Who saw and who changed what"
    for words in ("Published the timetable", "Had a timetable worked out", "The command line"):
        assert words in page.text
    assert "change_week" not in page.text.split('list app-drafts"')[-1]


def test_views_are_searched_by_whom_they_showed(client: PageClient, held: Store) -> None:
    client.get(f"{WEEK}/people/{handle('1-w1')}")
    client.get("/template.xlsx")
    page = client.get(f"/record?what=views&person={handle('1-w1')}")
    assert "Looked at the week" in page.text
    assert "Looked at the list of premises" not in page.text.split('list app-drafts"')[-1]


def test_a_search_by_week_action_and_day_finds_only_that(client: PageClient, held: Store) -> None:
    publish(held)
    assert "Published" in client.get(f"/record?week={CLOCK}&action=publish_week").text
    rows = client.get("/record?action=publish_week").text.split('list app-drafts"')[-1]
    assert "Had a timetable" not in rows
    assert "Nothing on record" in client.get("/record?until=2020-01-01").text
    assert "Nothing on record" in client.get("/record?week=2025-W01").text


@pytest.mark.parametrize("query", ["since=tomorrow", "week=soon"], ids=["day", "week"])
def test_a_search_that_makes_no_sense_gets_a_sentence(
    client: PageClient, held: Store, query: str
) -> None:
    assert client.get(f"/record?{query}").status == 400


def test_the_record_of_other_premises_is_not_there(app: Flask, held: Store) -> None:
    publish(held)
    south = client_for(app, "manager", ["south"])
    assert "Published" not in south.get("/record").text.split('list app-drafts"')[-1]
    assert south.get("/record?site=north").status == 404
    assert south.get(f"/record/person/{handle('1-w1')}").status == 404


@pytest.mark.parametrize("role", ["staff", "key_worker", "psychologist", "regime_lead", "regional"])
def test_who_may_not_see_the_record_does_not(app: Flask, held: Store, role: str) -> None:
    assert client_for(app, role, ["north"]).get("/record").status == 403


def test_a_session_a_person_and_a_week_have_their_own_record(
    client: PageClient, held: Store
) -> None:
    publish(held)
    name = handle("north:1-art:group:1")
    page = client.get(f"/record/session/{name}?site=north&week={CLOCK}")
    assert "Published the timetable" in page.text
    person = client.get(f"/record/person/{handle('1-w1')}")
    assert person.heading.startswith("The record of Worker")
    week = client.get(f"/record/week/{CLOCK}?site=north")
    assert "Had a timetable worked out" in week.text
    for path in (f"/record/session/none?site=north&week={CLOCK}", "/record/room/none"):
        assert client.get(path).status == 404


def test_pages_lead_to_their_own_record(client: PageClient, held: Store) -> None:
    for path in (
        WEEK,
        f"{WEEK}/sessions/{handle('north:1-art:group:1')}",
        f"{WEEK}/people/{handle('1-w1')}",
    ):
        link = next(href for href in client.get(path).html.links if href.startswith("/record/"))
        assert client.get(link).status == 200


def test_a_leaving_is_on_record_only_for_those_who_may_end_stays(
    app: Flask, client: PageClient, recalled: Store
) -> None:
    assert RECALL in client.get("/record").text.split('list app-drafts"')[-1]
    administrator = client_for(app, "administrator")
    for path in ("/record", "/record?what=views", f"/record/week/{CLOCK}?site=north"):
        assert RECALL not in administrator.get(path).text.split('list app-drafts"')[-1]


def test_an_administrator_who_may_not_read_residents_names_does_not_read_them_here(
    app: Flask, client: PageClient, held: Store
) -> None:
    client.get(WEEK)
    page = client_for(app, "administrator").get("/record?what=views")
    assert "Looked at the week" in page.text
    assert "Resident 1" not in page.text
    assert "name withheld" in page.text


def test_older_rows_are_on_the_next_page(client: PageClient, held: Store) -> None:
    for _ in range(27):
        client.get("/sites/north/2026-W10")
    page = client.get("/record?what=views")
    older = next(href for href in page.html.links if "before=" in href)
    assert client.get(older).status == 200
    assert "Older rows" in page.text
