"""Guesses sent to the pages: as many as it says, in the time that they take, and nobody gets in.

The right password, code or recovery code is sent whenever the last answer said to wait; whoever
could open a page afterwards is counted, by asking for one.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from flask import Flask

from bench.attack.figures import Figure, exactly, none, some
from bench.attack.house import make_store, reopened
from bench.attack.owner import Owner, colleague, owner
from bench.attack.visit import SEE, Visit, quiet
from bench.door import COOKIE
from pipe_sched.access import LOCAL
from pipe_sched.actions.make_link import make_link
from pipe_sched.identity.tokens import new_token, recovery_codes
from pipe_sched.store.engine import Store
from pipe_sched.web import create_app

ADDRESSES = tuple(f"127.1.0.{n}" for n in range(1, 201))
REFUSED, WAIT, GONE = 400, 429, 404
MARGIN = 3.0
"""Seconds before a wait ends from which the right one is not sent any more: waits are told in
whole seconds, rounded up, and a page takes its time.
"""
OWNERS = 9
"""How often the owner signs in meanwhile, each time with another of their recovery codes."""
UNKNOWN = "nobody@attack.example"


@dataclass
class Siege:
    """One kind of guessing through the pages."""

    app: Flask
    owner: Owner
    chance: Random
    stolen: str
    link: str
    half: str = ""
    until: dict[str, float] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def visit(self, address: str = "") -> Visit:
        """A fresh browser at any address, with or without a cookie that is not its own."""
        device = self.chance.choice(("", "made-up", self.stolen))
        return Visit(self.app, address or self.chance.choice(ADDRESSES), device)

    def waits(self, target: str) -> bool:
        """Whether nothing is looked at now, by what the last answer said."""
        return time.monotonic() < self.until.get(target, 0.0) - MARGIN


Guess = Callable[[Siege], Visit]
"""One guess; gives back the browser that made it."""


def attack(times: int, seed: int) -> Iterator[Figure]:
    """So many guesses of each kind."""
    with TemporaryDirectory() as folder, quiet():
        url = make_store(Path(folder))
        store, app = reopened(url), create_app(url)
        stolen = owner(store, "robbed@attack.example", datetime.now(UTC)).browser.device
        for name, guess in KINDS.items():
            siege = begun(store, app, name, stolen, Random(f"{seed}-{name}"))
            every = max(1, times // OWNERS)
            for n in range(times):
                browser = guess(siege)
                if browser.held:
                    siege.seen["entries"] += browser.is_in()
                if n % every == 0 and siege.seen["owner tried"] < OWNERS:
                    siege.seen["owner tried"] += 1
                    siege.seen["owner in"] += enters(siege)
            yield from figures(name, siege, times)
        store.close()


def begun(store: Store, app: Flask, name: str, stolen: str, chance: Random) -> Siege:
    """A new owner and a new link for each kind, so that no wait is left from another."""
    now = datetime.now(UTC)
    one = owner(store, f"owner-{name.replace(' ', '-')}@attack.example", now)
    link = make_link(store, LOCAL, colleague(store, f"new-{one.email}", now)).token
    return Siege(app, one, chance, stolen, link)


def figures(name: str, siege: Siege, times: int) -> Iterator[Figure]:
    """What was seen of one kind."""
    seen, what = siege.seen, f"pages, {name}"
    yield exactly(f"{what}: guesses refused", times, seen["looked at"] + seen["waited"])
    if seen["waited"] or name in ("passwords", "codes", "recovery"):
        yield some(f"{what}: of them right, sent while waiting", seen["right"])
    yield none(f"{what}: passed the first step", seen["passed"])
    yield none(f"{what}: entries", seen["entries"])
    yield exactly(f"{what}: owner signed in meanwhile", seen["owner tried"], seen["owner in"])


def enters(siege: Siege) -> bool:
    """The owner signs in from the browser that is known, with a recovery code."""
    one = siege.owner
    browser = Visit(siege.app, one.browser.address, one.browser.device)
    browser.get("/sign-in")
    browser.send("/sign-in", email=one.email, password=one.password)
    browser.get("/sign-in/code")
    browser.send("/sign-in/code", code=one.codes[siege.seen["owner tried"]])
    return browser.is_in()


def noted(siege: Siege, target: str, browser: Visit, path: str, right: bool, **form: str) -> Visit:
    """Send a form, and note how it was answered."""
    sent = time.monotonic()
    answer = browser.send(path, **form)
    status = answer.status_code
    if status == WAIT:
        wait = int(answer.headers["Retry-After"])
        siege.until[target] = sent + wait
        siege.seen["right"] += right
        siege.seen["waited"] += 1
    elif status in (REFUSED, GONE):
        siege.seen["looked at"] += 1
    else:
        siege.seen["passed" if status == SEE else f"answered {status}"] += 1
    return browser


def guess_password(siege: Siege) -> Visit:
    """A password of the owner's account, now and then of nobody's."""
    browser = siege.visit()
    browser.get("/sign-in")
    if siege.chance.random() < 1 / 10:
        return noted(siege, "nobody", browser, "/sign-in", False, email=UNKNOWN, password="guess")
    right = siege.waits("account")
    password = siege.owner.password if right else f"guess {siege.chance.random()}"
    form = {"email": siege.owner.email, "password": password}
    return noted(siege, "account", browser, "/sign-in", right, **form)


def guess_code(siege: Siege) -> Visit:
    """Six digits, after the first step, which the password opens."""
    right = siege.waits("account")
    code = siege.owner.code(datetime.now(UTC)) if right else f"{siege.chance.randrange(10**6):06}"
    return give(siege, code, right=right)


def guess_recovery(siege: Siege) -> Visit:
    """A recovery code; the owner's last one is never used by themselves."""
    right = siege.waits("account")
    return give(siege, siege.owner.codes[-1] if right else recovery_codes()[0], right=right)


def give(siege: Siege, code: str, *, right: bool) -> Visit:
    """Give a code from anywhere, in a sign-in that was begun for it, new now and then."""
    browser = siege.visit()
    if not siege.half or siege.chance.randrange(50) == 0:
        browser.get("/sign-in")
        browser.send("/sign-in", email=siege.owner.email, password=siege.owner.password)
        siege.half = browser.held
    else:
        browser.client.set_cookie(COOKIE, siege.half)
    browser.get("/sign-in/code")
    return noted(siege, "account", browser, "/sign-in/code", right, code=code)


def guess_link(siege: Siege) -> Visit:
    """A link's token, most of the time from one address, which soon has to wait."""
    address = ADDRESSES[0] if siege.chance.random() < 3 / 4 else siege.chance.choice(ADDRESSES)
    browser, right = siege.visit(address), siege.waits(address)
    browser.get("/sign-in")
    token = siege.link if right else siege.chance.choice((new_token(), siege.link[:-1] + "~"))
    form = {"password": "whoever guesses this", "again": "whoever guesses this"}
    return noted(siege, address, browser, f"/set-password/{token}", right, **form)


def guess_sign_in(siege: Siege) -> Visit:
    """The cookie of a sign-in that nobody has."""
    browser = siege.visit()
    browser.client.set_cookie(COOKIE, new_token())
    siege.seen["looked at"] += not browser.is_in()
    return browser


KINDS: dict[str, Guess] = {
    "passwords": guess_password,
    "codes": guess_code,
    "recovery": guess_recovery,
    "links": guess_link,
    "sign-ins": guess_sign_in,
}
