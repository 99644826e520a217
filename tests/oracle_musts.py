"""The must-rules judged naively: at which sites a timetable breaks each.

Written from the planning rules and their exact readings alone, with loops over minutes and
people, to catch the rule book and the referee being wrong together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from pipe_sched.core.week import Booking, Demand, Person, SafeToSee
from tests.oracle_world import (
    Session,
    World,
    booked,
    gap,
    minutes_of,
    overlap,
    runs,
    stretch,
)

Sites = Iterator[str]
RULES: dict[str, Callable[[World], Sites]] = {}


def rule(broken: Callable[[World], Sites]) -> Callable[[World], Sites]:
    """Enter a rule under its own name."""
    RULES[broken.__name__] = broken
    return broken


@rule
def asked_for(w: World) -> Sites:
    for s in w.sessions:
        rooms = [r.id for r in w.week.rooms if r.site == s.site]
        if s.d.rooms:
            rooms = [r for r in rooms if r in s.d.rooms]
        right_room = s.a.room in rooms if s.d.needs_room else s.a.room is None
        named = [lead.person for lead in s.a.staff] + list(s.a.attendees)
        roles = {r.name: r.people for r in s.d.roles}
        strange = [x for x in s.a.staff if x.person not in roles.get(x.role, ())]
        strangers = [p for p in s.a.attendees if p not in s.d.attendees]
        twice = len(named) != len(set(named))
        if s.a.start % w.week.grid or not right_room or strange or strangers or twice:
            yield s.site


@rule
def one_place(w: World) -> Sites:
    for p in w.week.people:
        here = w.of(p.id)
        if any(overlap(a.minutes, b.minutes) for a, b in combinations(here, 2)):
            yield p.site
        other = minutes_of(booked(b) for b in w.bookings(p.id))
        if p.type != "resident":
            other |= w.busy(p.id)
        if any(minute in other for s in here for minute in s.minutes):
            yield p.site


@rule
def travel(w: World) -> Sites:
    for p in w.week.people:
        here = w.of(p.id)
        for a, b in combinations(here, 2):
            if too_near(w, gap(a.minutes, b.minutes), where(w, a, p.id), where(w, b, p.id)):
                yield p.site
        for s in here:
            for x in w.bookings(p.id):
                if too_near(w, gap(s.minutes, booked(x)), where(w, s, p.id), {x.site}):
                    yield p.site
            for c in w.commitments(p.id):
                span = stretch(c.span.start, c.span.end)
                if c.site is not None and too_near(
                    w, gap(s.minutes, span), where(w, s, p.id), {c.site}
                ):
                    yield p.site


def where(w: World, s: Session, person: str) -> set[str]:
    """The sites where someone may be during a session: a remote joiner is where their shift is."""
    if person not in s.d.remote:
        return {s.site}
    shifts = [x for x in w.week.shifts if x.person == person and not x.on_call]
    return {
        site
        for x in shifts
        if overlap(s.minutes, stretch(x.span.start, x.span.end))
        for site in x.sites
    }


def too_near(w: World, minutes: int, one: set[str], two: set[str]) -> bool:
    """Whether no pair of the places can be reached in so many minutes."""
    needed = [w.minutes_between(a, b) for a in one for b in two]
    return bool(needed) and min(needed) > 0 and minutes < min(needed)


@rule
def one_session_per_room(w: World) -> Sites:
    uses = [(s.a.room, s.minutes) for s in w.sessions]
    fixed = [(b.room, booked(b)) for b in w.week.bookings]
    for number, (room, minutes) in enumerate(uses):
        for other, more in uses[number + 1 :] + fixed:
            if room is None or room != other or room not in w.rooms:
                continue
            if gap(minutes, more) < w.rooms[room].turn_round or overlap(minutes, more):
                yield w.rooms[room].site


@rule
def room_fits(w: World) -> Sites:
    for s in w.sessions:
        room = w.rooms.get(s.a.room or "")
        if room is None:
            if s.d.needs_room:
                yield s.site
            continue
        there = [p for p in s.people if p not in s.d.remote]
        steps = any(w.people[p].step_free for p in there) and "step_free" not in room.features
        opened = minutes_of(stretch(x.start, x.end) for x in room.open)
        shut = minutes_of(stretch(x.start, x.end) for x in room.closed)
        closed = any(m in shut or (room.open and m not in opened) for m in s.minutes)
        lacks = any(f not in room.features for f in s.d.features)
        if steps or closed or lacks or len(there) > room.seats or room.site != s.site:
            yield s.site


@rule
def on_shift(w: World) -> Sites:
    for s in w.sessions:
        for p in s.people:
            if w.people[p].type == "staff":
                on = w.on(p, None if p in s.d.remote else s.site)
                if s.d.support:
                    on = on | (paid(w, p) - w.absent(p))
                if any(minute not in on for minute in s.minutes):
                    yield s.site
            elif w.people[p].type == "outside":
                said = [f for f in w.week.free if f.person == p]
                free = minutes_of(
                    stretch(f.span.start, f.span.end)
                    for f in said
                    if not f.sites or s.site in f.sites
                )
                if said and any(minute not in free for minute in s.minutes):
                    yield s.site


def paid(w: World, person: str) -> set[int]:
    """Minutes of a worker's windows for paid attendance."""
    return minutes_of(stretch(x.span.start, x.span.end) for x in w.week.paid if x.person == person)


