"""Whatever is sent to a form, the answer is a page in plain words and never a fault of ours."""

from __future__ import annotations

import random

import pytest
from flask import Flask

from pipe_sched.store.engine import Store
from pipe_sched.web.handles import handle
from tests.actions.builders import CLOCK
from tests.actions.lives import publish
from tests.web.client import PageClient
from tests.web.conftest import client_for, generate

NAMES = (
    "day time minutes room people also lead_0 lead_1 keep kind make reason version key undo redo "
    "let-go seconds changes most together week away-who away-day away-at away-until away-until_at "
    "room-who room-day room-at room-until room-until_at leave-who leave-day leave-at leave-left "
    "arrival-crn arrival-name arrival-day arrival-at arrival-who discard agree-000000000000 "
    "email password again current code sealed next which role_0 site_0 role_9 person active "
    "second_factor"
).split()
VALUES = (
    "",
    "0",
    "-1",
    "6",
    "60",
    "99999999999999999999",
    "9:15am",
    "25:99",
    "1-lounge",
    handle("1-w1"),
    "psy",
    "X0000011",
    handle("X0000011"),
    "structured",
    "no_cover",
    "agreed",
    "most",
    "30",
    "11",
    "2026",
    "32",
    "²",
    "\u202e",
    "\x00",
    "é" * 5000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{7*7}}",
    "../../etc/passwd",
    "1e9",
    "NaN",
    "null",
)
ART = handle("north:1-art:group:1")
PLACES = {
    "site": "north",
    "week": str(CLOCK),
    "name": ART,
    "number": 1,
    "key": "k",
    "id_": "nobody",
    "token": "never-made",
}
KEEPERS = ("/accounts", "/retention")
"""Begin the addresses that an administrator's browser sends to."""
LEFT_OUT = {"uploads.preview", "sign_in.leave"}
"""Takes a file; ends the sign-in of the browser that sends all the others."""


def addresses(app: Flask, run: str) -> list[str]:
    """Every address that a form is sent to."""
    found = []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in LEFT_OUT:
            with app.test_request_context():
                found.append(app.url_for(rule.endpoint, **{**PLACES, "run": run}).split("?")[0])
    return found


@pytest.mark.parametrize("seed", range(6))
def test_no_form_is_answered_with_a_fault(
    app: Flask, client: PageClient, held: Store, seed: int
) -> None:
    publish(held)
    run = generate(held, minutes=1)
    dice = random.Random(seed)
    keeper = client_for(app, "administrator")
    sent = 0
    for address in addresses(app, run):
        sender = keeper if address.startswith(KEEPERS) else client
        token = sender.get("/account").form("/sign-out").fields["csrf_token"]
        for _ in range(8):
            chosen = dice.sample(NAMES, dice.randint(0, len(NAMES)))
            data = {n: dice.choices(VALUES, k=dice.randint(1, 3)) for n in chosen}
            page = sender.post(address, {**data, "csrf_token": token})
            assert page.status < 500, (address, data)
            assert page.status not in (401, 403), address
            sent += 1
    assert sent > 100
