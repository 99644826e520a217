"""A session's form: its choices, what it shows, and the change it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import NoSense, Put
from pipe_sched.core.clock import NoSuchTime
from pipe_sched.core.index import Index
from pipe_sched.core.labels import long_date, wall_time
from pipe_sched.core.phrase import Ref
from pipe_sched.core.week import Assignment, Demand, Lead, Person
from pipe_sched.web.forms.change import NONE, ChangeForm, Pair, choices, with_leaders
from pipe_sched.web.forms.times import parse_time
from pipe_sched.web.handles import by_handle, handle

NO_ROOM: Pair = ("", "No room")


def is_placed(view: WeekView, demand: Demand) -> Assignment | None:
    """Where the session lies, or None when it is not held."""
    return next((a for a in view.timetable.assignments if a.demand == demand.id), None)


def form_for(view: WeekView, demand: Demand) -> ChangeForm:
    """The session's form with its choices, filled with what was sent."""
    labels = [_part(view, role.name, demand) for role in demand.roles for _ in range(role.count)]
    form = with_leaders(labels)()
    place_choices(form, view)
    form.room.choices = choices(_rooms(view, demand))
    form.known = by_handle(p.id for p in view.week.people)
    slots = [role for role in demand.roles for _ in range(role.count)]
    for i, role in enumerate(slots):
        field = cast(Any, form[f"lead_{i}"])
        field.choices = choices([NONE, *_staff_first(view, role.people)])
    if demand.one_to_one:
        del form.people, form.also  # who it is with is what it is about
    else:
        _attendee_choices(form, view, demand)
    return form


def place_choices(form: Any, view: WeekView) -> None:
    """Days of the week; rooms of the site."""
    days = Index(view.week).days
    form.day.choices = choices(
        (str(i), long_date(view.clock.local(day.start))) for i, day in enumerate(days)
    )
    mine = [r for r in view.week.rooms if r.site == view.site]
    form.room.choices = choices(
        [NO_ROOM, *((r.id, view.labels.text(Ref("room", r.id))) for r in mine)]
    )


def _rooms(view: WeekView, demand: Demand) -> list[Pair]:
    """The rooms that the session may use first; no room only where it needs none."""
    if not demand.needs_room:
        return [NO_ROOM]
    fitting = [r.id for r in Index(view.week).rooms_for(demand)]
    mine = [r.id for r in view.week.rooms if r.site == view.site and r.id in fitting]
    return [(r, view.labels.text(Ref("room", r))) for r in mine]


def _part(view: WeekView, role: str, demand: Demand) -> str:
    if len(demand.roles) == 1:
        return "Led by"
    words = view.labels.text(Ref("job", role))
    return f"Led by: {words}"


def _staff_first(view: WeekView, asked: Iterable[str]) -> list[Pair]:
    """Who was asked for, then every other worker of the site."""
    first = tuple(dict.fromkeys(asked))
    others = [p.id for p in staff(view) if p.id not in first]
    named = [(handle(p), view.labels.people[p]) for p in first]
    rest = [(p, f"{words} (not asked for)") for p, words in people_choices(view, others)]
    return [*named, *rest]


def people_choices(view: WeekView, people: Iterable[str]) -> list[Pair]:
    """People as choices, under handles; those whose name is withheld last, in no telling order."""
    withheld = view.labels.withheld
    pairs = [(p in withheld, words, handle(p)) for p, words in view.labels.pairs(people)]
    return [(name, words) for _, words, name in sorted(pairs)]


def staff(view: WeekView) -> tuple[Person, ...]:
    """Everyone of the week who is no resident."""
    return tuple(p for p in view.week.people if p.type != "resident")


def residents(view: WeekView) -> tuple[Person, ...]:
    """Residents who stay at this site in the week."""
    here = {s.person for s in view.week.stays if s.site == view.site}
    return tuple(p for p in view.week.people if p.type == "resident" and p.id in here)


def _attendee_choices(form: ChangeForm, view: WeekView, demand: Demand) -> None:
    place = is_placed(view, demand)
    listed = dict.fromkeys((*demand.attendees, *(place.attendees if place else ())))
    form.people.choices = choices(people_choices(view, listed))
    pool = staff(view) if demand.support else residents(view)
    rest = people_choices(view, (p.id for p in pool if p.id not in listed))
    form.also.choices = choices([("", "Nobody else"), *rest])


def filled(form: ChangeForm, view: WeekView, demand: Demand) -> ChangeForm:
    """The form showing where the session is now (or where it could be tried first)."""
    place = is_placed(view, demand)
    form.minutes.data = demand.minutes
    form.keep.data = True
    if "people" in form:
        form.people.data = [handle(p) for p in (place.attendees if place else demand.required)]
    if place is None:
        form.day.data = "0"
        return form
    local = view.clock.local(place.start)
    form.day.data = str(view.clock.index(place.start))
    form.time.data = wall_time(local)
    form.room.data = place.room or ""
    for i, lead in enumerate(_in_slots(demand, place)):
        cast(Any, form[f"lead_{i}"]).data = handle(lead) if lead else ""
    return form


def tried(form: ChangeForm, given: Mapping[str, str]) -> None:
    """Fill in the day, time and room that a link proposes; what makes no sense is left out."""
    days, rooms = ({c.value for c in cast(Any, f).choices} for f in (form.day, form.room))
    if given.get("day") in days:
        form.day.data = given["day"]
    if given.get("room") in rooms:
        form.room.data = given["room"]
    if given.get("time"):
        form.time.data = given["time"][:8]


def _in_slots(demand: Demand, place: Assignment) -> list[str]:
    """Who fills each slot of each role; empty where nobody does."""
    out: list[str] = []
    for role in demand.roles:
        fill = [lead.person for lead in place.staff if lead.role == role.name]
        out += [*fill, *([""] * role.count)][: role.count]
    return out


def start_of(form: Any, view: WeekView) -> int:
    """The minute of the week that day and time say; `NoSense` for a time that does not exist."""
    day: date = view.clock.date_of(int(form.day.data))
    try:
        return view.clock.minute(day, parse_time(form.time.data or ""))
    except NoSuchTime as error:
        raise NoSense(str(error)) from None


def attendees_of(form: Any, demand: Demand | None) -> tuple[str, ...]:
    """Who is ticked or added; those without whom the session is not held are always in it."""
    required = demand.required if demand else ()
    if "people" not in form:
        return required
    ticked = [form.known[name] for name in form.people.data or [] if name]
    also = [form.known[form.also.data]] if form.also.data else []
    return tuple(dict.fromkeys((*required, *ticked, *also)))


def asked_for(form: ChangeForm, view: WeekView, demand: Demand) -> Put:
    """The change that the form asks for. Raises `NoSense`."""
    slots = [role.name for role in demand.roles for _ in range(role.count)]
    chosen = [(name, cast(Any, form[f"lead_{i}"]).data) for i, name in enumerate(slots)]
    if any(not name for _, name in chosen):
        raise NoSense("Choose who leads the session.")
    place = Assignment(
        demand.id,
        start_of(form, view),
        form.room.data or None,
        tuple(Lead(role, form.known[name]) for role, name in chosen),
        attendees_of(form, demand),
    )
    return Put(place, form.minutes.data, keep=bool(form.keep.data))
