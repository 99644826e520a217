"""Send payloads in every address, query and form, and give back the answers that repeat one.

Each place is tried with one payload first; where an answer repeats it, all others follow. Forms
are sent with everything else as the page holds it, so that what is refused is the payload.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

from flask import Flask
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from bench.attack.forms_in import FilledIn, forms_in
from bench.attack.house import CLOCK, two_premises
from bench.attack.payloads import PATTERNS, marked
from bench.attack.poisoned import one_line
from bench.attack.poisoned_pages import Addresses, Reader, rules
from bench.attack.screen import Answer
from bench.attack.visit import SEE, Visit
from bench.door import COOKIE
from pipe_sched.formats import workbook

QUERIES = (
    "next time day view person site week what account action since until before together "
    "recovery minutes room people also lead_0 keep make role agree version key"
).split()
"""Every name that a page looks for in its query, and some that forms have."""
SESSION = "session"
PROBE = 7
"""Which payload is tried first."""
FIRST = 900_000
"""Every payload that is sent has a number of its own, from here on, by which it is known."""
FOLLOW = 3


class Sendings:
    """Sends for one reader, and counts."""

    def __init__(self, app: Flask, addresses: Addresses, who: Reader) -> None:
        self.app, self.addresses, self.who = app, addresses, who
        self.sent = self.places = self.faults = 0
        self.number = FIRST
        self.session = self.token = ""
        first = self.visit()
        for path in ("/permissions", "/sign-in/code", "/sign-in/second-factor", "/sign-in"):
            first.get(path)
        session = first.client.get_cookie(SESSION)
        self.session, self.token = "" if session is None else session.value, first.token

    def visit(self) -> Visit:
        """A browser in which they are signed in and have a form's token, as it was at first."""
        browser = Visit(self.app)
        for name, value in ((COOKIE, self.who.token), (SESSION, self.session)):
            if value:
                browser.client.set_cookie(name, value)
        browser.token = self.token
        return browser

    def in_addresses(self) -> Iterator[Answer]:
        """A payload in the place of each value of an address, and of each name in its query."""
        for rule in rules(self.app):
            if not rule.arguments <= self.addresses.values.keys() | {"kind"}:
                continue
            given = {n: self.addresses.values.get(n, ("person",))[0] for n in rule.arguments}
            path = self.addresses.path(rule, given)
            for name in sorted(given.keys() - {"number"}):
                yield from self._all(partial(_in_path, path, given[name]))
            yield from self._in_queries(path)

    def _in_queries(self, path: str) -> Iterator[Answer]:
        """Each name by itself; then those that the page takes together, and each other alone."""
        taken: list[str] = []
        others: list[str] = []
        for query in self._heeded(path):
            probe = self._got(_in_query(path, (query,), self._next(PATTERNS[PROBE])))
            if probe is not None:
                (taken if probe.status == HTTPStatus.OK else others).append(query)
        for names in filter(None, (taken, *([name] for name in others))):
            self.places += len(names) - 1
            yield from self._all(partial(_in_query, path, names))

    def _heeded(self, path: str) -> Sequence[str]:
        """The names in a query that could matter: all, if all at once make any difference."""
        browser = self.visit()
        text = self._next(PATTERNS[PROBE])
        plain, asked = (browser.get(p) for p in (path, _in_query(path, QUERIES, text)))
        same = plain.status_code == asked.status_code
        return () if same and not self._repeats(asked) else QUERIES

    def _next(self, pattern: str) -> str:
        """The payload of this pattern, numbered anew."""
        self.number += 1
        return marked(pattern, self.number)

    def _repeats(self, answer: TestResponse) -> bool:
        """Whether the answer repeats what was sent last."""
        return str(self.number) in answer.get_data(as_text=True)

    def _all(self, address: Callable[[str], str]) -> Iterator[Answer]:
        """The probe, then all, if it is repeated."""
        probe = self._got(address(self._next(PATTERNS[PROBE])))
        if probe is None:
            return
        self.places += 1
        for pattern in PATTERNS:
            found = self._got(address(self._next(pattern)))
            if found is not None:
                yield found

    def _got(self, path: str) -> Answer | None:
        browser = self.visit()
        return self._kept(browser, path, browser.get(path))

    def _kept(self, browser: Visit, path: str, answer: TestResponse) -> Answer | None:
        """The answer, or where it leads on our own pages, if it is a page and repeats a payload."""
        self.sent += 1
        for _ in range(FOLLOW):
            to = answer.headers.get("Location", "")
            if answer.status_code != SEE or not to.startswith("/"):
                break
            path, answer = to, browser.get(to)
        self.faults += answer.status_code >= 500
        if answer.mimetype != "text/html" or not self._repeats(answer):
            return None
        return Answer(path, answer.status_code, dict(answer.headers), answer.get_data())

    def in_forms(self) -> Iterator[Answer]:
        """A payload in each field of each form of one page of each kind, then all of them in all
        that take text, and in all there are.
        """
        known: set[tuple[str, tuple[str, ...]]] = set()
        for path in self.addresses.of(Reader(self.who.name, self.who.token)):
            for form in forms_in(self.visit().get(path).get_data(as_text=True)):
                kind = (_kind(form.action), tuple(sorted(form.fields)))
                if kind not in known:
                    known.add(kind)
                    yield from self._in_form(path, form)

    def _in_form(self, path: str, form: FilledIn) -> Iterator[Answer]:
        for name in form.fields:
            found = self._filled_in(path, form, [name], PATTERNS[PROBE])
            if found is not None:
                self.places += 1
                yield found
        for names in ([n for n in form.fields if n in form.texts], form.fields):
            if self._filled_in(path, form, names, PATTERNS[PROBE]) is None:
                continue
            for pattern in PATTERNS:
                found = self._filled_in(path, form, names, pattern)
                if found is not None:
                    yield found

    def _filled_in(
        self, path: str, form: FilledIn, names: Sequence[str], pattern: str
    ) -> Answer | None:
        browser = self.visit()
        said = self._next(pattern)
        fields = {**form.values, **{name: [said] for name in names}}
        fields.pop("csrf_token", None)
        if form.method == "get":
            query = "&".join(f"{k}={quote(v, safe='')}" for k, vs in fields.items() for v in vs)
            to = f"{form.action or path}?{query}"
            return self._kept(browser, to, browser.get(to))
        return self._kept(browser, form.action, browser.send(form.action, **fields))

    def in_workbooks(self) -> Iterator[Answer]:
        """Payloads as the name of a file, in cells that take them, and in cells that do not."""
        for pattern in PATTERNS:
            text = self._next(pattern)
            for data in (b"not a workbook", _in_every_cell(text), _as_every_name(text)):
                browser = self.visit()
                answer = browser.send("/workbook", workbook=(BytesIO(data), f"{text}.xlsx"))
                found = self._kept(browser, "/workbook", answer)
                if found is not None:
                    yield found


