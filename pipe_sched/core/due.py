"""What is due in a week: programme, stays and delivery record in, sessions with ids out.

Ids are made of site, programme, person (or "group") and number, step or "catch-up", so
that drawing up again, or one more resident, never renames a session: pins, feeds and
the record hang on them. Everything is counted from before the week's Monday.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from urllib.parse import quote

from pipe_sched.core import phrase, places
from pipe_sched.core.carry import CATCH_UP, catch_up
from pipe_sched.core.clock import Clock
from pipe_sched.core.expand import daily, dates, within
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.plan import Plan, ProgrammeRow
from pipe_sched.core.record import Record
from pipe_sched.core.spans import Span, Spans, common, without
from pipe_sched.core.takers import Taker, Takers
from pipe_sched.core.turns import Case, Turn, Turns, turns

GROUP = "group"
"""Stands for the person in the id of a session that is not one person's."""


@dataclass(frozen=True, slots=True)
class Due:
    """One session due. `number` counts within the week, `step` in a series (0: none).

    `person` is whose it is, None for a group; `takers` are those who may attend a group.
    `follows` is the id of the step before when that is due this week too.
    """

    id: str
    programme: ProgrammeRow
    person: str | None
    windows: Spans
    number: int = 1
    overdue: bool = False
    catch_up: bool = False
    series: str | None = None
    step: int = 0
    follows: str | None = None
    takers: tuple[Taker, ...] = ()


@dataclass(frozen=True, slots=True)
class DueWeek:
    """Everything due, sites and programmes in the order of the plan, and what to tell people."""

    items: tuple[Due, ...] = ()
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """A programme's settings for the week and the dates on which they are in force."""

    row: ProgrammeRow
    dates: frozenset[date] = field(default_factory=frozenset)


def running(plan: Plan, clock: Clock, site: str) -> tuple[Running, ...]:
    """The programmes of a site that run in the week.

    Settings are dated: rows with one id are versions of one programme, and a later one takes
    over from its date. The version in force on most of the week's dates counts for all of it
    (the later one when even), on the dates on which any version is in force.
    """
    found: dict[str, list[ProgrammeRow]] = {}
    for row in plan.programmes:
        if row.site == site:
            found.setdefault(row.id, []).append(row)
    runs = (_in_force(clock, versions) for versions in found.values())
    return tuple(run for run in runs if run is not None)


def _in_force(clock: Clock, versions: list[ProgrammeRow]) -> Running | None:
    versions = sorted(versions, key=lambda v: v.since or date.min)
    on: dict[date, int] = {}
    for day in dates(clock):
        begun = [n for n, v in enumerate(versions) if within(day, v.since, v.until)]
        if begun:
            on[day] = begun[-1]
    if not on:
        return None
    days = Counter(on.values())
    return Running(versions[max(days, key=lambda n: (days[n], n))], frozenset(on))


def due_id(site: str, programme: str, who: str | None, label: str) -> str:
    """The stable id of a session due: ASCII, no spaces, four parts joined by colons."""
    return ":".join(quote(part, safe="") for part in (site, programme, who or GROUP, label))


def due(plan: Plan, clock: Clock, sites: Iterable[str]) -> DueWeek:
    """What is due at these sites in this week.

    Raises:
        ValueError: two sessions would have one id; the sentence names it.
    """
    drawing = _Drawing(plan, clock)
    items: list[Due] = []
    notes: list[Phrase] = []
    for site in sites:
        for run in running(plan, clock, site):
            found, told = drawing.programme(run)
            items.extend(found)
            notes.extend(told)
    twice = [id_ for id_, n in Counter(d.id for d in items).items() if n > 1]
    if twice:
        raise ValueError(f"Two sessions would be “{twice[0]}”. Give each programme its own id.")
    return DueWeek(tuple(items), tuple(dict.fromkeys(notes)))


def paused_kinds(plan: Plan, clock: Clock, site: str) -> frozenset[str]:
    """The kinds of which no programme at the site runs on bank holidays."""
    rows = [run.row for run in running(plan, clock, site)]
    going = {r.kind for r in rows if r.on_bank_holidays}
    return frozenset(r.kind for r in rows if r.kind not in going)


