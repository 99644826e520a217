"""Every answer that is not the page asked for, in plain words with the way out."""

from __future__ import annotations

from html import escape
from typing import Any

from flask import Flask, Response, make_response, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from pipe_sched.actions.errors import Overtaken, Refusal, TooManyTries
from pipe_sched.store.engine import StoreUnavailable
from pipe_sched.store.foreign import Foreign
from pipe_sched.web.log import log_fault, request_number

HEADINGS = {
    400: "That did not make sense",
    401: "Sign in first",
    403: "You cannot do that here",
    404: "Page not found",
    405: "That cannot be done at this address",
    409: "Something else came first",
    413: "That file is too large",
    414: "That address is too long",
    415: "That cannot be read here",
    422: "That file cannot be used",
    429: "Too many tries",
    500: "Something went wrong",
    503: "Try again in a moment",
}
MESSAGES = {
    404: "There is no such page, premises or week. Check the address, or start from the list.",
    405: "Go back to the page and use its buttons.",
    413: "A workbook of at most 1 MiB can be uploaded here. Larger ones can be read with "
    "pipe-sched import.",
    414: "No page here has an address of that length. Start from the list.",
    500: "The fault is on our side and nothing was changed. Try again.",
    503: "The database cannot be used at the moment. Nothing was changed. Try again in a minute.",
}


FOREIGN = (
    "This would change what concerns other premises, so nothing was changed. Ask somebody who may "
    "change both."
)


class Problem(Exception):
    """A request that cannot be answered: a status and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


OURSELVES = 500
"""From this status on the fault is ours, and the page says by which number to find it."""
BARE = (
    '<!doctype html><html lang="en"><head><title>{heading} - pipe-sched</title></head>'
    '<body><h1>{heading}</h1><p>{message}</p><p>{quote}</p><p><a href="/">Go to sites and weeks'
    "</a></p></body></html>"
)
"""The page when even the page of a problem cannot be made: no data, no template."""


def page(status: int, sentence: str, **more: Any) -> Response:
    """The plain page for a status."""
    heading = HEADINGS.get(status, HEADINGS[500] if status >= OURSELVES else HEADINGS[400])
    number = request_number() if status >= OURSELVES else ""
    try:
        text = render_template(
            "error.html", heading=heading, message=sentence, number=number, **more
        )
    except Exception as error:
        log_fault(error)
        text = _bare(heading, sentence, number)
    return make_response(text, status)


def _bare(heading: str, message: str, number: str) -> str:
    quote = f"If it goes on, tell whoever looks after pipe-sched and quote {number}."
    return BARE.format(
        heading=escape(heading), message=escape(message), quote=quote if number else ""
    )


def register(app: Flask) -> None:
    """Answer every kind of failure with a plain page."""
    app.register_error_handler(Problem, lambda e: page(e.status, e.sentence))
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(Overtaken, _overtaken)
    app.register_error_handler(Foreign, lambda _: page(400, FOREIGN))
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StoreUnavailable, _unavailable)
    app.register_error_handler(Exception, _unforeseen)


def _refused(error: Refusal) -> Response:
    """What an action would not do; programs are told too how long to wait."""
    answer = page(error.status, error.sentence)
    if isinstance(error, TooManyTries):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _overtaken(error: Overtaken) -> Response:
    """What was changed meanwhile, beside the word that nothing of this was stored."""
    after = "Open the week again and do it once more if it still makes sense."
    return page(error.status, error.sentence, listed=error.theirs, after=after)


def _old_form(_error: CSRFError) -> Response:
    return page(400, "This form is too old or was not made here. Open the page again.")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status >= OURSELVES:
        log_fault(error)
    own = _own_words(error) if status in (400, 403) else ""
    answer = page(status, MESSAGES.get(status, own or "Go back and try again."))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def _own_words(error: HTTPException) -> str:
    """The sentence that `abort` was given, not one that a library writes."""
    given = error.description or ""
    return "" if given == type(error).description else given


def _unavailable(error: StoreUnavailable) -> Response:
    log_fault(error)
    return page(503, MESSAGES[503])


def _unforeseen(error: Exception) -> Response:
    log_fault(error)
    return page(500, MESSAGES[500])
