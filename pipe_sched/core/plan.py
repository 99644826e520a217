"""What a premises tells the planner: rows with dates and wall times, as in the workbook.

A `Plan` is the workbook's and the store's content, one dataclass per sheet and
table. `due` and `draw_up` turn it into a frozen `Week` of ids and minutes. Only
here do names stand, in the fields `name`; they never reach a week.

Wall times are Europe/London. `days` are ISO weekday numbers 1 (Monday) to 7;
empty means every day. An end time at or before the start is the next day's.
`since`/`until` are first and last dates, inclusive; None is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from pipe_sched.core.week import Gender, Level, Place, Tier

Often = Literal["weekly", "n_weekly", "monthly", "once_a_stay", "series", "days"]
Whom = Literal["each_resident", "each_worker", "group"]
Mode = Literal["required", "expected", "offered"]
Outcome = Literal["held", "absent", "cancelled_by_service", "cancelled", "not_marked"]


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site. `limits` overrides: pairs of a name of `week.Limits` and a whole number."""

    id: str
    name: str
    type: str = "approved_premises"
    women: bool = False
    beds: int = 0
    place: str = ""
    grid: int = 15
    limits: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HoursRow:
    """When a site holds sessions of these kinds (none named: every kind without own hours)."""

    site: str
    start: time
    end: time
    days: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutineRow:
    """A block of the daily routine (medication, meal, room_check, ...)."""

    site: str
    name: str
    start: time
    end: time
    days: tuple[int, ...] = ()
    spares: tuple[str, ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True)
class CoverRow:
    """How many people who count for cover must be on the floor."""

    site: str
    minimum: int
    start: time
    end: time
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room, see `week.Room`."""

    id: str
    site: str
    name: str
    seats: int
    features: tuple[str, ...] = ()
    next_to: tuple[str, ...] = ()
    turn_round: int = 0


@dataclass(frozen=True, slots=True)
class RoomClosedRow:
    """A room out of use from a date and time to another."""

    room: str
    start_date: date
    start: time
    end_date: date
    end: time


@dataclass(frozen=True, slots=True)
class TravelRow:
    """Minutes between two sites."""

    from_site: str
    to_site: str
    minutes: int


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A staff member. `sites`: where they work, home first. `training`: roles trained for."""

    id: str
    name: str
    job: str
    sites: tuple[str, ...]
    employer: str = "Probation"
    training: tuple[str, ...] = ()
    manager: str | None = None
    gender: Gender | None = None
    counts: bool = False
    visiting: bool = False
    womens_one_to_ones: bool = True
    several_sites_a_day: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """Someone who takes part without an account (probation practitioner, visiting psychologist)."""

    id: str
    name: str
    job: str
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift on one date. `type`: 12-hour, office, late, other, on-call."""

    staff: str
    date: date
    start: time
    end: time
    sites: tuple[str, ...]
    type: str = "12-hour"


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Working time taken away; the cause is not held."""

    staff: str
    start_date: date
    start: time
    end_date: date
    end: time


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A worker's window for paid attendance outside a shift."""

    staff: str
    date: date
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class FreeRow:
    """When someone from outside is free."""

    person: str
    date: date
    start: time
    end: time
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """A resident; in a workbook the id is the CRN, in the store one of its own.

    Two lists of staff ids, as Delius knows them: `hidden_from` (exclusion) may not see who this
    is; when `restricted`, nobody but `seen_by` (restriction) may.
    """

    id: str
    name: str
    gender: Gender | None = None
    step_free: bool = False
    restricted: bool = False
    hidden_from: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StayRow:
    """A resident's stay. `pipe` False: lives there without taking part in the programme."""

    resident: str
    site: str
    arrives: date
    arrives_at: time | None = None
    leaves: date | None = None
    leaves_at: time | None = None
    status: str = "arrived"
    place: Place = "premises"
    pipe: bool = True


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """A resident's key worker and back-up from a date (until the next row's)."""

    resident: str
    key_worker: str
    since: date
    back_up: str | None = None
    third: str | None = None


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A person's appointment or other commitment: one date, or weekdays from a date to another."""

    id: str
    person: str
    name: str
    start: time
    end: time
    since: date
    until: date | None = None
    days: tuple[int, ...] = ()
    site: str | None = None
    away: bool = False
    travel: int = 30
    purposeful: bool = False


@dataclass(frozen=True, slots=True)
class CurfewRow:
    """When a resident must be at the premises, beyond the site's own curfew."""

    resident: str
    start: time
    end: time
    days: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ApartRow:
    """Two people with an open kept-apart record; `level` session or rooms; no reason."""

    a: str
    b: str
    level: Literal["session", "rooms"] = "session"
    gap: int = 15
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SafeRow:
    """How a resident may be seen one to one, see `week.SafeToSee`."""

    resident: str
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    two_staff: bool = False
    start: time | None = None
    end: time | None = None
    in_sight: bool = False
    gender: Literal["woman", "man", "either", "not_asked"] = "not_asked"


