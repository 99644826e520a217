"""A browser without a screen: pages asked for and forms sent to the application in this process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from bench.attack.browser import TOKEN
from bench.door import COOKIE
from pipe_sched.web.signing import DEVICE

ORIGIN = "http://localhost"
SEE = 303


class Visit:
    """One browser at one network address (of this computer: no others may come in)."""

    def __init__(self, app: Flask, address: str = "127.0.0.1", device: str = "") -> None:
        self.client = app.test_client()
        self.address = address
        self.token = ""
        if device:
            self.client.set_cookie(DEVICE, device)

    def get(self, path: str) -> TestResponse:
        """Ask for a page, as a browser does; its form's token is kept."""
        answer = self._open(path, headers={"Accept": "text/html"})
        found = TOKEN.search(answer.get_data(as_text=True))
        self.token = found[1] if found else self.token
        return answer

    def send(self, path: str, **fields: Any) -> TestResponse:
        """Send a form, with the token of the page that was asked for last."""
        form = {"csrf_token": self.token, **fields}
        return self._open(path, method="POST", data=form, headers={"Origin": ORIGIN})

    def _open(self, path: str, **more: Any) -> TestResponse:
        return self.client.open(path, environ_overrides={"REMOTE_ADDR": self.address}, **more)

    @property
    def held(self) -> str:
        """The sign-in that the browser holds, half or full."""
        found = self.client.get_cookie(COOKIE)
        return "" if found is None else found.value

    def drop(self) -> None:
        """Forget the sign-in."""
        self.client.delete_cookie(COOKIE)

    def is_in(self) -> bool:
        """Whether a page that needs a sign-in opens."""
        return bool(self._open("/account", headers={"Accept": "text/html"}).status_code == 200)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the lines that the pages write to their log; a fault of ours is still told."""
    said = StringIO()
    try:
        with redirect_stderr(said):
            yield
    finally:
        sys.stderr.writelines(line for line in said.getvalue().splitlines(True) if "fault" in line)
