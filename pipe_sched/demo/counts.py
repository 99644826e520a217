"""How many sessions of each kind are due at each premises of a plan, as a printed table."""

from __future__ import annotations

from collections import Counter

from pipe_sched.core.clock import Clock
from pipe_sched.core.due import due
from pipe_sched.core.kinds import KINDS
from pipe_sched.core.plan import Plan


def counts(plan: Plan, clock: Clock) -> dict[str, Counter[str]]:
    """Sessions due in the week, by site id and kind."""
    found = {site.id: Counter[str]() for site in plan.sites}
    for item in due(plan, clock, tuple(found)).items:
        found[item.programme.site][item.programme.kind] += 1
    return found


def table(plan: Plan, clock: Clock) -> str:
    """The counts as lines of text, one kind a line, one column a site, totals last."""
    found = counts(plan, clock)
    sites = [site.name for site in plan.sites]
    rows = [(KINDS[k], [found[s.id][k] for s in plan.sites]) for k in KINDS]
    rows = [row for row in rows if any(row[1])]
    rows.append(("All", [found[s.id].total() for s in plan.sites]))
    head = f"{f'Sessions due in {clock}':32}" + "".join(f"{name:>16}" for name in sites)
    lines = [f"{name:32}" + "".join(f"{n:>16}" for n in numbers) for name, numbers in rows]
    return "\n".join([head, *lines])
