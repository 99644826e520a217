"""The demo door: one press signs in as one of the demo's made-up people.

It exists only where the program was started as the demo and answers this computer alone; anywhere
else its address is not there at all.
"""

from __future__ import annotations

import ipaddress

from flask import Blueprint, Flask, current_app, request
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.enter_demo import DemoPerson, demo_people, enter_demo
from pipe_sched.web.needs import needs, store
from pipe_sched.web.problems import MESSAGES, Problem
from pipe_sched.web.signing import go_on, visitor

NAME = "demo"


def register(app: Flask) -> None:
    """Add the door, if this is the demo."""
    if app.config.get("DEMO") is not True or app.config.get("PUBLIC_URL") is not None:
        return
    pages = Blueprint(NAME, __name__)
    pages.post("/demo/<key>")(enter)
    app.register_blueprint(pages)


def is_open() -> bool:
    """Whether the door is there for whoever asks."""
    return f"{NAME}.enter" in current_app.view_functions and _is_near()


def people() -> tuple[DemoPerson, ...]:
    """Whom one can be; nobody where there is no door."""
    return demo_people(store()) if is_open() else ()


@needs("sign_in")
def enter(key: str) -> Answer:
    """Sign in as one of them."""
    if not _is_near():
        raise Problem(404, MESSAGES[404])
    return go_on(enter_demo(store(), key, visitor()), request.form.get("next"))


def _is_near() -> bool:
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
