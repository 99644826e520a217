"""How long it takes to plan a published week again after one absence.

    python -m bench.replan --seeds 20 --seconds 60

The reference week is the demo's two premises planned together. For each seed it is solved in
full and taken as published; then somebody who leads a session is away on a day on which they
lead, and the week is planned again: as told at 7.45am the day before, the next 24 hours frozen,
and as told before the week, nothing frozen. Prints a table, and keeps the figures as JSON in
bench/replan.json. Figures are of this machine and no test's business.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

from pipe_sched.check import Referee, broken
from pipe_sched.core.clock import Clock
from pipe_sched.core.draw_up import draw_up
from pipe_sched.core.week import Absence, Assignment, Timetable, Week
from pipe_sched.demo.plan import build_plan
from pipe_sched.solve.run import Result, solve

SITES = ("kirk-lodge", "crowley-house")
KEPT = Path(__file__).with_name("replan.json")
TOLD_AT = 7 * 60 + 45
"""Wall minutes after midnight, on the day before, at which the absence becomes known."""
MOST = 0.2
"""The part of the full solve's time that planning again may take."""
HEAD = (
    f"{'seed':>4} {'away':<12}{'leads':>6}  {'full':>7}{'CPU':>7} {'status':<9} {'again':>7}"
    f"{'CPU':>7}{'ratio':>7}{'of CPU':>7}{'changes':>10} {'proven':<7}{'status':<9}"
    f"{'sessions':>9}{'people':>7}{'broken':>7}"
)


@dataclass(frozen=True)
class Row:
    """One absence planned for: seconds are wall and CPU seconds of the whole solve."""

    seed: int
    told: str
    away: str
    leads: int
    full: float
    full_cpu: float
    full_status: str
    again: float
    again_cpu: float
    again_status: str
    cost: int
    bound: int
    proven: bool
    sessions: int
    people: int
    broken: int

    @property
    def ratio(self) -> float:
        """Wall seconds of planning again for each of the full solve."""
        return self.again / self.full

    @property
    def cpu_ratio(self) -> float:
        """The same of CPU seconds."""
        return self.again_cpu / self.full_cpu


def main() -> None:
    """Run all seeds and print the tables as they grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many, from --first on")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--output", type=Path, default=KEPT, help="where the figures are kept")
    parser.add_argument("--heaviest", action="store_true", help="who leads most on one day")
    parser.add_argument("--comfort", type=float, help="seconds for comfort when planned again")
    args = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(HEAD)
    rows = []
    for seed in range(args.first, args.first + args.seeds):
        for row in _seed(seed, args):
            rows.append(row)
            print(_line(row), flush=True)
    for told in dict.fromkeys(r.told for r in rows):
        print(_summary(told, [r for r in rows if r.told == told]))
    args.output.write_text(json.dumps([asdict(r) for r in rows], indent=1) + "\n", "utf-8")
    print(f"The same as JSON: {args.output.parent.name}/{args.output.name}")


def reference_week() -> Week:
    """The demo's two premises, which share a psychologist, in one ordinary week."""
    clock = Clock(2026, 49)
    return draw_up(build_plan(clock), clock, SITES).week


def _seed(seed: int, args: argparse.Namespace) -> Iterator[Row]:
    week = reference_week()
    full = solve(week, seed=seed, seconds=args.seconds)
    person, day = an_absence(week, full.timetable, None if args.heaviest else seed)
    for told in ("the day before", "before the week"):
        later = after_absence(week, full.timetable, person, day)
        if told == "the day before":
            later = replace(later, now=week.clock.day(day - 1) + TOLD_AT)
        again = solve(
            later,
            seed=seed,
            seconds=args.seconds,
            hint=full.timetable,
            comfort_seconds=args.comfort,
        )
        yield _row(later, full, again, told, person, day)


def an_absence(week: Week, timetable: Timetable, seed: int | None) -> tuple[str, int]:
    """A member of staff and a day (0 is Monday) on which they lead: by chance, or the most."""
    staff = {p.id for p in week.people if p.type == "staff"}
    led = Counter(
        (lead.person, week.clock.index(a.start))
        for a in timetable.assignments
        for lead in a.staff
        if lead.person in staff
    )
    if seed is None:
        return max(sorted(led), key=lambda one: led[one])
    random = Random(seed)
    person = random.choice(sorted({p for p, _ in led}))
    return person, random.choice(sorted(day for p, day in led if p == person))


def after_absence(week: Week, published: Timetable, person: str, day: int) -> Week:
    """The week with this timetable published and the person away that whole local day."""
    absences = (*week.absences, Absence(person, week.clock.day_span(day)))
    return replace(week, published=published.assignments, absences=absences)


def _row(later: Week, full: Result, again: Result, told: str, person: str, day: int) -> Row:
    changes = next(t for t in again.tiers if t.tier == "changes")
    sessions, people = _changed(full.timetable.assignments, again.timetable.assignments)
    wrong = broken(Referee(later).findings(again.timetable))
    leads = [
        a
        for a in full.timetable.assignments
        if later.clock.index(a.start) == day and any(x.person == person for x in a.staff)
    ]
    return Row(
        full.seed,
        told,
        f"{person} {('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[day]}",
        len(leads),
        full.seconds,
        full.cpu_seconds,
        full.status,
        again.seconds,
        again.cpu_seconds,
        again.status,
        changes.cost,
        changes.bound,
        changes.proven,
        sessions,
        people,
        len(wrong),
    )


def _changed(before: Sequence[Assignment], after: Sequence[Assignment]) -> tuple[int, int]:
    """How many published sessions are not as they were, and how many people that touches."""
    now = {a.demand: a for a in after}
    sessions, people = 0, set()
    for old in before:
        new = now.get(old.demand)
        one, two = _people(old), _people(new) if new else set()
        same = new is not None and (new.start, new.room) == (old.start, old.room)
        sessions += not same or one != two
        people |= one ^ two if same else one | two
    return sessions, len({person for person, _ in people})


def _people(place: Assignment) -> set[tuple[str, str]]:
    led = {(x.person, x.role) for x in place.staff}
    return led | {(person, "attends") for person in place.attendees}


def _line(r: Row) -> str:
    changes = f"{r.cost} >= {r.bound}"
    return (
        f"{r.seed:>4} {r.away:<12}{r.leads:>6}  {r.full:>6.1f}s{r.full_cpu:>6.1f}s "
        f"{r.full_status:<9} {r.again:>6.2f}s{r.again_cpu:>6.2f}s{r.ratio:>7.3f}"
        f"{r.cpu_ratio:>7.3f}{changes:>10} {'yes' if r.proven else 'no':<7}"
        f"{r.again_status:<9}{r.sessions:>9}{r.people:>7}{r.broken:>7}  {r.told}"
    )


def _summary(told: str, rows: Sequence[Row]) -> str:
    quick = sum(r.ratio <= MOST for r in rows)
    quick_cpu = sum(r.cpu_ratio <= MOST for r in rows)
    return (
        f"told {told}: {quick} of {len(rows)} in at most a fifth of the time "
        f"({quick_cpu} of the CPU time), the most {max(r.ratio for r in rows):.3f}; "
        f"fewest changes proven {sum(r.proven for r in rows)} of {len(rows)}; "
        f"musts broken {sum(r.broken for r in rows)}"
    )


if __name__ == "__main__":
    main()
