"""Fifty payloads in every field, opened on every page in a real browser: nothing runs.

Every text that a person or a workbook can fill in is a payload (see `poisoned`), and every page is
opened as it is sent, policy and all. Then payloads are sent in every address, query and form, and
each answer that repeats one is shown. That the browser would notice is tried first, on a page that
does not escape; and files are read as spreadsheets and calendars read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from bench.attack.figures import Figure, none, some, told
from bench.attack.house import address
from bench.attack.payloads import PAYLOADS
from bench.attack.poisoned import poison, unplanted
from bench.attack.poisoned_answers import Sendings
from bench.attack.poisoned_files import files
from bench.attack.poisoned_pages import Addresses, Reader, readers
from bench.attack.processes import HOST, answers, end, free_port, start_program, wait_for
from bench.attack.screen import Answer, Screen, Seen, screen
from bench.attack.visit import quiet
from pipe_sched.store.engine import open_store
from pipe_sched.web import create_app
from pipe_sched.web.headers import policy

TIMES = 1
PATIENCE = 60.0
SHOWN = 5
"""How many faults of a kind are printed."""
CARELESS = (
    "<title>{0}</title><p>{0}</p><input value=\"{0}\"><input value='{0}'>"
    '<a href="{0}">x</a><p title={0}>x</p>'
)
"""A page that does not escape."""


def attack(_times: int, _seed: int) -> Iterator[Figure]:
    """Poison a premises and open all of it."""
    with TemporaryDirectory() as folder:
        url, port = address(Path(folder)), free_port()
        store = open_store(url)
        there = poison(store)
        app = create_app(url)
        people, addresses = readers(store, there), Addresses(app, store, there)
        program = start_program(url, port, Path(folder) / "log")
        try:
            if not wait_for(lambda: answers(port), PATIENCE):
                raise LookupError("The pages do not answer.")
            yield from planted(addresses)
            yield from files(app, there, people[0].token)
            with screen(f"http://{HOST}:{port}") as browser:
                yield from looked_at(browser, app, addresses, people)
        finally:
            end(program)
            store.close()


def planted(addresses: Addresses) -> Iterator[Figure]:
    """That nothing is left out."""
    yield some("payloads", len(PAYLOADS))
    yield none("columns of free text without them", len(unplanted()))
    yield none("addresses that cannot be filled in", len(addresses.unknown))
    for rule in addresses.unknown:
        yield told("address not known", rule)


def looked_at(
    browser: Screen | None, app: Flask, addresses: Addresses, people: tuple[Reader, ...]
) -> Iterator[Figure]:
    """Everything that is seen in the browser."""
    if browser is None:
        yield some("pages opened: there is no Chromium", 0)
        return
    yield from noticed(browser)
    browser.seen = Seen()
    for who in people:
        before = browser.seen.pages
        browser.sign_in(who.token)
        for path in dict.fromkeys(addresses.of(who)):
            browser.open(path)
        yield some(f"pages opened by {who.name}", browser.seen.pages - before)
    yield from found("pages", browser.seen)
    browser.seen = Seen()
    yield from repeated(browser, app, addresses, people)
    yield from found("answers", browser.seen)


def repeated(
    browser: Screen, app: Flask, addresses: Addresses, people: tuple[Reader, ...]
) -> Iterator[Figure]:
    """Payloads sent, and the answers that repeat one."""
    faults = 0
    for who in people:
        with quiet():
            sendings = Sendings(app, addresses, who)
        browser.sign_in(who.token)
        ways: Iterable[Callable[[], Iterator[Answer]]] = (sendings.in_forms,)
        if who.whole:
            ways = (sendings.in_addresses, sendings.in_workbooks, sendings.in_forms)
        with quiet():
            for way in ways:
                for answer in way():
                    browser.show(answer)
        faults += sendings.faults
        yield told(f"sent by {who.name}, places that repeat", f"{sendings.sent}, {sendings.places}")
    yield none("answers of 5xx", faults)


def noticed(browser: Screen) -> Iterator[Figure]:
    """How many payloads would do something on a page that does not escape."""
    browser.sign_in("")
    harmed = 0
    for text in PAYLOADS:
        browser.seen = Seen()
        browser.show(careless(text, {}))
        harmed += any((browser.seen.ran, browser.seen.away, browser.seen.strange))
    yield some("payloads that would do harm on a careless page", harmed)
    browser.seen = Seen()
    for text in PAYLOADS:
        browser.show(careless(text, {"Content-Security-Policy": policy("none")}))
    yield some("what our policy would refuse there", browser.seen.refused.total())
    yield told("what would run there all the same", sum(browser.seen.ran.values()))


def careless(text: str, headers: dict[str, str]) -> Answer:
    """A page that holds the payload as it is."""
    body = CARELESS.format(text).encode()
    return Answer("/careless", 200, {"Content-Type": "text/html; charset=utf-8", **headers}, body)


def found(what: str, seen: Seen) -> Iterator[Figure]:
    """Everything noticed on so many pages."""
    yield some(f"{what}: opened", seen.pages)
    yield told(f"{what}: by status", dict(sorted(seen.statuses.items())))
    kinds = (
        ("executions", seen.ran),
        ("violations of the policy", seen.refused),
        ("requests to elsewhere", seen.away),
        ("elements and attributes made", seen.strange),
        ("headers injected", seen.injected),
    )
    for name, faults in kinds:
        yield none(f"{what}: {name}", faults.total())
        for fault, count in faults.most_common(SHOWN):
            yield told(f"{what}: {name}, {count}", escape(fault))
