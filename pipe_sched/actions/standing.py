"""How a site's week stands: its draft as it was judged, or judged anew when things changed.

What the referee found is kept with a draft, and holds as long as nothing it depends on has
changed. When the plan, what is published or another site's week changed since, the draft is
judged again against what is true now, so that a page never shows an old truth. A draft that
differs from what is published is judged at the present as the week comes near: what could
be moved yesterday may be too soon to be moved today.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from pipe_sched.actions.drawing import LOOK_AHEAD, AsIf, draw
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.judging import Judged, judge, named
from pipe_sched.actions.planned import basis, planned_of
from pipe_sched.actions.reasons import findings_from_stored
from pipe_sched.actions.texts import read_week, referee
from pipe_sched.check import undecided
from pipe_sched.core.clock import Clock
from pipe_sched.core.week import Week
from pipe_sched.store import drafts, versions, weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import Draft, SiteWeek

MOST = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft and its judgement. `changed`: the data, or what is planned elsewhere, changed since.

    `fault`: why the week cannot be drawn up from the data as it is now (then `judged` is old).
    """

    draft: Draft
    judged: Judged
    changed: bool = False
    fault: str | None = None


_kept: OrderedDict[tuple[str, ...], Judged] = OrderedDict()
_lock = Lock()


def standing(session: Session, row: SiteWeek, moment: datetime) -> Standing | None:
    """The site-week's current draft as it stands at the moment; None before the first."""
    clock = Clock(row.year, row.number)
    draft = drafts.draft(session, row.site, clock, row.revision) if row.revision else None
    if draft is None:
        return None
    return standing_of(session, draft, _when(session, row, draft, moment))


def _when(session: Session, row: SiteWeek, draft: Draft, moment: datetime) -> datetime:
    """The present, to a quarter of an hour, where notice counts; else when the draft was saved."""
    clock = Clock(row.year, row.number)
    near = moment + timedelta(minutes=LOOK_AHEAD) > clock.origin
    found = versions.version(session, row.site, clock, row.published) if row.published else None
    if not near or found is None or found.timetable == draft.timetable:
        return draft.created_at
    quarter = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    return max(draft.created_at, quarter)


def standing_of(session: Session, draft: Draft, at: datetime | None = None) -> Standing:
    """Any draft as it stands now, with `at` as the present (None: when it was saved)."""
    present = at or draft.created_at
    now = basis(session, draft.site, Clock(draft.year, draft.number))
    if draft.basis == now and present == draft.created_at:
        return Standing(draft, as_saved(session, draft))
    made = (draft.week_hash, present.isoformat(), draft.timetable)
    key = (str(session.get_bind().engine.url), str(draft.id), now, *made)
    with _lock:
        found = _kept.get(key)
    if found is None:
        try:
            found = _anew(session, draft, present)
        except BadRequest as refusal:
            return Standing(draft, as_saved(session, draft), True, refusal.sentence)
        with _lock:
            _kept[key] = found
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return Standing(draft, found, _facts(saved_week(session, draft)) != _facts(found.week))


def saved_week(session: Session, draft: Draft) -> Week:
    """The week that a draft was judged in when it was saved."""
    return read_week(weeks.week_text(session, draft.week_hash))


def _facts(week: Week) -> Week:
    """The week without what people decided or published here: what they call the data."""
    return replace(undecided(week), published=())


def as_saved(session: Session, draft: Draft) -> Judged:
    """A draft as it was judged when it was saved."""
    text = weeks.week_text(session, draft.week_hash)
    week, planned = read_week(text), planned_of(draft)
    if draft.findings is not None:
        findings = findings_from_stored(draft.findings)
    else:
        found = referee(text).findings(planned.timetable)
        findings = (*named(week, planned), *found)
    return Judged(week, text, draft.week_hash, planned, findings)


def _anew(session: Session, draft: Draft, present: datetime) -> Judged:
    """Judged against the data as they are."""
    planned = planned_of(draft)
    as_if = AsIf({draft.site: planned})
    clock = Clock(draft.year, draft.number)
    return judge(draw(session, clock, (draft.site,), present, as_if), planned)