@rule
def there_and_free(w: World) -> Sites:
    for s in w.sessions:
        for p in s.people:
            if w.is_resident(p) and not _free_there(w, s, p):
                yield s.site


def _free_there(w: World, s: Session, p: str) -> bool:
    stays = [x for x in w.week.stays if x.person == p]
    there: set[int] = set()
    settling: set[int] = set()
    for x in stays:
        if x.place == s.d.place and (x.site == s.site or s.d.away_kind):
            there.update(m for m in s.minutes if x.span.start <= m < x.span.end)
        if x.arrives:
            minutes = w.sites[x.site].limits.arrival
            settling.update(stretch(x.span.start, x.span.start + minutes))
    bad = settling | w.busy(p) | _inside(w, s, p)
    if any(m not in there or m in bad for m in s.minutes):
        return False
    return not (s.d.one_to_one and _after_medication(w, s, p))


def _inside(w: World, s: Session, p: str) -> set[int]:
    """Minutes when the resident may not be off site for this session: curfew, medication."""
    out: set[int] = set()
    for x in w.week.stays:
        if x.person == p and x.site != s.site and x.place == "premises":
            way = w.minutes_between(x.site, s.site)
            curfews = [c.span for c in w.week.curfews if c.person == p]
            rounds = [b.span for b in w.sites[x.site].routine if b.name == "medication"]
            for span in curfews + rounds:
                out.update(stretch(span.start - way, span.end + way))
    return out


def _after_medication(w: World, s: Session, p: str) -> bool:
    sites = {x.site for x in w.week.stays if x.person == p}
    blocks = [b for site in sites for b in w.sites[site].routine if b.after]
    after = minutes_of(stretch(b.span.end, b.span.end + b.after) for b in blocks)
    return any(m in after for m in s.minutes)


@rule
def daily_routine(w: World) -> Sites:
    for s in w.sessions:
        site = w.sites[s.site]
        own = [h for h in site.hours if s.d.kind in h.kinds]
        hours = own or [h for h in site.hours if not h.kinds]
        opened = minutes_of(stretch(x.start, x.end) for h in hours for x in h.windows)
        if hours and any(m not in opened for m in s.minutes):
            yield s.site
        for block in site.routine:
            if _stops(w, s, block.name, block.spares, stretch(block.span.start, block.span.end)):
                yield s.site
        for pause in site.pauses:
            day = stretch(pause.day.start, pause.day.end)
            if s.d.kind in pause.kinds and overlap(s.minutes, day):
                yield s.site


def _stops(w: World, s: Session, name: str, spares: tuple[str, ...], block: range) -> bool:
    if not overlap(s.minutes, block):
        return False
    if name != "handover":
        return s.d.kind not in spares
    return any(w.people[p].counts and _changes_over(w, p, s.site, block) for p in s.people)


def _changes_over(w: World, person: str, site: str, block: range) -> bool:
    """Whether a shift of theirs at the site starts or ends within the block."""
    for x in w.week.shifts:
        starts = block.start <= x.span.start < block.stop
        ends = block.start < x.span.end <= block.stop
        here = x.person == person and site in x.sites and not x.on_call
        if here and (starts or ends):
            return True
    return False


@rule
def due_window(w: World) -> Sites:
    for s in w.sessions:
        due = minutes_of(stretch(x.start, x.end) for x in s.d.windows)
        if s.d.waits or any(m not in due for m in s.minutes):
            yield s.site


