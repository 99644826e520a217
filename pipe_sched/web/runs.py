"""Generate, its progress, and Stop."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask import Response as Json
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.stop_run import stop_run
from pipe_sched.actions.views import RunView
from pipe_sched.web.forms.week import GenerateForm, StopForm
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.week import seen
from pipe_sched.web.words import clock_of

pages = Blueprint("runs", __name__)
TIERS = {
    "held": "Finding places for every session due",
    "statutory": "Holding statutory sessions first",
    "changes": "Keeping what was published",
    "comfort": "Improving times, workers and fairness",
    "reasons": "Working out why some sessions do not fit",
}


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
        view.sites,
        clock_of(week),
        seconds=float(form.seconds.data),
        key=form.key.data or None,
    )
    back = url_for("week.show", site=site, week=week)
    if not done.queued and done.run.active:
        return render_template("runs/already.html", back=back), 409
    return redirect(back, 303)


@pages.post("/sites/<site>/<week>/runs/<run>/stop")
@needs("stop_run")
def stop(site: str, week: str, run: str) -> Answer:
    """Ask the run to stop; the best so far is kept."""
    if not StopForm().validate():
        raise Problem(400, "Open the week again and press Stop there.")
    stop_run(store(), actor(), run)
    return redirect(url_for("week.show", site=site, week=week), 303)


@pages.get("/runs/<run>/progress")
@needs("see_run")
def progress(run: str) -> Json:
    """The run's state for polling: no ids of people, no names."""
    found = see_run(store(), actor(), run)
    return jsonify(active=found.active, text=progress_text(found), percent=percent(found))


def progress_text(run: RunView) -> str:
    """What the run is doing, as a sentence."""
    if run.state == "queued":
        return "Waiting for a worker."
    if run.stopping:
        return "Stopping. The best timetable so far is kept."
    seen_last = run.progress
    if seen_last is None:
        return "Starting."
    doing = TIERS.get(seen_last.tier, seen_last.tier)
    return f"{doing}. {seen_last.held} sessions have a place after {seen_last.seconds:.0f} seconds."


def percent(run: RunView) -> int:
    """How much of the time asked for has gone, 0 to 100."""
    gone = run.progress.seconds if run.progress else 0.0
    return min(100, round(100 * gone / run.seconds)) if run.seconds else 0