@dataclass(frozen=True)
class _Drawing:
    """One plan and week with the look-ups that every programme needs."""

    plan: Plan
    clock: Clock

    @cached_property
    def record(self) -> Record:
        return Record(self.plan, self.clock)

    @cached_property
    def takers(self) -> Takers:
        return Takers(self.plan, self.clock)

    def programme(self, run: Running) -> tuple[list[Due], list[Phrase]]:
        """One programme's sessions due."""
        row = run.row
        windows = self.windows(run)
        hours = places.hours_for(places.hours(self.plan, self.clock, row.site), row.kind)
        everywhen = _inside(windows, hours)
        off = () if row.on_bank_holidays else self._holidays()
        possible = without_days(everywhen, off)
        if _fits(everywhen, row.minutes) and not _fits(possible, row.minutes):
            words = "{0} at {1} is not due: it does not run on bank holidays."
            return [], [Phrase(words, (phrase.kind(row.kind), phrase.site(row.site)))]
        windows = windows if self._pause_removes(row) else without_days(windows, off)
        if not windows:
            return [], []
        if not _fits(possible, row.minutes):
            possible = windows  # never fits: due all the same, so that the reason is told
        takers = self.takers.of(row)
        if row.whom == "group":
            return self._group(row, windows, possible, takers)
        return self._each(row, windows, possible, takers)

    def windows(self, run: Running) -> Spans:
        """Where the programme allows its sessions, one window a day."""
        row = run.row
        on = sorted(run.dates)
        return daily(self.clock, row.not_before, row.not_after, row.days, on)

    def _holidays(self) -> Spans:
        days = (i for i in range(7) if self.clock.date_of(i) in self.plan.bank_holidays)
        return tuple(self.clock.day_span(i) for i in days)

    def _pause_removes(self, row: ProgrammeRow) -> bool:
        """Whether the week's own pauses keep this kind off bank holidays, if need be."""
        return row.on_bank_holidays or row.kind in paused_kinds(self.plan, self.clock, row.site)

    def _group(
        self, row: ProgrammeRow, windows: Spans, possible: Spans, takers: tuple[Taker, ...]
    ) -> tuple[list[Due], list[Phrase]]:
        case = Case(row, self.clock, self.record, None, row.anchor or row.since, windows, possible)
        found, notes = _turns(case)
        who = tuple(t for t in takers if t.whole(self.clock, windows, possible, row.minutes))
        return [replace(d, takers=who) for d in _named(case, found)], list(notes)

    def _each(
        self, row: ProgrammeRow, windows: Spans, possible: Spans, takers: tuple[Taker, ...]
    ) -> tuple[list[Due], list[Phrase]]:
        items: list[Due] = []
        notes: list[Phrase] = []
        for taker in takers:
            mine = tuple(w for w in windows if taker.active(self.clock, w))
            free = common(possible, taker.spans)
            free = tuple(s for w in mine for s in common((w,), free))
            if not _fits(free, row.minutes):
                continue
            since = taker.since or row.anchor or row.since
            case = Case(row, self.clock, self.record, taker.person, since, mine, free)
            found, told = _turns(case)
            items.extend(_named(case, found))
            notes.extend(told)
        return items, notes


def _turns(case: Case) -> Turns:
    """The regular turns, then a catch-up."""
    regular, told = turns(case)
    extra, more = catch_up(case)
    return (*regular, *extra), (*told, *more)


def _named(case: Case, found: Iterable[Turn]) -> list[Due]:
    row, person = case.row, case.person
    series = None
    if row.often == "series":
        series = f"{row.id}:{person}" if person else row.id
    ids = {t.step: due_id(row.site, row.id, person, t.label) for t in found if t.step}
    return [
        Due(
            due_id(row.site, row.id, person, t.label),
            row,
            person,
            t.windows,
            t.number,
            t.overdue,
            t.label == CATCH_UP,
            series,
            t.step,
            ids.get(t.step - 1),
        )
        for t in found
    ]


def _inside(windows: Spans, hours: Spans | None) -> Spans:
    if hours is None:
        return windows
    return tuple(s for w in windows for s in common((w,), hours))


def without_days(windows: Spans, days: Spans) -> Spans:
    """The windows less some whole days, each window kept apart from its neighbours."""
    return tuple(s for w in windows for s in without((w,), days))


def _fits(spans: Iterable[Span], minutes: int) -> bool:
    return any(s.minutes >= minutes for s in spans)
