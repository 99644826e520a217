"""A real browser that notices: whatever runs, is refused, or leads away on a page is counted.

`hit` is there for payloads to call; nothing else of a page is touched. A host that is not ours is
never reached: what asks for one is written down and ended here.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from bench.attack.payloads import INJECTED, MADE
from bench.door import COOKIE

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, Response, Route

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000
"""Milliseconds that a page may take."""
TRIES = 3
MOMENT = 20
"""Milliseconds that are given to what begins after a page was loaded."""
RAN, REFUSED = "ran ", "refused "
HOOK = f"""
window.hit = n => console.log('{RAN}' + n);
document.addEventListener('securitypolicyviolation',
  e => console.log('{REFUSED}' + e.violatedDirective + ' ' + e.blockedURI));
"""
STRANGE = """() => {
  const found = [], leads = /^(href|src|action|formaction|xlink:href|data|srcdoc|background)$/i;
  for (const e of document.querySelectorAll('*')) {
    const tag = e.tagName.toLowerCase();
    if (['iframe', 'object', 'embed', 'base', 'style', 'math', 'animate', 'marquee'].includes(tag)
        || (tag === 'script' && !e.nonce)
        || (tag === 'meta' && /refresh/i.test(e.httpEquiv))) found.push(tag);
    for (const a of e.attributes) {
      const away = leads.test(a.name) && (/^\\s*(javascript|data|vbscript):/i.test(a.value)
        || (/^(https?:)?[/][/]/i.test(a.value.trim()) && !a.value.includes(location.host)
            && !/^https:[/][/](www[.])?(gov[.]uk|github[.]com)[/]/.test(a.value)));
      if (/^on/i.test(a.name) || away || (a.name === 'style' && /url|canary/.test(a.value)))
        found.push(tag + ' ' + a.name);
    }
  }
  return found;
}"""
"""What no page of ours holds: elements and attributes that can only come from a payload."""


@dataclass
class Seen:
    """Everything that was noticed, by what and where."""

    pages: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    ran: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    away: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)
    injected: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is shown in the browser as if it came from the network."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class Screen:
    """One page of the browser, at our pages' address."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.seen = Seen()
        self._answer: Answer | None = None
        self._where = ""
        page.add_init_script(HOOK)
        page.on("console", self._heard)
        page.on("dialog", self._called)
        page.on("response", self._answered)
        page.route("**/*", self._asked)

    def sign_in(self, token: str) -> None:
        """Carry this sign-in, or none."""
        self.page.context.clear_cookies()
        if token:
            cookie = {"name": COOKIE, "value": token, "url": self.home}
            self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self, path: str) -> None:
        """Open a page of ours."""
        self._where = path
        found = self.page.goto(f"{self.home}{path}", timeout=PATIENCE)
        self._look(0 if found is None else found.status)

    def show(self, answer: Answer) -> None:
        """Show an answer that a form or address got, with its headers."""
        self._where = answer.path
        for _ in range(TRIES):
            self._answer = answer
            try:
                self.page.goto(f"{self.home}{answer.path.partition('?')[0]}", timeout=PATIENCE)
                self._look(answer.status)
                return
            except Error:  # this page, or the one before, leads to another
                self._note(self.seen.away, "the whole page")

    def _look(self, status: int) -> None:
        self.page.wait_for_timeout(MOMENT)
        self.seen.pages += 1
        self.seen.statuses[status] += 1
        for strange in self.page.evaluate(STRANGE):
            self._note(self.seen.strange, strange)
        if MADE in self.page.content():
            self._note(self.seen.ran, "a template")

    def _note(self, kind: Counter[str], what: str) -> None:
        kind[f"{what} at {self._where[:80]}"] += 1

    def _heard(self, message: ConsoleMessage) -> None:
        if message.text.startswith(RAN):
            self._note(self.seen.ran, message.text)
        if message.text.startswith(REFUSED) or "Content Security Policy" in message.text:
            self._note(self.seen.refused, message.text[:100])

    def _called(self, dialog: Dialog) -> None:
        self._note(self.seen.ran, "a dialog")
        dialog.dismiss()

    def _answered(self, response: Response) -> None:
        if INJECTED in response.headers:
            self._note(self.seen.injected, INJECTED)

    def _asked(self, route: Route, request: Request) -> None:
        answer = self._answer
        if answer is not None and request.is_navigation_request():
            self._answer = None
            headers = dict(answer.headers)
            route.fulfill(status=answer.status, headers=headers, body=answer.body)
        elif request.url.startswith((f"{self.home}/", "data:", "about:")):
            route.continue_()
        else:
            self._note(self.seen.away, request.url[:60])
            route.abort()


@contextmanager
def screen(home: str) -> Iterator[Screen | None]:
    """A browser for as long as the block runs; None where there is none."""
    named = os.environ.get("PIPE_SCHED_CHROMIUM")
    path = named or next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        except Error:
            yield None
            return
        try:
            yield Screen(started.new_page(), home)
        finally:
            started.close()
