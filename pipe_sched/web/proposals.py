"""A re-plan that waits: its difference by name, and accepting or discarding it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.see_proposal import see_proposal
from pipe_sched.actions.settle_proposal import settle_proposal
from pipe_sched.web.forms.change import PressForm
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.runs import check_run
from pipe_sched.web.words import clock_of

pages = Blueprint("proposals", __name__)


@pages.get("/sites/<site>/<week>/proposal")
@needs("see_proposal")
def show(site: str, week: str) -> str:
    """What the re-plan would change."""
    found = see_proposal(store(), actor(), site, clock_of(week))
    mine = next(one for one in found.sites if one.site == site)
    return render_template(
        "proposal/show.html",
        found=found,
        parts=sorted(found.sites, key=lambda one: one.site != site),
        here={"site": site, "week": week},
        site_name=mine.name,
        clock=clock_of(week),
        no_worker=False,
    )


@pages.post("/sites/<site>/<week>/proposal/<run>")
@needs("settle_proposal")
def settle(site: str, week: str, run: str) -> Answer:
    """Accept it, or with `discard` discard it."""
    PressForm()
    check_run(site, week, run)
    accept = "discard" not in request.form
    settle_proposal(store(), actor(), run, accept=accept)
    words = "is the draft now. Publish it to put it in force" if accept else "was discarded"
    flash(f"The changed timetable {words}.")
    return redirect(url_for("week.show", site=site, week=week), 303)
