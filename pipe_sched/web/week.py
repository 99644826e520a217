"""A site's week: one day by rooms, or the week at a glance, and how good the plan is."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request

from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.views import WeekView
from pipe_sched.check import Finding
from pipe_sched.core.clock import LONDON, Clock
from pipe_sched.core.index import Held, Index
from pipe_sched.core.phrase import Ref
from pipe_sched.rota import rota_notes
from pipe_sched.rules.book import book
from pipe_sched.web.forms.week import GenerateForm, ReplanForm, StopForm
from pipe_sched.web.grid import Card, card, day_grid, sessions
from pipe_sched.web.handles import handle
from pipe_sched.web.needs import actor, needs, store
from pipe_sched.web.problems import Problem
from pipe_sched.web.progress import percent, progress_text
from pipe_sched.web.words import clock_of

pages = Blueprint("week", __name__)
DAYS = 7


@dataclass(frozen=True, slots=True)
class Consequences:
    """What one rule could not have, as sentences."""

    title: str
    sentences: tuple[str, ...]


def seen(site: str, week: str) -> WeekView:
    """The week's view, or the answer that there is none."""
    view = see_week(store(), actor(), site, clock_of(week))
    if view is None:
        raise Problem(404, f"No week {week} was drawn up for “{site}”. The list shows which are.")
    return view


@pages.get("/sites/<site>/<week>")
@needs("see_week")
def show(site: str, week: str) -> str:
    """The week by day, or at a glance with ?view=week."""
    view = seen(site, week)
    held = Held(Index(view.week), view.timetable)
    glance = request.args.get("view") == "week"
    day = _day(view.clock)
    return render_template(
        "week/read.html" if view.reading else "week/show.html",
        view=view,
        site_name=view.labels.text(Ref("site", site)),
        glance=_glance(held, view) if glance else None,
        day=None if glance else day_grid(held, view.labels, site, day),
        day_index=day,
        days=day_titles(view),
        generate=GenerateForm(key=secrets.token_urlsafe(12)),
        replan=ReplanForm(formdata=None),
        stop=StopForm(),
        key=secrets.token_urlsafe(12),
        handle=handle,
        kept={handle(d) for d in view.decisions.kept},
        no_worker=not view.worker_alive,
        **_standing(held, view),
    )


def _standing(held: Held, view: WeekView) -> dict[str, Any]:
    """Where the site's week stands: its numbers, sentences, and the run at work."""
    site, demands = view.site, held.index.demands
    return {
        "broken": broken_by_sentence(view),
        "excepted": [
            (view.labels.sentence(f.say), view.agreed[f.rule, f.key]) for f in view.excepted
        ],
        "differs": [view.labels.sentence(say) for say in view.run.differs] if view.run else [],
        "consequences": consequences(view, site),
        "rota": [view.labels.sentence(note) for note in rota_notes(held.index, site)],
        "due": sum(d.site == site for d in view.week.demands),
        "held": sum(demands[a.demand].site == site for a in view.timetable.assignments),
        "run_text": progress_text(view.run) if view.run else "",
        "run_percent": percent(view.run) if view.run else 0,
    }


def broken_by_sentence(view: WeekView) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each broken must once, with the sessions in it: what addresses and people call them."""
    found: dict[str, dict[str, str]] = {}
    for f in view.broken:
        sessions_in = found.setdefault(view.labels.sentence(f.say), {})
        sessions_in.update((handle(d), view.labels.demands[d]) for d in f.demands)
    return [(say, list(sessions_in.items())) for say, sessions_in in found.items()]


def day_titles(view: WeekView) -> tuple[str, ...]:
    """The seven dates: Monday 30 November, and so on."""
    return tuple(view.labels.text(Ref("day", str(d.start))) for d in Index(view.week).days)


def _day(clock: Clock) -> int:
    """The day asked for (?day=0 to 6), else today, else Monday."""
    asked = request.args.get("day")
    if asked is None:
        today = (datetime.now(LONDON).date() - clock.monday).days
        return today if 0 <= today < DAYS else 0
    if asked not in map(str, range(DAYS)):
        raise Problem(400, "There are seven days: use day=0 (Monday) to day=6 (Sunday).")
    return int(asked)


def _glance(held: Held, view: WeekView) -> list[tuple[str, list[Card]]]:
    """Every day's title with its sessions."""
    days = zip(day_titles(view), held.index.days, strict=True)
    return [
        (title, [card(held, view.labels, a) for a in sessions(held, view.site, day)])
        for title, day in days
    ]


def consequences(view: WeekView, site: str) -> list[Consequences]:
    """The shoulds that are not met at this site, by rule, dearest rule first."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for f in view.findings:
        if f.level == "should" and f.site == site and f.rule != "every_session_held":
            found[f.rule].append(f)
    order = sorted(found.items(), key=lambda item: -sum(f.cost for f in item[1]))
    return [
        Consequences(book()[rule].title.rstrip("."), tuple(view.labels.sentence(f.say) for f in fs))
        for rule, fs in order
    ]
