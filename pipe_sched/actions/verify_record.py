"""Verify the sealed logs: whole, or what is wrong with them; and make their index again."""

from __future__ import annotations

from collections.abc import Mapping

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed
from pipe_sched.actions.errors import BadRequest
from pipe_sched.store.engine import Store
from pipe_sched.store.scope import EverySite, Scope
from pipe_sched.store.seal import LOGS, Log
from pipe_sched.store.sealed_log import index_again
from pipe_sched.store.verify import Verified, parse_head, verify

LOG_OF: Mapping[str, Log] = {"audit": "audit", "access": "access_log"}
"""The logs as people call them: what was changed, and what was shown."""


def verify_record(
    store: Store, actor: Actor, name: str | None = None, expect: str = ""
) -> tuple[Verified, ...]:
    """Look at one log or at both; `expect` is a head that was noted elsewhere.

    Raises:
        BadRequest: what was noted is no head of these logs.
    """
    allowed(actor, "see_record")
    logs = LOGS if name is None else (LOG_OF[name],)
    meant = _log_of(expect, logs) if expect else None
    with store.open_session(Scope(EverySite("verify"), actor.id)) as session:
        return tuple(verify(session, log, expect if log == meant else "") for log in logs)


def _log_of(expect: str, logs: tuple[Log, ...]) -> Log:
    for log in logs:
        try:
            parse_head(expect, log)
        except ValueError:
            continue
        return log
    raise BadRequest(
        "What was noted is not the head of this log. It looks like audit:120:5f0c… and is "
        "printed by pipe-sched audit verify."
    )


def index_record(store: Store, actor: Actor) -> int:
    """Make the index over both logs again from their rows; gives back its entries."""
    allowed(actor, "see_record")
    with store.open_session(Scope(EverySite("verify"), actor.id, write=True)) as session:
        return sum(index_again(session, log) for log in LOGS)
