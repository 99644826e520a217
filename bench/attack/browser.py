"""Changes sent to the pages as a browser sends them: fields, token and cookie."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace
from http.cookiejar import CookieJar
from typing import Any

from bench.attack.processes import HOST
from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import BringBack, Cancel, Change, Keep, Put
from pipe_sched.core.index import Index
from pipe_sched.core.week import Demand
from pipe_sched.web.handles import handle

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
PATIENCE = 60.0
REFUSED = 400
Fields = dict[str, Any]


class Unsendable(ValueError):
    """A change that no form of the pages can ask for."""


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: where a form leads is not looked at."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """Give the redirect back as the answer."""


class Browser:
    """One browser: its cookies, and the token of the program that it talks to."""

    def __init__(self, port: int) -> None:
        self.home = f"http://{HOST}:{port}"
        self._forget()

    def send(self, view: WeekView, change: Change, key: str) -> int:
        """Send the change's form; gives back the status of the answer (303: it is made).

        Raises:
            Unsendable: there is no form for it. OSError: nobody answers.
        """
        path, fields = form_of(view, change)
        week = f"/sites/{view.site}/{view.clock}"
        token = self._token or self._read_token(week)
        stamp = {"csrf_token": token, "version": view.version, "key": key}
        sent = urllib.parse.urlencode({**stamp, **fields}, doseq=True).encode()
        try:
            status, _ = self._open(f"{week}/sessions/{path}", sent)
        except OSError:
            self._forget()
            raise
        if status == REFUSED:  # perhaps because another program answers, which knows no such token
            self._forget()
        return status

    def _forget(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies, Stay())
        self._token = ""

    def _read_token(self, week: str) -> str:
        status, text = self._open(week)
        found = TOKEN.search(text)
        if status != 200 or found is None:
            raise OSError(f"{week} answered {status} and holds no form.")
        self._token = found[1]
        return self._token

    def _open(self, path: str, sent: bytes | None = None) -> tuple[int, str]:
        try:
            with self._opener.open(f"{self.home}{path}", sent, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, ""


def sendable(view: WeekView, change: Change) -> Change:
    """The change as the forms of the pages ask for it: one session, attendees in their order."""
    if isinstance(change, Keep):
        demand = change.demands[0]
        return Keep((demand,), keep=demand not in view.decisions.kept)
    if isinstance(change, Put):
        demand_ = _demand(view, change.place.demand)
        order = dict.fromkeys((*demand_.required, *change.place.attendees))
        return replace(change, place=replace(change.place, attendees=tuple(order)))
    return change


def form_of(view: WeekView, change: Change) -> tuple[str, Fields]:
    """The address below the week's sessions, and the fields, that ask for this change."""
    match change:
        case Put():
            return _put(view, change)
        case Keep(demands=(demand,)):
            return f"{handle(demand)}/keep", {}
        case Cancel():
            return f"{handle(change.demand)}/cancel", {"reason": change.reason}
        case BringBack():
            return f"{handle(change.demand)}/back", {}
    raise Unsendable(f"No form asks for {change}.")


def _put(view: WeekView, change: Put) -> tuple[str, Fields]:
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
    return handle(demand.id), {**fields, **_people(view, change, demand)}


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
