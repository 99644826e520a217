"""What a row of the record says in plain words: what was done, or what was looked at."""

from __future__ import annotations

from collections.abc import Mapping

from pipe_sched.access import ACTIONS, LOCAL, NOBODY, WORKER

DONE: Mapping[str, str] = {
    "import_workbook": "Read a workbook in",
    "draw_up_week": "Drew up the week",
    "generate_timetable": "Had a timetable worked out",
    "stop_run": "Stopped planning",
    "change_week": "Changed a session",
    "step_back": "Undid a change, or did it again",
    "publish_week": "Published the timetable",
    "restore_version": "Brought an older version back",
    "settle_proposal": "Settled a re-plan",
    "record_happening": "Recorded an absence, an arrival or a room out of use",
    "end_stay": "Ended a stay, or said that somebody has left",
    "save_result": "Saved what was worked out",
    "manage_accounts": "Changed an account, or who may do what",
    "own_account": "Changed their own account",
    "sign_in": "Signed in or out",
    "set_retention": "Set how long data are kept",
    "run_retention": "Let data go whose time was over",
    "erase_person": "Erased a person",
}
"""Each action that changes something, as it reads once it is done."""
SEEN: Mapping[str, str] = {
    "list_sites": "Looked at the list of premises",
    "list_weeks": "Looked at the list of weeks",
    "see_week": "Looked at the week",
    "see_run": "Looked how planning gets on",
    "export_week": "Printed or took away what is published",
    "see_versions": "Looked at versions and drafts",
    "try_change": "Looked at a change without making it",
    "see_proposal": "Looked at a re-plan",
    "export_draft": "Took a draft away",
    "see_record": "Looked at this record",
    "own_account": "Looked at their own account",
    "see_permissions": "Looked at who may do what",
    "manage_accounts": "Looked at accounts",
    "set_retention": "Looked at how long data are kept",
    "sign_in": "Opened the way in",
}
"""Each action as it reads when a page of it was opened."""
REFUSED: Mapping[int, str] = {
    401: "not signed in",
    403: "refused, not allowed",
    404: "refused, not there for them",
}
ACTORS: Mapping[str, str] = {
    LOCAL.id: "The command line",
    WORKER.id: "The worker",
    NOBODY.id: "Somebody not signed in",
}
"""Who acted without an account."""
GONE = "An account that is gone"
FIRST_REFUSAL = 400


def done(action: str) -> str:
    """What was done."""
    found = ACTIONS.get(action)
    return DONE.get(action) or ("Something" if found is None else found.does.capitalize())


def seen(action: str, said: Mapping[str, object]) -> str:
    """What was looked at, or asked for in vain."""
    if said.get("method") == "command":
        return f"Used the command {said.get('page')}"
    words = SEEN.get(action)
    if words is None:
        words = f"Pressed a button: {done(action)[:1].lower()}{done(action)[1:]}"
    status = said.get("status")
    if not isinstance(status, int) or status < FIRST_REFUSAL:
        return words
    return f"{words} ({REFUSED.get(status, 'not done')})"


def actor_words(id_: str, names: Mapping[str, str]) -> str:
    """Who it was."""
    return ACTORS.get(id_) or names.get(id_, GONE)
