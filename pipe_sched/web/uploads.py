"""Reading a workbook: preview first, then store, all or nothing."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.import_workbook import import_workbook
from pipe_sched.formats.workbook_errors import WorkbookErrors
from pipe_sched.web.forms.sites import ConfirmForm, DrawUpForm, WorkbookForm
from pipe_sched.web.limits import UPLOAD_LIMIT
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.sites import shown
from pipe_sched.web.waiting import Waiting

pages = Blueprint("uploads", __name__)


def waiting() -> Waiting:
    """The uploads of this process that wait for a yes."""
    found: Waiting = current_app.extensions.setdefault("pipe-sched-waiting", Waiting())
    return found


@pages.post("/workbook")
@needs("import_workbook")
def preview() -> str | tuple[str, int]:
    """Read the file and say what it would change; nothing is stored."""
    form = WorkbookForm()
    if not form.validate():
        return shown(DrawUpForm(formdata=None), form), 400
    data = form.workbook.data.read()
    if len(data) > UPLOAD_LIMIT:
        abort(413)
    try:
        found = import_workbook(store(), actor(), data, limit_bytes=UPLOAD_LIMIT, save=False)
    except WorkbookErrors as error:
        return render_template("uploads/errors.html", errors=error.errors), 422
    key = waiting().put(data, actor().id)
    return render_template("uploads/preview.html", found=found, key=key, form=ConfirmForm())


@pages.post("/workbook/<key>")
@needs("import_workbook")
def confirm(key: str) -> Answer:
    """Store what the preview showed."""
    data = waiting().take(key, actor().id)
    if data is None:
        raise Problem(404, "That upload is no longer here. Choose the file again.")
    done = import_workbook(store(), actor(), data, limit_bytes=UPLOAD_LIMIT)
    flash(f"Stored: {done.added} new rows and {done.changed} changed rows.")
    return redirect(url_for("sites.index"), 303)
