"""Who may do what: the table of `access`, in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from pipe_sched.access import ACTIONS, ROLES, Action
from pipe_sched.web.needs import needs

pages = Blueprint("permissions", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One action: what it finishes “may …” with, and the roles that may."""

    does: str
    roles: tuple[bool, ...]


def lines(of_site: bool, writes: bool) -> tuple[Line, ...]:
    """The actions of one part of the table, in the order of `access`."""
    return tuple(
        Line(action.does, tuple(role in action.roles for role in ROLES))
        for action in ACTIONS.values()
        if (action.of_site, action.writes) == (of_site, writes) and _is_for_people(action)
    )


def _is_for_people(action: Action) -> bool:
    return bool(action.roles & ROLES.keys())


@pages.get("/permissions")
@needs("see_permissions")
def show() -> str:
    """The whole table in three parts."""
    rest = lines(False, False) + lines(False, True)
    parts = (
        ("See", "At the sites where the role is held", lines(True, False)),
        ("Change", "At the sites where the role is held", lines(True, True)),
        ("The program itself, and your own account", "Everywhere", rest),
    )
    return render_template("permissions/show.html", roles=tuple(ROLES.values()), parts=parts)
