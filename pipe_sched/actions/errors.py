"""Why an action did not happen, as a sentence for the person who asked.

Pages answer with the HTTP status of the class, commands print the sentence.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil

SPOKEN_IN_SECONDS = 90
"""Longer waits are said in minutes."""


class Refusal(ValueError):
    """An action refused; `sentence` says what is wrong and the way out."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadRequest(Refusal):
    """What was asked for makes no sense."""


class NotAllowed(Refusal):
    """The actor may not do this here."""

    status = 403


class NotSignedIn(Refusal):
    """Nobody is signed in, or the sign-in is over."""

    status = 401


class TooManyTries(Refusal):
    """Too many tries failed: nothing was looked at, and none will be for so long."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, ceil(wait.total_seconds()))
        super().__init__(
            f"There were too many tries. Wait {_how_long(self.seconds)}, then try again. "
            "Until then nothing is looked at, not even what is right."
        )


def _how_long(seconds: int) -> str:
    if seconds <= SPOKEN_IN_SECONDS:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    return f"{ceil(seconds / 60)} minutes"


class TryAgain(Refusal):
    """Too much is asked for at this moment; nothing was done."""

    status = 503


class NotFound(Refusal):
    """There is no such thing, or not for this actor: the answer is the same."""

    status = 404


class Conflict(Refusal):
    """Someone else changed it meanwhile."""

    status = 409


class Overtaken(Conflict):
    """The week was changed after this person looked at it; nothing of theirs was stored.

    `theirs`: sentences for what was changed meanwhile; `version` the site-week's now.
    """

    def __init__(self, sentence: str, theirs: tuple[str, ...], version: int) -> None:
        super().__init__(sentence)
        self.theirs, self.version = theirs, version
