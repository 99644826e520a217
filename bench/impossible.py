"""Fourteen weeks that cannot be held whole, each for one true reason.

`python -m bench.impossible` plans each, asks why, and prints what was answered:
the reason by name, its sentences, and how long it took.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from bench.premises import at, each
from pipe_sched.core.labels import labels_for
from pipe_sched.core.spans import Span, Spans
from pipe_sched.core.week import (
    Absence,
    Band,
    Booking,
    Commitment,
    Demand,
    Hours,
    KeptApart,
    Paid,
    Pause,
    Person,
    Role,
    Room,
    Shift,
    Site,
    Stay,
    Travel,
    Week,
)
from pipe_sched.solve.explain import why_not
from pipe_sched.solve.run import solve

ASKED = "asked"
"""The id of the session that cannot be held; the other is easy."""
OFFICE: Spans = each(range(5), (9, 0), (17, 0))
NIGHTS: Spans = tuple(Span(at(d, 20), at(d + 1, 8, 15)) for d in range(-1, 8))
ALWAYS = Span(-1440, 8 * 1440)

Case = tuple[Week, str, str]
"""A week, the rule that must be named, and a word its sentence must hold."""


def staff(id: str, job: str = "key_worker", counts: bool = False) -> Person:
    """A member of staff at the lodge."""
    return Person(id, "staff", "lodge", job=job, counts=counts)


def on(person: str, spans: Spans = OFFICE, site: str = "lodge") -> tuple[Shift, ...]:
    """Shifts of a person."""
    return tuple(Shift(person, (site,), s) for s in spans)


def session(id: str, minutes: int, leads: tuple[str, ...], **more: object) -> Demand:
    """A session due, at any time of the week."""
    found = Demand(
        id, "lodge", "structured", minutes, (Span(0, 7 * 1440),), roles=(Role("lead", 1, leads),)
    )
    return replace(found, **more)  # type: ignore[arg-type]  # replace checks the names


def base(asked: Demand, easy_lead: str = "easy") -> Week:
    """A lodge with plenty of everything; `asked` and one easy session are due."""
    floor = tuple(staff(f"floor{i}", "residential_worker", counts=True) for i in range(4))
    people = (
        *floor,
        staff("key"),
        staff(easy_lead, "regime_lead"),
        Person("ash", "resident", "lodge"),
        Person("elm", "resident", "lodge"),
        Person("oak", "resident", "lodge"),
    )
    shifts = [s for p in people if p.type == "staff" for s in on(p.id)]
    easy = session("easy-one", 30, (easy_lead,), required=("oak",), kind="move_on")
    return Week(
        2026,
        49,
        (Site("lodge", hours=(Hours(each(range(7), (8, 0), (20, 0))),), cover=(Band(ALWAYS, 2),)),),
        ("lodge",),
        rooms=(
            Room("big", "lodge", 12, ("group", "step_free")),
            Room("den", "lodge", 3, ("quiet",)),
        ),
        people=people,
        shifts=tuple(shifts),
        stays=tuple(Stay(p.id, "lodge", ALWAYS) for p in people if p.type == "resident"),
        demands=(asked, easy),
    )


def keyed(**more: object) -> Demand:
    """Key work of ash with the key worker, no back-up."""
    return session(
        ASKED,
        45,
        ("key",),
        kind="key_work",
        one_to_one=True,
        required=("ash",),
        own_worker="key",
        **more,
    )


def no_free_room() -> Case:
    """The only quiet room is booked whenever staff are in."""
    taken = tuple(
        Booking(f"b{i}", "lodge", s, "training", room="den") for i, s in enumerate(OFFICE)
    )
    return (
        replace(base(keyed(features=("quiet",))), bookings=taken),
        "one_session_per_room",
        "booked",
    )


def room_too_small() -> Case:
    """Three residents and a leader, three seats."""
    asked = session(ASKED, 60, ("key",), required=("ash", "elm", "oak"), features=("quiet",))
    return base(asked), "room_fits", "seats"


def no_step_free_room() -> Case:
    """The one resident who needs step-free access, the one room without."""
    week = base(session(ASKED, 60, ("key",), required=("ash",), features=("quiet",)))
    people = tuple(replace(p, step_free=p.id == "ash") for p in week.people)
    return replace(week, people=people), "room_fits", "step-free"


def key_worker_away() -> Case:
    """Away all week, and nobody backs up."""
    return replace(base(keyed()), absences=(Absence("key", ALWAYS),)), "on_shift", "away"


def key_worker_on_nights() -> Case:
    """Nights all week, while sessions are held by day."""
    week = base(keyed())
    shifts = tuple(s for s in week.shifts if s.person != "key") + on("key", NIGHTS)
    return replace(week, shifts=shifts), "on_shift", "shift"


def rota_short() -> Case:
    """One on the floor where two are needed, and that one would have to lead."""
    week = base(session(ASKED, 60, ("floor0",), required=("ash",)))
    kept = tuple(s for s in week.shifts if s.person not in ("floor1", "floor2", "floor3"))
    return replace(week, shifts=kept), "double_cover", "short"


def only_floor_staff() -> Case:
    """Two on the floor, two needed, and only they could lead."""
    week = base(session(ASKED, 60, ("floor0", "floor1"), required=("ash",)))
    kept = tuple(s for s in week.shifts if s.person not in ("floor2", "floor3"))
    return replace(week, shifts=kept), "double_cover", "cover"


def kept_apart_pair() -> Case:
    """A group of two, offered to two who are kept apart."""
    asked = session(ASKED, 60, ("key",), offered=("ash", "elm"), smallest=2, largest=6)
    return replace(base(asked), kept_apart=(KeptApart("ash", "elm"),)), "kept_apart", "kept apart"


def resident_out() -> Case:
    """A course elsewhere, every day."""
    spans = each(range(7), (7, 0), (21, 0))
    out = tuple(Commitment("ash", s, "appointment", away=True) for s in spans)
    return replace(base(keyed()), commitments=out), "there_and_free", "appointment"


def only_on_a_bank_holiday() -> Case:
    """The psychologist comes on Friday 25 December alone, when supervision does not run."""
    asked = session(
        ASKED, 60, ("psy",), kind="supervision", one_to_one=True, required=("key",), support=True
    )
    week = base(asked)
    friday = Span(at(4, 0), at(5, 0))
    lodge = replace(week.sites[0], pauses=(Pause(friday, ("supervision",)),))
    come = on("psy", (Span(at(4, 9), at(4, 17)),))
    people = (*week.people, replace(staff("psy", "psychologist"), visiting=True))
    return (
        replace(week, number=52, sites=(lodge,), people=people, shifts=week.shifts + come),
        "daily_routine",
        "25 December",
    )


def travel_too_long() -> Case:
    """A meeting at the other premises until 11:30, two hours away, home at one."""
    asked = session(ASKED, 60, ("psy",), kind="formulation", required=("key",), support=True)
    week = base(asked)
    shift = (Shift("psy", ("lodge", "house"), Span(at(0, 9), at(0, 13))),)
    meeting = Commitment("psy", Span(at(0, 9), at(0, 11, 30)), "meeting", site="house")
    return (
        replace(
            week,
            sites=(*week.sites, Site("house")),
            people=(*week.people, staff("psy", "psychologist")),
            shifts=week.shifts + shift,
            commitments=(meeting,),
            travel=(Travel("lodge", "house", 60),),
        ),
        "travel",
        "travel",
    )


def line_manager_only() -> Case:
    """Reflective practice that only the attendees' own manager could lead."""
    asked = session(
        ASKED,
        60,
        ("boss",),
        kind="reflective_practice",
        required=("key", "easy"),
        support=True,
        no_line_manager=True,
    )
    week = base(asked)
    people = tuple(replace(p, manager="boss" if p.id == "key" else None) for p in week.people)
    return (
        replace(
            week, people=(*people, staff("boss", "ap_manager")), shifts=week.shifts + on("boss")
        ),
        "no_line_manager",
        "manager",
    )


