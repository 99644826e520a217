"""Whether the numbers of a frozen week are possible: no room without a seat, no price below 0.

Part of `sound`. The bounds keep every sum that the planner forms exact, and every
minute a date.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from pipe_sched.core.week import Demand, Limits, Site, Week

FAR = 40 * 1440
"""Minutes: nothing in a week lies further than this from its Monday."""
DEAREST = 1_000_000
"""The most that a price or a worth may be."""
MANY = 1000
"""The most people, attendances or changes that anything may ask for."""


def far_away(minute: int) -> bool:
    """Whether a minute lies further than 40 days from the week's Monday."""
    return abs(minute) > FAR


def wrong_numbers(week: Week) -> Iterator[str]:
    """A sentence for every number that cannot be."""
    for site in week.sites:
        yield from _of_site(site)
    for room in week.rooms:
        if room.seats < 1:
            yield f"rooms[{room.id}].seats: {room.seats}. A room has at least 1 seat."
        yield from _below_0(f"rooms[{room.id}].turn_round", room.turn_round)
    yield from _rows_below_0(week)
    for i, owed in enumerate(week.owed):
        yield from _count(f"owed[{i}].count", owed.count)
        yield from _price(f"owed[{i}].worth", owed.worth)
    for table, places in (("pins", week.pins), ("published", week.published)):
        for a in places:
            yield from _far(f"{table}[{a.demand}].start", a.start)
    yield from _count("most_changes", week.most_changes or 0)
    for d in week.demands:
        yield from _of_demand(d)


def _rows_below_0(week: Week) -> Iterator[str]:
    tables = (
        ("travel", "minutes", week.travel),
        ("commitments", "travel", week.commitments),
        ("kept_apart", "gap", week.kept_apart),
    )
    for table, name, rows in tables:
        for i, row in enumerate(rows):
            yield from _below_0(f"{table}[{i}].{name}", getattr(row, name))


def _of_site(site: Site) -> Iterator[str]:
    place = f"sites[{site.id}]"
    for field in dataclasses.fields(Limits):
        yield from _below_0(f"{place}.limits.{field.name}", getattr(site.limits, field.name))
    for i, band in enumerate(site.cover):
        yield from _count(f"{place}.cover[{i}].minimum", band.minimum)
    for i, block in enumerate(site.routine):
        yield from _below_0(f"{place}.routine[{i}].after", block.after)
    for setting in site.rules:
        yield from _price(f"{place}.rules[{setting.rule}].price", setting.price or 0)


def _of_demand(d: Demand) -> Iterator[str]:
    place = f"demands[{d.id}]"
    if not 1 <= d.minutes <= 24 * 60:
        yield f"{place}.minutes: {d.minutes}. A session lasts 1 to 1,440 minutes."
    elif d.windows and all(w.minutes < d.minutes for w in d.windows):
        longest = max(w.minutes for w in d.windows)
        yield (
            f"{place}: {d.minutes} minutes do not fit its windows, of which the "
            f"longest has {longest}. Shorten the session or widen a window."
        )
    if d.largest < d.smallest:
        yield f"{place}: largest {d.largest} is below smallest {d.smallest}."
    for name in ("gap", "step"):
        yield from _below_0(f"{place}.{name}", getattr(d, name))
    for name in ("quorum", "smallest"):
        yield from _count(f"{place}.{name}", getattr(d, name))
    yield from _price(f"{place}.worth", d.worth)
    yield from _far(f"{place}.usual", d.usual or 0)
    yield from _of_people(d, place)


def _of_people(d: Demand, place: str) -> Iterator[str]:
    names = [role.name for role in d.roles]
    if len(set(names)) != len(names) or "attends" in names:
        yield f"{place}.roles: each role needs its own name, and none may be “attends”."
    for role in d.roles:
        yield from _count(f"{place}.roles[{role.name}].count", role.count)
        for person in (p for p, n in Counter(role.people).items() if n > 1):
            yield f"{place}.roles[{role.name}]: “{person}” is named more than once."
    if len(set(d.attendees)) != len(d.attendees):
        yield f"{place}: someone is asked for twice among its attendees."


def _below_0(place: str, number: int) -> Iterator[str]:
    if number < 0:
        yield f"{place}: {number}. Use 0 or more."


def _count(place: str, number: int) -> Iterator[str]:
    if not 0 <= number <= MANY:
        yield f"{place}: {number}. Use 0 to {MANY:,}."


def _price(place: str, number: int) -> Iterator[str]:
    if not 0 <= number <= DEAREST:
        yield f"{place}: {number}. Use 0 to {DEAREST:,}."


def _far(place: str, minute: int) -> Iterator[str]:
    if far_away(minute):
        yield f"{place}: {minute} is not in the week nor near it."