def _in_query(path: str, names: Sequence[str], text: str) -> str:
    return f"{path}?{'&'.join(f'{name}={quote(text, safe=str())}' for name in names)}"


def _in_path(path: str, value: str, text: str) -> str:
    return path.replace(value, quote(text, safe=""), 1)


def _kind(action: str) -> str:
    """Where a form leads, whoever's it is: addresses without the part that is a handle."""
    return "/".join("*" if len(part) == 16 else part for part in action.split("/"))


NAMES = (("Rooms", "C"), ("Staff", "B"), ("Residents", "B"), ("Programme", "E"))
"""Columns of names."""


@cache
def _base() -> bytes:
    return workbook.as_bytes(two_premises((CLOCK,), False))


def _in_every_cell(text: str) -> bytes:
    """A workbook that cannot be taken: the payload stands in each cell of each first row."""
    book = load_workbook(BytesIO(_base()))
    for sheet in book.worksheets:
        for cell in sheet[2] if sheet.max_row > 1 else ():
            _put(cell, text)
    return _bytes(book)


def _as_every_name(text: str) -> bytes:
    """A workbook that can be taken: the payload is what some rows are called."""
    book = load_workbook(BytesIO(_base()))
    for name, column in NAMES:
        _put(book[name][f"{column}2"], text)
    return _bytes(book)


def _put(cell: Any, text: str) -> None:
    cell.value = "".join(c for c in one_line(text) if c.isprintable())
    cell.data_type = "s"


def _bytes(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
