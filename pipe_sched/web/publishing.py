"""Publishing a week, its versions, restoring one, and undo and redo."""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.restore_version import restore_version
from pipe_sched.actions.see_versions import see_version, see_versions
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.step_back import step_back
from pipe_sched.actions.views import WeekView
from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Ref
from pipe_sched.web.forms.change import PressForm
from pipe_sched.web.grid import card, sessions
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.week import seen
from pipe_sched.web.words import clock_of

pages = Blueprint("publishing", __name__)
CAUSES = {
    "generate": "Generated",
    "replan": "Re-planned with few changes",
    "change": "Changed",
    "stay_ended": "A stay ended",
    "restore": "Restored",
}


@pages.get("/sites/<site>/<week>/publish")
@needs("try_change")
def ask(site: str, week: str) -> str:
    """What publishing would do."""
    view = seen(site, week)
    if not view.revision:
        raise Problem(404, "There is no timetable to publish yet. Generate one first.")
    also = other_drafts(view)
    together = also if "together" in request.args else {}
    told = publish_week(store(), actor(), site, view.clock, version=view.version, also=together)
    return render_template(
        "publish/ask.html",
        view=view,
        told=told,
        also=also,
        together=together,
        here={"site": site, "week": week},
        site_name=view.labels.text(Ref("site", site)),
        key=secrets.token_urlsafe(12),
        no_worker=False,
    )


def other_drafts(view: WeekView) -> dict[str, int]:
    """The sites planned together with this one that have a draft to publish, and their versions."""
    found = {}
    for site in view.sites:
        other = None if site == view.site else see_week(store(), actor(), site, view.clock)
        if other is None or not other.revision:
            continue
        if other.published is None or other.published.changed:
            found[site] = other.version
    return found


@pages.post("/sites/<site>/<week>/publish")
@needs("publish_week")
def publish(site: str, week: str) -> Answer:
    """Publish the draft."""
    form = PressForm()
    clock = clock_of(week)
    also = {
        name.removeprefix("also-"): int(text)
        for name, text in request.form.items()
        if name.startswith("also-") and text.isascii() and text.isdigit() and len(text) < 10
    }
    key = form.key.data or None
    done = publish_week(
        store(), actor(), site, clock, version=form.seen, also=also, key=key, save=True
    )
    flash(f"Version {done.version} is published. Print a fresh sheet for the wall.")
    return redirect(url_for("week.show", site=site, week=week), 303)


@pages.get("/sites/<site>/<week>/versions")
@needs("see_versions")
def versions(site: str, week: str) -> str:
    """Every version and every draft."""
    found = see_versions(store(), actor(), site, clock_of(week))
    return render_template(
        "versions/index.html",
        found=found,
        causes=CAUSES,
        here={"site": site, "week": week},
        site_name=found.labels.text(Ref("site", site)),
        key=secrets.token_urlsafe(12),
        no_worker=False,
    )


@pages.get("/sites/<site>/<week>/versions/<int(max=99999):number>")
@needs("see_versions")
def version(site: str, week: str, number: int) -> str:
    """One version, day by day, as it left the planners' pages."""
    found = see_version(store(), actor(), site, clock_of(week), number or 1)
    held = Held(Index(found.week), found.timetable)
    days = [
        (
            found.labels.text(Ref("day", str(day.start))),
            [card(held, found.labels, a) for a in sessions(held, site, day)],
        )
        for day in held.index.days
    ]
    return render_template(
        "versions/show.html",
        found=found,
        days=days,
        clock=clock_of(week),
        here={"site": site, "week": week},
        site_name=found.labels.text(Ref("site", site)),
        no_worker=False,
    )


@pages.post("/sites/<site>/<week>/versions/<int(max=99999):number>/restore")
@needs("restore_version")
def restore(site: str, week: str, number: int) -> Answer:
    """Make a version the current draft."""
    form, clock = PressForm(), clock_of(week)
    key = form.key.data or None
    restore_version(store(), actor(), site, clock, number, version=form.seen, key=key)
    flash(f"Version {number} is the draft now. Publish it to put it in force again.")
    return redirect(url_for("week.show", site=site, week=week), 303)


@pages.post("/sites/<site>/<week>/step")
@needs("step_back")
def step(site: str, week: str) -> Answer:
    """Undo, or with `redo` do again."""
    form, clock = PressForm(), clock_of(week)
    forward = "redo" in request.form
    key = form.key.data or None
    revision = step_back(store(), actor(), site, clock, version=form.seen, forward=forward, key=key)
    flash(f"{'Done again' if forward else 'Undone'}: this is draft {revision}.")
    return redirect(url_for("week.show", site=site, week=week), 303)