@rule
def right_people_lead(w: World) -> Sites:
    for s in w.sessions:
        named = [lead.person for lead in s.a.staff] + list(s.a.attendees)
        wrong = [
            role
            for role in s.d.roles
            if sum(x.role == role.name and x.person in role.people for x in s.a.staff) != role.count
        ]
        if wrong or any(named.count(p) > 1 for p in named):
            yield s.site


@rule
def no_line_manager(w: World) -> Sites:
    for s in w.sessions:
        managers = {w.people[p].manager for p in s.a.attendees}
        if s.d.no_line_manager and any(m in s.people for m in managers):
            yield s.site


@rule
def kept_apart(w: World) -> Sites:
    for record in w.week.kept_apart:
        for one, two in ((record.a, record.b), (record.b, record.a)):
            for s in w.of(one):
                if two in s.people:
                    yield s.site
                others = [_where_in(x, two) for x in w.of(two) if x is not s]
                others += [(b.room, booked(b)) for b in w.bookings(two)]
                room, minutes = _where_in(s, one)
                for other, more in others:
                    close = gap(minutes, more) < record.gap or overlap(minutes, more)
                    if record.level == "rooms" and close and _beside(w, room, other):
                        yield s.site


def _where_in(s: Session, person: str) -> tuple[str | None, range]:
    return (None if person in s.d.remote else s.a.room), s.minutes


def _beside(w: World, a: str | None, b: str | None) -> bool:
    if a is None or b is None or a not in w.rooms or b not in w.rooms:
        return False
    return a == b or b in w.rooms[a].next_to or a in w.rooms[b].next_to


@rule
def places_not_allowed(w: World) -> Sites:
    for s in w.sessions:
        for bar in w.week.barred:
            if bar.person not in s.people or bar.person in s.d.remote:
                continue
            let_in = bar.accompanied and s.d.accompanied
            own = {x.site for x in w.week.stays if x.person == bar.person}
            everywhere = bar.site is None and bar.room is None and s.site not in own
            if (bar.site == s.site or everywhere) and not let_in:
                yield s.site
            if bar.room is not None and bar.room == s.a.room and not let_in:
                yield s.site


@rule
def safe_to_see(w: World) -> Sites:
    for s in w.sessions:
        # Someone required counts as there: without them group size is broken anyway.
        for p in {*s.a.attendees, *s.d.required}:
            who = w.people[p]
            excluded = any(leader in who.hidden_from for leader in s.leaders)
            unlisted = who.restricted and any(leader not in who.seen_by for leader in s.leaders)
            if excluded or unlisted:
                yield s.site
            if s.d.one_to_one and w.is_resident(p):
                safe = next((x for x in w.week.safe_to_see if x.person == p), SafeToSee(p))
                if not _led_safely(w, s, w.people[p], safe):
                    yield s.site
                if p in s.a.attendees and not _held_safely(w, s, safe):
                    yield s.site


def _led_safely(w: World, s: Session, resident: Person, safe: SafeToSee) -> bool:
    asked = safe.gender
    if asked == "not_asked":
        asked = "woman" if w.sites[resident.site].women else "either"
    for leader in s.leaders:
        worker = w.people[leader]
        if (safe.only and leader not in safe.only) or leader in safe.never:
            return False
        if asked != "either" and worker.gender != asked:
            return False
        women = w.sites[s.site].women or w.sites[resident.site].women
        if women and not worker.womens_one_to_ones and resident.gender != "man":
            return False
    return True


def _held_safely(w: World, s: Session, safe: SafeToSee) -> bool:
    hours = minutes_of(stretch(x.start, x.end) for x in safe.hours)
    if safe.hours and any(m not in hours for m in s.minutes):
        return False
    room = w.rooms.get(s.a.room or "")
    if safe.in_sight and room is not None and "in_sight" not in room.features:
        return False
    return not (safe.two_staff and len(s.leaders) < 2)


@rule
def not_alone(w: World) -> Sites:
    for s in w.sessions:
        judged = s.d.one_to_one and w.sites[s.site].type != "prison"
        if judged and any(not _company(w, s, minute) for minute in s.minutes):
            yield s.site


