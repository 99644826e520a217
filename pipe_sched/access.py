"""Who may do what: one table of role and action, read by actions and pages.

Before accounts exist there is one role, the planner at this computer, who may
do everything at every site. The shape (actor, action, site) is already final,
so that accounts change this file and no caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["planner", "worker"]

ACTIONS: dict[str, frozenset[Role]] = {
    "import_workbook": frozenset({"planner"}),
    "list_sites": frozenset({"planner"}),
    "list_weeks": frozenset({"planner"}),
    "draw_up_week": frozenset({"planner"}),
    "generate_timetable": frozenset({"planner"}),
    "stop_run": frozenset({"planner"}),
    "see_run": frozenset({"planner"}),
    "see_week": frozenset({"planner"}),
    "change_week": frozenset({"planner"}),
    "step_back": frozenset({"planner"}),
    "publish_week": frozenset({"planner"}),
    "see_versions": frozenset({"planner"}),
    "restore_version": frozenset({"planner"}),
    "settle_proposal": frozenset({"planner"}),
    "see_proposal": frozenset({"planner"}),
    "record_happening": frozenset({"planner"}),
    "end_stay": frozenset({"planner"}),
    "export_week": frozenset({"planner"}),
    "save_result": frozenset({"worker"}),
}
"""Every action with the roles that may do it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `id` is an account's id, never a name; `sites` None means every site."""

    id: str
    role: Role = "planner"
    sites: frozenset[str] | None = None


LOCAL = Actor("local")
"""The person at this computer."""

WORKER = Actor("worker", "worker")
"""The worker process, when it saves what it solved."""


def may(actor: Actor, action: str, site: str | None = None) -> bool:
    """Whether the actor may do the action (at that site). An unknown action may nobody."""
    if actor.role not in ACTIONS.get(action, frozenset()):
        return False
    return site is None or actor.sites is None or site in actor.sites
