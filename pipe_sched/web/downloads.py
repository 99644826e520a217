"""Files of a week: CSV, calendar, the open format; and the sheet for the wall."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from pipe_sched.actions.export_week import export_week
from pipe_sched.actions.views import Exported
from pipe_sched.core.diary import entries
from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Ref
from pipe_sched.formats.ical import to_ics
from pipe_sched.formats.sheet_csv import to_csv
from pipe_sched.web.grid import card, sessions
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.week import seen
from pipe_sched.web.words import clock_of, initials

pages = Blueprint("downloads", __name__)


def exported(site: str, week: str) -> Exported:
    """The week's files."""
    return export_week(store(), actor(), site, clock_of(week))


def attachment(data: str | bytes, kind: str, name: str) -> Response:
    """A download."""
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(data, mimetype=kind, headers=headers)


@pages.get("/sites/<site>/<week>/timetable.csv")
@needs("export_week")
def as_csv(site: str, week: str) -> Response:
    """Every session with names, for a spreadsheet."""
    found = exported(site, week)
    text = "\ufeff" + to_csv(found.week, found.timetable, found.labels)
    return attachment(text, "text/csv", f"{site}-{week}.csv")


@pages.get("/sites/<site>/<week>/timetable.ics")
@needs("export_week")
def as_ics(site: str, week: str) -> Response:
    """Sessions with neutral titles, for a calendar; ?person= for one person's."""
    found = exported(site, week)
    person = request.args.get("person")
    if person is not None and person not in {p.id for p in found.week.people}:
        raise Problem(404, "There is no such person in this week.")
    shown = entries(found.week, found.timetable, person)
    return attachment(to_ics(shown, found.labels.rooms), "text/calendar", f"{site}-{week}.ics")


@pages.get("/sites/<site>/<week>/week.json")
@needs("export_week")
def week_json(site: str, week: str) -> Response:
    """The frozen week in the open format, without names."""
    return attachment(
        exported(site, week).week_text, "application/json", f"{site}-{week}-week.json"
    )


@pages.get("/sites/<site>/<week>/timetable.json")
@needs("export_week")
def timetable_json(site: str, week: str) -> Response:
    """The timetable in the open format, without names."""
    text = exported(site, week).timetable_text
    return attachment(text, "application/json", f"{site}-{week}-timetable.json")


@pages.get("/sites/<site>/<week>/wall")
@needs("export_week")
def wall(site: str, week: str) -> str:
    """The sheet for the wall: group sessions only, initials only."""
    view = seen(site, week)
    held = Held(Index(view.week), view.timetable)
    days = []
    for i in range(7):
        day = held.index.clock.day_span(i)
        public = [a for a in sessions(held, site, day) if _public(held, a.demand)]
        cards = [card(held, view.labels, a) for a in public]
        days.append((view.labels.text(Ref("day", str(day.start))), cards))
    return render_template(
        "downloads/wall.html",
        view=view,
        days=days,
        initials=initials,
        site_name=view.labels.text(Ref("site", site)),
        no_worker=False,
    )


def _public(held: Held, demand: str) -> bool:
    due = held.index.demands[demand]
    return not (due.one_to_one or due.support or due.confidential)
