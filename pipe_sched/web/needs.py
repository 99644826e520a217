"""The mark every view carries: which action of `access` it needs.

A house test reads it from the view object; a route without one fails there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app

from pipe_sched.access import ACTIONS, LOCAL, Actor
from pipe_sched.store.engine import Store

View = TypeVar("View", bound=Callable[..., Any])


def needs(action: str) -> Callable[[View], View]:
    """Mark a view with the action it needs; an action unknown to `access` is a mistake."""
    if action not in ACTIONS:
        raise KeyError(action)

    def mark(view: View) -> View:
        view.needs = action  # type: ignore[attr-defined]  # functions carry attributes
        return view

    return mark


def store() -> Store:
    """The application's store."""
    found: Store = current_app.extensions["pipe-sched-store"]
    return found


def actor() -> Actor:
    """Who asks. Before accounts exist: the person at this computer."""
    return LOCAL
