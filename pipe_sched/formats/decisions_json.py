"""What people decided about a week, as JSON values: stored with a draft, never sent anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipe_sched.core.decisions import Decisions
from pipe_sched.formats.json_values import from_json, to_json


def decisions_to_json(decisions: Decisions) -> dict[str, Any]:
    """JSON values; what was not decided is left out, so that most drafts keep `{}`."""
    found: dict[str, Any] = to_json(decisions)
    return {name: value for name, value in found.items() if value}


def decisions_from_json(data: Mapping[str, Any]) -> Decisions:
    """The decisions again."""
    return from_json(Decisions, dict(data), "decisions")
