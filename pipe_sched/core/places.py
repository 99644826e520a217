"""Sites and rooms of a plan as the week sees them.

Hours, routine, cover and closures are rules about places; they are laid out for one
week here, with the site's own numbers and rule levels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from pipe_sched.core.clock import Clock
from pipe_sched.core.expand import between, cut, daily, dates, surroundings
from pipe_sched.core.plan import Plan, RoomRow, SiteRow
from pipe_sched.core.spans import Span, Spans
from pipe_sched.core.week import Band, Block, Hours, Limits, Pause, Room, RuleSetting, Site

DEFAULT_COVER = 2
"""People on the floor of approved premises when no cover row says otherwise [A]."""


def site(plan: Plan, clock: Clock, row: SiteRow, paused: Iterable[str]) -> Site:
    """One site in one week; `paused` are the kinds that do not run on bank holidays."""
    kinds = tuple(sorted(paused))
    holidays = [i for i in range(7) if clock.date_of(i) in plan.bank_holidays]
    return Site(
        row.id,
        row.type,
        row.women,
        hours=hours(plan, clock, row.id),
        pauses=tuple(Pause(clock.day_span(i), kinds) for i in holidays if kinds),
        routine=_routine(plan, clock, row.id),
        cover=_cover(plan, clock, row),
        limits=limits(row),
        rules=tuple(
            RuleSetting(r.rule, r.level, r.tier, r.price) for r in plan.rules if r.site == row.id
        ),
    )


def hours(plan: Plan, clock: Clock, site_id: str) -> tuple[Hours, ...]:
    """The site's hours, rows for the same kinds together."""
    found: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    for row in plan.hours:
        if row.site == site_id:
            spans = daily(clock, row.start, row.end, row.days, dates(clock))
            found[tuple(sorted(row.kinds))].extend(spans)
    return tuple(Hours(tuple(sorted(spans)), kinds) for kinds, spans in sorted(found.items()))


def hours_for(all_hours: Iterable[Hours], kind: str) -> Spans | None:
    """The windows in which a kind may run; None when the site named no hours for it."""
    every = tuple(all_hours)
    own = [h for h in every if kind in h.kinds] or [h for h in every if not h.kinds]
    return tuple(s for h in own for s in h.windows) if own else None


def limits(row: SiteRow) -> Limits:
    """The site's numbers; raises ValueError for one that no rule knows."""
    known = {f.name for f in fields(Limits)}
    given: dict[str, Any] = {}
    for name, value in row.limits:
        if name not in known:
            raise ValueError(
                f"Site “{row.id}” sets “{name}”, which no rule knows. "
                f"Known are: {', '.join(sorted(known))}."
            )
        given[name] = bool(value) if name == "one_site_a_day" else value
    return replace(Limits(), **given)


def _routine(plan: Plan, clock: Clock, site_id: str) -> tuple[Block, ...]:
    out: list[Block] = []
    for row in plan.routine:
        if row.site == site_id:
            spans = daily(clock, row.start, row.end, row.days, dates(clock, -1, 7))
            near = (s for s in spans if s.end + row.after > 0)
            out.extend(Block(row.name, s, row.spares, row.after) for s in near)
    return tuple(sorted(out, key=lambda b: (b.span, b.name)))


def _cover(plan: Plan, clock: Clock, row: SiteRow) -> tuple[Band, ...]:
    """Bands cut to the week: cover is judged only where its sessions lie."""
    whole = Span(0, clock.length)
    rows = [c for c in plan.cover if c.site == row.id]
    if not rows:
        return (Band(whole, DEFAULT_COVER),) if row.type == "approved_premises" else ()
    found = []
    for c in rows:
        for span in daily(clock, c.start, c.end, c.days, dates(clock, -1, 7)):
            inside = cut(span, whole)
            if inside:
                found.append(Band(inside, c.minimum))
    return tuple(sorted(found, key=lambda b: (b.span, b.minimum)))


def rooms(plan: Plan, clock: Clock, sites: Iterable[str]) -> tuple[Room, ...]:
    """The rooms of these sites with the times they are closed."""
    wanted = set(sites)
    closed = _closures(plan, clock)
    found = tuple(r for r in plan.rooms if r.site in wanted)
    known = frozenset(r.id for r in found)
    return tuple(_room(r, known, closed.get(r.id, ())) for r in found)


def _closures(plan: Plan, clock: Clock) -> dict[str, Spans]:
    out: dict[str, Spans] = {}
    for row in plan.rooms_closed:
        span = cut(between(clock, row, row.room), surroundings(clock))
        if span:
            out[row.room] = (*out.get(row.room, ()), span)
    return out


def _room(row: RoomRow, known: frozenset[str], closed: Spans) -> Room:
    return Room(
        row.id,
        row.site,
        row.seats,
        row.features,
        tuple(r for r in row.next_to if r in known),
        row.turn_round,
        closed=tuple(sorted(closed)),
    )
