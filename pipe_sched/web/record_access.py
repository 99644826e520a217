"""One row of the access log for every page, file and refusal, before it is sent.

What was shown is what labels put in words while the page was made. Left out are files that hold
no data, the page that says whether the program is well, and the polling of a run's progress.
"""

from __future__ import annotations

from flask import Response, g, request

from pipe_sched.actions.record_access import Looked, record_access
from pipe_sched.core import shown
from pipe_sched.web import problems
from pipe_sched.web.log import log_fault
from pipe_sched.web.needs import actor, needed_action, store

UNRECORDED = frozenset({"static", "health.show"})
POLLED = frozenset({"runs.progress"})
"""Asked for every second; only a refusal is put on record."""
BAD_REQUEST, FAULT = 400, 500
NOT_SHOWN = (
    "It cannot be put on record who sees this page at the moment, so it is not shown. "
    "If you had pressed a button, look whether it was done before you press it again. "
    "Try again in a minute."
)


def begin() -> None:
    """Collect what is shown from now on. Comes before anything else."""
    g.shown = shown.begin()


def put_on_record(answer: Response) -> Response:
    """Write the row; without it nothing is shown."""
    polled = request.endpoint in POLLED and answer.status_code < BAD_REQUEST
    if request.url_rule is None or request.endpoint in UNRECORDED or polled:
        return answer
    try:
        record_access(store(), actor(), _looked(answer))
    except Exception as error:  # whatever it is: what is not on record is not shown
        log_fault(error)
        if answer.status_code >= FAULT and not g.get("shown"):
            return answer  # it says itself that the database is away, and shows nobody
        return problems.page(503, NOT_SHOWN)
    return answer


def _looked(answer: Response) -> Looked:
    given = request.view_args or {}
    about = set(g.get("shown", ()))
    if answer.status_code < BAD_REQUEST and "run" in given:
        about.add(("run", str(given["run"])))
    return Looked(
        needed_action() or "",
        request.endpoint or "",
        request.method,
        answer.status_code,
        str(given.get("site", "")),
        str(given.get("week", "")),
        about,
    )
