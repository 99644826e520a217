"""Why an action did not happen, as a sentence for the person who asked.

Pages answer with the HTTP status of the class, commands print the sentence.
"""

from __future__ import annotations


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
