"""A naive referee: which must-rules a timetable breaks, and what it costs, minute by minute.

    broken(week, timetable) -> {"one_place", ...}
    price(week, timetable) -> {"held": 140, "changes": 0, "comfort": 95}

It shares only the frozen values and the clock with the program. It is slow and lives in the
tests alone, to catch rules, referee and solver being wrong in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipe_sched.core.week import Assignment, Demand, Lead, Timetable, Week
from tests import oracle_musts, oracle_shoulds
from tests.oracle_musts import Sites
from tests.oracle_world import World

TIERS = ("held", "changes", "comfort")
NEEDS_THE_PLAN = {
    "asked_for",
    "frozen",
    "group_size",
    "kept_here",
    "key_worker",
    "one_session_per_room",
    "right_people_lead",
    "room_fits",
    "series_order",
}
"""Rules that one worker and one resident at one start cannot be held to without the rest."""


def broken(week: Week, timetable: Timetable) -> set[str]:
    """The names of the must-rules that the timetable breaks at a site where they are musts."""
    w = World(week, timetable)
    out = set()
    for name, sites in musts(w):
        if any(w.level(name, site) == "must" for site in sites):
            out.add(name)
    for name, (_, _, count) in oracle_shoulds.RULES.items():
        if any(n and w.level(name, site) == "must" for site, n in count(w)):
            out.add(name)
    return out


def price(week: Week, timetable: Timetable) -> dict[str, int]:
    """The cost per tier of the should-rules."""
    out = dict.fromkeys(TIERS, 0)
    for (_, tier), cost in costs(week, timetable).items():
        out[tier] += cost
    return out


def costs(week: Week, timetable: Timetable) -> dict[tuple[str, str], int]:
    """The cost of each should-rule in the tier where it counts; zeros are left out."""
    w = World(week, timetable)
    out: dict[tuple[str, str], int] = {}
    for name, (base_tier, base_price, count) in oracle_shoulds.RULES.items():
        for site, n in count(w):
            if n and w.level(name, site) == "should":
                own = next((r for r in w.sites[site].rules if r.rule == name), None)
                tier = own.tier if own and own.tier else base_tier
                each = base_price if own is None or own.price is None else own.price
                out[name, tier] = out.get((name, tier), 0) + n * each
    return {key: cost for key, cost in out.items() if cost}


def musts(w: World) -> Iterator[tuple[str, list[str]]]:
    """Every must-rule with the sites at which it is broken."""
    for name, rule in oracle_musts.RULES.items():
        yield name, list(rule(w))
    yield "key_worker", list(key_worker(w))
    yield "frozen", list(frozen(w))
    yield "most_changes", list(most_changes(w))


def key_worker(w: World) -> Sites:
    """Who leads key work and is not the own worker, nor back-up in need, nor named third."""
    for s in w.sessions:
        if s.d.own_worker is not None:
            allowed = {s.d.own_worker, s.d.third}
            others = s.leaders - allowed
            if others and (others != {s.d.back_up} or _own_could(w.week, s.d)):
                yield s.site


def _own_could(week: Week, d: Demand) -> bool:
    """Whether own worker and resident share a start that the other musts allow (reading 7)."""
    role = next((r.name for r in d.roles if d.own_worker in r.people), None)
    if role is None:
        return False
    # A second person who is still missing breaks nothing yet.
    safe = tuple(replace(x, two_staff=False) for x in week.safe_to_see)
    bare = replace(week, published=(), pins=(), cancelled=(), most_changes=None, now=None)
    alone = replace(bare, safe_to_see=safe)
    leads = (Lead(role, str(d.own_worker)),)
    for start in range(-1440, week.clock.length + 1440, 1):
        if start % week.grid == 0 and any(
            x.start <= start and start + d.minutes <= x.end for x in d.windows
        ):
            place = Assignment(d.id, start, None, leads, d.required)
            if not _breaks(World(alone, Timetable((place,))), NEEDS_THE_PLAN):
                return True
    return False


def _breaks(w: World, but: set[str]) -> bool:
    rules = ((name, rule) for name, rule in oracle_musts.RULES.items() if name not in but)
    return any(w.level(name, site) == "must" for name, rule in rules for site in rule(w))


def frozen(w: World) -> Sites:
    """A session begun, past or within 24 hours is moved only when it is itself broken."""
    for old in w.week.published:
        if w.week.now is None or old.demand not in w.demands or old.start > w.week.now + 1440:
            continue
        if old.demand in w.week.cancelled:
            continue
        new = w.held.get(old.demand)
        if new is None or (new.a.start, new.a.room) != (old.start, old.room):
            bare = replace(w.week, pins=(), now=None, most_changes=None)
            alone = World(bare, Timetable((old,)))
            leads = [("key_worker", x) for x in key_worker(alone)]
            leads += [("same_worker", x) for x, _ in oracle_shoulds.same_worker(alone)]
            wrong_lead = any(w.level(name, x) == "must" for name, x in leads)
            if not wrong_lead and not _breaks(alone, {"series_order", "kept_here"}):
                yield w.demands[old.demand].site


def most_changes(w: World) -> Sites:
    """The changes of the whole run, urgency left out, are told at the first planned site."""
    due = [a for a in w.week.published if a.demand in w.demands]
    counted = [oracle_shoulds.changes(w, a) for a in due if a.demand not in w.week.cancelled]
    if w.week.most_changes is not None and sum(counted) > w.week.most_changes:
        yield w.week.plans[0]
