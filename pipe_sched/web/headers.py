"""The headers of every answer: what a browser may do with a page, and that it keeps none of it."""

from __future__ import annotations

import secrets

from flask import Response, g, request

from pipe_sched.web.public import public_url

YEAR = 365 * 24 * 3600
NONE_OF = (
    "accelerometer autoplay camera clipboard-read clipboard-write display-capture "
    "encrypted-media fullscreen gamepad geolocation gyroscope hid idle-detection magnetometer "
    "microphone midi payment picture-in-picture publickey-credentials-create "
    "publickey-credentials-get screen-wake-lock serial usb xr-spatial-tracking"
).split()
"""What a browser can do for a page and never does for ours."""
ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NONE_OF),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def draw_nonce() -> None:
    """The word that scripts of this answer carry, and no other answer's do."""
    g.nonce = secrets.token_urlsafe(16)


def add_headers(answer: Response) -> Response:
    """Put them on an answer."""
    answer.headers.update(ALWAYS)
    answer.headers["Content-Security-Policy"] = policy(g.get("nonce", ""))
    if public_url() is not None:
        answer.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    if request.endpoint != "static" or answer.status_code >= 400:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def policy(nonce: str) -> str:
    """Nothing inline, nothing from elsewhere, in nobody's frame."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'self'; "
        "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'; frame-ancestors 'none'"
    )
