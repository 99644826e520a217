"""Who may do what: one table of role and action, read by actions, pages, tests and people.

A role is held at a site, or at every site. Whoever holds several roles may do, at each site,
what any of the roles held there allows. The page of permissions prints this table; the marks
on the views name its actions; every action asks it before it opens the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal[
    "administrator",
    "manager",
    "regime_lead",
    "psychologist",
    "key_worker",
    "staff",
    "regional",
]
"""What a person can be at a site. Assistant psychologists hold `psychologist`."""

Program = Literal["operator", "worker"]
"""What a program can be: a command at the computer that holds the data; the worker."""

ROLES: dict[Role, str] = {
    "administrator": "Administrator",
    "manager": "AP manager",
    "regime_lead": "Regime lead",
    "psychologist": "Psychologist",
    "key_worker": "Key worker",
    "staff": "Other staff",
    "regional": "Regional viewer",
}
"""Each role in the words that people read."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done. `does` finishes “may …”; `writes`: it changes planning data.

    `of_site`: it concerns one site at a time; else the whole program or the person's own account.
    `open`: it needs no sign-in.
    """

    does: str
    roles: frozenset[Role | Program]
    writes: bool = False
    of_site: bool = True
    open: bool = False


ANYBODY: frozenset[Role | Program] = frozenset(get_args(Role))
PLANNERS: frozenset[Role | Program] = frozenset({"manager", "regime_lead"})
AT_PREMISES: frozenset[Role | Program] = frozenset(
    {"manager", "regime_lead", "psychologist", "key_worker", "staff"}
)
READERS: frozenset[Role | Program] = AT_PREMISES | {"regional"}
OPERATOR: frozenset[Role | Program] = frozenset({"operator"})


def _reads(does: str, roles: frozenset[Role | Program]) -> Action:
    return Action(does, roles | OPERATOR)


def _plans(does: str, roles: frozenset[Role | Program] = PLANNERS) -> Action:
    return Action(does, roles | OPERATOR, writes=True)


def _runs(does: str, *roles: Role, writes: bool = False) -> Action:
    return Action(does, frozenset(roles) | OPERATOR, writes=writes, of_site=False)


ACTIONS: dict[str, Action] = {
    "list_sites": _reads("see the list of premises", READERS),
    "list_weeks": _reads("see which weeks there are", READERS),
    "see_week": _reads("see a week's timetable and where everybody is", READERS),
    "see_run": _reads("see how planning gets on", READERS),
    "export_week": _reads("print the sheet for the wall and take published files away", READERS),
    "see_versions": _reads("see every version and draft of a week", PLANNERS),
    "try_change": _reads("try what a change to the week would do", PLANNERS),
    "see_proposal": _reads("see what a re-plan would change", PLANNERS),
    "export_draft": _reads("take a draft away in the open format", PLANNERS),
    "import_workbook": _plans("read a workbook in"),
    "draw_up_week": _plans("draw up a week"),
    "generate_timetable": _plans("have a timetable worked out"),
    "stop_run": _plans("stop planning"),
    "change_week": _plans("change a session"),
    "step_back": _plans("undo and do again"),
    "publish_week": _plans("publish a timetable"),
    "restore_version": _plans("bring an older version back"),
    "settle_proposal": _plans("accept or discard a re-plan"),
    "record_happening": _plans("record absences, arrivals and rooms out of use"),
    "end_stay": _plans("end a resident's stay"),
    "save_result": Action("save what was worked out", frozenset({"worker"}), writes=True),
    "see_record": _reads(
        "see who saw and who changed what", frozenset({"administrator", "manager"})
    ),
    "manage_accounts": _runs("add people, change their roles, end their sign-ins", "administrator"),
    "set_retention": _runs("set how long data are kept", "administrator"),
    "run_retention": _runs("let data go whose time is over", "administrator", writes=True),
    "erase_person": _runs("erase a person", "administrator", writes=True),
    "own_account": Action(
        "see and end their own sign-ins, change their password", ANYBODY, of_site=False
    ),
    "see_permissions": Action("see who may do what", ANYBODY, of_site=False),
    "sign_in": Action("sign in", frozenset(), of_site=False, open=True),
    "see_health": Action("see whether the program is well", frozenset(), of_site=False, open=True),
}
"""Every action there is."""


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A role at a site; `site` None: at every site."""

    role: Role | Program
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `id` is an account's id, never a name; `person`: which of the staff it is."""

    id: str
    grants: frozenset[Grant] = frozenset()
    person: str | None = None

    def roles_at(self, site: str) -> frozenset[Role | Program]:
        """The roles held at a site."""
        return frozenset(g.role for g in self.grants if g.site in (None, site))


LOCAL = Actor("local", frozenset({Grant("operator")}))
"""Whoever runs a command at the computer that holds the data."""

WORKER = Actor("worker", frozenset({Grant("worker")}))
"""The worker process, when it saves what it solved."""

NOBODY = Actor("nobody")
"""Somebody who has not signed in."""


def may(actor: Actor, action: str, site: str | None = None) -> bool:
    """Whether the actor may do the action (at that site; None: anywhere at all).

    An unknown action may nobody.
    """
    reach = sites_for(actor, action)
    if reach is None:
        return True
    found = ACTIONS.get(action)
    if found is not None and found.open:
        return True
    return bool(reach) if site is None else site in reach


def sites_for(actor: Actor, action: str) -> frozenset[str] | None:
    """The sites where the actor may do the action; None: every site, empty: nowhere."""
    found = ACTIONS.get(action)
    roles = frozenset() if found is None else found.roles
    mine = {g.site for g in actor.grants if g.role in roles}
    if None in mine:
        return None
    return frozenset(site for site in mine if site is not None)
