"""Reasons as they are stored: phrases of words and references, never of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipe_sched.core.phrase import Phrase, Ref

Stored = list[dict[str, Any]]
"""A list of {"words": ..., "refs": [[kind, id], ...]}."""


def to_stored(phrases: Iterable[Phrase]) -> Stored:
    """Phrases as JSON values."""
    return [{"words": p.words, "refs": [[r.kind, r.id] for r in p.refs]} for p in phrases]


def from_stored(stored: Iterable[Mapping[str, Any]]) -> tuple[Phrase, ...]:
    """The phrases again."""
    return tuple(
        Phrase(one["words"], tuple(Ref(kind, id_) for kind, id_ in one["refs"])) for one in stored
    )
