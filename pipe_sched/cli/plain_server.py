"""The server under the pages, set up so that it keeps nothing, hides nothing and says little.

What a request or an answer holds stays in memory, never in a temporary file. Requests that cannot
be read at all get a sentence and not the server's own words, which repeat what was sent.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from pipe_sched.cli.listening import Listening
from pipe_sched.web.headers import ALWAYS

THREADS = 8
MIB = 1024 * 1024
MOST_BODY = 4 * MIB
"""Bytes of a request that are read at all; the pages refuse more than a quarter in their words."""
IN_MEMORY = 64 * MIB
"""Bytes from which the server would begin a temporary file; no answer comes near."""
MOST_HEADERS = 32 * 1024
SENTENCES = {
    "400": "This request cannot be read. Open the page again from its start.",
    "413": "This is too large. A workbook of at most 1 MiB can be uploaded here.",
    "431": "This address, or what the browser sends with it, is too long. Start from the list.",
    "501": "This request cannot be read. Open the page again from its start.",
}
FAULT = "Something went wrong on our side and nothing was changed. Try again."


class PlainError(ErrorTask):
    """Answers what never reached the pages."""

    request: Any
    response_headers: Any

    def execute(self) -> None:
        """Write a sentence with the headers of every page."""
        error = self.request.error
        body = SENTENCES.get(str(error.code), FAULT).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend([("Content-Type", "text/plain; charset=utf-8"), *_headers()])
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def _headers() -> list[tuple[str, str]]:
    policy = "default-src 'none'; frame-ancestors 'none'"
    own = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return [*ALWAYS.items(), *own.items()]


class PlainChannel(HTTPChannel):
    """A connection whose unreadable requests are answered plainly."""

    error_task_class = PlainError


def server_for(app: Flask, at: Listening) -> Any:
    """A server over the pages; its `run` serves until it is told to end."""
    server: Any = create_server(
        app,
        listen=at.socket_name,
        threads=THREADS,
        ident=None,
        max_request_body_size=MOST_BODY,
        max_request_header_size=MOST_HEADERS,
        inbuf_overflow=IN_MEMORY,
        outbuf_overflow=IN_MEMORY,
        **trust(at),
    )
    server.channel_class = PlainChannel
    return server


def trust(at: Listening) -> dict[str, Any]:
    """Whose word on where a request came from is taken.

    The proxy's alone, and of what it says the last entry, which it wrote itself. From anybody
    else such headers are taken away. Without a proxy they are left, for the pages to refuse.
    """
    if at.public_url is None:
        return {"clear_untrusted_proxy_headers": False}
    return {
        "trusted_proxy": at.proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }
