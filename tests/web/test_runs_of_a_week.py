"""A run is stopped or settled at its own week's address alone."""

from __future__ import annotations

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.see_run import see_run
from pipe_sched.store.engine import Store
from tests.actions.builders import CLOCK
from tests.web.client import PageClient
from tests.web.conftest import WEEK, generate

ELSEWHERE = (
    f"/sites/nowhere/{CLOCK}",
    f"/sites/north/{CLOCK.neighbour(1)}",
)


def token(client: PageClient) -> str:
    return client.get("/permissions").form("/sign-out").fields["csrf_token"]


@pytest.mark.parametrize("where", ELSEWHERE, ids=["site", "week"])
@pytest.mark.parametrize("what", ["runs/{0}/stop", "proposal/{0}"], ids=["stop", "settle"])
def test_at_another_address_there_is_no_such_run(
    client: PageClient, held: Store, where: str, what: str
) -> None:
    run = generate(held, minutes=1)
    form = {"csrf_token": token(client), "stop": "1", "discard": "1"}
    page = client.post(f"{where}/{what.format(run)}", form)
    assert page.status == 404
    assert "There is no such run" in page.text
    assert see_run(held, LOCAL, run).active


def test_at_its_own_it_is_stopped(client: PageClient, held: Store) -> None:
    run = generate(held, minutes=1)
    form = {"csrf_token": token(client), "stop": "1"}
    assert client.post(f"{WEEK}/runs/{run}/stop", form).status == 303
    assert not see_run(held, LOCAL, run).active
