"""The mark every view carries: which action of `access` it needs.

A house test reads it from the view object; a route without one fails there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, request

from pipe_sched.access import ACTIONS, NOBODY, Actor, may
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
    """Who asks; nobody before `signing` found out, and when nobody is signed in."""
    found: Actor = g.get("actor", NOBODY)
    return found


def can(action: str, site: str | None = None) -> bool:
    """Whether whoever asks may do this (at that site; None: anywhere at all)."""
    return may(actor(), action, site)


def needed_action() -> str | None:
    """The action that the view of this request is marked with; None: there is no such view."""
    view = current_app.view_functions.get(request.endpoint or "")
    found: str | None = getattr(view, "needs", None)
    return found
