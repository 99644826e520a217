"""The demo door: there in the demo on this computer, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from pipe_sched.access import LOCAL
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.core.clock import Clock
from pipe_sched.demo.accounts import demo_accounts, make_demo_accounts
from pipe_sched.demo.plan import build_plan
from pipe_sched.store.engine import open_store
from pipe_sched.web import create_app
from tests.web.client import PageClient

SECRET = "x" * 40


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the demo's plan and people."""
    url = f"sqlite:///{tmp_path_factory.mktemp('door') / 'demo.db'}"
    store = open_store(url)
    import_plan(store, LOCAL, build_plan(Clock(2026, 49)))
    make_demo_accounts(store)
    store.close()
    return url


@pytest.fixture
def door(demo_url: str) -> Iterator[Flask]:
    made = create_app(demo_url, DEMO=True)
    yield made
    made.extensions["pipe-sched-store"].close()


@pytest.mark.parametrize("key", [one.key for one in demo_accounts()])
def test_one_press_signs_in_as_anybody_of_the_demo(door: Flask, key: str) -> None:
    client = PageClient(door)
    page = client.send(client.get("/sign-in"), f"/demo/{key}")
    page = client.get("/") if page.status == 200 else client.get(page.response.location)
    name = next(one.facts.name for one in demo_accounts() if one.key == key)
    assert client.get("/account").status == 200
    assert name in client.get("/account").text


def test_the_demo_has_somebody_for_every_role_and_a_manager_for_every_premises() -> None:
    from pipe_sched.access import ROLES

    held = {grant for one in demo_accounts() for grant in one.facts.grants}
    assert {role for role, _ in held} == ROLES.keys()
    assert {site for role, site in held if role == "manager"} == {"kirk-lodge", "crowley-house"}
    assert {site for role, site in held if role == "psychologist"} == {
        "kirk-lodge",
        "crowley-house",
    }


def test_the_demos_people_are_made_once(demo_url: str) -> None:
    store = open_store(demo_url)
    make_demo_accounts(store)
    from pipe_sched.actions.see_accounts import see_accounts

    assert len(see_accounts(store, LOCAL).accounts) == len(demo_accounts())
    store.close()


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"DEMO": False},
        {"DEMO": None},
        {"DEMO": 1},
        {"DEMO": "yes"},
        {"DEMO": True, "public_url": "https://planner.example"},
    ],
    ids=["as served", "off", "none", "a number", "a word", "public"],
)
def test_in_any_other_mode_there_is_no_door(
    demo_url: str, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPE_SCHED_SECRET", SECRET)
    app = create_app(demo_url, **settings)
    assert [rule for rule in app.url_map.iter_rules() if "demo" in rule.rule] == []
    if "public_url" not in settings:
        client = PageClient(app)
        page = client.get("/sign-in")
        assert "made up" not in page.text
        form = page.form("/sign-in")
        assert client.post("/demo/administrator", form.fields).status == 404
        assert client.get("/account").status == 401


def test_the_door_needs_the_token_of_our_own_page(door: Flask) -> None:
    client = PageClient(door)
    assert client.post("/demo/administrator", {}).status == 400
    assert client.get("/account").status == 401


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "", "nonsense"])
def test_no_other_computer_comes_through_it(door: Flask, address: str) -> None:
    client = PageClient(door)
    fields = client.get("/sign-in").form("/demo/administrator").fields
    from_there = {"REMOTE_ADDR": address}
    assert client.post("/demo/administrator", fields, environ_overrides=from_there).status == 403
    assert client.get("/account").status == 401


def test_nobody_who_is_not_made_up_comes_through_it(door: Flask) -> None:
    client = PageClient(door)
    fields = client.get("/sign-in").form("/demo/administrator").fields
    assert client.post("/demo/nobody", fields).status == 404
