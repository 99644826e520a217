"""Sends requests as a browser does: its cookies, the token of a form, and where it comes from."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from bench.attack.asked import Asking
from bench.attack.besiegers import Besieger
from bench.attack.known import File
from bench.door import COOKIE

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SESSION = "session"
HERE = "http://localhost"
PAGES = {"full": "/permissions", "half": "/sign-in/code", "new": "/sign-in/second-factor"}
"""A page with a form, by how its reader is signed in."""
STRAY = {"role": "administrator", "premises_id": "south", "actor": "local"}
"""Fields that no form has: they are to be ignored."""


class Sender:
    """One browser. Every request begins from the same cookies, whatever the last one did."""

    def __init__(self, app: Flask, who: Besieger) -> None:
        self.app, self.who = app, who
        client = self._client()
        page = client.get(PAGES.get(who.state, "/sign-in")).get_data(as_text=True)
        found = TOKEN.search(page)
        cookie = client.get_cookie(SESSION)
        if found is None or cookie is None:
            raise LookupError(f"{who.name} finds no form.")
        self.csrf, self.session = found[1], cookie.value

    def _client(self) -> Any:
        client = self.app.test_client()
        if self.who.token:
            client.set_cookie(COOKIE, self.who.token)
        return client

    def get(self, path: str) -> TestResponse:
        """Look at a page."""
        answer: TestResponse = self._client().get(path)
        return answer

    def send(self, asking: Asking) -> TestResponse:
        """Send it."""
        client = self._client()
        client.set_cookie(SESSION, self.session)
        form: dict[str, Any] | None = None
        if asking.method not in ("GET", "HEAD"):
            sent = {k: v.opened() if isinstance(v, File) else v for k, v in asking.form.items()}
            form = {**STRAY, **sent, "csrf_token": self.csrf}
        answer: TestResponse = client.open(
            asking.path,
            method=asking.method,
            query_string=dict(asking.query),
            data=form,
            headers={"Origin": HERE, "Accept": "text/html"},
        )
        return answer
