"""Small random weeks and timetables for tests that set two programs against each other.

    @given(weeks_with_timetables())
    def test_...(both): week, timetable = both

Two premises and a prison, a handful of people, three to six demands of the usual kinds on two
days, and every sort of fact now and then: so that most timetables break little or nothing and
each rule speaks in some. `Draw` is the only place that asks Hypothesis for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from hypothesis import strategies as st

from pipe_sched.core.spans import Span, Spans, starts_within
from pipe_sched.core.week import (
    Absence,
    Assignment,
    Band,
    Barred,
    Block,
    Booking,
    Commitment,
    Curfew,
    Demand,
    Free,
    Hours,
    KeptApart,
    Lead,
    Limits,
    Load,
    Owed,
    Paid,
    Pause,
    Person,
    Role,
    Room,
    RuleSetting,
    SafeToSee,
    Shift,
    Site,
    Stay,
    Timetable,
    Travel,
    Week,
)

T = TypeVar("T")

KIRK, CROWLEY, GAOL = "kirk", "crowley", "gaol"
RESIDENTS = ("ann", "bea", "cal", "dee")
KEY_WORKERS = ("kay", "ken")
FLOOR = ("ray", "roz")
OFFICE = ("max", "psy", "asa")
STAFF = (*KEY_WORKERS, *FLOOR, *OFFICE)
OUTSIDE = "oli"
EVERYONE = (*RESIDENTS, *STAFF, OUTSIDE)
WEEKS = ((2026, 49), (2026, 49), (2026, 43), (2026, 13))
"""An ordinary week twice, and the weeks in which the clocks go back and forward."""
DAY_PAIRS = ((0, 1), (0, 1), (2, 4), (4, 5), (5, 6))


@dataclass
class Draw:
    """Hypothesis' draw, in the words the builders below need."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    week: Week
    theme: str = "plain"
    """What the week has much of: nothing special, night shifts or short shifts."""

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends possible."""
        return int(self.draw(st.integers(least, most)))

    def one(self, of: Sequence[T]) -> T:
        """One of these."""
        return of[self.number(0, len(of) - 1)]

    def now_and_then(self, chance: int = 3) -> bool:
        """True `chance` times in ten; False is the simpler case."""
        return self.number(0, 9) >= 10 - chance

    def some(self, of: Sequence[T], chance: int = 5) -> tuple[T, ...]:
        """Each of these `chance` times in ten, in order."""
        return tuple(item for item in of if self.now_and_then(chance))

    def minute(self, days: Sequence[int]) -> int:
        """A quarter hour of these days between 8am and 8pm."""
        return self.week.clock.day(self.one(days)) + 15 * self.number(32, 80)

    def span(self, days: Sequence[int], lengths: Sequence[int] = (15, 30, 60, 120)) -> Span:
        """A stretch that starts on one of these days."""
        start = self.minute(days)
        return Span(start, start + self.one(lengths))


Maker = Callable[[Draw, str, Sequence[int], list[Demand]], Demand]
"""Makes a demand with this id, on these days, knowing the demands made before it."""


@st.composite
def weeks(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Week:
    """A small week with two or three sites, a dozen people and three to six demands."""
    year, number = draw(st.sampled_from(WEEKS))
    it = Draw(draw, Week(year, number, ()))
    days = it.one(DAY_PAIRS)
    it.theme = it.one(("plain", "plain", "plain", "nights", "short"))
    it.week = replace(it.week, grid=it.one((15, 15, 15, 30, 5)), travel=_travel(it))
    it.week = replace(it.week, sites=_sites(it, days), rooms=_rooms(it, days), people=_people(it))
    it.week = replace(it.week, **_working_time(it, days), **_residents(it, days))
    it.week = replace(it.week, **_limits_on_people(it, days))
    demands = _demands(it, days)
    plans = tuple(dict.fromkeys(d.site for d in demands))
    it.week = replace(it.week, demands=demands, plans=plans, bookings=_bookings(it, days, demands))
    it.week = replace(it.week, owed=_owed(it))
    return replace(it.week, **_history(it, days))


def timetables(week: Week) -> st.SearchStrategy[Timetable]:
    """Timetables of a week: who and what was asked for, most of it where it may be."""

    @st.composite
    def made(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Timetable:
        it = Draw(draw, week)
        placed: list[Assignment] = []
        for demand in week.demands:
            off = it.now_and_then(7) if demand.id in week.cancelled else it.number(0, 19) == 19
            place = None if off else _place(it, demand, placed)
            if place is not None:
                placed.append(place)
        return Timetable(tuple(placed))

    return made()


@st.composite
def weeks_with_timetables(
    draw: Callable[[st.SearchStrategy[Any]], Any],
) -> tuple[Week, Timetable]:
    """A small week and one timetable of it."""
    week = draw(weeks())
    return week, draw(timetables(week))


def _travel(it: Draw) -> tuple[Travel, ...]:
    if it.now_and_then(2):
        return ()
    return (Travel(KIRK, CROWLEY, it.one((30, 60))), Travel(CROWLEY, GAOL, 45))


def _sites(it: Draw, days: Sequence[int]) -> tuple[Site, ...]:
    return (_site(it, KIRK, days), _site(it, CROWLEY, days), Site(GAOL, "prison"))


def _site(it: Draw, id: str, days: Sequence[int]) -> Site:
    hours: tuple[Hours, ...] = ()
    if it.now_and_then(4):
        clock = it.week.clock
        open_ = tuple(Span(clock.day(d) + 540, clock.day(d) + 1140) for d in days)
        hours = (Hours(open_),)
        if it.now_and_then():
            hours += (Hours((it.span(days, (120, 240)),), ("structured",)),)
    pauses = (Pause(it.week.clock.day_span(it.one(days)), ("structured", "reflective_practice")),)
    return Site(
        id,
        women=id == CROWLEY,
        hours=hours,
        pauses=pauses if it.now_and_then(1) else (),
        routine=_routine(it, days) if it.now_and_then(4) else (),
        cover=_cover(it, days) if it.now_and_then(4) else (),
        limits=_limits(it),
        rules=_rules(it) if it.now_and_then(2) else (),
    )


def _routine(it: Draw, days: Sequence[int]) -> tuple[Block, ...]:
    name = it.one(("meal", "medication", "handover"))
    spares = it.some(("community_meeting", "reflective_practice"), 4)
    return (Block(name, it.span(days, (15, 30)), spares, 30 if name == "medication" else 0),)


def _cover(it: Draw, days: Sequence[int]) -> tuple[Band, ...]:
    clock = it.week.clock
    return tuple(Band(Span(clock.day(d), clock.day(d + 1)), it.one((1, 1, 2))) for d in days)


def _limits(it: Draw) -> Limits:
    return Limits(
        recording=it.one((15, 15, 0)),
        break_after=120 if it.theme == "short" else it.one((360, 360, 120)),
        break_length=60 if it.theme == "short" else it.one((20, 60)),
        longest_run=it.one((120, 90)),
        one_to_ones_a_day=it.one((4, 1)),
        handover=it.one((15, 15, 0)),
        sessions_a_day=it.one((2, 1, 3)),
        purposeful=it.one((0, 0, 240, 600)),
        same_time=it.one((60, 0, 30)),
        one_site_a_day=not it.now_and_then(2),
        evening_from=it.one((1020, 960, 1080)),
    )


def _rules(it: Draw) -> tuple[RuleSetting, ...]:
    return it.some(
        (
            RuleSetting("liked_times", price=7),
            RuleSetting("same_time", level="off"),
            RuleSetting("same_worker", level="must"),
            RuleSetting("pause_between", tier="held"),
            RuleSetting("not_alone", level="off"),
            RuleSetting("one_place", level="off"),
            RuleSetting("double_cover", level="off"),
        )
    )


def _rooms(it: Draw, days: Sequence[int]) -> tuple[Room, ...]:
    big = Room("hall", KIRK, it.one((12, 4)), ("group", "step_free", "in_sight"), ("nook",))
    nook = Room("nook", KIRK, 3, ("one_to_one", "quiet"), turn_round=it.one((0, 15)))
    den = Room("den", CROWLEY, it.one((8, 3)), ("group", "one_to_one", "in_sight"))
    cell = Room("cell", GAOL, 4, ("one_to_one",))
    if it.now_and_then(2):
        nook = replace(nook, closed=(it.span(days, (120,)),))
    if it.now_and_then(1):
        big = replace(big, open=(it.span(days, (240,)), it.span(days, (240,))))
    return (big, nook, den, cell)


def _people(it: Draw) -> tuple[Person, ...]:
    out = [_resident(it, id) for id in RESIDENTS]
    floor = ("key_worker",) * 2 + ("residential_worker",) * 2
    jobs = (*floor, "ap_manager", "psychologist", "assistant_psychologist")
    for id, job in zip(STAFF, jobs, strict=True):
        person = Person(id, "staff", KIRK, job, it.one(("woman", "man", None)))
        out.append(_worker(it, person))
    return (*out, Person(OUTSIDE, "outside", KIRK, "probation_practitioner", "woman"))


def _resident(it: Draw, id: str) -> Person:
    site = CROWLEY if id == "dee" else KIRK
    hidden = it.some(KEY_WORKERS, 3) if it.now_and_then(1) else ()
    listed = it.some(KEY_WORKERS, 3) if it.now_and_then(1) else ()
    return Person(
        id,
        "resident",
        site,
        step_free=it.now_and_then(1),
        hidden_from=hidden,
        restricted=bool(listed),
        seen_by=listed,
    )


def _worker(it: Draw, person: Person) -> Person:
    floor = person.id in (*KEY_WORKERS, *FLOOR)
    return replace(
        person,
        manager="max" if it.now_and_then(3) and person.id != "max" else None,
        counts=floor and not it.now_and_then(1),
        visiting=person.id in ("psy", "asa") and it.now_and_then(7),
        womens_one_to_ones=not it.now_and_then(1),
        several_sites_a_day=it.now_and_then(2),
        base=Load(it.number(0, 4) * 10, it.number(0, 2), it.number(0, 2)),
    )


def _working_time(it: Draw, days: Sequence[int]) -> dict[str, Any]:
    shifts: list[Shift] = []
    for id in STAFF:
        shifts += (s for day in days for s in _shifts(it, id, day))
    absences = tuple(Absence(p, it.span(days, (60, 240))) for p in it.some(STAFF, 1))
    paid = tuple(p for id in STAFF for day in days for p in _paid(it, id, day, shifts))
    sites = it.one(((), (KIRK,)))
    free = tuple(
        Free(OUTSIDE, Span(it.week.clock.day(d) + 480, it.week.clock.day(d) + 1200), sites)
        for d in it.some(days, 7)
    )
    return {"shifts": tuple(shifts), "absences": absences, "paid": paid, "free": free}


def _shifts(it: Draw, id: str, day: int) -> tuple[Shift, ...]:
    start = it.week.clock.day(day)
    sites = (KIRK, CROWLEY) if id in OFFICE and it.now_and_then(7) else (KIRK,)
    shape = it.number(0, 19)
    if it.theme != "plain" and it.now_and_then(5):
        shape = 18 if it.theme == "nights" else 13
    if shape == 19:
        return ()
    if shape in (12, 13):
        return (Shift(id, sites, Span(start + 780, start + 960)),)
    if shape in (17, 18):
        return (Shift(id, sites, Span(start + 1200, it.week.clock.day(day + 1) + 480)),)
    if shape == 16:
        return (Shift(id, sites, Span(start + 720, start + 1200), it.now_and_then(2)),)
    if shape in (14, 15):
        halves = (Span(start + 480, start + 840), Span(start + 840, start + 1200))
        return tuple(Shift(id, sites, half) for half in halves)
    return (Shift(id, sites, Span(start + 480, start + 1200)),)


def _paid(it: Draw, id: str, day: int, shifts: Sequence[Shift]) -> tuple[Paid, ...]:
    """Mostly people off shift that day, in the morning or the evening."""
    noon = it.week.clock.day(day) + 720
    on = any(s.person == id and s.span.start <= noon < s.span.end for s in shifts)
    if not it.now_and_then(1 if on else 6):
        return ()
    start = noon + it.one((-240, -240, -150, 0, 360, 450))
    return (Paid(id, Span(start, start + it.one((75, 120, 300)))),)


def _residents(it: Draw, days: Sequence[int]) -> dict[str, Any]:
    stays = []
    for p in it.week.people:
        if p.type == "resident":
            away = p.id == "cal" and it.now_and_then(3)
            span, arrives = Span(-10080, 20160), False
            if it.now_and_then(1):
                span, arrives = Span(it.minute(days), 20160), it.now_and_then(7)
            stay = Stay(p.id, p.site, span, "premises", arrives)
            stays.append(replace(stay, site=GAOL, place="custody") if away else stay)
    commitments = tuple(_commitment(it, p, days) for p in it.some(EVERYONE, 2))
    curfews = tuple(Curfew(p, it.span(days, (120, 240))) for p in it.some(RESIDENTS, 1))
    return {"stays": tuple(stays), "commitments": commitments, "curfews": curfews}


def _commitment(it: Draw, person: str, days: Sequence[int]) -> Commitment:
    away = it.now_and_then(3)
    site = it.one((None, None, KIRK, CROWLEY))
    return Commitment(
        person,
        it.span(days),
        site=site,
        away=away,
        travel=30 if away else 0,
        purposeful=it.now_and_then(5),
    )


def _limits_on_people(it: Draw, days: Sequence[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if it.now_and_then(3):
        pair = it.one((("ann", "bea"), ("bea", "cal"), ("ann", "kay")))
        found["kept_apart"] = (KeptApart(*pair, it.one(("session", "rooms")), it.one((15, 0, 30))),)
    if it.now_and_then(3):
        found["safe_to_see"] = tuple(_safe(it, p, days) for p in it.some(RESIDENTS, 4))
    if it.now_and_then(2):
        found["barred"] = (it.one(_bars()),)
    return found


def _safe(it: Draw, person: str, days: Sequence[int]) -> SafeToSee:
    return SafeToSee(
        person,
        only=it.one(((), (), KEY_WORKERS)),
        never=it.one(((), (), ("ken",))),
        two_staff=it.now_and_then(1),
        hours=(it.span(days, (240, 480)),) if it.now_and_then(2) else (),
        in_sight=it.now_and_then(2),
        gender=it.one(("not_asked", "woman", "man", "either")),
    )


def _bars() -> tuple[Barred, ...]:
    return (
        Barred("ann", room="hall"),
        Barred("bea", site=CROWLEY),
        Barred("dee", site=KIRK, accompanied=True),
        Barred("cal", room="nook"),
    )


def _demands(it: Draw, days: Sequence[int]) -> tuple[Demand, ...]:
    makers: tuple[Maker, ...]
    makers = (_key_work, _group, _meeting, _reflection, _supervision, _series, _elsewhere)
    makers += (_reflection, _supervision) if it.theme == "nights" else ()
    out: list[Demand] = []
    for number in range(it.number(3, 6)):
        maker = it.one(makers)
        demand = maker(it, f"d{number}", days, out)
        out.append(_habits(it, demand, days))
    return tuple(out)


def _windows(it: Draw, days: Sequence[int], minutes: int) -> Spans:
    clock = it.week.clock
    windows = [Span(clock.day(d) + 480, clock.day(d) + it.one((1080, 1200, 1320))) for d in days]
    if it.now_and_then(3):
        start = clock.day(it.one(days)) + it.one((540, 780, 780, 1080))
        windows = [Span(start, start + minutes + it.one((30, 60, 180)))]
    return tuple(windows)


def _new(it: Draw, id: str, kind: str, days: Sequence[int], **more: Any) -> Demand:
    minutes = it.one((30, 45, 60, 75))
    site = more.pop("site", KIRK)
    needs_room = more.pop("needs_room", not it.now_and_then(2))
    windows = _windows(it, days, minutes)
    return Demand(id, site, kind, minutes, windows, needs_room=needs_room, **more)


def _key_work(it: Draw, id: str, days: Sequence[int], before: list[Demand]) -> Demand:
    who = it.one(RESIDENTS[:3])
    own, back_up = it.one((KEY_WORKERS, KEY_WORKERS[::-1]))
    third = "ray" if it.now_and_then(1) else None
    people = (own, back_up, *((third,) if third else ()))
    return _new(
        it,
        id,
        "key_work",
        days,
        roles=(Role("worker", 1, people),),
        required=(who,),
        smallest=1,
        largest=1,
        features=it.one(((), ("one_to_one",))),
        one_to_one=True,
        own_worker=own,
        back_up=it.one((back_up, back_up, None)),
        third=third,
    )


def _group(it: Draw, id: str, days: Sequence[int], before: list[Demand]) -> Demand:
    roles: tuple[Role, ...] = (Role("facilitator", it.one((1, 2)), it.one((STAFF[:4], STAFF[2:]))),)
    if it.now_and_then(4):
        roles += (Role("second", 1, it.some(STAFF, 5) or ("asa",)),)
    return _new(
        it,
        id,
        it.one(("structured", "creative")),
        days,
        roles=roles,
        required=it.some(RESIDENTS[:1], 2),
        offered=RESIDENTS[1:3],
        smallest=it.one((0, 1, 2)),
        largest=it.one((1000, 2)),
        features=it.one(((), ("group",))),
        on_floor=it.now_and_then(5),
    )


def _meeting(it: Draw, id: str, days: Sequence[int], before: list[Demand]) -> Demand:
    return _new(
        it,
        id,
        "community_meeting",
        days,
        roles=(Role("lead", 1, it.one((STAFF[:4], ("max", "asa")))),),
        expected=(*RESIDENTS[:3], "max"),
        excused=it.some(RESIDENTS[:1], 1),
        quorum=it.one((0, 2)),
        on_floor=not it.now_and_then(2),
        away_kind=it.now_and_then(3),
    )


def _reflection(it: Draw, id: str, days: Sequence[int], before: list[Demand]) -> Demand:
    return _new(
        it,
        id,
        "reflective_practice",
        days,
        roles=(Role("facilitator", 1, it.one((("psy",), ("psy", "asa", "max")))),),
        expected=STAFF[:4],
        remote=it.some(STAFF[3:4], 3),
        quorum=it.one((0, 2)),
        support=True,
        no_line_manager=True,
        confidential=True,
    )


def _supervision(it: Draw, id: str, days: Sequence[int], before: list[Demand]) -> Demand:
    return _new(
        it,
        id,
        "supervision",
        days,
        site=it.one((KIRK, KIRK, CROWLEY)),
        roles=(Role("supervisor", 1, ("psy", "asa")),),
        required=(it.one(("kay", "roz", "asa")),),
        remote=it.some(("psy",), 2),
        one_to_one=it.now_and_then(7),
        support=True,
        confidential=True,
    )


def _series(it: Draw, id: str, days: Sequence[int], before: list[Demand]) -> Demand:
    last = next((d for d in reversed(before) if d.series), None)
    step = last.step + 1 if last else 1
    return _new(
        it,
        id,
        "psychoeducation",
        days,
        roles=(Role("facilitator", 1, ("asa", OUTSIDE)),),
        offered=RESIDENTS[:3],
        smallest=1,
        largest=3,
        series="talks",
        step=step,
        gap=last.gap if last else it.one((0, 60, 1440)),
        follows=last.id if last else None,
        waits=last is None and it.now_and_then(1),
    )


def _elsewhere(it: Draw, id: str, days: Sequence[int], before: list[Demand]) -> Demand:
    if it.now_and_then(5):
        return _new(
            it,
            id,
            "in_reach",
            days,
            site=GAOL,
            roles=(Role("worker", 1, ("psy", OUTSIDE)),),
            required=("cal",),
            one_to_one=True,
            place="custody",
        )
    required = it.some(("dee",), 3)
    return _new(
        it,
        id,
        "creative",
        days,
        site=CROWLEY,
        roles=(Role("lead", 1, ("psy", "asa", "max")),),
        offered=tuple(p for p in ("dee", "bea") if p not in required),
        required=required,
        away_kind=it.now_and_then(6),
        accompanied=it.now_and_then(5),
        one_to_one=it.now_and_then(2),
    )


def _habits(it: Draw, demand: Demand, days: Sequence[int]) -> Demand:
    leaders = [p for role in demand.roles for p in role.people]
    return replace(
        demand,
        worth=it.one((100, 150, 40)),
        regular=it.one((*leaders, "kay")) if it.now_and_then(3) else None,
        usual=it.minute(days) if it.now_and_then(3) else None,
        liked=tuple(it.span(days, (120, 240)) for _ in range(2)) if it.now_and_then(3) else (),
    )


def _bookings(it: Draw, days: Sequence[int], demands: Sequence[Demand]) -> tuple[Booking, ...]:
    out = []
    around = (*days, days[0] - 1, days[1] + 1)
    for number in range(it.one((0, 0, 0, 1, 2))):
        site, room = it.one(((KIRK, None), (KIRK, "hall"), (KIRK, "nook"), (CROWLEY, "den")))
        kind = it.one(("structured", "creative", "reflective_practice", "key_work"))
        leaders, others = it.some(STAFF, 2), it.some((*RESIDENTS, *FLOOR), 2)
        booking = Booking(
            f"b{number}",
            site,
            it.span(around, (30, 60)),
            kind,
            people=tuple(dict.fromkeys((*leaders, *others))),
            leaders=leaders,
            room=room,
            off_floor=it.now_and_then(7),
            with_residents=any(p in RESIDENTS for p in others),
            one_to_one=it.now_and_then(3),
        )
        if it.now_and_then(2):
            booking = replace(booking, series="talks", step=it.one((0, 9)))
        out.append(booking)
    return tuple(out)


def _owed(it: Draw) -> tuple[Owed, ...]:
    out = []
    for person in RESIDENTS:
        may = tuple(d.id for d in it.week.demands if person in d.attendees)
        if may and it.now_and_then(2):
            out.append(Owed(person, may, it.number(1, 2), it.one((40, 60))))
    return tuple(out)


def _history(it: Draw, days: Sequence[int]) -> dict[str, Any]:
    if not it.now_and_then(4):
        return {}
    places = (_place(it, d) for d in it.week.demands if it.now_and_then(6))
    published = tuple(a for a in places if a is not None)
    pins = tuple(a for a in published if it.now_and_then(2))
    now = it.minute((days[0] - 1, days[0])) if it.now_and_then(6) else None
    off = it.some([d.id for d in it.week.demands], 2) if it.now_and_then(5) else ()
    most = it.number(0, 6) if it.now_and_then(5) else None
    found = {"published": published, "pins": pins, "now": now}
    return found | {"cancelled": off, "most_changes": most}


def _place(it: Draw, d: Demand, placed: Sequence[Assignment] = ()) -> Assignment | None:
    """Of a few tries the first place that clashes with nothing placed; mostly none without."""
    kept = next((a for a in (*it.week.pins, *it.week.published) if a.demand == d.id), None)
    if kept is not None and not it.now_and_then(3):
        return kept
    for _ in range(4):
        a = _try(it, d, placed)
        if _whole(d, a) and _quiet(it.week, a, placed):
            return a
    return a if it.now_and_then(2) else None


def _whole(d: Demand, a: Assignment) -> bool:
    """Whether every role is filled and the room is there."""
    return len(a.staff) == sum(r.count for r in d.roles) and d.needs_room == (a.room is not None)


def _edges(week: Week, placed: Sequence[Assignment]) -> list[int]:
    """Minutes at which something starts or ends: where rules are most easily misread.

    Those of the sessions placed before, or without any those of the week's rows.
    """
    minutes = {d.id: d.minutes for d in week.demands}
    spans = [Span(a.start, a.start + minutes[a.demand]) for a in placed]
    if not spans:
        spans = [b.span for b in week.bookings] + [c.span for c in week.commitments]
        spans += [s.span for s in week.shifts] + [a.span for a in week.absences]
        spans += [c.span for c in week.curfews]
        spans += [block.span for site in week.sites for block in site.routine]
    return [minute for span in spans for minute in (span.start, span.end)]


def _try(it: Draw, d: Demand, placed: Sequence[Assignment]) -> Assignment:
    """A place with one thing in ten or so against what was asked."""
    starts = starts_within(d.windows, d.minutes, it.week.grid)
    start = it.one(starts) if starts else 600
    if it.now_and_then(5):
        edges = _edges(it.week, placed if it.now_and_then(7) else ())
        near = {e + off for e in edges for off in (0, 15, -d.minutes, -d.minutes - 15)}
        start = it.one(sorted(near & set(starts)) or [start])
    if it.number(0, 19) == 19:
        start = it.minute(range(7)) // it.week.grid * it.week.grid
    span = Span(start, start + d.minutes)
    leads = _leads(it, d, span)
    attendees = _attendees(it, d, span, leads)
    room = _room(it, d, (*(x.person for x in leads), *attendees)) if d.needs_room else None
    return Assignment(d.id, start, room, leads, attendees)


def _room(it: Draw, d: Demand, people: Sequence[str]) -> str:
    rooms = [r for r in it.week.rooms if r.site == d.site]
    needs = set(d.features)
    if any(p.id in people and p.step_free for p in it.week.people):
        needs.add("step_free")
    fit = [r for r in rooms if needs <= set(r.features) and r.seats >= len(people)]
    return it.one(rooms if not fit or it.number(0, 19) == 19 else fit).id


def _quiet(week: Week, a: Assignment, placed: Sequence[Assignment]) -> bool:
    """Whether nobody and no room is in another session then."""
    minutes = {d.id: d.minutes for d in week.demands}
    span = Span(a.start, a.start + minutes[a.demand])
    for b in placed:
        if span.overlaps(Span(b.start, b.start + minutes[b.demand])):
            both = {x.person for x in a.staff} | set(a.attendees)
            both &= {x.person for x in b.staff} | set(b.attendees)
            if both or (a.room is not None and a.room == b.room):
                return False
    return True


def _there(week: Week, d: Demand, person: str, span: Span) -> bool:
    """Whether the person's own week leaves them free for it, roughly."""
    if any(c.person == person and c.span.overlaps(span) for c in week.commitments):
        return False
    if person in RESIDENTS:
        stays = [s for s in week.stays if s.person == person and s.place == d.place]
        return any(s.span.contains(span) and (s.site == d.site or d.away_kind) for s in stays)
    if person == OUTSIDE:
        return any(f.span.contains(span) for f in week.free)
    if any(a.person == person and a.span.overlaps(span) for a in week.absences):
        return False
    paid = (x for x in week.paid if x.person == person and d.support)
    shifts = (s for s in week.shifts if s.person == person and d.site in s.sites)
    working = [s.span for s in shifts if not s.on_call] + [x.span for x in paid]
    return any(s.contains(span) for s in working)


def _leads(it: Draw, d: Demand, span: Span) -> tuple[Lead, ...]:
    out: list[Lead] = []
    for role in d.roles:
        count = role.count - (it.number(0, 19) == 19)
        for _ in range(count):
            free = [p for p in role.people if all(p != lead.person for lead in out)]
            fit = [p for p in free if _there(it.week, d, p, span)]
            free = free if it.number(0, 19) == 19 else fit
            if free:
                first = d.own_worker is not None and not it.now_and_then(3)
                out.append(Lead(role.name, free[0] if first else it.one(free)))
    return tuple(out)


def _attendees(it: Draw, d: Demand, span: Span, leads: Sequence[Lead]) -> tuple[str, ...]:
    if it.number(0, 19) == 19:
        return it.some(d.attendees, 5)
    leading = {lead.person for lead in leads}
    there = [p for p in d.attendees if p not in leading and _there(it.week, d, p, span)]
    expected = tuple(p for p in d.expected if p in there and not it.now_and_then(2))
    offered = tuple(p for p in it.some(d.offered, 7) if p in there)
    return tuple(dict.fromkeys((*d.required, *expected, *offered)))
