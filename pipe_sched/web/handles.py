"""Opaque names for sessions and people in addresses and forms.

An id of a session or a person may say whose it is, and addresses end up in histories and logs. A
page names both by a short keyed hash of the id instead. The key is the installation's own, so that
an address lasts, and who finds one can neither open it nor try ids against it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from flask import Flask, current_app, has_app_context

from pipe_sched.actions.views import WeekView
from pipe_sched.core import shown
from pipe_sched.core.week import Demand, Person
from pipe_sched.web.problems import Problem

KEY = "pipe-sched-handles"
OUTSIDE = secrets.token_bytes(32)
"""The key where no application is at work: tests that ask for a handle beforehand."""


def use(app: Flask, key: bytes) -> None:
    """Make the application's handles with this key."""
    app.extensions[KEY] = key


def handle(id_: str) -> str:
    """Sixteen letters and digits for an id."""
    key = current_app.extensions[KEY] if has_app_context() else OUTSIDE
    return hmac.new(key, id_.encode(), hashlib.sha256).hexdigest()[:16]


def demand_of(view: WeekView, name: str) -> Demand:
    """The session due that the handle names; a 404 page when the week does not hold it."""
    found = next((d for d in view.week.demands if handle(d.id) == name), None)
    if found is None:
        raise Problem(404, "There is no such session in this week. Open the week again to find it.")
    shown.note("session", found.id)
    return found


def person_of(people: Iterable[Person], name: str) -> Person:
    """Whom of these people the handle names; a 404 page when it is none of them."""
    found = next((p for p in people if handle(p.id) == name), None)
    if found is None:
        raise Problem(404, "There is no such person in this week.")
    return found


def by_handle(ids: Iterable[str]) -> dict[str, str]:
    """The ids by their handles, to read a form's choice."""
    return {handle(id_): id_ for id_ in ids}
