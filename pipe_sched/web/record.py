"""The record: who saw and who changed what, and the history of one person, session or week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, render_template, request

from pipe_sched.actions.record_ids import KINDS, record_ids
from pipe_sched.actions.see_record import Asked, Record, see_record
from pipe_sched.web.handles import by_handle, handle
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.words import clock_of

pages = Blueprint("record", __name__)
NOBODY_LIKE_THAT = "There is nothing like that in the record. Search for it from the record's page."
ASK_DAY = "Enter a date like 2026-11-30, or choose one."
MOST = 2**31 - 1


@pages.get("/record")
@needs("see_record")
def index() -> str:
    """Search the record."""
    asked = _asked()
    return _page(asked, see_record(store(), actor(), asked))


@pages.get("/record/<kind>/<name>")
@needs("see_record")
def of(kind: str, name: str) -> str:
    """The history of one person, account, session (?site= &week=) or week (?site=)."""
    if kind == "week":
        asked = replace(_asked(), week=str(clock_of(name)))
        return _page(asked, see_record(store(), actor(), asked), kind, name)
    if kind not in KINDS:
        raise Problem(404, NOBODY_LIKE_THAT)
    asked = _asked()
    clock = clock_of(asked.week) if asked.week else None
    found = by_handle(record_ids(store(), actor(), kind, asked.site, clock)).get(name)
    if found is None:
        raise Problem(404, NOBODY_LIKE_THAT)
    asked = replace(asked, about=(kind, found))
    return _page(asked, see_record(store(), actor(), asked), kind, name)


def _asked() -> Asked:
    """What the address asks for; people and accounts by their handles."""
    given = request.args
    person = given.get("person", "")
    week = given.get("week", "").strip()
    return Asked(
        "views" if given.get("what") == "views" else "changes",
        ("person", _chosen("person", person)) if person else None,
        _chosen("account", given["account"]) if given.get("account") else "",
        given.get("site", ""),
        str(clock_of(week)) if week else "",
        given.get("action", ""),
        _day(given.get("since", "")),
        _day(given.get("until", "")),
        _number(given.get("before", "")),
    )


def _chosen(kind: str, name: str) -> str:
    found = by_handle(record_ids(store(), actor(), kind)).get(name)
    if found is None and kind == "account" and name in ("local", "worker", "nobody"):
        return name
    if found is None:
        raise Problem(404, NOBODY_LIKE_THAT)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Problem(400, ASK_DAY) from None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text) <= MOST else None


def _page(asked: Asked, found: Record, kind: str = "", name: str = "") -> str:
    own = {"kind": kind, "name": name} if kind else {}
    kept = {k: v for k, v in request.args.items() if k not in ("before", "what") and v}
    return render_template(
        "record/index.html",
        asked=asked,
        found=found,
        kind=kind,
        endpoint="record.of" if kind else "record.index",
        address={**own, **kept},
        kept=kept,
        given=request.args,
        accounts=[(_handle(id_), words) for id_, words in found.accounts],
        people=[(handle(id_), words) for id_, words in found.people],
        of=_of(asked, found, kind),
    )


def _handle(account: str) -> str:
    return account if account in ("local", "worker", "nobody") else handle(account)


def _of(asked: Asked, found: Record, kind: str) -> str:
    """What the page's heading says that it is the history of."""
    return asked.week if kind == "week" else found.about
