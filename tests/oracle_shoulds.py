"""The should-rules counted naively: what a timetable costs, rule by rule.

Each function answers pairs of a site and a number: price of the claim times breach, still to be
multiplied by the rule's price at that site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from pipe_sched.core.week import Assignment, Person
from tests.oracle_world import Session, World, booked, gap, minutes_of, overlap, stretch

Counts = Iterator[tuple[str, int]]
RULES: dict[str, tuple[str, int, Callable[[World], Counts]]] = {}
"""Tier, default price and count of each should-rule."""


def rule(tier: str, price: int) -> Callable[[Callable[[World], Counts]], Callable[[World], Counts]]:
    """Enter a count under its own name."""

    def enter(count: Callable[[World], Counts]) -> Callable[[World], Counts]:
        RULES[count.__name__] = (tier, price, count)
        return count

    return enter


@rule("held", 1)
def every_session_held(w: World) -> Counts:
    for d in w.week.demands:
        if d.id not in w.held:
            yield d.site, d.worth


@rule("held", 1)
def owed_attendance(w: World) -> Counts:
    for owed in w.week.owed:
        given = 0
        for s in w.sessions:
            if s.d.id in owed.demands and owed.person in s.a.attendees:
                given += 1
        yield w.people[owed.person].site, owed.worth * max(0, owed.count - given)


@rule("held", 5)
def expected_come(w: World) -> Counts:
    for s in w.sessions:
        for person in set(s.d.expected) - set(s.d.excused):
            if person not in s.people:
                yield s.site, 1


@rule("changes", 1)
def keep_published(w: World) -> Counts:
    for old in w.week.published:
        if old.demand in w.demands and old.demand not in w.week.cancelled:
            yield w.demands[old.demand].site, changes(w, old) * _urgency(w, old)


def changes(w: World, old: Assignment) -> int:
    """One for start, one for room, one for each person changed; in full when dropped."""
    if old.demand not in w.held:
        return 1 + (old.room is not None) + len(old.staff) + len(old.attendees)
    new = w.held[old.demand].a
    changed = int(new.start != old.start)
    changed += old.room is not None and new.room != old.room
    changed += sum(lead not in new.staff for lead in old.staff)
    changed += sum(p not in new.attendees for p in old.attendees)
    return changed + sum(p not in old.attendees for p in new.attendees)


def _urgency(w: World, old: Assignment) -> int:
    if w.week.now is None:
        return 1
    hours = (old.start - w.week.now) / 60
    return 3 if hours <= 24 else 2 if hours <= 72 else 1


@rule("comfort", 120)
def same_worker(w: World) -> Counts:
    for s in w.sessions:
        regular = s.d.regular
        may = any(regular in role.people for role in s.d.roles)
        if regular is not None and may and regular not in s.leaders:
            yield s.site, 1


@rule("comfort", 60)
def same_time(w: World) -> Counts:
    for s in w.sessions:
        usual = s.d.usual
        if usual is None:
            continue
        other_day = w.day(s.a.start) != w.day(usual)
        off = abs(w.wall(s.a.start) - w.wall(usual))
        if other_day or off > w.sites[s.site].limits.same_time:
            yield s.site, 1


@rule("comfort", 2)
def liked_times(w: World) -> Counts:
    for s in w.sessions:
        if s.d.liked:
            liked = minutes_of(stretch(x.start, x.end) for x in s.d.liked)
            yield s.site, sum(minute not in liked for minute in s.minutes)


@rule("comfort", 60)
def sessions_a_day(w: World) -> Counts:
    for p in residents(w):
        for day in range(7):
            planned = sum(w.day(s.a.start) == day for s in w.of(p.id))
            elsewhere = sum(w.day(b.span.start) == day for b in w.bookings(p.id))
            most = w.limits(p.id).sessions_a_day
            yield p.site, max(0, planned - max(0, most - elsewhere))


@rule("comfort", 20)
def neighbouring_days(w: World) -> Counts:
    for p in residents(w):
        here = [(s.d.kind, w.day(s.a.start)) for s in w.of(p.id)]
        for (kind, day), (other, next_day) in combinations(here, 2):
            if kind == other and abs(day - next_day) == 1:
                yield p.site, 1
        for b in w.bookings(p.id):
            near = [k for k, day in here if k == b.kind and abs(day - w.day(b.span.start)) == 1]
            yield p.site, len(near)


@rule("comfort", 40)
def pause_between(w: World) -> Counts:
    for p in residents(w):
        pause = w.limits(p.id).resident_pause
        here = [s.minutes for s in w.of(p.id)]
        yield p.site, sum(gap(a, b) < pause for a, b in combinations(here, 2))
        for b in w.bookings(p.id):
            yield p.site, sum(gap(booked(b), one) < pause for one in here)


@rule("comfort", 10)
def small_group(w: World) -> Counts:
    for s in w.sessions:
        if any(a.demand == s.d.id for a in w.week.published):
            yield s.site, max(0, s.d.smallest - len(s.a.attendees))


def residents(w: World) -> list[Person]:
    """All residents."""
    return [p for p in w.week.people if p.type == "resident"]


def alike(w: World) -> list[list[Person]]:
    """Staff of one job and home site with a shift this week, where there are two or more."""
    groups: dict[tuple[str, str], list[Person]] = {}
    week = range(w.clock.length)
    for p in w.week.people:
        shifts = (s for s in w.week.shifts if s.person == p.id and not s.on_call)
        works = any(overlap(stretch(s.span.start, s.span.end), week) for s in shifts)
        if p.type == "staff" and p.job and works:
            groups.setdefault((p.site, p.job), []).append(p)
    return [group for group in groups.values() if len(group) > 1]


def loads(w: World, p: Person) -> list[tuple[int, int]]:
    """(start, minutes) of everything a worker leads or attends that starts this week."""
    found = [(s.a.start, s.d.minutes) for s in w.of(p.id)]
    spans = [b.span for b in w.bookings(p.id)]
    return found + [(s.start, s.minutes) for s in spans if 0 <= s.start < w.clock.length]


@rule("comfort", 2)
def fair_contact(w: World) -> Counts:
    for group in alike(w):
        if any(w.may_be_in(d, p.id) for d in w.week.demands for p in group):
            totals = [p.base.contact + sum(m for _, m in loads(w, p)) for p in group]
            yield group[0].site, (max(totals) - min(totals)) // 15


@rule("comfort", 20)
def fair_evenings(w: World) -> Counts:
    def evening(p: Person, start: int) -> bool:
        return w.wall(start) >= w.limits(p.id).evening_from

    yield from _counted(w, evening, lambda p: p.base.evenings)


@rule("comfort", 20)
def fair_weekends(w: World) -> Counts:
    yield from _counted(w, lambda _, start: w.day(start) in (5, 6), lambda p: p.base.weekends)


def _counted(
    w: World, counts: Callable[[Person, int], bool], base: Callable[[Person], int]
) -> Counts:
    for group in alike(w):
        if _possible(w, group, counts):
            totals = [base(p) + sum(counts(p, start) for start, _ in loads(w, p)) for p in group]
            yield group[0].site, max(totals) - min(totals)


def _possible(w: World, group: list[Person], counts: Callable[[Person, int], bool]) -> bool:
    """Whether some session of theirs may, by its windows, start at a time that counts."""
    for d in w.week.demands:
        if any(w.may_be_in(d, p.id) for p in group):
            for span in d.windows:
                starts = range(span.start, span.end - d.minutes + 1)
                if any(counts(group[0], start) for start in starts[::5]):
                    return True
    return False


def visits(w: World, p: Person) -> dict[tuple[str, int], list[Session]]:
    """A visiting person's sessions by site and day of the week, those joined remotely left out."""
    found: dict[tuple[str, int], list[Session]] = {}
    for s in w.of(p.id):
        if p.id not in s.d.remote and 0 <= w.day(s.a.start) <= 6:
            found.setdefault((s.site, w.day(s.a.start)), []).append(s)
    return found


