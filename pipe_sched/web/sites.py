"""The first page: the premises, their weeks, and drawing up another."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.list_sites import list_sites
from pipe_sched.actions.list_weeks import list_weeks
from pipe_sched.actions.views import DrawnUpWeek, SiteLine
from pipe_sched.actions.worker_alive import worker_alive
from pipe_sched.core.clock import week_of
from pipe_sched.web.forms.sites import DrawUpForm, WorkbookForm
from pipe_sched.web.needs import actor, can, needs, store

pages = Blueprint("sites", __name__)


def premises() -> tuple[SiteLine, ...]:
    """The sites that hold sessions of their own."""
    found = list_sites(store(), actor())
    return tuple(s for s in found if s.type == "approved_premises") or found


@pages.get("/")
@needs("list_weeks")
def index() -> str:
    """Sites and weeks."""
    nearest = str(week_of(date.today() + timedelta(weeks=1)))
    return shown(DrawUpForm(week=nearest), WorkbookForm())


def shown(draw_up: DrawUpForm, workbook: WorkbookForm) -> str:
    """The page with these forms."""
    return render_template(
        "sites/index.html",
        sites=premises(),
        weeks=list_weeks(store(), actor()),
        draw_up=draw_up,
        workbook=workbook,
        no_worker=not worker_alive(store()),
    )


@pages.post("/weeks")
@needs("draw_up_week")
def draw_up() -> Answer | str | tuple[str, int]:
    """Draw up a week for all premises together."""
    form = DrawUpForm()
    if not form.validate():
        return shown(form, WorkbookForm()), 400
    sites = [s.id for s in premises() if can("draw_up_week", s.id)]
    if not sites:
        form.week.errors = ["Read a workbook first: there are no premises yet."]
        return shown(form, WorkbookForm()), 400
    flash(drawn_up_text(draw_up_week(store(), actor(), sites, form.clock)))
    return redirect(url_for("week.show", site=sites[0], week=str(form.clock)), 303)


def drawn_up_text(done: DrawnUpWeek) -> str:
    """What drawing up changed, as a sentence."""
    parts = [
        f"{number} {word}"
        for number, word in (
            (len(done.added), "new"),
            (len(done.changed), "changed"),
            (len(done.withdrawn), "no longer due"),
            (done.same, "as before"),
        )
        if number
    ]
    return f"Week {done.clock.number} is drawn up. Sessions due: {', '.join(parts) or 'none'}."


@pages.get("/template.xlsx")
@needs("list_sites")
def template() -> Response:
    """The empty workbook with its guidance."""
    from io import BytesIO

    from pipe_sched.formats.workbook_write import write_template

    out = BytesIO()
    write_template(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = {"Content-Disposition": "attachment; filename=pipe-sched-workbook.xlsx"}
    return Response(out.getvalue(), mimetype=kind, headers=name)
