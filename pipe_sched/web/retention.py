"""How long data are kept, letting go what is over, and erasing a person: for administrators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pipe_sched.actions.erase_person import Erased, erase_person
from pipe_sched.actions.errors import BadRequest, NotFound
from pipe_sched.actions.run_retention import run_retention
from pipe_sched.actions.set_retention import WORDS, see_retention, set_retention
from pipe_sched.web.needs import actor, needs, store

pages = Blueprint("retention", __name__)
Shown = str | tuple[str, int]
LONGEST = 100
TABLES = {
    "names": "names, CRN and what appointments are called",
    "residents": "what is marked on their own row",
    "accounts": "their account, with its e-mail address",
    "kept_apart": "whom they are kept apart from",
    "curfews": "curfews",
    "commitments": "appointments and other commitments",
    "safe_to_see": "how they may be seen one to one",
    "barred": "where they are never planned",
}
"""What goes with a person, in words, by table."""
STILL_THERE = (
    " Others were using the database, so its file still holds some of it in free pages: "
    "do it again when nobody is."
)


@pages.get("/retention")
@needs("set_retention")
def show() -> Shown:
    """Each kind of data with its months, and what is over them now."""
    return _page()


def _page(error: str = "", at: str = "") -> Shown:
    kinds = see_retention(store(), actor())
    text = render_template(
        "retention/index.html",
        kinds=kinds,
        words=WORDS,
        over=sum(one.count for one in kinds),
        error=error,
        at=at,
        given=request.form if error else {},
    )
    return (text, 400) if error else text


@pages.post("/retention/months")
@needs("set_retention")
def change() -> Shown | Answer:
    """Keep each kind of data for so many months; what the form leaves out stays as it is."""
    changed = False
    for kind in WORDS:
        text = request.form.get(f"months-{kind}", "").strip()[:LONGEST]
        if f"months-{kind}" not in request.form:
            continue
        try:
            months = int(text) if text.isdecimal() and len(text) < LONGEST else 0
            changed |= set_retention(store(), actor(), kind, months)
        except BadRequest as refusal:
            return _page(refusal.sentence, f"months-{kind}")
    flash("Changed." if changed else "They were kept that long already.")
    return redirect(url_for("retention.show"), 303)


@pages.post("/retention/run")
@needs("run_retention")
def run() -> Answer:
    """Let go what is over its time."""
    done = run_retention(store(), actor())
    gone = sum(one.count for one in done.kinds)
    flash(f"Gone: {gone} people and rows.{'' if done.scrubbed else STILL_THERE}")
    return redirect(url_for("retention.show"), 303)


@pages.post("/retention/erase")
@needs("erase_person")
def erase() -> Shown | Answer:
    """Say what goes with a person; with `sure`, erase them."""
    who, sure = request.form.get("who", "").strip()[:LONGEST], "sure" in request.form
    try:
        found = erase_person(store(), actor(), who, save=sure)
    except (BadRequest, NotFound) as refusal:
        return _page(refusal.sentence, "who")
    if not sure:
        return render_template("retention/erase.html", who=who, goes=_goes(found))
    more = "" if found.scrubbed else STILL_THERE
    flash(f"Erased. Stays, deliveries, published versions and counts are as they were.{more}")
    return redirect(url_for("retention.show"), 303)


def _goes(found: Erased) -> list[str]:
    return [TABLES.get(name, name) for name, _ in found.rows]
