"""Opaque names for sessions and rule instances in addresses and forms.

A session's id may hold a CRN, and addresses end up in histories and logs. So a page names a
session by a short hash of its id, which only means something within its site's week.
"""

from __future__ import annotations

import hashlib

from pipe_sched.actions.views import WeekView
from pipe_sched.core.week import Demand
from pipe_sched.web.problems import Problem


def handle(id_: str) -> str:
    """Twelve letters and digits for an id."""
    return hashlib.sha256(id_.encode()).hexdigest()[:12]


def demand_of(view: WeekView, name: str) -> Demand:
    """The session due that the handle names; a 404 page when the week does not hold it."""
    found = next((d for d in view.week.demands if handle(d.id) == name), None)
    if found is None:
        raise Problem(404, "There is no such session in this week, or it is no longer due.")
    return found
