"""A client that checks every page it gets, so that no test has to remember to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from bench.door import COOKIE

NONCE = re.compile(r"script-src 'nonce-([^']+)' 'self'")


@dataclass
class Form:
    """A form as a browser would send it: where to, and its hidden and filled-in fields."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Seen(HTMLParser):
    """What a page holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.every_form: list[Form] = []
        self.links: list[str] = []
        self.nonces: list[str | None] = []
        self.ids: Counter[str] = Counter()
        self.labelled: list[str] = []
        self.inline: list[str] = []
        self.words: dict[str, list[str]] = {"h1": [], "title": []}
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.open = tag if tag in self.words else self.open
        self.inline += [n for n in given if n == "style" or n.startswith("on")]
        self.inline += [tag] * (tag == "style")
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        if tag == "label":
            self.labelled.append(str(given.get("for")))
        if tag == "script":
            self.nonces.append(given.get("nonce"))
        if tag == "a":
            self.links.append(str(given.get("href")))
        if tag == "form":
            self.every_form.append(Form(str(given.get("action")), str(given.get("method"))))
        if tag == "input" and self.every_form and given.get("name"):
            self._field(given)

    @property
    def forms(self) -> list[Form]:
        """The page's own forms, without the one at its head that signs out."""
        return [form for form in self.every_form if form.action != "/sign-out"]

    def _field(self, given: dict[str, str | None]) -> None:
        if given.get("type") in ("hidden", "text") or "checked" in given:
            self.every_form[-1].fields[str(given["name"])] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self.open = "" if tag == self.open else self.open

    def handle_data(self, data: str) -> None:
        if self.open:
            self.words[self.open].append(data.strip())


@dataclass
class Page:
    """An answer, with what was seen in it when it is HTML."""

    response: TestResponse
    seen: Seen | None

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """The page's words with white space evened out; entities as they stand."""
        return " ".join(self.response.get_data(as_text=True).split())

    @property
    def heading(self) -> str:
        return "".join(self.html.words["h1"])

    @property
    def html(self) -> Seen:
        assert self.seen is not None
        return self.seen

    def form(self, ending: str) -> Form:
        """The form whose address ends so."""
        return next(f for f in self.html.every_form if f.action.endswith(ending))


class PageClient:
    """A browser of one page at a time."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def hold(self, token: str) -> PageClient:
        """Carry this sign-in from now on."""
        self.client.set_cookie(COOKIE, token, httponly=True, samesite="Lax")
        return self

    def get(self, path: str, **more: Any) -> Page:
        return checked(self.client.get(path, **more))

    def post(self, path: str, data: dict[str, Any], **more: Any) -> Page:
        """Send a form as a browser does: it says where it was sent from."""
        said = {n.lower() for n in more.get("headers", {})}
        if not said & {"origin", "sec-fetch-site"}:
            more["headers"] = {**more.get("headers", {}), "Origin": "http://localhost"}
        return checked(self.client.post(path, data=data, **more))

    def send(self, page: Page, ending: str, **fields: Any) -> Page:
        """Fill in a form of the page and press its button; follows the way it leads."""
        form = page.form(ending)
        answer = self.post(form.action, {**form.fields, **fields})
        if answer.status == 303:
            return self.get(answer.response.headers["Location"])
        return answer


def checked(response: TestResponse) -> Page:
    """The answer, after looking at what must be right on every one."""
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    if response.mimetype != "text/html" or response.status_code in (302, 303):
        return Page(response, None)
    seen = Seen(response.get_data(as_text=True))
    _check_words(seen)
    _check_code(seen, policy)
    return Page(response, seen)


def _check_words(seen: Seen) -> None:
    heading, title = "".join(seen.words["h1"]), "".join(seen.words["title"])
    assert heading, "a page has one heading"
    assert title.endswith(" - pipe-sched")
    assert title != "Page - pipe-sched"


def _check_code(seen: Seen, policy: str) -> None:
    nonce = NONCE.search(policy)
    assert nonce is not None
    assert set(seen.nonces) == {nonce[1]}
    assert not seen.inline
    assert [i for i, times in seen.ids.items() if times > 1] == []
    assert [i for i in seen.labelled if i not in seen.ids] == []
    for form in seen.every_form:
        if form.method == "get":  # it only searches, and its address can be kept
            assert "csrf_token" not in form.fields
            continue
        assert form.method == "post"
        assert form.fields.get("csrf_token"), f"{form.action} has no CSRF token"
        assert form.action.startswith("/")
