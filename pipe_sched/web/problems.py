"""Every answer that is not the page asked for, in plain words with the way out."""

from __future__ import annotations

from flask import Flask, current_app, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from pipe_sched.actions.errors import Overtaken, Refusal
from pipe_sched.store.engine import StoreUnavailable

HEADINGS = {
    400: "That did not make sense",
    403: "You cannot do that here",
    404: "Page not found",
    405: "That cannot be done at this address",
    409: "Something else came first",
    413: "That file is too large",
    422: "That file cannot be used",
    500: "Something went wrong",
    503: "Try again in a moment",
}
MESSAGES = {
    404: "There is no such page, premises or week. Check the address, or start from the list.",
    405: "Go back to the page and use its buttons.",
    413: "A workbook of at most 1 MiB can be uploaded here. Larger ones can be read with "
    "pipe-sched import.",
    500: "The fault is on our side and nothing was changed. Try again.",
    503: "The server cannot answer now. Nothing was changed.",
}


class Problem(Exception):
    """A request that cannot be answered: a status and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


Answer = tuple[str, int]


def page(status: int, sentence: str) -> Answer:
    """The plain page for a status."""
    heading = HEADINGS.get(status, "Something went wrong")
    return render_template("error.html", heading=heading, message=sentence), status


def register(app: Flask) -> None:
    """Answer every kind of failure with a plain page."""
    app.register_error_handler(Problem, lambda e: page(e.status, e.sentence))
    app.register_error_handler(Refusal, lambda e: page(e.status, e.sentence))
    app.register_error_handler(Overtaken, _overtaken)
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StoreUnavailable, _unavailable)
    app.register_error_handler(Exception, _unforeseen)


def _overtaken(error: Overtaken) -> Answer:
    """What was changed meanwhile, beside the word that nothing of this was stored."""
    text = render_template(
        "error.html",
        heading=HEADINGS[409],
        message=error.sentence,
        listed=error.theirs,
        after="Open the week again and do it once more if it still makes sense.",
    )
    return text, error.status


def _old_form(_error: CSRFError) -> Answer:
    return page(400, "This form is too old or was not made here. Open the page again.")


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    own = error.description if status in (400, 403) and error.description else ""
    return page(status, MESSAGES.get(status, own or "Go back and try again."))


def _unavailable(error: StoreUnavailable) -> Answer:
    current_app.logger.error("database unavailable: %s", error)
    return page(503, str(error))


def _unforeseen(error: Exception) -> Answer:
    current_app.logger.error("unforeseen %s", type(error).__name__, exc_info=error)
    return page(500, MESSAGES[500])
