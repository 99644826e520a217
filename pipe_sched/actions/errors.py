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
