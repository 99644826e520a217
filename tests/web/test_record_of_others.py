"""What is done and seen at other premises is in nobody's record but theirs."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from pipe_sched.store.engine import Store
from tests.actions.builders import CLOCK
from tests.actions.lives import publish
from tests.web.client import PageClient
from tests.web.conftest import client_for

ROW = re.compile(r"row (\d+)</span>")


def rows(client: PageClient, query: str = "") -> list[str]:
    page = client.get(f"/record?{query}")
    assert page.status == 200
    return sorted(set(ROW.findall(page.text)))


def test_a_change_at_one_premises_is_in_its_record_and_not_in_the_others(
    app: Flask, held: Store
) -> None:
    north, south = (client_for(app, "manager", [site]) for site in ("north", "south"))
    before = rows(north), rows(south)
    publish(held, "south")
    assert rows(north) == before[0]
    assert len(rows(south)) == len(before[1]) + 1


@pytest.mark.parametrize("path", ["", "/people", "/sessions/0"])
def test_a_look_at_one_premises_is_in_its_record_and_not_in_the_others(
    app: Flask, held: Store, path: str
) -> None:
    north, south = (client_for(app, "manager", [site]) for site in ("north", "south"))
    before = len(rows(north, "what=views")), len(rows(south, "what=views"))
    south.get(f"/sites/south/{CLOCK}{path}")
    assert len(rows(north, "what=views")) == before[0]
    assert len(rows(south, "what=views")) == before[1] + 1
