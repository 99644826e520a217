"""Opaque names for sessions and people in addresses and forms.

A session's id may hold a CRN, and addresses end up in histories and logs. A page names a session
by a short keyed hash of its id instead. The key lives as long as this process: who finds an
address later can neither open it nor try CRNs against it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from pipe_sched.actions.views import WeekView
from pipe_sched.core.week import Demand
from pipe_sched.web.problems import Problem

KEY = secrets.token_bytes(32)


def handle(id_: str) -> str:
    """Sixteen letters and digits for an id."""
    return hmac.new(KEY, id_.encode(), hashlib.sha256).hexdigest()[:16]


def demand_of(view: WeekView, name: str) -> Demand:
    """The session due that the handle names; a 404 page when the week does not hold it."""
    found = next((d for d in view.week.demands if handle(d.id) == name), None)
    if found is None:
        raise Problem(404, "There is no such session in this week. Open the week again to find it.")
    return found
