"""Files of a week: what is published as CSV and calendar, the draft in the open format.

A draft leaves the planners' pages in no file with a name or for a calendar.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from pipe_sched.actions.export_week import export_week
from pipe_sched.actions.see_versions import see_published
from pipe_sched.core.diary import entries
from pipe_sched.formats.ical import to_ics
from pipe_sched.formats.sheet_csv import to_csv
from pipe_sched.web.handles import person_of
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.words import clock_of

pages = Blueprint("downloads", __name__)


def attachment(data: str | bytes, kind: str, name: str) -> Response:
    """A download."""
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(data, mimetype=kind, headers=headers)


@pages.get("/sites/<site>/<week>/timetable.csv")
@needs("export_week")
def as_csv(site: str, week: str) -> Response:
    """Every published session for a spreadsheet: staff by name, residents by initials."""
    found = see_published(store(), actor(), site, clock_of(week))
    text = "\ufeff" + to_csv(found.week, found.timetable, found.labels)
    return attachment(text, "text/csv", f"{site}-{week}-version-{found.version}.csv")


@pages.get("/sites/<site>/<week>/timetable.ics")
@needs("export_week")
def as_ics(site: str, week: str) -> Response:
    """Published sessions with neutral titles, for a calendar; ?person= for one person's."""
    found = see_published(store(), actor(), site, clock_of(week))
    person = request.args.get("person")
    staff = (p for p in found.week.people if p.type != "resident")
    whose = None if person is None else person_of(staff, person).id
    shown = entries(found.week, found.timetable, whose)
    return attachment(to_ics(shown, found.labels.rooms), "text/calendar", f"{site}-{week}.ics")


@pages.get("/sites/<site>/<week>/week.json")
@needs("export_draft")
def week_json(site: str, week: str) -> Response:
    """The draft's frozen week in the open format, without names."""
    text = export_week(store(), actor(), site, clock_of(week)).week_text
    return attachment(text, "application/json", f"{site}-{week}-week.json")


@pages.get("/sites/<site>/<week>/timetable.json")
@needs("export_draft")
def timetable_json(site: str, week: str) -> Response:
    """The draft in the open format, without names."""
    text = export_week(store(), actor(), site, clock_of(week)).timetable_text
    return attachment(text, "application/json", f"{site}-{week}-timetable.json")