def visitors(w: World) -> list[Person]:
    """People whose site-days matter."""
    return [p for p in w.week.people if p.visiting]


def already(w: World, p: Person) -> set[tuple[str, int]]:
    """Where a visiting person is booked, by site and day."""
    return {(b.site, w.day(b.span.start)) for b in w.bookings(p.id)}


@rule("comfort", 240)
def few_site_days(w: World) -> Counts:
    for p in visitors(w):
        yield p.site, len(visits(w, p).keys() - already(w, p))


@rule("comfort", 1)
def little_idle(w: World) -> Counts:
    for p in visitors(w):
        for sessions in visits(w, p).values():
            whole = max(s.minutes.stop for s in sessions) - min(s.minutes.start for s in sessions)
            yield p.site, max(0, whole - sum(s.d.minutes for s in sessions))


@rule("comfort", 4)
def enough_to_do(w: World) -> Counts:
    for p in residents(w):
        if any(w.may_be_in(d, p.id) for d in w.week.demands):
            weekly = w.limits(p.id).purposeful * _dates(w, p) // 7
            week = range(w.clock.length)
            spans = [c.span for c in w.commitments(p.id) if c.purposeful]
            spans += [b.span for b in w.bookings(p.id)]
            filled = sum(m in week for s in spans for m in stretch(s.start, s.end))
            due = (weekly - filled) // 15
            given = sum(s.d.minutes // 15 for s in w.of(p.id))
            yield p.site, max(0, due - given) if due > 0 else 0


def _dates(w: World, p: Person) -> int:
    """On how many dates of the week the resident stays at the home site."""
    stays = [s for s in w.week.stays if s.person == p.id and s.place == "premises"]
    count = 0
    for day in range(7):
        date = stretch(w.clock.day(day), w.clock.day(day + 1))
        here = (stretch(s.span.start, s.span.end) for s in stays if s.site == p.site)
        count += any(overlap(date, stay) for stay in here)
    return count


@rule("comfort", 15)
def floor_staff_last(w: World) -> Counts:
    for s in w.sessions:
        for lead in s.a.staff:
            role = next((r for r in s.d.roles if r.name == lead.role), None)
            if role is not None and w.people[lead.person].counts:
                others = [p for p in role.people if not w.people[p].counts]
                if any(_could(w, s, p) for p in others):
                    yield s.site, 1


def _could(w: World, s: Session, person: str) -> bool:
    if person in s.people:
        return False
    if w.people[person].type == "outside":
        said = [f for f in w.week.free if f.person == person]
        free = minutes_of(
            stretch(f.span.start, f.span.end) for f in said if not f.sites or s.site in f.sites
        )
    else:
        free = w.on(person, None if person in s.d.remote else s.site)
    other = [x.minutes for x in w.of(person) if x is not s]
    other += [booked(b) for b in w.bookings(person)]
    taken = minutes_of(other) | w.busy(person)
    return all(minute in free and minute not in taken for minute in s.minutes)
