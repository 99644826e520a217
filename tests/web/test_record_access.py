"""Every page, file and refusal is put on record before it is sent, or it is not shown."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from flask import Flask
from sqlalchemy import select

from pipe_sched.store.engine import Store
from pipe_sched.store.log_tables import AccessRow
from pipe_sched.store.scope import EverySite, Scope
from pipe_sched.store.seal import LOGS
from pipe_sched.store.verify import verify
from pipe_sched.web.handles import handle
from tests.actions.builders import CLOCK
from tests.actions.lives import publish
from tests.web.client import PageClient
from tests.web.conftest import MARKED, WEEK, client_for, generate

READ = Scope(EverySite("test"), "tester")


def rows(store: Store) -> list[AccessRow]:
    with store.open_session(READ) as session:
        return list(session.scalars(select(AccessRow).order_by(AccessRow.seq)))


def people(row: AccessRow) -> set[str]:
    return {id_ for kind, id_ in row.about if kind == "person"}


def test_a_page_is_on_record_with_who_was_shown_on_it(client: PageClient, held: Store) -> None:
    assert client.get(f"{WEEK}?view=week").status == 200
    row = rows(held)[-1]
    assert (row.action, row.site, row.week) == ("see_week", "north", str(CLOCK))
    assert row.said["page"] == "week.show"
    assert (row.said["method"], row.said["status"]) == ("GET", 200)
    assert "busy_elsewhere" in row.said["beyond"]
    assert {"1-w1", "X0000011"} <= people(row)


def test_only_whom_the_page_shows_is_on_record(client: PageClient, held: Store) -> None:
    client.get(f"{WEEK}/people/{handle('1-w1')}")
    assert "1-w1" in people(rows(held)[-1])
    assert "2-w1" not in people(rows(held)[-1])
    client.get("/template.xlsx")
    assert people(rows(held)[-1]) == set()


def test_a_session_on_its_own_page_is_on_record(client: PageClient, held: Store) -> None:
    client.get(f"{WEEK}/sessions/{handle('north:1-art:group:1')}")
    assert ["session", "north:1-art:group:1"] in rows(held)[-1].about


def test_files_and_presses_are_on_record(client: PageClient, held: Store) -> None:
    publish(held)
    client.get(f"{WEEK}/timetable.csv")
    assert people(rows(held)[-1])
    client.send(client.get(WEEK), "/keep-all")
    assert [r.said["method"] for r in rows(held)][-3:] == ["GET", "POST", "GET"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/sites/nowhere/2026-W49", 404), ("/sites/north/2026-W10", 404), (f"{WEEK}/versions/9", 404)],
    ids=["absent site", "absent week", "absent version"],
)
def test_what_is_not_there_is_on_record(
    client: PageClient, held: Store, path: str, status: int
) -> None:
    assert client.get(path).status == status
    assert rows(held)[-1].said["status"] == status


def test_a_refusal_is_on_record_with_the_site_asked_for(app: Flask, held: Store) -> None:
    foreign = client_for(app, "manager", ["south"])
    assert foreign.get(WEEK).status == 404
    row = rows(held)[-1]
    assert (row.site, row.said["status"]) == ("north", 404)
    staff = client_for(app, "staff", ["north"])
    assert staff.get(f"{WEEK}/versions").status == 403
    assert rows(held)[-1].said["status"] == 403


def test_who_is_not_signed_in_is_on_record_as_nobody(stranger: PageClient, held: Store) -> None:
    assert stranger.get(f"{WEEK}/timetable.csv").status == 401
    row = rows(held)[-1]
    assert (row.actor, row.said["status"], row.about) == ("nobody", 401, [["site", "north"]])


def test_what_an_address_says_is_not_copied_into_the_record(
    client: PageClient, held: Store
) -> None:
    client.get("/sites/Alan Canary/Week of Alan Canary")
    assert (rows(held)[-1].site, rows(held)[-1].week) == ("", "")


def test_polling_and_files_without_data_are_not_on_record(client: PageClient, held: Store) -> None:
    run, before = generate(held, minutes=1), len(rows(held))
    for path in (f"/runs/{run}/progress", "/static/icon.svg", "/health", "/no/such/route"):
        client.client.get(path)
    assert len(rows(held)) == before
    client.client.get("/runs/none/progress")
    assert rows(held)[-1].said["status"] == 404


def test_a_page_that_cannot_be_put_on_record_is_not_shown(
    client: PageClient, held: Store, url: str
) -> None:
    refuse = "BEFORE INSERT ON access_log BEGIN SELECT raise(FAIL, 'full'); END"
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as raw:
        raw.execute(f"CREATE TRIGGER full {refuse}")
    page = client.get(WEEK)
    assert page.status == 503
    assert "so it is not shown" in page.text
    assert "Worker" not in page.text


def test_the_record_names_nobody_and_is_whole(client: PageClient, held: Store) -> None:
    for path in ("/", WEEK, f"{WEEK}?view=week", f"{WEEK}/people", f"{WEEK}/wall"):
        client.get(path)
    for row in rows(held):
        assert MARKED not in str(vars(row))
        assert "Worker" not in str(vars(row))
    with held.open_session(READ) as session:
        assert [verify(session, log).faults for log in LOGS] == [(), ()]
