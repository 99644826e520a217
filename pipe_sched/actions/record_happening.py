"""Record that something happened: somebody is away, a room is out of use, somebody arrives.

The rows are those of the workbook, so that a later workbook may correct them. Nothing is
planned again here: the week shows at once what this breaks, and a re-plan mends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from pipe_sched.access import Actor, sites_for
from pipe_sched.actions.crns import NO_EXCHANGE, Exchange, exchange
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.viewer import viewer_of
from pipe_sched.core import shown
from pipe_sched.core.clock import NoSuchTime, instant
from pipe_sched.core.concerned import concerned
from pipe_sched.core.labels import WITHHELD
from pipe_sched.core.merge import Changes, merge
from pipe_sched.core.plan import (
    AbsenceRow,
    AllocationRow,
    Plan,
    ResidentRow,
    RoomClosedRow,
    StayRow,
)
from pipe_sched.formats.json_values import on_one_line
from pipe_sched.store import once
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.foreign import Foreign
from pipe_sched.store.plans import load_plan, save_plan

CRN = re.compile(r"[A-Z][0-9]{6}")
LONGEST_NAME = 100
NOT_OURS = (
    "This concerns somebody who is at other premises now. Ask somebody who may change those too."
)


@dataclass(frozen=True, slots=True)
class Away:
    """A worker is away from one wall time to another. The cause is not held."""

    staff: str
    start_date: date
    start: time
    end_date: date
    end: time


@dataclass(frozen=True, slots=True)
class RoomOut:
    """A room is out of use from one wall time to another."""

    room: str
    start_date: date
    start: time
    end_date: date
    end: time


@dataclass(frozen=True, slots=True)
class Arrives:
    """Somebody comes to stay: CRN, name, when, and their key worker."""

    crn: str
    name: str
    arrives: date
    arrives_at: time
    key_worker: str


Happening = Away | RoomOut | Arrives


def record_happening(
    store: Store,
    actor: Actor,
    site: str,
    what: Happening,
    *,
    key: str | None = None,
    now: datetime | None = None,
) -> bool:
    """Record it; gives back whether anything was new.

    Raises:
        NotFound: no such site. BadRequest: it names what this site does not have, or times
        that cannot be.
    """
    scope = allowed(actor, "record_happening", [site], write=True)
    key = once.key_of(key, "record_happening", actor.id, site, what)
    with store.open_session(scope) as session:
        answered = once.answer_to(session, key)
        if answered is not None:
            return bool(answered["new"])
        plan = load_plan(session)
        crns = _crns(session, actor, what)
        joined, changes = merge(plan, _rows(plan, site, what, crns))
        if changes.rows:
            try:
                save_plan(session, joined)
            except Foreign:
                raise BadRequest(NOT_OURS) from None
            crns.keep(session)
            _put_on_record(session, site, joined, changes)
        once.remember(session, key, {"new": bool(changes.rows)}, present(now))
        return bool(changes.rows)


def _put_on_record(session: Session, site: str, plan: Plan, changes: Changes) -> None:
    """Whom it concerns, and the sheets of its rows."""
    about = [("person", p) for p in concerned(plan, changes).people]
    said = {"sheets": sorted({change.table for change in changes.rows})}
    record(session, sites=[site], about=about, said=said)


def _crns(session: Session, actor: Actor, what: Happening) -> Exchange:
    """The id for the CRN of whoever arrives."""
    if not isinstance(what, Arrives):
        return NO_EXCHANGE
    typed = Plan(residents=(ResidentRow(_crn(what), ""),))
    return exchange(session, typed, sites_for(actor, "record_happening"))


def _crn(what: Arrives) -> str:
    crn = what.crn.strip().upper()
    if not CRN.fullmatch(crn):
        raise BadRequest("A CRN is a letter and six digits, like X123456.")
    return crn


def _rows(plan: Plan, site: str, what: Happening, crns: Exchange) -> Plan:
    match what:
        case Away():
            _in_order(what.start_date, what.start, what.end_date, what.end)
            _works_here(plan, site, what.staff)
            row = AbsenceRow(what.staff, what.start_date, what.start, what.end_date, what.end)
            return Plan(absences=(row,))
        case RoomOut():
            _in_order(what.start_date, what.start, what.end_date, what.end)
            if not any(r.id == what.room and r.site == site for r in plan.rooms):
                raise BadRequest("Choose a room of these premises.")
            out = RoomClosedRow(what.room, what.start_date, what.start, what.end_date, what.end)
            return Plan(rooms_closed=(out,))
        case Arrives():
            return _arrival(plan, site, what, crns.ids[_crn(what)])


def _works_here(plan: Plan, site: str, staff: str) -> None:
    if not any(s.id == staff and site in s.sites for s in plan.staff):
        raise BadRequest("Choose a worker of these premises.")


def _in_order(start_date: date, start: time, end_date: date, end: time) -> None:
    try:
        first, last = instant(start_date, start), instant(end_date, end)
    except NoSuchTime as error:
        raise BadRequest(str(error)) from None
    if last <= first:
        raise BadRequest("The end must be after the start.")


def _arrival(plan: Plan, site: str, what: Arrives, own: str) -> Plan:
    name = " ".join(what.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadRequest(f"Enter a name of at most {LONGEST_NAME} characters.")
    if not on_one_line(name):
        raise BadRequest("The name holds a character that cannot be shown. Type it again.")
    _works_here(plan, site, what.key_worker)
    try:
        instant(what.arrives, what.arrives_at)
    except NoSuchTime as error:
        raise BadRequest(str(error)) from None
    known = next((r for r in plan.residents if r.id == own), None)
    if any(s.resident == own and (s.leaves is None or s.leaves > what.arrives) for s in plan.stays):
        raise BadRequest(f"{_crn(what)} has a stay at that time already. End that one first.")
    women = any(s.id == site and s.women for s in plan.sites)
    resident = known or ResidentRow(own, name, "woman" if women else None)
    return Plan(
        residents=(resident,),
        stays=(StayRow(own, site, what.arrives, what.arrives_at),),
        allocations=(AllocationRow(own, what.key_worker, what.arrives),),
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """(id, words) of a site's workers, rooms and residents, in the words of one viewer."""

    workers: tuple[tuple[str, str], ...]
    rooms: tuple[tuple[str, str], ...]
    residents: tuple[tuple[str, str], ...]


def people_and_rooms(
    store: Store, actor: Actor, site: str, *, now: datetime | None = None
) -> Choices:
    """The site's workers, rooms, and residents who stay or will stay, for forms.

    Residents whose name is withheld come last, in no order that tells anything.
    """
    scope = allowed(actor, "record_happening", [site])
    with store.open_session(scope) as session:
        plan = load_plan(session, [site])
        viewer = viewer_of(session, actor, site)
    today = present(now).date()
    stays = (s for s in plan.stays if s.site == site and (s.leaves is None or s.leaves >= today))
    here = {s.resident for s in stays}
    mine = [r for r in plan.residents if r.id in here]
    known = [(r.id, r.name) for r in mine if viewer.knows(r.id)]
    hidden = sorted((r.id, WITHHELD) for r in mine if not viewer.knows(r.id))
    for person, _ in (*known, *hidden):
        shown.note("person", person)
    return Choices(
        tuple((s.id, s.name) for s in plan.staff if site in s.sites),
        tuple((r.id, r.name) for r in plan.rooms if r.site == site),
        (*known, *hidden),
    )
