"""Draw up a week: a plan's rows become one frozen problem of ids and minutes.

Nothing is chosen here and nothing is read from outside: the same plan and week always
give the same `Week`, so that drawing up again shows only what really changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipe_sched.core import edges, expand, people, phrase, places, stays
from pipe_sched.core.clock import Clock
from pipe_sched.core.demands import Making, open_apart
from pipe_sched.core.due import due, paused_kinds
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.plan import Plan, SafeRow
from pipe_sched.core.presumed import presumed
from pipe_sched.core.week import (
    Assignment,
    Barred,
    Booking,
    Demand,
    KeptApart,
    Owed,
    Room,
    SafeToSee,
    Stay,
    Travel,
    Week,
)


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """A frozen week and what people should be told about how it came about."""

    week: Week
    notes: tuple[Phrase, ...] = ()


def draw_up(
    plan: Plan,
    clock: Clock,
    sites: tuple[str, ...],
    *,
    bookings: tuple[Booking, ...] = (),
    pins: tuple[Assignment, ...] = (),
    published: tuple[Assignment, ...] = (),
    now: int | None = None,
    one_offs: tuple[Demand, ...] = (),
    named: Iterable[str] = (),
) -> DrawnUp:
    """The week of these sites.

    `bookings` are sessions published or booked outside this run; `pins` and `published`
    those of the sites themselves; `now` is the present as a minute of the week. Pins and
    published sessions that are no longer due are left out and told in the notes. `one_offs`
    are sessions that people added; whoever is `named` is in the week, if the plan knows them.

    Raises:
        ValueError: no site, an unknown one, or a row that makes no sense; as a sentence.
    """
    _check(plan, sites)
    plan = replace(plan, deliveries=plan.deliveries + presumed(plan, clock, bookings))
    found = due(plan, clock, sites)
    making = Making(plan, clock)
    made = [(d, *making.demand(d)) for d in found.items]
    demands = tuple(demand for _, demand, _ in made) + one_offs
    owed = making.owed((d, demand) for d, demand, _ in made)
    notes = [*found.notes, *(n for _, _, told in made for n in told)]
    held = {d.id for d in demands}
    notes += _withdrawn(held, pins, published)
    who = _named((*pins, *published)) | frozenset(named)
    base = _surround(plan, clock, sites, demands, owed, who)
    week = replace(
        base,
        bookings=edges.bookings(plan, clock, base, bookings),
        pins=_known(base, held, pins),
        published=_known(base, held, published),
        now=now,
    )
    return DrawnUp(week, tuple(dict.fromkeys(notes)))


def _check(plan: Plan, sites: tuple[str, ...]) -> None:
    known = [s.id for s in plan.sites]
    if not sites:
        raise ValueError("No site was named. Name at least one site to plan.")
    for site in sites:
        if site not in known:
            raise ValueError(
                f"There is no site “{site}”. Known sites are: {', '.join(known) or 'none'}."
            )
    if len(set(sites)) != len(sites):
        raise ValueError("A site is named twice. Name each site once.")


def _withdrawn(
    held: set[str], pins: Iterable[Assignment], published: Iterable[Assignment]
) -> list[Phrase]:
    words = "A session kept here or published before is no longer due: {0}."
    gone = dict.fromkeys(a.demand for a in (*pins, *published) if a.demand not in held)
    return [Phrase(words, (phrase.word(id_),)) for id_ in gone]


def _named(places: Iterable[Assignment]) -> frozenset[str]:
    """Everyone in these places."""
    found = ((*a.attendees, *(lead.person for lead in a.staff)) for a in places)
    return frozenset(p for people_in in found for p in people_in)


def _known(week: Week, held: set[str], places: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """The places of sessions still due, without rooms and people that are no more."""
    rooms = {r.id for r in week.rooms}
    who = {p.id for p in week.people}
    return tuple(
        replace(
            a,
            room=a.room if a.room in rooms else None,
            staff=tuple(lead for lead in a.staff if lead.person in who),
            attendees=tuple(p for p in a.attendees if p in who),
        )
        for a in places
        if a.demand in held
    )


def _surround(
    plan: Plan,
    clock: Clock,
    sites: tuple[str, ...],
    demands: tuple[Demand, ...],
    owed: tuple[Owed, ...],
    named: frozenset[str],
) -> Week:
    """Everything around the demands that concerns the people in them and these sites."""
    all_stays = tuple(stay for _, stay in stays.stays(plan, clock))
    who = people.relevant(plan, clock, sites, demands, all_stays, named)
    here = tuple(s for s in all_stays if s.person in who)
    premises = frozenset(s.id for s in plan.sites if s.type == "approved_premises")
    rooms = places.rooms(plan, clock, sites)
    return Week(
        clock.year,
        clock.number,
        sites=tuple(
            places.site(plan, clock, s, paused_kinds(plan, clock, s.id)) for s in plan.sites
        ),
        plans=sites,
        rooms=rooms,
        people=people.people(plan, clock, sites, who, here),
        shifts=expand.shifts(plan, clock, who),
        absences=expand.absences(plan, clock, who),
        paid=expand.paid(plan, clock, who),
        free=expand.free(plan, clock, who),
        commitments=expand.commitments(plan, clock, who),
        stays=here,
        curfews=stays.curfews(plan, clock, here, premises),
        kept_apart=_kept_apart(plan, clock, who),
        safe_to_see=_safe_to_see(plan, clock, here),
        barred=_barred(plan, who, rooms),
        travel=tuple(Travel(t.from_site, t.to_site, t.minutes) for t in plan.travel),
        demands=demands,
        owed=owed,
        grid=_grid(plan, sites),
    )


def _grid(plan: Plan, sites: tuple[str, ...]) -> int:
    """The finest grid of the planned sites; raises ValueError when it does not fill an hour."""
    grid = min(s.grid for s in plan.sites if s.id in sites)
    if grid < 1 or 60 % grid:
        raise ValueError(f"A grid of {grid} minutes does not divide an hour. Use 5, 10, 15 or 30.")
    return grid


def _kept_apart(plan: Plan, clock: Clock, who: frozenset[str]) -> tuple[KeptApart, ...]:
    rows = (r for r in open_apart(plan, clock) if r.a in who and r.b in who)
    return tuple(KeptApart(r.a, r.b, r.level, r.gap) for r in rows)


def _safe_to_see(plan: Plan, clock: Clock, here: tuple[Stay, ...]) -> tuple[SafeToSee, ...]:
    """Settings of residents here; whoever stays with women and was not asked, as not asked."""
    rows = {row.resident: row for row in plan.safe_to_see}
    women = {s.id for s in plan.sites if s.women}
    out = []
    for person in sorted({s.person for s in here}):
        if person in rows:
            out.append(_safe(clock, rows[person]))
        elif any(s.person == person and s.site in women for s in here):
            out.append(SafeToSee(person))
    return tuple(out)


def _safe(clock: Clock, row: SafeRow) -> SafeToSee:
    timed = row.start is not None or row.end is not None
    hours = expand.daily(clock, row.start, row.end, (), expand.dates(clock)) if timed else ()
    return SafeToSee(
        row.resident, row.only, row.never, row.two_staff, hours, row.in_sight, row.gender
    )


def _barred(plan: Plan, who: frozenset[str], rooms: tuple[Room, ...]) -> tuple[Barred, ...]:
    known = {r.id for r in rooms}
    rows = (b for b in plan.barred if b.resident in who)
    return tuple(
        Barred(b.resident, b.site, b.room, b.accompanied)
        for b in rows
        if b.room is None or b.room in known
    )
