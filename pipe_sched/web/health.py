"""For whoever watches over the program: whether it is well, and nothing else."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask import Response as Json

from pipe_sched.access import NOBODY
from pipe_sched.actions.see_health import Health, see_health
from pipe_sched.web.needs import needs, store

pages = Blueprint("health", __name__)


@pages.get("/health")
@needs("see_health")
def show() -> tuple[Json, int]:
    """200 when all is well, 503 when something is not."""
    found = see_health(store(), NOBODY)
    return jsonify(told(found)), 200 if found.well else 503


def told(found: Health) -> dict[str, str]:
    """The answer, word by word."""
    return {
        "status": "ok" if found.well else "trouble",
        "database": "ok" if found.database else "cannot be used",
        "migrations": _word(found.database, found.migrations, "ok", "not the newest"),
        "worker": _word(found.migrations, found.worker, "alive", "silent"),
    }


def _word(known: bool, well: bool, good: str, bad: str) -> str:
    if not known:
        return "unknown"
    return good if well else bad
