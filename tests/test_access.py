"""Who may do what, said a second time: no role gains or loses an action by a slip."""

from __future__ import annotations

import pytest

from pipe_sched.access import ACTIONS, ROLES, Actor, Grant, Role, may, sites_for

PREMISES = "manager regime_lead psychologist key_worker staff"
READ = f"{PREMISES} regional operator"
PLAN = "manager regime_lead operator"
KEEP = "administrator operator"
EVERYBODY = f"{PREMISES} regional administrator"
WHO = {
    "list_sites": READ,
    "list_weeks": READ,
    "see_week": READ,
    "see_run": READ,
    "export_week": READ,
    "see_versions": PLAN,
    "try_change": PLAN,
    "see_proposal": PLAN,
    "export_draft": PLAN,
    "import_workbook": PLAN,
    "draw_up_week": PLAN,
    "generate_timetable": PLAN,
    "stop_run": PLAN,
    "change_week": PLAN,
    "step_back": PLAN,
    "publish_week": PLAN,
    "restore_version": PLAN,
    "settle_proposal": PLAN,
    "record_happening": PLAN,
    "end_stay": PLAN,
    "save_result": "worker",
    "see_record": "administrator manager operator",
    "manage_accounts": KEEP,
    "set_retention": KEEP,
    "run_retention": KEEP,
    "erase_person": KEEP,
    "own_account": EVERYBODY,
    "see_permissions": EVERYBODY,
    "sign_in": "",
    "see_health": "",
}
OPEN = {"sign_in", "see_health"}


def test_every_action_is_for_these_roles_and_no_others() -> None:
    assert {name: set(action.roles) for name, action in ACTIONS.items()} == {
        name: set(roles.split()) for name, roles in WHO.items()
    }


def test_only_signing_in_and_the_page_of_health_need_no_sign_in() -> None:
    assert {name for name, action in ACTIONS.items() if action.open} == OPEN


@pytest.mark.parametrize("role", ROLES)
def test_a_role_counts_where_it_is_held_and_nowhere_else(role: Role) -> None:
    here = Actor("a", frozenset({Grant(role, "north")}))
    everywhere = Actor("a", frozenset({Grant(role)}))
    for name, action in ACTIONS.items():
        allowed = role in action.roles or action.open
        assert may(here, name) is allowed, name
        assert may(here, name, "north") is allowed, name
        assert may(here, name, "south") is action.open, name
        assert may(everywhere, name, "south") is allowed, name
        assert sites_for(here, name) == ({"north"} if role in action.roles else set()), name


def test_an_action_that_there_is_not_may_nobody() -> None:
    assert not may(Actor("a", frozenset({Grant("operator")})), "fly")
