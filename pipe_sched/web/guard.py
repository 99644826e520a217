"""What stands before every page: this computer alone, strict headers, same origin.

Before accounts exist only a loopback client with a known Host may come in.
"""

from __future__ import annotations

import ipaddress
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
OURS = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site for our own pages, and for what a person did in the browser itself."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def guard(app: Flask) -> None:
    """Put the guards before and after every request of the app."""
    app.before_request(_nonce)
    app.before_request(_only_this_computer)
    app.before_request(_same_origin)
    app.after_request(_headers)
    app.context_processor(lambda: {"csp_nonce": g.get("nonce", "")})


def _only_this_computer() -> None:
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    if not near:
        abort(403, "Only the computer that runs pipe-sched can open these pages.")
    if _host_name(request.host) not in HOSTS:
        abort(400, "Open these pages as http://127.0.0.1 or http://localhost.")


def _host_name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _same_origin() -> None:
    """A form must come from our own pages. Under no-referrer its Origin is "null", so the
    browser's own word on where it comes from is asked first; no page can forge that.
    """
    if request.method in SAFE:
        return
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    ours = origin in (None, f"{request.scheme}://{request.host}")
    if site is not None:
        ours = site in OURS and (ours or origin == "null")
    if not ours:
        abort(403, "This form was sent from another site. Open the page here and try again.")


def _nonce() -> None:
    g.nonce = secrets.token_urlsafe(16)


def _headers(answer: Response) -> Response:
    nonce = g.get("nonce", "")
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'self'; "
        "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint != "static":
        answer.headers["Cache-Control"] = "no-store"
    return answer
