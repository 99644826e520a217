"""End a resident's stay: one action that frees every future slot, and tells nobody yet.

A recall is sudden and must not be announced. Until it is said that they have left, no list of
differences, feed or sheet shows it (see `outward`). Why a stay ends is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from pipe_sched.access import Actor
from pipe_sched.actions.booking import book_again
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.drafting import Cause, new_draft, save_draft
from pipe_sched.actions.drawing import AsIf, draw
from pipe_sched.actions.errors import BadRequest, NotFound
from pipe_sched.actions.judging import Judged, judge
from pipe_sched.actions.standing import as_saved
from pipe_sched.actions.texts import referee
from pipe_sched.core.changes import Leave, changed
from pipe_sched.core.clock import Clock, NoSuchTime, instant
from pipe_sched.core.decisions import Planned
from pipe_sched.core.plan import Plan, StayRow
from pipe_sched.core.stays import COMES_AND_GOES
from pipe_sched.store import drafts, once, versions, weeks
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.gate import passage
from pipe_sched.store.plans import load_plan, save_plan
from pipe_sched.store.tables import SiteWeek


@dataclass(frozen=True, slots=True)
class Ended:
    """What ending a stay freed: sessions that are off, and sessions they are no longer in."""

    off: int
    out_of: int


def end_stay(
    store: Store,
    actor: Actor,
    site: str,
    resident: str,
    day: date,
    at: time,
    *,
    told: bool = False,
    key: str | None = None,
    now: datetime | None = None,
) -> Ended:
    """End the stay at this wall time; `told`: they have left, it may be seen.

    Raises:
        NotFound: no such site, or nobody of that id stays there. BadRequest: a time before
        they came, or one that does not exist.
    """
    moment = present(now)
    key = once.key_of(key, "end_stay", actor.id, site, resident, day, at, told)
    with store.open_session(allowed(actor, "end_stay", [site], write=True)) as session:
        answered = once.answer_to(session, key)
        if answered is not None:
            return Ended(int(answered["off"]), int(answered["out_of"]))
        _close(session, site, resident, day, at)
        if not told:
            versions.hold_back(session, resident, site, moment)
        with passage(session, "stay_ended"):
            leaving = _Leaving(resident, site, actor.id, moment)
            ended = _free(session, leaving, instant(day, at))
        once.remember(session, key, {"off": ended.off, "out_of": ended.out_of}, moment)
        said = {"off": ended.off, "out_of": ended.out_of, "told": told}
        record(session, sites=[site], about=[("person", resident)], said=said)
        return ended


def tell_left(store: Store, actor: Actor, site: str, resident: str) -> bool:
    """They have left: from now on it may be seen. False when nothing was held back."""
    scope = allowed(actor, "end_stay", [site], write=True)
    with store.open_session(scope) as session:
        told = versions.tell(session, resident, site)
        if told:
            with passage(session, "told"):
                book_again(session)
            record(session, sites=[site], about=[("person", resident)], said={"told": True})
        return told


def _close(session: Session, site: str, resident: str, day: date, at: time) -> None:
    plan = load_plan(session)
    open_ = [s for s in plan.stays if s.resident == resident and s.site == site]
    stay = max((s for s in open_ if s.leaves is None or s.leaves >= day), key=_since, default=None)
    if stay is None:
        raise NotFound("Nobody of that id stays at these premises at that time.")
    try:
        came = instant(stay.arrives, stay.arrives_at or time(0))
        if instant(day, at) <= came:
            raise BadRequest("The stay cannot end before it begins. Choose a later time.")
        if stay.leaves is not None and instant(day, at) > _planned_end(stay):
            raise BadRequest("The stay ends before that already. Choose an earlier time.")
    except NoSuchTime as error:
        raise BadRequest(str(error)) from None
    ended = replace(stay, leaves=day, leaves_at=at)
    save_plan(session, _with(plan, stay, ended))


def _planned_end(stay: StayRow) -> datetime:
    if stay.leaves is None:
        raise ValueError("A stay without an end.")
    return instant(stay.leaves, stay.leaves_at or COMES_AND_GOES)


def _since(stay: StayRow) -> date:
    return stay.arrives


def _with(plan: Plan, old: StayRow, new: StayRow) -> Plan:
    return replace(plan, stays=tuple(new if s == old else s for s in plan.stays))


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Who leaves which site, and who says so when."""

    resident: str
    site: str
    actor: str
    now: datetime

    def cause_at(self, site: str) -> str:
        """What their draft says of itself: other premises are not told that a stay has ended."""
        return "stay_ended" if site == self.site else "change"


def _free(session: Session, leaving: _Leaving, since: datetime) -> Ended:
    """Take them out of every later session of every draft, and out of what is booked."""
    resident = leaving.resident
    off = out_of = 0
    for row in weeks.site_weeks(session):
        clock = Clock(row.year, row.number)
        first = int((since - clock.origin).total_seconds() // 60)
        if first >= clock.length or not row.revision:
            continue
        for before, after in _without(session, leaving, row, first):
            off += len(before.timetable.assignments) - len(after.timetable.assignments)
            out_of += _times(before, resident, first) - _times(after, resident, first)
    versions.unbook(session, resident, int(since.timestamp()) // 60)
    return Ended(off, out_of - off)


def _times(planned: Planned, resident: str, first: int) -> int:
    places = planned.timetable.assignments
    return sum(resident in a.attendees and a.start >= first for a in places)


def _without(
    session: Session, leaving: _Leaving, row: SiteWeek, first: int
) -> Iterator[tuple[Planned, Planned]]:
    clock = Clock(row.year, row.number)
    draft = drafts.draft(session, row.site, clock, row.revision)
    if draft is None:
        return
    saved = as_saved(session, draft)
    wanted = changed(saved.planned, saved.week, Leave(leaving.resident, first))
    if wanted != saved.planned:
        judged = _judged(session, row.site, saved, wanted, leaving.now)
        cause = Cause(leaving.actor, leaving.cause_at(row.site))
        save_draft(session, new_draft(session, row.site, judged, cause), leaving.now)
        yield saved.planned, judged.planned


def _judged(session: Session, site: str, saved: Judged, wanted: Planned, now: datetime) -> Judged:
    """Judged against what is true now; where that cannot be drawn up, as it was drawn up before.

    A recall is never held up by a fault in the data of some other week.
    """
    clock = Clock(saved.week.year, saved.week.number)
    try:
        return judge(draw(session, clock, (site,), now, AsIf({site: wanted})), wanted)
    except BadRequest:
        findings = referee(saved.text).findings(wanted.timetable)
        return replace(saved, planned=wanted, findings=findings)
