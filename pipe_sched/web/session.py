"""One session of a week: change it with the verdict first, keep it, cancel it, bring it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.change_week import Asked, answered_already, change_week
from pipe_sched.actions.errors import BadRequest, Overtaken, Refusal
from pipe_sched.actions.other_places import other_places
from pipe_sched.actions.verdict import Verdict
from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import BringBack, Cancel, Change, Keep
from pipe_sched.core.decisions import CANCEL_REASONS
from pipe_sched.core.phrase import Ref
from pipe_sched.core.week import Demand
from pipe_sched.web.forms.change import (
    CancelForm,
    ChangeForm,
    PressForm,
    agree_choices,
    agreements,
)
from pipe_sched.web.handles import demand_of, handle
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.session_form import asked_for, filled, form_for, is_placed, tried
from pipe_sched.web.week import seen

pages = Blueprint("session", __name__)
Shown = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a session's page shows beside its form. `error`: why it was not stored."""

    verdict: Verdict | None = None
    error: str = ""
    theirs: tuple[str, ...] = ()
    status: int = 200
    reasons: tuple[tuple[str, str], ...] = ()


@pages.get("/sites/<site>/<week>/sessions/<name>")
@needs("try_change")
def show(site: str, week: str, name: str) -> Shown:
    """The session with its form."""
    view = seen(site, week)
    demand = demand_of(view, name)
    form = filled(form_for(view, demand), view, demand)
    tried(form, request.args)
    return _page(view, demand, form, Looked())


@pages.post("/sites/<site>/<week>/sessions/<name>")
@needs("change_week")
def change(site: str, week: str, name: str) -> Shown | Answer:
    """Check the change; with `make` make it, if nothing stands in the way."""
    view = seen(site, week)
    demand = demand_of(view, name)
    form = form_for(view, demand)
    if not form.validate():
        return _page(view, demand, form, Looked(status=400))
    try:
        what = asked_for(form, view, demand)
    except ValueError as error:
        return _page(view, demand, form, Looked(error=str(error), status=400))
    looked = ask(view, what, form)
    if looked is None:
        flash("The session was changed.")
        return redirect(back(view, what), 303)
    return _page(view, demand, form, looked)


def ask(view: WeekView, what: Change, form: Any) -> Looked | None:
    """The verdict on a change; None when it was asked to be made and is."""
    key, chosen = form.key.data or None, agreements(request.form)
    first = Asked(what, form.seen, {}, key)
    if "make" in request.form and answered_already(store(), actor(), view.site, view.clock, first):
        return None
    try:
        told = change_week(store(), actor(), view.site, view.clock, first)
        agreed = {
            (b.rule, b.key): chosen[handle(b.name)] for b in told.broken if handle(b.name) in chosen
        }
        if "make" not in request.form:
            return Looked(told, reasons=tuple(chosen.items()))
        wanted = Asked(what, form.seen, agreed, key)
        change_week(store(), actor(), view.site, view.clock, wanted, save=True)
    except Overtaken as other:
        anew = _asked_again(view, what, other.version)
        return Looked(anew, other.sentence, other.theirs, 409, tuple(chosen.items()))
    except BadRequest as refusal:
        anew = _asked_again(view, what, view.version)
        return Looked(anew, refusal.sentence, (), 400, tuple(chosen.items()))
    return None


def _asked_again(view: WeekView, what: Change, version: int) -> Verdict | None:
    """The verdict on the week as it is now; None where the change makes no sense there."""
    try:
        return change_week(store(), actor(), view.site, view.clock, Asked(what, version, {}))
    except Refusal:
        return None


def back(view: WeekView, what: Change) -> str:
    """The week's page, on the day of what was changed."""
    start = getattr(getattr(what, "place", None), "start", getattr(what, "start", None))
    day = None if start is None else view.clock.index(start)
    return url_for("week.show", site=view.site, week=view.clock, day=day, _anchor="timetable")


