"""What stands before and after every page: where from, how much, same origin; headers and log."""

from __future__ import annotations

from flask import Flask, abort, g, request

from pipe_sched.web import record_access
from pipe_sched.web.headers import add_headers, draw_nonce
from pipe_sched.web.limits import hold_to_limits
from pipe_sched.web.log import log_request, number_request
from pipe_sched.web.public import public_url
from pipe_sched.web.where_from import may_come_in

OURS = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site for our own pages, and for what a person did in the browser itself."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def guard(app: Flask) -> None:
    """Put the guards before and after every request of the app."""
    guards = (draw_nonce, may_come_in, same_origin, hold_to_limits)
    for before in (record_access.begin, number_request, *guards):
        app.before_request(before)
    # The last one given is the first one asked.
    for after in (log_request, add_headers, record_access.put_on_record):
        app.after_request(after)
    app.context_processor(lambda: {"csp_nonce": g.get("nonce", "")})


def same_origin() -> None:
    """A form must come from our own pages, and say so.

    Under no-referrer its Origin is "null", so the browser's own word on where it comes from is
    asked first; no page can forge that. Every browser sends one of the two with every form, so
    a request with neither comes from no browser and is refused as well.
    """
    if request.method in SAFE:
        return
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is None and site is None:
        abort(403, "This form does not say where it was sent from. Use the page's own buttons.")
    ours = origin in (None, public_url() or f"{request.scheme}://{request.host}")
    if site is not None:
        ours = site in OURS and (ours or origin == "null")
    if not ours:
        abort(403, "This form was sent from another site. Open the page here and try again.")
