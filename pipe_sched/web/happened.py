"""Something happened: somebody is away, a room is out, somebody arrives or has gone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.end_stay import end_stay, tell_left
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.record_happening import (
    Arrives,
    Away,
    Happening,
    RoomOut,
    people_and_rooms,
    record_happening,
)
from pipe_sched.actions.views import WeekView
from pipe_sched.core.clock import LONDON
from pipe_sched.core.labels import wall_time
from pipe_sched.core.phrase import Ref
from pipe_sched.web.forms.change import PressForm
from pipe_sched.web.forms.happened import ArrivalForm, AwayForm, LeaveForm, RoomForm
from pipe_sched.web.forms.times import parse_time
from pipe_sched.web.handles import by_handle, handle
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.week import seen

pages = Blueprint("happened", __name__)
Forms = dict[str, Any]
Shown = str | tuple[str, int]


def forms_for(view: WeekView, sent: str = "") -> Forms:
    """The four forms with the site's people and rooms; all but the one sent show the present."""
    found = people_and_rooms(store(), actor(), view.site)
    workers = [(handle(w), name) for w, name in found.workers]
    stay = [(handle(r), name) for r, name in found.residents]
    forms: Forms = {
        "away": AwayForm.made("away", workers, sent),
        "room": RoomForm.made("room", found.rooms, sent),
        "leave": LeaveForm.made("leave", stay, sent),
        "arrival": ArrivalForm.made("arrival", workers, sent),
    }
    first = max(datetime.now(LONDON).date(), view.clock.monday)
    hour = datetime.now(LONDON).replace(minute=0) + timedelta(hours=1)
    now = wall_time(hour) if first == hour.date() else "8am"
    for name, form in forms.items():
        if name != sent:
            form.fill(first, now)
    return forms


@pages.get("/sites/<site>/<week>/happened")
@needs("try_change")
def show(site: str, week: str) -> Shown:
    """The forms, filled with the present or the week's Monday."""
    view = seen(site, week)
    return _page(view, forms_for(view))


def _page(view: WeekView, forms: Forms, wrong: str = "", error: str = "") -> Shown:
    shown = render_template(
        "happened/show.html",
        view=view,
        forms=forms,
        wrong=forms.get(wrong),
        error=error,
        opened=wrong,
        here={"site": view.site, "week": str(view.clock)},
        site_name=view.labels.text(Ref("site", view.site)),
        key=secrets.token_urlsafe(12),
        untold=[(handle(p), words) for p, words in view.labels.pairs(view.untold)],
        no_worker=False,
    )
    return (shown, 400) if wrong else shown


def _recorded(
    site: str, week: str, name: str, make: Callable[[Any], Happening], done: str
) -> Shown | Answer:
    view = seen(site, week)
    forms = forms_for(view, name)
    form = forms[name]
    if not form.validate():
        return _page(view, forms, name)
    try:
        key = form.key.data or None
        new = record_happening(store(), actor(), site, make(form), key=key)
    except BadRequest as refusal:
        return _page(view, forms, name, refusal.sentence)
    flash(done if new else "That was recorded already.")
    return redirect(url_for("week.show", site=site, week=week), 303)


def _worker(site: str, form: Any) -> str:
    """The worker whom the form's choice names."""
    workers = people_and_rooms(store(), actor(), site).workers
    return by_handle(w for w, _ in workers).get(form.who.data, "")


def _times(form: Any) -> tuple[date, time, date, time]:
    return form.day.data, parse_time(form.at.data), form.until.data, parse_time(form.until_at.data)


@pages.post("/sites/<site>/<week>/happened/away")
@needs("record_happening")
def away(site: str, week: str) -> Shown | Answer:
    """A worker is away."""
    done = "Recorded. The week shows what it breaks; re-plan it with few changes."
    return _recorded(site, week, "away", lambda f: Away(_worker(site, f), *_times(f)), done)


@pages.post("/sites/<site>/<week>/happened/room")
@needs("record_happening")
def room(site: str, week: str) -> Shown | Answer:
    """A room is out of use."""
    done = "Recorded. The week shows what it breaks; re-plan it with few changes."
    return _recorded(site, week, "room", lambda f: RoomOut(f.who.data, *_times(f)), done)


@pages.post("/sites/<site>/<week>/happened/arrival")
@needs("record_happening")
def arrival(site: str, week: str) -> Shown | Answer:
    """Somebody comes to stay."""
    return _recorded(
        site,
        week,
        "arrival",
        lambda f: Arrives(
            f.crn.data, f.name.data, f.day.data, parse_time(f.at.data), _worker(site, f)
        ),
        "Recorded. Sessions that are due for them are in the list of those not held yet.",
    )


@pages.post("/sites/<site>/<week>/happened/leave")
@needs("end_stay")
def leave(site: str, week: str) -> Shown | Answer:
    """A stay ends: every later slot is free."""
    view = seen(site, week)
    forms = forms_for(view, "leave")
    form = forms["leave"]
    if not form.validate():
        return _page(view, forms, "leave")
    try:
        who = resident_of(view, form.who.data)
        at, told = parse_time(form.at.data), bool(form.left.data)
        key = form.key.data or None
        done = end_stay(store(), actor(), site, who, form.day.data, at, told=told, key=key)
    except BadRequest as refusal:
        return _page(view, forms, "leave", refusal.sentence)
    more = "" if told else " Nothing outside this program shows it until you tick that they left."
    flash(f"The stay is ended. Freed: {done.off} sessions, {done.out_of} places in groups.{more}")
    return redirect(url_for("week.show", site=site, week=week), 303)


def resident_of(view: WeekView, name: str) -> str:
    """The resident whom the handle names: one who stays here, or did this week."""
    known = [r for r, _ in people_and_rooms(store(), actor(), view.site).residents]
    known += [p.id for p in view.week.people if p.type == "resident"]
    found = next((r for r in known if handle(r) == name), None)
    if found is None:
        raise Problem(404, "There is nobody like that at these premises.")
    return found


@pages.post("/sites/<site>/<week>/happened/left/<name>")
@needs("end_stay")
def left(site: str, week: str, name: str) -> Answer:
    """They have left: it may be seen from now on."""
    PressForm()
    view = seen(site, week)
    found = next((p for p in view.untold if handle(p) == name), None)
    if found is None:
        raise Problem(404, "There is nothing held back like that.")
    tell_left(store(), actor(), site, found)
    flash("They have left. Publish the week, then print a fresh sheet for the wall.")
    return redirect(url_for("week.show", site=site, week=week), 303)
