"""The people of a week and what they did in the twelve weeks before.

Only people who matter to the planned sites are in a week, so that a worker file or a
snapshot never carries more than its problem needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from pipe_sched.core import places, stays
from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import DeliveryRow, OutsideRow, Plan, ResidentRow, StaffRow
from pipe_sched.core.week import Demand, Limits, Load, Person, Stay

BASE_WEEKS = 12
"""Weeks before this one whose sessions are the base of fair loads."""


def relevant(
    plan: Plan,
    clock: Clock,
    sites: tuple[str, ...],
    demands: Iterable[Demand],
    all_stays: Iterable[Stay],
    named: frozenset[str],
) -> frozenset[str]:
    """Staff of the sites (shared ones too), residents staying or due there, whoever is named.

    `named` are people of earlier versions, who count as far as the plan still knows them.
    """
    here = set(sites)
    found = {s.id for s in stays.in_service(plan, clock) if here.intersection(s.sites)}
    found |= {s.person for s in all_stays if s.site in here}
    for d in demands:
        workers = (d.own_worker, d.back_up, d.third)
        found.update(d.attendees, d.excused, *(role.people for role in d.roles))
        found.update(p for p in workers if p)
    for safe in plan.safe_to_see:
        if safe.resident in found:
            found.update(safe.only, safe.never)
    found |= _managers(plan, found)
    known = {s.id for s in plan.staff} | {o.id for o in plan.outside}
    known |= {r.id for r in plan.residents}
    found |= named & known
    unknown = sorted(found - known)
    if unknown:
        raise ValueError(
            f"“{unknown[0]}” takes part this week but is not among the staff, outside people "
            "or residents. Add them there or correct the id."
        )
    return frozenset(found)


def _managers(plan: Plan, found: set[str]) -> set[str]:
    """The line managers of these people, theirs, and so on."""
    above = {s.id: s.manager for s in plan.staff}
    out: set[str] = set()
    for person in found:
        boss = above.get(person)
        while boss is not None and boss not in out:
            out.add(boss)
            boss = above.get(boss)
    return out


def people(
    plan: Plan, clock: Clock, sites: tuple[str, ...], who: frozenset[str], here: tuple[Stay, ...]
) -> tuple[Person, ...]:
    """The week's people: staff, outside people, residents, each in the order of the plan.

    Home is where staff first work, where residents stay, where outside people say they are
    free; the first planned site for whoever has none.
    """
    base = loads(plan, clock)
    home = {s.person: s.site for s in reversed(here)}
    staff = (_staff(s, sites[0], base[s.id]) for s in plan.staff if s.id in who)
    outside = (_outside(o, plan, sites[0]) for o in plan.outside if o.id in who)
    staying = (r for r in plan.residents if r.id in who)
    residents = (_resident(r, home.get(r.id, sites[0]), who) for r in staying)
    return (*staff, *outside, *residents)


def _staff(row: StaffRow, home: str, base: Load) -> Person:
    return Person(
        row.id,
        "staff",
        row.sites[0] if row.sites else home,
        row.job,
        row.gender,
        row.manager,
        row.counts,
        row.visiting,
        row.womens_one_to_ones,
        base=base,
        several_sites_a_day=row.several_sites_a_day,
    )


def _outside(row: OutsideRow, plan: Plan, home: str) -> Person:
    sites = next((f.sites for f in plan.free if f.person == row.id and f.sites), (home,))
    return Person(row.id, "outside", sites[0], row.job, row.gender)


def _resident(row: ResidentRow, site: str, who: frozenset[str]) -> Person:
    """The resident. Of the lists, those whom the week knows: nobody else could lead here."""
    return Person(
        row.id,
        "resident",
        site,
        gender=row.gender,
        step_free=row.step_free,
        hidden_from=tuple(p for p in row.hidden_from if p in who),
        restricted=row.restricted,
        seen_by=tuple(p for p in row.seen_by if p in who) if row.restricted else (),
    )


def loads(plan: Plan, clock: Clock) -> Mapping[str, Load]:
    """Each staff member's sessions in the 12 weeks before; newcomers at their job's average.

    A newcomer is someone in service for less than the 12 weeks, or nowhere in the record.
    """
    since = clock.monday - timedelta(weeks=BASE_WEEKS)
    limits = {s.id: places.limits(s) for s in plan.sites}
    done: dict[str, Load] = {}
    for person, rows in _sessions(plan, since, clock.monday).items():
        done[person] = Load()
        own = next((s.sites for s in plan.staff if s.id == person), ())
        numbers = limits.get(own[0], Limits()) if own else Limits()
        for row in rows:
            done[person] = _more(done[person], row, numbers.evening_from)
    settled = [s for s in plan.staff if s.id in done and not (s.since and s.since > since)]
    return {s.id: done[s.id] if s in settled else _average(s, settled, done) for s in plan.staff}


def _sessions(plan: Plan, since: date, before: date) -> Mapping[str, Iterable[DeliveryRow]]:
    """For each staff member the sessions they led or attended, each once."""
    staff: set[str | None] = {s.id for s in plan.staff}
    out: dict[str | None, dict[tuple[object, ...], DeliveryRow]] = {}
    for row in plan.deliveries:
        if row.outcome == "held" and since <= row.date < before:
            for person in staff.intersection((row.led_by, row.person)):
                key = (row.programme, row.date, row.start)
                out.setdefault(person, {}).setdefault(key, row)
    return {person: tuple(rows.values()) for person, rows in out.items() if person}


def _more(load: Load, row: DeliveryRow, evening_from: int) -> Load:
    evening = row.start.hour * 60 + row.start.minute >= evening_from
    return Load(
        load.contact + row.minutes,
        load.evenings + evening,
        load.weekends + (row.date.isoweekday() > 5),
    )


def _average(row: StaffRow, settled: list[StaffRow], done: Mapping[str, Load]) -> Load:
    loads = [done[s.id] for s in settled if s.job == row.job]
    if not loads:
        return done.get(row.id, Load())
    n = len(loads)
    return Load(
        sum(x.contact for x in loads) // n,
        sum(x.evenings for x in loads) // n,
        sum(x.weekends for x in loads) // n,
    )