@dataclass(frozen=True, slots=True)
class BarredRow:
    """A site or room a resident is never planned into."""

    resident: str
    site: str | None = None
    room: str | None = None
    accompanied: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A role to fill: `count` people whose job is one of `jobs` and who hold `training`.

    Empty `training`: no training is needed. Empty `jobs` with `training`: anyone trained. The
    job `own_key_worker` stands for the resident's key worker and back-up, `named` for the
    programme's `people`.
    """

    role: str
    count: int = 1
    jobs: tuple[str, ...] = ()
    training: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A site's dated settings for one kind of session.

    `often`: weekly (`times` a week), n_weekly (every `every` weeks), monthly, once_a_stay
    (within `from_day`..`to_day` of the stay, day 1 = arrival), series (`length` steps, `times`
    a week, `gap` minutes between), days (due `every` days after the last, window `early` days
    before to `late` days after). `whom`: each_resident and each_worker make one demand per
    person (enrolled ones only when `enrolled`); group makes one per occurrence whose attendees
    come in `mode` from enrolled people or, without `enrolled`, from all residents of the
    programme or, when `support`, all staff with a job in `attend_jobs`.
    `title`: what people call it ("Cooking"), for sheets and screens; names nobody.
    `owed`: attendances each attendee is owed a week. `priority` is the worth; an overdue
    demand is worth `overdue_priority` (0: twice). `not_before`/`not_after` and `days` bound
    the place; `liked_*` prefer. `anchor`: a date of an occurrence, for n_weekly.
    """

    id: str
    site: str
    kind: str
    minutes: int
    often: Often = "weekly"
    times: int = 1
    every: int = 1
    whom: Whom = "group"
    mode: Mode = "offered"
    owed: int = 0
    parts: tuple[Part, ...] = ()
    attend_jobs: tuple[str, ...] = ()
    also_required: tuple[str, ...] = ()
    enrolled: bool = False
    smallest: int = 0
    largest: int = 1000
    quorum: int = 0
    features: tuple[str, ...] = ()
    needs_room: bool = True
    days: tuple[int, ...] = ()
    not_before: time | None = None
    not_after: time | None = None
    liked_start: time | None = None
    liked_end: time | None = None
    liked_days: tuple[int, ...] = ()
    priority: int = 100
    overdue_priority: int = 0
    statutory: bool = False
    one_to_one: bool = False
    on_floor: bool = False
    confidential: bool = False
    support: bool = False
    no_line_manager: bool = False
    on_bank_holidays: bool = True
    place: Place = "premises"
    away_kind: bool = False
    accompanied: bool = False
    length: int = 0
    gap: int = 0
    from_day: int = 0
    to_day: int = 0
    early: int = 0
    late: int = 0
    anchor: date | None = None
    since: date | None = None
    until: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A person takes part in a programme; paused between two dates; `priority` 0 = programme's."""

    programme: str
    person: str
    since: date
    until: date | None = None
    paused_from: date | None = None
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One past session of a programme for one person (or the whole group when person is None).

    `step` counts in a series. `led_by` is who led; `start`/`minutes` when it was.
    """

    programme: str
    date: date
    start: time
    minutes: int
    outcome: Outcome
    person: str | None = None
    led_by: str | None = None
    step: int = 0
    room: str | None = None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A site's own level, tier or price for one rule."""

    site: str
    rule: str
    level: Level | None = None
    tier: Tier | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All sheets together. `bank_holidays` are dates for England and Wales."""

    sites: tuple[SiteRow, ...] = ()
    hours: tuple[HoursRow, ...] = ()
    routine: tuple[RoutineRow, ...] = ()
    cover: tuple[CoverRow, ...] = ()
    rooms: tuple[RoomRow, ...] = ()
    rooms_closed: tuple[RoomClosedRow, ...] = ()
    travel: tuple[TravelRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    outside: tuple[OutsideRow, ...] = ()
    shifts: tuple[ShiftRow, ...] = ()
    absences: tuple[AbsenceRow, ...] = ()
    paid: tuple[PaidRow, ...] = ()
    free: tuple[FreeRow, ...] = ()
    residents: tuple[ResidentRow, ...] = ()
    stays: tuple[StayRow, ...] = ()
    allocations: tuple[AllocationRow, ...] = ()
    commitments: tuple[CommitmentRow, ...] = ()
    curfews: tuple[CurfewRow, ...] = ()
    kept_apart: tuple[ApartRow, ...] = ()
    safe_to_see: tuple[SafeRow, ...] = ()
    barred: tuple[BarredRow, ...] = ()
    programmes: tuple[ProgrammeRow, ...] = ()
    enrolments: tuple[EnrolmentRow, ...] = ()
    deliveries: tuple[DeliveryRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    bank_holidays: tuple[date, ...] = ()
