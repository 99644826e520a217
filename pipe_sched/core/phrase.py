"""Sentences made of words and typed references, never of names.

A reason is stored and sent as a phrase; `labels` turns it into words for one
viewer. So a stored reason can hold no name, and a restricted person stays
hidden wherever the reason is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RefKind = Literal["person", "room", "site", "demand", "kind", "time", "day", "span", "job", "word"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A typed reference: an id, or for time, day and span minutes as text.

    `time` holds "615" (a minute: shown "Monday 10:15am"), `day` a minute of
    that day ("Monday 30 November"), `span` "480-630" ("Monday 8am to
    10:30am"), `word` plain text that names nobody (a number, a feature).
    """

    kind: RefKind
    id: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with `{0}`, `{1}`, ... where the references go."""

    words: str
    refs: tuple[Ref, ...] = ()


def person(id: str) -> Ref:
    """Refer to a person."""
    return Ref("person", id)


def room(id: str) -> Ref:
    """Refer to a room."""
    return Ref("room", id)


def site(id: str) -> Ref:
    """Refer to a site."""
    return Ref("site", id)


def demand(id: str) -> Ref:
    """Refer to a session due."""
    return Ref("demand", id)


def kind(id: str) -> Ref:
    """Refer to a kind of session."""
    return Ref("kind", id)


def at(minute: int) -> Ref:
    """Refer to a minute of the week as day and time."""
    return Ref("time", str(minute))


def day(minute: int) -> Ref:
    """Refer to the date on which a minute falls."""
    return Ref("day", str(minute))


def stretch(start: int, end: int) -> Ref:
    """Refer to a stretch of time."""
    return Ref("span", f"{start}-{end}")


def job(id: str) -> Ref:
    """Refer to a job or a role in a session."""
    return Ref("job", id)


def word(text: object) -> Ref:
    """Plain text that names nobody."""
    return Ref("word", str(text))