def _company(w: World, s: Session, minute: int) -> bool:
    """Whether someone else is there: on the floor at premises, on duty elsewhere.

    Where double cover is a must it already keeps one out of all sessions: there it is enough
    that somebody who counts is there at all.
    """
    there = [p for p in staff(w) if minute in w.on(p.id, s.site)]
    if w.sites[s.site].type != "approved_premises":
        return any(p.id not in s.people for p in there)
    counting = [p.id for p in there if p.counts and minute not in _busy(w, p.id)]
    if w.level("double_cover", s.site) == "must":
        return bool(counting)
    return any(not any(minute in x.minutes for x in w.of(p)) for p in counting)


def _busy(w: World, person: str) -> set[int]:
    return committed(w, person) | minutes_of(booked(b) for b in w.bookings(person))


def committed(w: World, person: str) -> set[int]:
    """Minutes of commitments without their travel, which does not lower cover (reading 2)."""
    return minutes_of(stretch(c.span.start, c.span.end) for c in w.commitments(person))


@rule
def double_cover(w: World) -> Sites:
    for site in w.week.sites:
        counting = [p.id for p in w.week.people if p.counts]
        duty = {p: w.on(p, site.id) - committed(w, p) for p in counting}
        for minute in sorted({m for s in w.sessions for m in s.minutes}):
            on = [p for p in duty if minute in duty[p]]
            bands = [b.minimum for b in site.cover if b.span.start <= minute < b.span.end]
            if not bands and site.type != "approved_premises":
                continue
            if not _enough(w, site.id, minute, on, max(bands, default=2)):
                yield site.id


def _enough(w: World, site: str, minute: int, on: list[str], least: int) -> bool:
    off = away = planned = 0
    for p in on:
        here = [s for s in w.of(p) if minute in s.minutes]
        bookings = [b for b in w.bookings(p) if minute in booked(b)]
        away += bool(here or bookings)
        planned += bool(here)
        off += any(not s.d.on_floor or p in s.d.remote or s.site != site for s in here) or any(
            b.off_floor or b.site != site for b in bookings
        )
    if not planned:
        return True
    if len(on) < least:
        return False
    return off <= len(on) - least and away <= len(on) - 1


@rule
def handover(w: World) -> Sites:
    for x in w.week.shifts:
        p = w.people[x.person]
        if p.counts and not x.on_call:
            first = stretch(x.span.start, x.span.start + w.limits(p.id).handover)
            away = w.absent(p.id)
            if any(m in first and m not in away for s in w.of(p.id) for m in s.minutes):
                yield p.site


@rule
def group_size(w: World) -> Sites:
    published = {a.demand for a in w.week.published}
    for s in w.sessions:
        count = len(s.a.attendees)
        few = count < s.d.smallest and s.d.id not in published
        there = [p for p in s.a.attendees if p in s.d.required or p in s.d.expected]
        missing = [p for p in s.d.required if p not in s.a.attendees and p not in s.d.excused]
        if few or count > s.d.largest or missing or len(there) < s.d.quorum:
            yield s.site


@rule
def break_in_shift(w: World) -> Sites:
    for p in staff(w):
        limits = w.limits(p.id)
        bookings = minutes_of(booked(b) for b in w.bookings(p.id))
        in_sessions = minutes_of(s.minutes for s in w.of(p.id))
        for work in runs(w.on(p.id)):
            if len(work) > limits.break_after and any(m in in_sessions for m in work):
                inner = set(work[1:-1]) - bookings - in_sessions
                if not any(len(free) >= limits.break_length for free in runs(inner)):
                    yield p.site


def staff(w: World) -> list[Person]:
    """All staff."""
    return [p for p in w.week.people if p.type == "staff"]


@rule
def recording_time(w: World) -> Sites:
    for p in staff(w):
        here = w.of(p.id)
        after = w.limits(p.id).recording
        for s in here:
            mine = after if p.id in s.leaders and _sees_resident(w, s.d) else 0
            whole = stretch(s.minutes.start, s.minutes.stop + mine)
            others = [x.minutes for x in here if x is not s] if _records(w, p.id) else []
            others += [booked(b) for b in w.bookings(p.id) if mine]
            for b in w.bookings(p.id):
                if p.id in b.leaders and b.with_residents and after:
                    others.append(stretch(b.span.start, b.span.end + after))
            if after and any(overlap(whole, x) for x in others):
                yield p.site


def _records(w: World, person: str) -> bool:
    """Whether the worker may lead a session here that residents may attend."""
    return any(
        person in role.people and _sees_resident(w, d) for d in w.week.demands for role in d.roles
    )


