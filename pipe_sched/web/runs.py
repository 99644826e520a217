"""Generate, its progress, and Stop."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, session, url_for
from flask import Response as Json
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.see_run import no_run, see_run
from pipe_sched.actions.stop_run import stop_run
from pipe_sched.actions.views import WeekView
from pipe_sched.web.forms.week import GenerateForm, ReplanForm, StopForm
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.progress import percent, progress_text
from pipe_sched.web.week import seen
from pipe_sched.web.words import clock_of

pages = Blueprint("runs", __name__)
TWO_MOVES = 2
"""The usual allowance beyond what is broken: two moves, to hold more sessions."""
PRESSED = "generate-key"
"""Where the browser's session keeps the key of the form it sent last: twice is once."""


@pages.post("/sites/<site>/<week>/generate")
@needs("generate_timetable")
def generate(site: str, week: str) -> Answer | tuple[str, int]:
    """Queue a run for the sites that were drawn up together."""
    view, form = seen(site, week), GenerateForm()
    if not form.validate():
        raise Problem(400, "Choose how long to look: 10 seconds, 30 seconds or 2 minutes.")
    done = generate_timetable(
        store(),
        actor(),
        _sites(view),
        clock_of(week),
        seconds=float(form.seconds.data),
        key=form.key.data or None,
        **_few_changes(view),
    )
    back = url_for("week.show", site=site, week=week)
    pressed_twice = session.get(PRESSED) == form.key.data
    session[PRESSED] = form.key.data
    if not done.queued and done.run.active and not pressed_twice:
        return render_template("runs/already.html", back=back), 409
    return redirect(back, 303)


def _sites(view: WeekView) -> tuple[str, ...]:
    """Before publication all that are planned together; afterwards this one, unless asked."""
    alone = view.published is not None and "together" not in request.form
    return (view.site,) if alone else view.sites


def _few_changes(view: WeekView) -> dict[str, Any]:
    """How many changes a re-plan may make."""
    form = ReplanForm()
    if view.published is None:
        return {}
    if not form.validate():
        raise Problem(400, "Choose how many changes may be made; at most, a number from 0 to 99.")
    if form.changes.data == "most":
        return {"most_changes": form.most.data}
    return {"extra_changes": TWO_MOVES if form.changes.data == "two" else 0}


@pages.post("/sites/<site>/<week>/runs/<run>/stop")
@needs("stop_run")
def stop(site: str, week: str, run: str) -> Answer:
    """Ask the run to stop; the best so far is kept."""
    if not StopForm().validate():
        raise Problem(400, "Open the week again and press Stop there.")
    check_run(site, week, run)
    stop_run(store(), actor(), run)
    return redirect(url_for("week.show", site=site, week=week), 303)


def check_run(site: str, week: str, run: str) -> None:
    """The run is one of this site's week; else a 404 page, the same as for no run at all."""
    found = see_run(store(), actor(), run)
    if site not in found.sites or found.clock != clock_of(week):
        raise no_run()


@pages.get("/runs/<run>/progress")
@needs("see_run")
def progress(run: str) -> Json:
    """The run's state for polling: no ids of people, no names."""
    found = see_run(store(), actor(), run)
    return jsonify(active=found.active, text=progress_text(found), percent=percent(found))
