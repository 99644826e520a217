"""What was changed, on record in the same transaction as the change, by construction.

A session that was opened for an action and changed a row gets exactly one row of `audit`,
whether or not the action thought of it. The action may say what it concerned with `record`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from pipe_sched.store.gate import passage
from pipe_sched.store.scope import Scope
from pipe_sched.store.sealed_log import Entry, append
from pipe_sched.store.touched import touched

SAID = "recorded"


def record(
    session: Session,
    *,
    sites: Iterable[str] = (),
    week: object = "",
    about: Iterable[tuple[str, str]] = (),
    said: Mapping[str, Any] | None = None,
) -> None:
    """Say of the change being made what it concerns: ids and phrases of ids, never a name.

    Said several times in one session, it is put together.
    """
    known = session.info.setdefault(SAID, {"sites": [], "week": "", "about": [], "said": {}})
    known["sites"] += [site for site in sites if site]
    known["week"] = str(week) or known["week"]
    known["about"] += list(about)
    known["said"] |= said or {}


def put_on_record(session: Session) -> None:
    """Add the row for what this session changed, if it changed anything for an action."""
    scope = session.info["scope"]
    if not isinstance(scope, Scope) or not scope.write or not scope.action:
        return
    session.flush()
    rows = touched(session)
    if rows:
        with passage(session, "record"):
            append(session, "audit", _entry(scope, rows, session.info.get(SAID, {})))


def _entry(scope: Scope, rows: Mapping[str, int], known: Mapping[str, Any]) -> Entry:
    sites = sorted(set(known.get("sites", ())))
    return Entry(
        actor=scope.actor,
        action=scope.action,
        site=sites[0] if len(sites) == 1 else "",
        week=known.get("week", ""),
        about=(*known.get("about", ()), *(("site", site) for site in sites)),
        said={**known.get("said", {}), "rows": dict(rows)},
    )