@rule
def longest_run(w: World) -> Sites:
    for p in staff(w):
        limits = w.limits(p.id)
        here = [set(s.minutes) for s in w.of(p.id)]
        fixed = minutes_of(booked(b) for b in w.bookings(p.id))
        # Sessions are measured with each other, and each by itself with the bookings it touches.
        for minutes in [set().union(*here), *(one | fixed for one in here)]:
            for run in runs(minutes, limits.run_pause):
                planned = any(m in one for one in here for m in run)
                if planned and len(run) > limits.longest_run:
                    yield p.site


@rule
def one_to_ones_a_day(w: World) -> Sites:
    for p in staff(w):
        most = w.limits(p.id).one_to_ones_a_day
        for day in range(-1, 8):
            here = [s for s in w.of(p.id) if p.id in s.leaders and w.day(s.a.start) == day]
            one = sum(s.d.one_to_one and _sees_resident(w, s.d) for s in here)
            fixed = [b for b in w.bookings(p.id) if w.day(b.span.start) == day]
            two = sum(b.one_to_one and b.with_residents and p.id in b.leaders for b in fixed)
            if one and one + two > most:
                yield p.site


def _sees_resident(w: World, d: Demand) -> bool:
    return any(w.is_resident(p) for p in d.attendees)


@rule
def rest(w: World) -> Sites:
    for p in staff(w):
        rota = w.on(p.id) | minutes_of(booked(b) for b in w.bookings(p.id))
        extra: set[int] = set()
        for s in w.of(p.id):
            window = paid(w, p.id) - w.absent(p.id)
            outside = [m for m in s.minutes if m not in w.on(p.id)]
            if s.d.support and outside and all(m in window for m in outside):
                extra.update(s.minutes)
        days: dict[int, list[range]] = {}
        for piece in runs(rota | extra):
            days.setdefault(w.day(piece.start), []).append(piece)
        ordered = [days[d] for d in sorted(days)]
        for one, two in pairwise(ordered):
            end, start = max(x.stop for x in one), min(x.start for x in two)
            caused = end - 1 in extra or start in extra
            if caused and start - end < w.limits(p.id).rest:
                yield p.site


@rule
def series_gap(w: World) -> Sites:
    for s in w.sessions:
        if s.d.series is not None and s.d.gap:
            others = [x.minutes for x in w.sessions if x is not s and x.d.series == s.d.series]
            others += [booked(b) for b in w.week.bookings if b.series == s.d.series]
            if any(gap(s.minutes, x) < s.d.gap for x in others):
                yield s.site


@rule
def series_order(w: World) -> Sites:
    for s in w.sessions:
        if s.d.waits and s.d.follows is None:
            yield s.site
        if s.d.follows is not None:
            before = w.held.get(s.d.follows)
            if before is None or before.minutes.stop > s.minutes.start:
                yield s.site
        for b in w.week.bookings:
            if s.d.series is not None and b.series == s.d.series and _crossed(s, b):
                yield s.site


def _crossed(s: Session, b: Booking) -> bool:
    """Whether a booked step and a planned one of one series lie the wrong way round."""
    if not b.step or not s.d.step:
        return False
    if b.step < s.d.step:
        return b.span.end > s.minutes.start
    return b.step > s.d.step and s.minutes.stop > b.span.start


@rule
def cancelled(w: World) -> Sites:
    for s in w.sessions:
        if s.d.id in w.week.cancelled:
            yield s.site


@rule
def kept_here(w: World) -> Sites:
    for pin in w.week.pins:
        if pin.demand in w.week.cancelled:
            continue
        s = w.held.get(pin.demand)
        same = s is not None and (s.a.start, s.a.room) == (pin.start, pin.room)
        if s is None or not same:
            yield w.demands[pin.demand].site
        elif set(s.a.staff) != set(pin.staff) or set(s.a.attendees) != set(pin.attendees):
            yield s.site


@rule
def one_site_a_day(w: World) -> Sites:
    for p in w.week.people:
        bound = w.limits(p.id).one_site_a_day and not p.several_sites_a_day
        if not p.visiting or not bound:
            continue
        for day in range(7):
            here = [s for s in w.of(p.id) if p.id not in s.d.remote]
            sites = {s.site for s in here if w.day(s.a.start) == day}
            fixed = {b.site for b in w.bookings(p.id) if w.day(b.span.start) == day}
            if (len(sites) > 1 and not fixed) or (fixed and sites - fixed):
                yield p.site
