"""A person's week: their sessions, shifts and commitments by day."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from pipe_sched.actions.views import WeekView
from pipe_sched.core.index import Held, Index
from pipe_sched.core.kinds import JOBS
from pipe_sched.core.phrase import Ref
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Person
from pipe_sched.web.grid import Card, card, clock_times
from pipe_sched.web.handles import handle, person_of
from pipe_sched.web.needs import needs
from pipe_sched.web.week import seen

pages = Blueprint("people", __name__)


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One date of a person's week: sessions, and what else takes or gives their time."""

    title: str
    cards: tuple[Card, ...]
    around: tuple[str, ...]


@pages.get("/sites/<site>/<week>/people")
@needs("see_week")
def index(site: str, week: str) -> str:
    """Everyone of the week, to choose from."""
    view = seen(site, week)
    held = Held(Index(view.week), view.timetable)
    busy = {p for _, p in held.members}
    staff, residents, outside = (
        _named(view, [p for p in view.week.people if p.type == kind and _here(p, view, busy)])
        for kind in ("staff", "resident", "outside")
    )
    return render_template(
        "people/index.html",
        view=view,
        site_name=view.labels.text(Ref("site", site)),
        groups=(("Staff", staff), ("Residents", residents), ("People from outside", outside)),
        no_worker=not view.worker_alive,
    )


def _here(person: Person, view: WeekView, busy: set[str]) -> bool:
    return _shown(person, view) and (person.site == view.site or person.id in busy)


def _shown(person: Person, view: WeekView) -> bool:
    """Residents have a week of their own only for whom they have a name at all."""
    named = view.labels.viewer.names_residents
    return person.type != "resident" or (named and person.site == view.site)


def _named(view: WeekView, people: list[Person]) -> list[tuple[str, str, str]]:
    jobs = {p.id: JOBS.get(p.job, p.job.replace("_", " ")) for p in people}
    rows = view.labels.pairs(jobs)
    return [(handle(p), words, jobs[p]) for p, words in sorted(rows, key=lambda row: jobs[row[0]])]


@pages.get("/sites/<site>/<week>/people/<person>")
@needs("see_week")
def show(site: str, week: str, person: str) -> str:
    """One person's week."""
    view = seen(site, week)
    held = Held(Index(view.week), view.timetable)
    found = person_of((p for p in view.week.people if _shown(p, view)), person)
    return render_template(
        "people/show.html",
        view=view,
        person=found,
        handle=handle(found.id),
        name=view.labels.text(Ref("person", found.id)),
        site_name=view.labels.text(Ref("site", site)),
        days=[_day(held, view, found.id, i) for i in range(7)],
        no_worker=not view.worker_alive,
    )


def _day(held: Held, view: WeekView, person: str, index: int) -> PersonDay:
    day = held.index.clock.day_span(index)
    mine = sorted(
        (
            a
            for a in held.timetable.assignments
            if (a.demand, person) in held.members and day.start <= a.start < day.end
        ),
        key=lambda a: a.start,
    )
    cards = tuple(card(held, view.labels, a) for a in mine)
    return PersonDay(
        view.labels.text(Ref("day", str(day.start))), cards, _around(held, person, day)
    )


def _around(held: Held, person: str, day: Span) -> tuple[str, ...]:
    rows = [(s.span, "On shift") for s in held.index.shifts.get(person, ())]
    rows += [(s, "Absent") for s in held.index.absences.get(person, ())]
    rows += [
        (c.span, c.name.replace("_", " ").capitalize() + (", elsewhere" if c.away else ""))
        for c in held.index.commitments.get(person, ())
    ]
    rows += [(f.span, "Free") for f in held.index.week.free if f.person == person]
    today = sorted((r for r in rows if day.start <= r[0].start < day.end), key=lambda r: r[0].start)
    return tuple(f"{text} {clock_times(held, span)}" for span, text in today)