def _page(view: WeekView, demand: Demand, form: ChangeForm, looked: Looked) -> Shown:
    # Changed by somebody else meanwhile: the next press is about the week as it is now.
    version = view.version
    shown = render_template(
        "session/show.html",
        view=view,
        here={"site": view.site, "week": str(view.clock)},
        name=handle(demand.id),
        title=view.labels.demands[demand.id],
        site_name=view.labels.text(Ref("site", view.site)),
        demand=demand,
        form=form,
        leads=[form[f"lead_{i}"] for i in range(sum(r.count for r in demand.roles))],
        cancel=CancelForm(formdata=None),
        looked=looked,
        chosen=dict(looked.reasons),
        agree=agree_choices(),
        handle=handle,
        version=version,
        key=secrets.token_urlsafe(12),
        placed=is_placed(view, demand),
        others=fits(view, demand),
        kept=demand.id in view.decisions.kept,
        gone=next((c for c in view.cancelled if c.demand == demand.id), None),
        problems=problems(view, demand),
        no_worker=False,
    )
    return shown if looked.status == 200 else (shown, looked.status)


def fits(view: WeekView, demand: Demand) -> list[tuple[str, dict[str, str]]]:
    """Other places that break no rule, in words, each with what fills the form with it."""
    place = is_placed(view, demand)
    if place is None or not view.revision:
        return []
    found = other_places(store(), actor(), view.site, view.clock, place)
    out = []
    for one in found:
        words = view.labels.stretch(one.start, one.start + demand.minutes)
        if one.room is not None and one.room != place.room:
            words += f", {view.labels.text(Ref('room', one.room))}"
        at = view.clock.local(one.start)
        day = str(view.clock.index(one.start))
        out.append((words, {"day": day, "time": f"{at:%H:%M}", "room": one.room or ""}))
    return out


def problems(view: WeekView, demand: Demand) -> list[str]:
    """What is wrong or could be better with this session, as it is now."""
    found = [f for f in view.findings if demand.id in f.demands]
    return list(dict.fromkeys(view.labels.sentence(f.say) for f in found))


def press(view: WeekView, what: Change, form: PressForm) -> None:
    """Make a change that has no page of its own; what stands in the way is a plain page."""
    asked = Asked(what, form.seen, {}, form.key.data or None)
    change_week(store(), actor(), view.site, view.clock, asked, save=True)


@pages.post("/sites/<site>/<week>/sessions/<name>/keep")
@needs("change_week")
def keep(site: str, week: str, name: str) -> Answer:
    """Keep the session where it is, or let it be moved again."""
    view, form = seen(site, week), PressForm()
    demand = demand_of(view, name)
    keeping = "let-go" not in request.form
    press(view, Keep((demand.id,), keep=keeping), form)
    flash(f"The session {'is kept here' if keeping else 'may be moved again'}.")
    return redirect(url_for("session.show", site=site, week=week, name=name), 303)


@pages.post("/sites/<site>/<week>/sessions/<name>/cancel")
@needs("change_week")
def cancel(site: str, week: str, name: str) -> Answer:
    """Cancel the session, for a reason from the list."""
    view, form = seen(site, week), CancelForm()
    demand = demand_of(view, name)
    if form.reason.data not in CANCEL_REASONS:
        raise Problem(400, "Go back and choose why the session is cancelled.")
    press(view, Cancel(demand.id, form.reason.data), form)
    flash("The session is cancelled. You can bring it back.")
    return redirect(url_for("week.show", site=site, week=week), 303)


@pages.post("/sites/<site>/<week>/sessions/<name>/back")
@needs("change_week")
def bring_back(site: str, week: str, name: str) -> Answer:
    """Bring a cancelled session back: where it was, or without a place where it no longer fits."""
    view, form = seen(site, week), PressForm()
    demand = demand_of(view, name)
    try:
        press(view, BringBack(demand.id), form)
        flash("The session is back where it was.")
    except BadRequest:
        press(view, BringBack(demand.id, place=False), form)
        flash("The session is due again. Where it was it no longer fits: choose another place.")
    return redirect(url_for("session.show", site=site, week=week, name=name), 303)


@pages.post("/sites/<site>/<week>/keep-all")
@needs("change_week")
def keep_all(site: str, week: str) -> Answer:
    """Keep every session of the week where it is, or let all of them be moved again."""
    view, form = seen(site, week), PressForm()
    keeping = "let-go" not in request.form
    which = tuple(a.demand for a in view.timetable.assignments)
    press(view, Keep(which if keeping else view.decisions.kept, keep=keeping), form)
    words = "is kept where it is" if keeping else "may be moved again"
    flash(f"Every session of the week {words}.")
    return redirect(url_for("week.show", site=site, week=week), 303)
