"""Small weeks in plain words, for examples of the rules.

    MAIN = week(site(), staff("ana"), shift("ana", "Tue 08:00-20:00"),
                session("talk", lead="ana"))
    assert broken(MAIN, place("talk", "Tue 21:00", lead="ana")) == {"on_shift"}

The week is 2026-W49: Monday 30 November to Sunday 6 December, no clock change. Site and home
are "kirk" unless said, sessions need no room unless said, and last an hour.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from pipe_sched import check
from pipe_sched.core.index import Held, Index
from pipe_sched.core.labels import labels_by_id
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans
from pipe_sched.core.week import (
    Absence,
    Assignment,
    Band,
    Barred,
    Block,
    Booking,
    Commitment,
    Curfew,
    Demand,
    Free,
    Hours,
    KeptApart,
    Lead,
    Limits,
    Owed,
    Paid,
    Person,
    Role,
    Room,
    SafeToSee,
    Shift,
    Site,
    Stay,
    Timetable,
    Travel,
    Week,
)
from pipe_sched.rules.claims import Claim

YEAR, NUMBER = 2026, 49
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
KIRK, CROWLEY = "kirk", "crowley"
WHOLE_WEEK = (Span(0, 7 * 1440),)
WHOLE_STAY = Span(-7 * 1440, 14 * 1440)

FIELDS = {
    Site: "sites",
    Room: "rooms",
    Person: "people",
    Shift: "shifts",
    Absence: "absences",
    Paid: "paid",
    Free: "free",
    Commitment: "commitments",
    Stay: "stays",
    Curfew: "curfews",
    KeptApart: "kept_apart",
    SafeToSee: "safe_to_see",
    Barred: "barred",
    Travel: "travel",
    Booking: "bookings",
    Demand: "demands",
    Owed: "owed",
}


def at(text: str) -> int:
    """The minute of "Tue 10:00"; "last Sun 22:00" and "next Mon 08:00" lie outside the week."""
    shift = 0
    for word, days in (("last ", -7), ("next ", 7)):
        if text.startswith(word):
            text, shift = text.removeprefix(word), days
    day, clock = text.split()
    hours, minutes = clock.split(":")
    return (DAYS.index(day) + shift) * 1440 + int(hours) * 60 + int(minutes)


def span(text: str) -> Span:
    """The stretch of "Tue 10:00-11:00", "Mon 20:00-08:00" (overnight) or "Mon 09:00-Fri 17:00"."""
    first, last = text.split("-")
    start = at(first)
    if " " in last:
        return Span(start, at(last))
    end = at(f"{first.rsplit(' ', 1)[0]} {last}")
    return Span(start, end if end > start else end + 1440)


def spans(*texts: str) -> Spans:
    """Several stretches."""
    return tuple(span(text) for text in texts)


def every_day(text: str) -> Spans:
    """The stretch "08:00-20:00" on each of the seven days."""
    return tuple(span(f"{day} {text}") for day in DAYS)


def site(id: str = KIRK, **more: Any) -> Site:
    """A premises without hours, routine or cover unless given; `limits` may be a dict."""
    if isinstance(more.get("limits"), dict):
        more["limits"] = Limits(**more["limits"])
    return Site(id, **more)


def hours(*texts: str, kinds: tuple[str, ...] = ()) -> Hours:
    """Opening hours for the kinds."""
    return Hours(spans(*texts), kinds)


def block(name: str, text: str, **more: Any) -> Block:
    """A routine block."""
    return Block(name, span(text), **more)


def band(text: str, minimum: int = 2) -> Band:
    """A cover minimum."""
    return Band(span(text), minimum)


def room(id: str, seats: int = 12, site: str = KIRK, **more: Any) -> Room:
    """A room."""
    return Room(id, site, seats, **more)


def staff(id: str, site: str = KIRK, **more: Any) -> Person:
    """A staff member who does not count for cover unless said."""
    return Person(id, "staff", site, **more)


def resident(id: str, site: str = KIRK, **more: Any) -> Person:
    """A resident; `week` adds a stay at the home site for all of it unless one is given."""
    return Person(id, "resident", site, **more)


def outside(id: str, site: str = KIRK, **more: Any) -> Person:
    """Someone who takes part from outside."""
    return Person(id, "outside", site, **more)


def shift(person: str, text: str, *sites: str, on_call: bool = False) -> Shift:
    """A shift, at "kirk" unless sites are named."""
    return Shift(person, sites or (KIRK,), span(text), on_call)


def shifts(person: str, *texts: str) -> tuple[Shift, ...]:
    """Several shifts at "kirk"."""
    return tuple(shift(person, text) for text in texts)


def absence(person: str, text: str) -> Absence:
    """An absence."""
    return Absence(person, span(text))


def paid(person: str, text: str) -> Paid:
    """A window for paid attendance."""
    return Paid(person, span(text))


def free(person: str, text: str, *sites: str) -> Free:
    """When an outside person is free."""
    return Free(person, span(text), sites)


def commitment(person: str, text: str, **more: Any) -> Commitment:
    """A commitment."""
    return Commitment(person, span(text), **more)


def stay(person: str, text: str | None = None, site: str = KIRK, **more: Any) -> Stay:
    """A stay, all week unless said."""
    return Stay(person, site, span(text) if text else WHOLE_STAY, **more)


def curfew(person: str, text: str) -> Curfew:
    """A curfew."""
    return Curfew(person, span(text))


def booking(id: str, text: str, *people: str, site: str = KIRK, **more: Any) -> Booking:
    """A fixed session outside the run."""
    more.setdefault("kind", "structured")
    return Booking(id, site, span(text), people=people, **more)


def session(
    id: str,
    lead: str | tuple[str, ...] = (),
    roles: dict[str, tuple[str, ...]] | None = None,
    site: str = KIRK,
    minutes: int = 60,
    windows: Iterable[str] = (),
    needs_room: bool = False,
    **more: Any,
) -> Demand:
    """A session due. `lead`: who may take the role "lead"; `roles`: name to people, one each."""
    leaders = (lead,) if isinstance(lead, str) else lead
    parts = roles or ({"lead": leaders} if leaders else {})
    more.setdefault("roles", tuple(Role(name, 1, people) for name, people in parts.items()))
    more.setdefault("kind", "structured")
    return Demand(
        id,
        site,
        minutes=minutes,
        windows=spans(*windows) or WHOLE_WEEK,
        needs_room=needs_room,
        **more,
    )


def key_work(id: str, worker: str, who: str, **more: Any) -> Demand:
    """Key work of a resident, led by their own key worker; more people may `lead` if given."""
    more.setdefault("lead", worker)
    more.setdefault("minutes", 45)
    more.setdefault("own_worker", worker)
    return session(
        id, kind="key_work", required=(who,), one_to_one=True, smallest=1, largest=1, **more
    )


def place(
    demand: str,
    start: str,
    lead: str | tuple[str, ...] = (),
    attends: str | tuple[str, ...] = (),
    room: str | None = None,
    **roles: str,
) -> Assignment:
    """A session's place. `lead` fills the role "lead"; other roles by name."""
    leaders = (lead,) if isinstance(lead, str) else lead
    others = tuple(Lead(role, person) for role, person in roles.items())
    return Assignment(
        demand,
        at(start),
        room,
        tuple(Lead("lead", person) for person in leaders) + others,
        (attends,) if isinstance(attends, str) else attends,
    )


