"""An answer read as whoever gets it could read it: entities, folded lines, packed files, cookies.

And without what differs from one answer to the next, so that two can be compared.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable
from html import unescape
from io import BytesIO
from urllib.parse import unquote

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import TestResponse

PASSING = (
    re.compile(r'(name="csrf_token"[^>]*value=")[^"]*'),
    re.compile(r'(name="(?:key|sealed)"[^>]*value=")[^"]*'),
    re.compile(r'(name="[a-z]+-key"[^>]*value=")[^"]*'),
    re.compile(r'(nonce=")[^"]*'),
    re.compile(r"('nonce-)[^']*"),
    re.compile(r"(quote )[0-9a-f]{12}"),
    re.compile(r'(<path d=")[^"]*'),
)
"""What is drawn anew for every answer."""
FOLD = re.compile(r"\r\n[ \t]")
COOKIE = re.compile(r"session=([^;]*)")


def read_out(app: Flask, answer: TestResponse) -> str:
    """Everything in an answer, as text: status line, headers, and the body in all its readings."""
    head = [answer.status, *(f"{name}: {unquote(value)}" for name, value in answer.headers)]
    return "\n".join([*head, *_cookies(app, answer), *_bodies(answer)])


def _bodies(answer: TestResponse) -> Iterable[str]:
    data = answer.get_data()
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as packed:
            for name in packed.namelist():
                yield name
                yield unescape(packed.read(name).decode("utf-8", "replace"))
        return
    text = data.decode("utf-8", "replace")
    yield text
    if answer.mimetype == "text/html":
        yield unescape(text)
    elif answer.mimetype == "text/calendar":
        yield FOLD.sub("", text)
    elif answer.mimetype == "application/json" and text:
        yield json.dumps(json.loads(text), ensure_ascii=False)


def _cookies(app: Flask, answer: TestResponse) -> Iterable[str]:
    """What the browser's own cookie says: flashed messages travel in it."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    for value in answer.headers.getlist("Set-Cookie"):
        found = COOKIE.match(value)
        if found is not None and signer is not None and found[1]:
            yield json.dumps(signer.loads(found[1]), ensure_ascii=False, default=str)


def comparable(answer: TestResponse, told: Iterable[str]) -> str:
    """An answer without what passes and without the words that were asked for."""
    headers = [f"{n}: {v}" for n, v in answer.headers if n not in ("Set-Cookie", "Content-Length")]
    text = "\n".join([answer.status, *headers, answer.get_data().decode("utf-8", "replace")])
    for pattern in PASSING:
        text = pattern.sub(r"\1", text)
    return without(text, told)


def without(text: str, told: Iterable[str]) -> str:
    """A text without these words. The longest first: one may hold another."""
    for word in sorted(set(told), key=len, reverse=True):
        text = text.replace(word, "…") if word else text
    return text
