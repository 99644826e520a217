"""The frozen week: everything the planner must know, as ids and minutes.

A `Week` is made once by `draw_up`, stored, solved, checked and exchanged as
JSON. It holds no names. All times are elapsed minutes from local Monday 00:00
Europe/London (see `clock`); spans are half-open and may lie just outside the
week, because shifts, series and shared people do not end at Sunday midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipe_sched.core.clock import Clock
from pipe_sched.core.spans import Span, Spans

Level = Literal["must", "should", "off"]
Tier = Literal["held", "changes", "comfort"]
PersonType = Literal["resident", "staff", "outside"]
Gender = Literal["woman", "man"]
Place = Literal["premises", "custody", "community"]

ATTENDS = "attends"
"""The role name that means: is in the session as an attendee."""


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """A site's own level, tier or price for one rule; absent means the rule's default."""

    rule: str
    level: Level | None = None
    tier: Tier | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """When a site holds sessions of these kinds (no kinds named = every other kind)."""

    windows: Spans
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    """A bank holiday: the whole date, on which these kinds do not run."""

    day: Span
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the daily routine: stops every kind except those it spares.

    `name` is medication, meal, room_check or another plain word. `after`: minutes
    after a block during which residents have no one-to-one (medication: 30).
    """

    name: str
    span: Span
    spares: tuple[str, ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """How many people who count for cover must be on the floor during a span."""

    span: Span
    minimum: int


@dataclass(frozen=True, slots=True)
class Limits:
    """A site's numbers for the rules: minutes unless said. All defaults are [A] of rules.md."""

    rest: int = 660
    break_after: int = 360
    break_length: int = 20
    recording: int = 15
    longest_run: int = 120
    run_pause: int = 15
    one_to_ones_a_day: int = 4
    handover: int = 15
    arrival: int = 60
    sessions_a_day: int = 2
    resident_pause: int = 15
    purposeful: int = 0
    same_time: int = 60
    one_site_a_day: bool = True
    evening_from: int = 1020
    """Wall-clock minutes after midnight from which a session is in the evening (17:00)."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where sessions happen. `type`: approved_premises, prison, office, clinic, venue."""

    id: str
    type: str = "approved_premises"
    women: bool = False
    hours: tuple[Hours, ...] = ()
    pauses: tuple[Pause, ...] = ()
    routine: tuple[Block, ...] = ()
    cover: tuple[Band, ...] = ()
    limits: Limits = Limits()
    rules: tuple[RuleSetting, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A room: seats for everyone in it, features, neighbours, minutes kept free after use.

    `open` empty means always open. `next_to`: ids of adjoining rooms (either way round).
    Features are plain words: group, one_to_one, kitchen, outdoors, quiet, step_free, in_sight.
    """

    id: str
    site: str
    seats: int
    features: tuple[str, ...] = ()
    next_to: tuple[str, ...] = ()
    turn_round: int = 0
    open: Spans = ()
    closed: Spans = ()


@dataclass(frozen=True, slots=True)
class Load:
    """What a worker did in the 12 weeks before: minutes, evenings and weekend sessions."""

    contact: int = 0
    evenings: int = 0
    weekends: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may be in a session.

    Staff: `job` (ap_manager, regime_lead, psychologist, assistant_psychologist,
    key_worker, residential_worker, ...), `manager` the direct line manager,
    `counts` for cover, `visiting` when site-days matter, `womens_one_to_ones`
    as set by the manager. Residents: `step_free`, `hidden_from` (who may not see
    who this is) and, when `restricted`, `seen_by` (the only ones who may): of both
    lists those whom this week knows. `site` is the home site whose settings apply.
    """

    id: str
    type: PersonType
    site: str
    job: str = ""
    gender: Gender | None = None
    manager: str | None = None
    counts: bool = False
    visiting: bool = False
    womens_one_to_ones: bool = True
    step_free: bool = False
    hidden_from: tuple[str, ...] = ()
    base: Load = Load()
    several_sites_a_day: bool = False
    restricted: bool = False
    seen_by: tuple[str, ...] = ()

    def may_be_known_to(self, person: str) -> bool:
        """Whether somebody may see who this is."""
        if person in self.hidden_from:
            return False
        return not self.restricted or person in self.seen_by


@dataclass(frozen=True, slots=True)
class Shift:
    """Working time of a staff member at one or more sites. `on_call` never counts or works."""

    person: str
    sites: tuple[str, ...]
    span: Span
    on_call: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """Working time taken away (leave, sickness, external training); the cause is not held."""

    person: str
    span: Span


@dataclass(frozen=True, slots=True)
class Paid:
    """A worker's own window for paid attendance at staff support outside a shift."""

    person: str
    span: Span


@dataclass(frozen=True, slots=True)
class Free:
    """When a person from outside said they are free, and at which sites (none = any)."""

    person: str
    span: Span
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something a person is already in: appointment, sign-in, medication, imported busy time.

    `site` is where it is when that is one of ours, else None. `away`: elsewhere, so
    `travel` minutes either side are taken too. `purposeful` minutes count for enough to do.
    """

    person: str
    span: Span
    name: str = "commitment"
    site: str | None = None
    away: bool = False
    travel: int = 0
    purposeful: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """A resident's time at a place. `place` custody or community for people not in residence.

    `span` is cut to the week's surroundings. `arrives` marks that the span starts with an
    arrival (then nothing is planned for the site's `arrival` minutes after it).
    """

    person: str
    site: str
    span: Span
    place: Place = "premises"
    arrives: bool = False


@dataclass(frozen=True, slots=True)
class Curfew:
    """When a resident must be at the premises: no off-site session, travel included."""

    person: str
    span: Span


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Two people with an open record: never in one session.

    `level` session: only that. `level` rooms: nor in the same or adjoining rooms at
    overlapping times or within `gap` minutes. Holds no reason.
    """

    a: str
    b: str
    level: Literal["session", "rooms"] = "session"
    gap: int = 15


@dataclass(frozen=True, slots=True)
class SafeToSee:
    """How a resident may be seen one to one. Empty or False means no such limit.

    `gender` not_asked counts as woman at women's premises and as either elsewhere.
    """

    person: str
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    two_staff: bool = False
    hours: Spans = ()
    in_sight: bool = False
    gender: Literal["woman", "man", "either", "not_asked"] = "not_asked"


@dataclass(frozen=True, slots=True)
class Barred:
    """A site or room a resident is never planned into.

    With `accompanied` the site is open to them only in sessions marked `accompanied`.
    """

    person: str
    site: str | None = None
    room: str | None = None
    accompanied: bool = False


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes from one site to another; both directions are given or taken as the same."""

    from_site: str
    to_site: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Booking:
    """A session already published or booked outside this run (or just outside the week).

    Its people and room are taken. `counts_off_floor`: its kind does not stay on the floor.
    `series`, `step`: which series step it was, for gaps and order.
    """

    id: str
    site: str
    span: Span
    kind: str
    people: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    room: str | None = None
    off_floor: bool = True
    with_residents: bool = True
    one_to_one: bool = False
    series: str | None = None
    step: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    """A part in a session: exactly `count` of the people who hold the role and training."""

    name: str
    count: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """One session due this week.

    Attendees are required (not held without them), expected (in when free and allowed;
    `quorum` of required and expected needed) or offered (filled up to `largest`).
    `smallest` and `largest` count attendees. `windows`: where it may lie, whole in one.
    `worth`: price of not holding it (overdue and statutory more).
    `own_worker`/`back_up`/`third`: key worker rule, when `own_worker` is set.
    `regular`: who led last time; `usual`: last week's start as a minute of this week.
    `follows`: demand of this week that is the step before; `gap`: series gap in minutes.
    `support`: staff-support kind (paid attendance allowed, line-manager rule may apply).
    `away_kind`: residents from other premises may attend. `remote`: people who join remotely.
    `excused`: people left out in turn because someone they are kept apart from comes.
    """

    id: str
    site: str
    kind: str
    minutes: int
    windows: Spans
    worth: int = 100
    statutory: bool = False
    overdue: bool = False
    roles: tuple[Role, ...] = ()
    required: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    quorum: int = 0
    smallest: int = 0
    largest: int = 1000
    needs_room: bool = True
    features: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    one_to_one: bool = False
    on_floor: bool = False
    confidential: bool = False
    support: bool = False
    no_line_manager: bool = False
    place: Place = "premises"
    away_kind: bool = False
    accompanied: bool = False
    own_worker: str | None = None
    back_up: str | None = None
    third: str | None = None
    regular: str | None = None
    usual: int | None = None
    liked: Spans = ()
    series: str | None = None
    step: int = 0
    gap: int = 0
    follows: str | None = None
    waits: bool = False
    """True when the step before was never held and is not due this week: cannot be held."""

    title: str = ""
    """What people call it ("Cooking"); names nobody."""

    @property
    def attendees(self) -> tuple[str, ...]:
        """Everyone who may attend: required, expected, then offered."""
        return self.required + self.expected + self.offered


@dataclass(frozen=True, slots=True)
class Owed:
    """A person is owed `count` attendances among these demands; `worth` for each not given."""

    person: str
    demands: tuple[str, ...]
    count: int
    worth: int = 40


@dataclass(frozen=True, slots=True)
class Lead:
    """Who fills which role in a session."""

    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A demand's place: start minute, room (None where none is needed), staff, attendees."""

    demand: str
    start: int
    room: str | None
    staff: tuple[Lead, ...] = ()
    attendees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timetable:
    """The assignments of one run's site-weeks; a demand without one is not held."""

    assignments: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """One frozen problem: the demands of one or several sites in one ISO week.

    `plans`: sites whose demands are planned here (others are known only as places).
    `grid`: minutes between allowed starts, counted from minute 0. `now`: the run's
    present as a minute of the week, or None when the whole week lies ahead.
    `pins`: sessions a person keeps in place. `published`: the last published version.
    `cancelled`: ids of demands that a person cancelled; they are not held. `most_changes`:
    a person's cap on changes to what was published, urgency left out; None is no cap.
    """

    year: int
    number: int
    sites: tuple[Site, ...]
    plans: tuple[str, ...] = ()
    rooms: tuple[Room, ...] = ()
    people: tuple[Person, ...] = ()
    shifts: tuple[Shift, ...] = ()
    absences: tuple[Absence, ...] = ()
    paid: tuple[Paid, ...] = ()
    free: tuple[Free, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    stays: tuple[Stay, ...] = ()
    curfews: tuple[Curfew, ...] = ()
    kept_apart: tuple[KeptApart, ...] = ()
    safe_to_see: tuple[SafeToSee, ...] = ()
    barred: tuple[Barred, ...] = ()
    travel: tuple[Travel, ...] = ()
    bookings: tuple[Booking, ...] = ()
    demands: tuple[Demand, ...] = ()
    owed: tuple[Owed, ...] = ()
    pins: tuple[Assignment, ...] = ()
    published: tuple[Assignment, ...] = ()
    grid: int = 15
    now: int | None = None
    cancelled: tuple[str, ...] = ()
    most_changes: int | None = None

    @property
    def clock(self) -> Clock:
        """The week's clock."""
        return Clock(self.year, self.number)
