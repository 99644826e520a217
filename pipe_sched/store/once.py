"""Forms that were answered: the same form sent twice does one thing and gets one answer.

The key travels in the form, and counts only for the same action, person and request. Writers
follow one another, so that looking and noting in one transaction cannot be overtaken. Old keys
are forgotten after a week.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from pipe_sched.store.tables import Answered

KEPT = timedelta(days=7)


def key_of(key: str | None, *asked: object) -> str | None:
    """The key under which a request is remembered: the form's, for exactly what is asked."""
    if not key:
        return None
    return hashlib.sha256(
        "\n".join([key, *map(repr, asked)]).encode("utf-8", "replace")
    ).hexdigest()


def answer_to(session: Session, key: str | None) -> Mapping[str, Any] | None:
    """What a form with this key was answered, or None when it was not seen before."""
    found = None if key is None else session.get(Answered, key)
    return None if found is None else found.answer


def remember(session: Session, key: str | None, answer: Mapping[str, Any], now: datetime) -> None:
    """Note the answer to a form."""
    if key is None:
        return
    session.execute(delete(Answered).where(Answered.at < now - KEPT))
    session.add(Answered(key=key, answer=dict(answer), at=now))
    session.flush()
