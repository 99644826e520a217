"""Changes sent to the pages as a browser sends them: fields, token and cookie."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from http.cookiejar import Cookie, CookieJar
from typing import Any

from bench.attack.processes import HOST
from bench.door import COOKIE
from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import BringBack, Cancel, Change, Keep, Put
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Ref
from pipe_sched.core.week import Demand

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')
DAY = "app-glance__title"
"""Begins each of the seven days on the page of the week at a glance."""
SESSION = re.compile(
    r"<strong>(?P<start>\d\d:\d\d) to [^<]*</strong><br>"
    r'<a [^>]*href="[^"]*/sessions/(?P<name>\w+)">[^<]*</a><br>\s*(?P<room>[^<\n]+)'
)
PERSON = re.compile(r'value="([0-9a-f]{16})"[^>]*>\s*(?:<label[^>]*>)?\s*([^<]+?)\s*<')
"""A person as a choice of a form: the handle that the form sends, and their name."""
PEOPLE = re.compile(r"lead_\d+|people|also")
"""Fields that people are chosen in."""
PATIENCE = 60.0
MADE = 303
REFUSED = 400
OVERTAKEN = 409
Fields = dict[str, Any]


class Unsendable(ValueError):
    """A change that no form of the pages can ask for."""


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: where a form leads is not looked at."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """Give the redirect back as the answer."""


class Browser:
    """One browser: its cookies, and what it has learned from the program that it talks to.

    A session's address is told by the page of its week, and is good for as long as the program
    runs; so is the token.
    """

    def __init__(self, port: int, token: str) -> None:
        self.home = f"http://{HOST}:{port}"
        self._signed = token
        self._forget()

    def _forget(self) -> None:
        jar = CookieJar()
        jar.set_cookie(signed_in(self._signed))
        cookies = urllib.request.HTTPCookieProcessor(jar)
        self._opener = urllib.request.build_opener(cookies, Stay())
        self._token = ""
        self._names: dict[str, str] = {}
        self._people: dict[str, str] = {}

    def send(self, view: WeekView, change: Change, key: str) -> int:
        """Send the change's form; gives back the status of the answer.

        Raises:
            Unsendable: there is no form for it. OSError: nobody answers, or another program
            than the one that was talked to before.
        """
        demand, part, fields = form_of(view, change)
        week = f"/sites/{view.site}/{view.clock}"
        try:
            if demand not in self._names:
                self._learn(view, f"{week}?view=week")
            if not self._people:
                self._people.update(people_on(view, self._open(f"{week}/one-off")[1]))
            fields = handled(fields, self._people)
            stamp = {"csrf_token": self._token, "version": view.version, "key": key}
            sent = urllib.parse.urlencode({**stamp, **fields}, doseq=True).encode()
            status, text = self._open(f"{week}/sessions/{self._names[demand]}{part}", sent)
        except KeyError as missing:
            raise Unsendable(f"The pages show no {missing}.") from None
        except OSError:
            self._forget()
            raise
        if status == 404 or (status == REFUSED and "CSRF" in text):
            self._forget()
            raise OSError("Another program answers.")
        return status

    def _learn(self, view: WeekView, path: str) -> None:
        status, text = self._open(path)
        token, version = TOKEN.search(text), VERSION.search(text)
        if status != 200 or token is None or version is None:
            raise OSError(f"{path} answered {status} and holds no form.")
        if int(version[1]) != view.version:
            raise Unsendable("The week was changed meanwhile.")
        self._token = token[1]
        self._names.update(names_on(view, text))

    def _open(self, path: str, sent: bytes | None = None) -> tuple[int, str]:
        try:
            asked = urllib.request.Request(f"{self.home}{path}", sent, {"Origin": self.home})
            with self._opener.open(asked, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()


def signed_in(token: str) -> Cookie:
    """The cookie of a sign-in (see `bench.door`)."""
    host, path = (HOST, True, False), ("/", True)
    return Cookie(0, COOKIE, token, None, False, *host, *path, False, None, True, None, None, {})


def names_on(view: WeekView, text: str) -> Iterator[tuple[str, str]]:
    """Each session with the name that addresses call it, by its day, start and room."""
    there = {}
    for place in view.timetable.assignments:
        start = f"{view.clock.local(place.start):%H:%M}"
        room = "" if place.room is None else view.labels.text(Ref("room", place.room))
        there[view.clock.index(place.start), start, room] = place.demand
    for day, part in enumerate(text.split(DAY)[1:]):
        for found in SESSION.finditer(part):
            demand = there.get((day, found["start"], unescape(found["room"]).strip()))
            if demand is not None:
                yield demand, found["name"]


def people_on(view: WeekView, text: str) -> Iterator[tuple[str, str]]:
    """Each person of the week with what forms call them, by name."""
    called = {unescape(name): handle for handle, name in PERSON.findall(text)}
    for person in view.week.people:
        name = view.labels.people[person.id]
        if name in called:
            yield person.id, called[name]


def handled(fields: Fields, people: dict[str, str]) -> Fields:
    """The fields with people as the forms call them; `KeyError` for whom no form offers."""
    out: Fields = {}
    for name, value in fields.items():
        if not PEOPLE.fullmatch(name):
            out[name] = value
        elif isinstance(value, list):
            out[name] = [people[p] for p in value]
        else:
            out[name] = people[value] if value else value
    return out


def sendable(view: WeekView, change: Change) -> Change:
    """The change as the forms of the pages ask for it: one session, attendees in their order."""
    if isinstance(change, Keep):
        return replace(change, demands=change.demands[:1])
    if isinstance(change, Put):
        demand_ = _demand(view, change.place.demand)
        order = dict.fromkeys((*demand_.required, *change.place.attendees))
        return replace(change, place=replace(change.place, attendees=tuple(order)))
    return change


def form_of(view: WeekView, change: Change) -> tuple[str, str, Fields]:
    """The session, what follows its address, and the fields, that ask for this change."""
    match change:
        case Put():
            return change.place.demand, "", _put(view, change)
        case Keep(demands=(demand,)):
            return demand, "/keep", {} if change.keep else {"let-go": "1"}
        case Cancel():
            return change.demand, "/cancel", {"reason": change.reason}
        case BringBack():
            return change.demand, "/back", {}
    raise Unsendable(f"No form asks for {change}.")


def _put(view: WeekView, change: Put) -> Fields:
    place, demand = change.place, _demand(view, change.place.demand)
    if not 0 <= place.start < view.clock.length:
        raise Unsendable("The start lies outside the week.")
    local = view.clock.local(place.start)
    fields: Fields = {
        "day": view.clock.index(place.start),
        "time": f"{local:%H:%M}",
        "minutes": change.minutes or demand.minutes,
        "room": place.room or "",
        "make": "1",
        **{f"lead_{i}": lead.person for i, lead in enumerate(place.staff)},
    }
    if change.keep:
        fields["keep"] = "y"
    return {**fields, **_people(view, change, demand)}


def _people(view: WeekView, change: Put, demand: Demand) -> Fields:
    chosen = change.place.attendees
    if demand.one_to_one:
        if chosen != demand.required:
            raise Unsendable("Who a one-to-one is with is what it is about.")
        return {}
    now = next((a for a in view.timetable.assignments if a.demand == demand.id), None)
    listed = {*demand.attendees, *(now.attendees if now else ())}
    also = [p for p in chosen if p not in listed]
    if len(also) > 1 or (also and also[0] != chosen[-1]):
        raise Unsendable("The form adds one person at a time.")
    return {"people": [p for p in chosen if p in listed], **({"also": also[0]} if also else {})}


def _demand(view: WeekView, id_: str) -> Demand:
    return Index(view.week).demands[id_]