def nights_rest() -> Case:
    """Off at 8:15am, back at 8pm: an hour and a quarter more leaves ten and a half hours."""
    asked = session(
        ASKED, 75, ("psy",), kind="reflective_practice", required=("night",), support=True
    )
    week = base(asked)
    mornings = tuple(Span(s.end, s.end + 75) for s in NIGHTS)
    people = (*week.people, staff("psy", "psychologist"), staff("night", "residential_worker"))
    office = each(range(7), (8, 0), (17, 0))
    return (
        replace(
            week,
            people=people,
            shifts=week.shifts + on("psy", office) + on("night", NIGHTS),
            paid=tuple(Paid("night", s) for s in mornings),
        ),
        "rest",
        "rest",
    )


def series_gap_too_wide() -> Case:
    """The step before was on Sunday, and nine days have to pass."""
    asked = session(ASKED, 60, ("key",), required=("ash",), series="course", step=2, gap=9 * 1440)
    before = Booking(
        "before", "lodge", Span(at(-1, 14), at(-1, 15)), "structured", series="course", step=1
    )
    return replace(base(asked), bookings=(before,)), "series_gap", "days"


CASES: tuple[Callable[[], Case], ...] = (
    no_free_room,
    room_too_small,
    no_step_free_room,
    key_worker_away,
    key_worker_on_nights,
    rota_short,
    only_floor_staff,
    kept_apart_pair,
    resident_out,
    only_on_a_bank_holiday,
    travel_too_long,
    line_manager_only,
    nights_rest,
    series_gap_too_wide,
)


def main() -> None:
    """Print every case's answer."""
    named = 0
    for case in CASES:
        week, rule, _ = case()
        result = solve(week, seconds=5)
        held = {a.demand for a in result.timetable.assignments}
        begun = time.perf_counter()
        why = why_not(week, result.timetable, ASKED)
        took = time.perf_counter() - begun
        good = ASKED not in held and "easy-one" in held and rule in {r.rule for r in why.reasons}
        named += good
        print(f"{'named' if good else 'MISSED':<7}{case.__name__:<24}{took:5.2f} s")
        labels = labels_for(week, {}, {}, {})
        for reason in why.reasons:
            print(f"       {reason.rule}: {labels.sentence(reason.say)}")
    print(f"{named} of {len(CASES)} true reasons named")


if __name__ == "__main__":
    main()
