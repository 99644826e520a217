"""Reasons and findings as they are stored: words and references, never names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pipe_sched.check import Finding
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


def findings_to_stored(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON values."""
    return [{**asdict(f), "say": to_stored([f.say])} for f in findings]


def findings_from_stored(stored: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """The findings again."""
    return tuple(
        Finding(**{**f, "say": from_stored(f["say"])[0], "demands": tuple(f["demands"])})
        for f in stored
    )
