"""How each table is kept within sites: which of its rows a scope reaches, which it may hold.

Every table is in exactly one of these classes, and a test says so. A table that is forgotten
cannot be reached by a limited scope at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from pipe_sched.store.account_tables import (
    Account,
    Device,
    GrantRow,
    Guesses,
    Link,
    RecoveryCode,
    SignIn,
)
from pipe_sched.store.log_tables import AccessRow, AuditRow, LogAbout, LogHead, Segment, Setting
from pipe_sched.store.run_tables import Run, RunSite, WorkerRow
from pipe_sched.store.sheets import SHEETS
from pipe_sched.store.tables import (
    Answered,
    Booked,
    DemandRow,
    Draft,
    FrozenWeek,
    Name,
    PersonSite,
    PlanState,
    SiteWeek,
    Untold,
    Version,
)

PLACED: Any = PersonSite.__table__
"""Within a criterion every table has a name of its own, or it would be taken for the query's."""
Sites = frozenset[str]
Criterion = Callable[[Sites], ColumnElement[bool]]
Entity = type[Any]

SITE_SHEETS = ("hours", "routine", "cover", "rooms", "programmes", "rules")
PERSON_SHEETS: Mapping[str, tuple[str, ...]] = {
    "staff": ("id",),
    "residents": ("id",),
    "outside": ("id",),
    "free": ("person",),
    "shifts": ("staff",),
    "absences": ("staff",),
    "paid": ("staff",),
    "allocations": ("resident",),
    "curfews": ("resident",),
    "safe_to_see": ("resident",),
    "barred": ("resident",),
    "commitments": ("person",),
    "kept_apart": ("a", "b"),
}
"""Sheets of rows about people: everybody in these columns must be of the scope's sites."""
ROW_SHEETS: Mapping[str, tuple[str, str]] = {
    "rooms_closed": ("room", "rooms"),
    "enrolments": ("programme", "programmes"),
    "deliveries": ("programme", "programmes"),
}
"""Sheets of rows about a row of another sheet, which has a site."""
OPEN_SHEETS: Mapping[str, tuple[str, ...]] = {
    "sites": ("id",),
    "travel": ("from_site", "to_site"),
    "bank_holidays": (),
}
"""Sheets that everybody may read: that premises exist, how far apart they are, public holidays.
Who writes must have these columns in their scope. Public holidays are the same for all: the
import takes from somebody of some sites only those of the calendar.
"""

BY_SITE: tuple[Entity, ...] = (
    PersonSite,
    SiteWeek,
    DemandRow,
    Draft,
    Version,
    Booked,
    Untold,
    RunSite,
    AuditRow,
    AccessRow,
    *(SHEETS[name].entity for name in SITE_SHEETS),
)
"""Tables with a column `site`."""
OPEN: tuple[Entity, ...] = (PlanState, WorkerRow, Answered, Setting, Segment)
"""Tables that concern no site and name nobody."""
CLOSED: tuple[Entity, ...] = (
    Account,
    GrantRow,
    SignIn,
    Device,
    Link,
    RecoveryCode,
    Guesses,
    LogAbout,
    LogHead,
)
"""Tables that only a named exit reaches."""


def _by_site(entity: Entity) -> Criterion:
    return lambda sites: entity.site.in_(sites)


def _of_sites(person: Any, sites: Sites) -> ColumnElement[bool]:
    """Whether somebody is of these sites. Those from outside without a site are of every one."""
    there, anywhere = PLACED.alias(), PLACED.alias()
    outside = SHEETS["outside"].table.alias()
    return or_(
        exists().where(there.c.person == person, there.c.site.in_(sites)),
        and_(
            exists().where(outside.c.id == person),
            ~exists().where(anywhere.c.person == person),
        ),
    )


def _by_people(name: str) -> Criterion:
    entity = SHEETS[name].entity
    columns = [getattr(entity, key) for key in PERSON_SHEETS[name]]
    return lambda sites: and_(*(_of_sites(column, sites) for column in columns))


def _by_row(name: str) -> Criterion:
    entity = SHEETS[name].entity

    def inside(sites: Sites) -> ColumnElement[bool]:
        here = _of_row(name, sites)
        led = getattr(entity, "led_by", None)
        # What a shared worker led elsewhere is part of a fair load.
        return here if led is None else or_(here, _of_sites(led, sites))

    return inside


def _of_row(name: str, sites: Sites) -> ColumnElement[bool]:
    """Whether the row of the other sheet is of these sites and of no others."""
    key, other = ROW_SHEETS[name]
    target, column = SHEETS[other].table, getattr(SHEETS[name].entity, key)
    here, there = target.alias(), target.alias()
    return and_(
        column.in_(select(here.c.id).where(here.c.site.in_(sites))),
        column.not_in(select(there.c.id).where(there.c.site.not_in(sites))),
    )


