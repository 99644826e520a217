"""Every address of the poisoned premises, for everybody who can open pages there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from bench.attack import hands
from bench.attack.edits import look
from bench.attack.payloads import PAYLOADS
from bench.attack.poisoned import SITE, Poisoned, crn
from bench.attack.visit import Visit, quiet
from bench.door import COOKIE, token_for
from pipe_sched.access import LOCAL
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.set_up_second_factor import offer_second_factor, set_up_second_factor
from pipe_sched.actions.use_link import set_password
from pipe_sched.actions.visitor import Visitor
from pipe_sched.actions.who_asks import who_asks
from pipe_sched.identity.second_factor import code_at
from pipe_sched.store.crns import ids_by_crn
from pipe_sched.store.engine import Store
from pipe_sched.store.run_tables import Run
from pipe_sched.web.handles import handle

FILES = frozenset(
    {
        "static",
        "downloads.as_csv",
        "downloads.as_ics",
        "downloads.week_json",
        "downloads.timetable_json",
        "sites.template",
        "runs.progress",
        "health.show",
    }
)
"""Endpoints that give no page."""
PASSWORD = "words that nobody guesses"
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opens pages. `whole`: every address there is, not only one of each kind."""

    name: str
    token: str
    whole: bool = False


def readers(store: Store, there: Poisoned) -> tuple[Reader, ...]:
    """Two who may see nearly everything, three whose own name is a payload, and nobody."""
    named, new, half = there.accounts[:3]
    return (
        Reader("manager", token_for(store, "manager"), whole=True),
        Reader("administrator", token_for(store, "administrator"), whole=True),
        Reader("somebody with a payload for a name", _full(store, named)),
        Reader("somebody who sets up a second factor", _half(store, new)),
        Reader("somebody who is asked for a code", _asked_for_code(store, half)),
        Reader("nobody", ""),
    )


def _half(store: Store, account: str) -> str:
    link = make_link(store, LOCAL, account).token
    return set_password(store, link, PASSWORD, Visitor()).token


def _full(store: Store, account: str) -> str:
    half = who_asks(store, _half(store, account))
    if half is None:
        raise LookupError("A new sign-in is not there.")
    offer = offer_second_factor(store, half)
    code = code_at(offer.secret.replace(" ", ""), datetime.now(UTC))
    entered = set_up_second_factor(store, half, offer.sealed, code, Visitor()).entered
    return "" if entered is None else entered.token


def _asked_for_code(store: Store, account: str) -> str:
    _full(store, account)
    return _half(store, account)


def rules(app: Flask) -> list[Rule]:
    """The routes of pages."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in FILES
    ]


class Addresses:
    """Fills in the addresses of one application over the poisoned store."""

    def __init__(self, app: Flask, store: Store, there: Poisoned) -> None:
        self.app, self.there = app, there
        self.values = self._values(store)
        self.unknown = sorted(
            rule.rule
            for rule in rules(app)
            if rule.endpoint != "record.of" and not rule.arguments <= self.values.keys()
        )

    def _values(self, store: Store) -> Values:
        there, view = self.there, look(store, SITE, self.there.lived)
        with store.open_session(hands.READING) as session:
            runs = list(session.scalars(select(Run.id)))
        with store.open_session(hands.READING) as session:
            own = ids_by_crn(session)
        ids = [[f"w{n}", own[crn(n)], f"o{n}"] for n in range(len(PAYLOADS))]
        groups = [f"{SITE}:p{n}-0:group:1" for n in range(len(PAYLOADS))]
        others = [d.id for d in view.week.demands if d.id not in groups]
        placed = {a.demand for a in view.timetable.assignments}
        unplaced = [id_ for id_ in others if id_ not in placed][:1]  # the quickest to answer
        with self.app.app_context():
            people = [handle(three[n % 3]) for n, three in enumerate(ids)]
            sessions = [handle(id_) for id_ in (*unplaced, *groups, *others[::4])]
            self.histories = [handle(three[n % 3 - 1]) for n, three in enumerate(ids)]
        return {
            "site": (SITE,),
            "week": (str(there.lived), str(there.queued)),
            "person": people,
            "name": sessions,
            "run": runs,
            "number": ("1",),
            "id_": there.accounts,
            "token": (there.link, "not-a-link"),
        }

    def of(self, who: Reader) -> Iterator[str]:
        """All that somebody opens: once each kind, with each value in turn for who opens all."""
        for rule in rules(self.app):
            if rule.endpoint == "record.of":
                yield from self._histories(who)
            elif rule.arguments <= self.values.keys():
                yield from self._filled_in(rule, who)
        yield from (f"/sites/{SITE}/{self.there.lived}?view=week", "/record?what=views")
        for day in range(3):
            yield f"/sites/{SITE}/{self.there.lived}?day={day}"

    def _filled_in(self, rule: Rule, who: Reader) -> Iterator[str]:
        first = {name: self.values[name][0] for name in rule.arguments}
        yield self.path(rule, first)
        if not who.whole or not self._opens(who, self.path(rule, first)):
            return
        for name in sorted(rule.arguments):
            for value in self.values[name][1:]:
                yield self.path(rule, {**first, name: value})

    def _opens(self, who: Reader, path: str) -> bool:
        """Whether the page is theirs to see."""
        browser = Visit(self.app)
        browser.client.set_cookie(COOKIE, who.token)
        with quiet():
            return bool(browser.get(path).status_code == HTTPStatus.OK)

    def path(self, rule: Rule, values: Mapping[str, str]) -> str:
        """The address of a route."""
        given = {k: int(v) if k == "number" else v for k, v in values.items()}
        return self.app.url_map.bind("localhost").build(rule.endpoint, given, method="GET")

    def _histories(self, who: Reader) -> Iterator[str]:
        """Of people, accounts, sessions and the week."""
        several = None if who.whole else 1
        week = f"site={SITE}&week={self.there.lived}"
        with self.app.app_context():
            accounts = [handle(one) for one in self.there.accounts]
        for person in self.histories[:several]:
            yield f"/record/person/{person}"
        for account in accounts[::3][:several]:
            yield f"/record/account/{account}?what=views"
        for name in self.values["name"][::3][:several]:
            yield f"/record/session/{name}?{week}"
        yield f"/record/week/{self.there.lived}?site={SITE}"
