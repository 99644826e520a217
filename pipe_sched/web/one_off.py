"""Adding a one-off: a session that no programme asks for, with the verdict first."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import NoSense, OneOff
from pipe_sched.core.phrase import Ref
from pipe_sched.web.forms.change import NONE, OneOffForm, agree_choices, choices, kinds
from pipe_sched.web.handles import by_handle, handle
from pipe_sched.web.needs import needs
from pipe_sched.web.session import Looked, Shown, ask, back
from pipe_sched.web.session_form import (
    attendees_of,
    people_choices,
    place_choices,
    residents,
    staff,
    start_of,
)
from pipe_sched.web.week import seen

pages = Blueprint("one_off", __name__)
LEADERS = 2


@pages.get("/sites/<site>/<week>/one-off")
@needs("try_change")
def show(site: str, week: str) -> Shown:
    """The empty form."""
    view = seen(site, week)
    form = _form(view)
    form.minutes.data, form.day.data = 60, "0"
    return _page(view, form, Looked())


@pages.post("/sites/<site>/<week>/one-off")
@needs("change_week")
def add(site: str, week: str) -> Shown | Answer:
    """Check the session; with `make` add it."""
    view = seen(site, week)
    form = _form(view)
    if not form.validate():
        return _page(view, form, Looked(status=400))
    try:
        what = _asked_for(form, view)
    except NoSense as error:
        return _page(view, form, Looked(error=str(error), status=400))
    looked = ask(view, what, form)
    if looked is None:
        flash("The session was added. It is kept here when the week is planned again.")
        return redirect(back(view, what), 303)
    return _page(view, form, looked)


def _form(view: WeekView) -> OneOffForm:
    form = OneOffForm()
    place_choices(form, view)
    form.kind.choices = kinds()
    form.known = by_handle(p.id for p in view.week.people)
    crew = people_choices(view, (p.id for p in staff(view)))
    for i in range(LEADERS):
        first = NONE if i == 0 else ("", "Nobody else")
        field: Any = form[f"lead_{i}"]
        field.choices = choices([first, *crew])
    form.people.choices = choices(people_choices(view, (p.id for p in residents(view))))
    form.also.choices = choices([("", "Nobody else"), *crew])
    return form


def _asked_for(form: OneOffForm, view: WeekView) -> OneOff:
    leaders = tuple(form.known[p] for p in (form.lead_0.data, form.lead_1.data) if p)
    return OneOff(
        view.site,
        form.kind.data or "",
        form.minutes.data or 0,
        start_of(form, view),
        form.room.data or None,
        tuple(dict.fromkeys(leaders)),
        attendees_of(form, None),
        0,
    )


def _page(view: WeekView, form: OneOffForm, looked: Looked) -> Shown:
    shown = render_template(
        "session/one_off.html",
        view=view,
        here={"site": view.site, "week": str(view.clock)},
        site_name=view.labels.text(Ref("site", view.site)),
        form=form,
        looked=looked,
        chosen=dict(looked.reasons),
        agree=agree_choices(),
        handle=handle,
        version=view.version,
        key=secrets.token_urlsafe(12),
        no_worker=False,
    )
    return shown if looked.status == 200 else (shown, looked.status)