def _stays(sites: Sites) -> ColumnElement[bool]:
    """Stays here, and those of residents of other premises who take part in a programme here."""
    stays, enrolled = SHEETS["stays"].entity, SHEETS["enrolments"].table.alias()
    programmes = SHEETS["programmes"].table.alias()
    here = select(programmes.c.id).where(programmes.c.site.in_(sites))
    part = exists().where(enrolled.c.person == stays.resident, enrolled.c.programme.in_(here))
    return or_(stays.site.in_(sites), and_(part, _of_sites(stays.resident, sites)))


def _runs(sites: Sites) -> ColumnElement[bool]:
    parts = RunSite.__table__.alias()
    return exists().where(parts.c.run == Run.id, parts.c.site.in_(sites))


def _weeks(sites: Sites) -> ColumnElement[bool]:
    """Weeks that something of these sites stands in, and that no run of others solved."""
    return and_(
        or_(
            _stands_in(SiteWeek, "week_hash", sites),
            _stands_in(Draft, "week_hash", sites),
            _stands_in(Version, "week_hash", sites),
            _stands_in(Version, "shown_week", sites),
            _solved(sites, here=True),
        ),
        ~_solved(sites, here=False),
    )


def _stands_in(entity: Entity, column: str, sites: Sites) -> ColumnElement[bool]:
    table = entity.__table__.alias()
    return exists().where(table.c[column] == FrozenWeek.hash, table.c.site.in_(sites))


def _solved(sites: Sites, *, here: bool) -> ColumnElement[bool]:
    """Whether a run solved the week for one of these sites, or for another."""
    runs, parts = Run.__table__.alias(), RunSite.__table__.alias()
    mine = parts.c.site.in_(sites) if here else parts.c.site.not_in(sites)
    return exists().where(runs.c.week_hash == FrozenWeek.hash, parts.c.run == runs.c.id, mine)


def _names(sites: Sites) -> ColumnElement[bool]:
    """Names of sites and of those who sign in for everybody, all others for whom they concern."""
    rooms, commitments = SHEETS["rooms"].table.alias(), SHEETS["commitments"].table.alias()
    room = exists().where(rooms.c.id == Name.id, rooms.c.site.in_(sites))
    whose = exists().where(commitments.c.id == Name.id, _of_sites(commitments.c.person, sites))
    people = Name.kind.in_(("staff", "outside", "resident", "crn"))
    return or_(
        Name.kind.in_(("site", "account")),
        and_(people, _of_sites(Name.id, sites)),
        and_(Name.kind == "room", room),
        and_(Name.kind == "commitment", whose),
    )


def _written_names(sites: Sites) -> ColumnElement[bool]:
    """Names of one's own sites alone, and none of those who sign in."""
    others = and_(Name.kind == "site", Name.id.not_in(sites))
    return and_(_names(sites), Name.kind != "account", ~others)


def _written_open(name: str) -> Criterion:
    """Only rows that have all of these columns within the sites, and columns at all."""
    columns = [getattr(SHEETS[name].entity, key) for key in OPEN_SHEETS[name]]
    return lambda sites: and_(*(c.in_(sites) for c in columns)) if columns else false()


def _written_row(name: str) -> Criterion:
    return lambda sites: _of_row(name, sites)


def _everything(_sites: Sites) -> ColumnElement[bool]:
    return true()


REACH: Mapping[Entity, Criterion] = {
    **{entity: _by_site(entity) for entity in BY_SITE},
    **{SHEETS[name].entity: _by_people(name) for name in PERSON_SHEETS},
    **{SHEETS[name].entity: _by_row(name) for name in ROW_SHEETS},
    SHEETS["stays"].entity: _stays,
    Run: _runs,
    FrozenWeek: _weeks,
    Name: _names,
    **{SHEETS[name].entity: _everything for name in OPEN_SHEETS},
    **dict.fromkeys(OPEN, _everything),
}
"""What of each table a limited scope reads. A table that is not here it does not reach."""
WRITTEN: Mapping[Entity, Criterion] = {
    **REACH,
    **{SHEETS[name].entity: _written_open(name) for name in OPEN_SHEETS},
    **{SHEETS[name].entity: _written_row(name) for name in ROW_SHEETS},
    SHEETS["stays"].entity: _by_site(SHEETS["stays"].entity),
    Name: _written_names,
}
"""What of each table a limited scope changes and takes away: less than it reads."""
