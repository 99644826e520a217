"""What was shown: every id that was turned into a name or words while somebody watched.

Labels note each id here at the moment they put a name to it, so that the record of who saw whom
follows from what was really shown, and no page can forget to say it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Shown = set[tuple[str, str]]
"""(kind, id) pairs: kind as in `phrase.RefKind`."""

_watched: ContextVar[Shown | None] = ContextVar("shown", default=None)


@contextmanager
def watching() -> Iterator[Shown]:
    """Collect what is shown in this context (a request) until the block ends."""
    found: Shown = set()
    token = _watched.set(found)
    try:
        yield found
    finally:
        _watched.reset(token)


def begin() -> Shown:
    """Collect from now on in this context, until the next call."""
    found: Shown = set()
    _watched.set(found)
    return found


def note(kind: str, id_: str) -> None:
    """An id was put in words. Does nothing when nobody watches."""
    watched = _watched.get()
    if watched is not None:
        watched.add((kind, id_))
