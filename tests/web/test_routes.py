"""Every route says what it needs, and looking never changes anything."""

from __future__ import annotations

import sqlite3

import pytest
from flask import Flask
from werkzeug.routing import Rule

from pipe_sched.access import ACTIONS
from pipe_sched.store.engine import Store
from pipe_sched.web.handles import handle
from pipe_sched.web.needs import needs
from tests.actions.builders import CLOCK
from tests.actions.lives import publish
from tests.web.client import PageClient
from tests.web.conftest import client_for, generate, worker_beats

READS = {
    "list_sites",
    "list_weeks",
    "see_run",
    "see_week",
    "see_versions",
    "see_proposal",
    "export_week",
    "export_draft",
    "try_change",
    "see_record",
}
"""Actions that are never reached by POST: they change nothing."""
OPEN = {"static"}
"""Routes that need nothing: what they give holds no data."""
VALUES = {
    "site": "north",
    "week": str(CLOCK),
    "person": handle("1-w1"),
    "key": "none",
    "number": 1,
    "id_": "nobody",
    "token": "none",
    "kind": "person",
    "name": handle("north:1-art:group:1"),
}
NOTHING_THERE = {"/sites/<site>/<week>/proposal", "/accounts/<id_>", "/record/<kind>/<name>"}
"""Pages of what this week does not have."""


ADMINISTRATION = {"manage_accounts", "set_retention"}
"""Actions that a manager's browser cannot try."""


LOOKED = ("access_log", "log_about", "log_heads", "guesses")
"""Tables of what was looked at, and of links that were tried."""


def own_routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN]


def test_every_route_is_marked_with_an_action_of_access(app: Flask) -> None:
    rules = own_routes(app)
    marks = {r.endpoint: getattr(app.view_functions[r.endpoint], "needs", None) for r in rules}
    assert len(marks) > 10
    assert {e: m for e, m in marks.items() if m not in ACTIONS} == {}


def test_a_mark_that_access_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError):
        needs("fly")


def test_what_writes_cannot_be_reached_by_looking(app: Flask) -> None:
    for rule in own_routes(app):
        action = app.view_functions[rule.endpoint].needs  # type: ignore[attr-defined]
        methods = set(rule.methods or ()) - {"HEAD", "OPTIONS"}
        assert methods in ({"GET"}, {"POST"}), rule.rule
        assert methods == {"POST"} or not ACTIONS[action].writes, rule.rule
        assert methods == {"GET"} or action not in READS, rule.rule


def test_looking_at_every_page_changes_nothing(
    app: Flask, client: PageClient, held: Store, url: str
) -> None:
    publish(held)
    run = generate(held, minutes=1)
    worker_beats(held)
    administrator = client_for(app, "administrator")
    before = dump(url)
    seen = 0
    for rule in own_routes(app):
        if "GET" in (rule.methods or ()):
            with app.test_request_context():
                path = app.url_for(rule.endpoint, **{**VALUES, "run": run}).partition("?")[0]
            action = app.view_functions[rule.endpoint].needs  # type: ignore[attr-defined]
            browser = administrator if action in ADMINISTRATION else client
            answered = {404} if rule.rule in NOTHING_THERE else {200}
            # Who is signed in already is led away from the way in.
            wanted = {200, 303, 404} if action == "sign_in" else answered
            assert browser.get(path).status in wanted, path
            seen += 1
    assert seen > 8
    assert dump(url) == before


def dump(url: str) -> list[str]:
    """The whole database as text, but for the record of what was looked at, and of tries."""
    logs = tuple(f'INSERT INTO "{name}"' for name in LOOKED)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        return [line for line in database.iterdump() if not line.startswith(logs)]