def week(*things: Any, **more: Any) -> Week:
    """A week of these sites, rooms, people, shifts, ... in any order; tuples are opened.

    A site "kirk" is added when none is given, a whole-week stay for residents without one, and
    `plans` names every site that has demands.
    """
    found: dict[str, list[Any]] = {name: [] for name in FIELDS.values()}
    for thing in things:
        for one in thing if isinstance(thing, tuple) else (thing,):
            found[FIELDS[type(one)]].append(one)
    if not found["sites"]:
        found["sites"].append(site())
    staying = {s.person for s in found["stays"]}
    found["stays"] += [
        stay(p.id, site=p.site)
        for p in found["people"]
        if p.type == "resident" and p.id not in staying
    ]
    more.setdefault("plans", tuple(dict.fromkeys(d.site for d in found["demands"])))
    content: dict[str, Any] = {k: tuple(v) for k, v in found.items()}
    return Week(YEAR, NUMBER, **content, **more)


def plus(base: Week, *things: Any, **more: Any) -> Week:
    """The same week with these things added, and fields of it replaced."""
    for thing in things:
        for one in thing if isinstance(thing, tuple) else (thing,):
            name = FIELDS[type(one)]
            grown: dict[str, Any] = {name: (*getattr(base, name), one)}
            base = replace(base, **grown)
    assert all(f in {x.name for x in fields(Week)} for f in more)
    return replace(base, **more)


def claims_of(rule: str, of: Week) -> tuple[Claim, ...]:
    """The claims of one rule file alone."""
    module = importlib.import_module(f"pipe_sched.rules.{rule}")
    found: tuple[Claim, ...] = tuple(module.claims(Index(of)))
    names = [c.key for c in found]
    assert len(set(names)) == len(names), f"keys are not unique: {sorted(names)}"
    assert all(c.rule == rule for c in found)
    return found


def breach(rule: str, of: Week, *places: Assignment) -> int:
    """What one rule counts in a timetable: the sum of breach x claim price."""
    held = Held(Index(of), Timetable(places))
    return sum(c.price * c.breach(held) for c in claims_of(rule, of))


def said(rule: str, of: Week, *places: Assignment) -> list[str]:
    """The sentences of one rule's broken claims, with ids for names, sorted."""
    held = Held(Index(of), Timetable(places))
    return sorted(sentence(of, c.say) for c in claims_of(rule, of) if c.breach(held))


def sentence(of: Week, say: Phrase) -> str:
    """A phrase in words, ids standing for names."""
    return labels_by_id(of.clock).sentence(say)


def broken(of: Week, *places: Assignment) -> set[str]:
    """The names of all broken musts, through the referee and the whole rule book."""
    findings = check.Referee(of).findings(Timetable(places))
    return {f.rule for f in check.broken(findings)}
