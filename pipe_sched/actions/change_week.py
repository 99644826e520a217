"""Change one thing, or one bulk of things, in a site's week: verdict first, then a revision.

One action for every kind of change. Without `save` it only says what the change would do.
With it the change is stored as a new revision, if the week is still the one that the person
saw, nothing is broken that may never be, and every other must it breaks was agreed to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.drafting import Cause, new_draft, save_draft
from pipe_sched.actions.drawing import AsIf, draw
from pipe_sched.actions.errors import BadRequest, Conflict, NotFound
from pipe_sched.actions.judging import Judged, judge
from pipe_sched.actions.names import words_for
from pipe_sched.actions.overtaken import check_version
from pipe_sched.actions.planned import basis, planned_now
from pipe_sched.actions.reasons import to_stored
from pipe_sched.actions.verdict import NOTHING_NEW, Verdict, told_of, verdict
from pipe_sched.core.changes import Change, NoSense, OneOff, changed
from pipe_sched.core.clock import Clock
from pipe_sched.core.decisions import AGREE_REASONS, Agreed, Planned
from pipe_sched.core.differing import touched
from pipe_sched.core.labels import Labels
from pipe_sched.store import once, weeks
from pipe_sched.store.audit import record
from pipe_sched.store.drafts import next_revision
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.tables import SiteWeek

Agreements = Mapping[tuple[str, str], str]
"""Why a broken must may be broken, by (rule, key): ids of `AGREE_REASONS`."""
TRIES = 3
"""How often a change is judged again because the data changed while it was judged."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One change as a person asked for it.

    `version`: the site-week's version they saw; `agreed`: what they agree to break, and why;
    `key`: the same change sent twice with it is made once.
    """

    change: Change
    version: int
    agreed: Agreements
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change that was judged. `basis`: what it was judged against."""

    before: Judged
    after: Judged
    verdict: Verdict
    labels: Labels
    basis: str


def change_week(
    store: Store,
    actor: Actor,
    site: str,
    clock: Clock,
    asked: Asked,
    *,
    save: bool = False,
    now: datetime | None = None,
) -> Verdict:
    """Say what the change does, and with `save` make it.

    Raises:
        NotFound: no such site, or the week was not drawn up.
        BadRequest: the change makes no sense, or breaks what was not agreed to.
        Overtaken: the week was changed since the person saw it.
    """
    allowed(actor, "change_week", [site])
    moment = present(now)
    asked = replace(asked, key=_key(actor, site, clock, asked))
    for _ in range(TRIES):
        with store.open_session(allowed(actor, "change_week", [site])) as session:
            answered = once.answer_to(session, asked.key) if save else None
            if answered is not None:
                return replace(NOTHING_NEW, revision=int(answered["revision"]))
            weighed = weigh(session, actor, site, clock, asked, moment)
        if not save:
            return weighed.verdict
        _refuse(weighed.verdict, asked.agreed)
        scope = allowed(actor, "change_week", [site], write=True)
        with store.open_session(scope) as session:
            done = _save(session, actor, site, clock, asked, weighed, moment)
        if done is not None:
            return replace(weighed.verdict, revision=done)
    raise Conflict("Others are changing this week at the moment. Try again.")


def answered_already(store: Store, actor: Actor, site: str, clock: Clock, asked: Asked) -> bool:
    """Whether this very change was made already by a form with this key."""
    allowed(actor, "change_week", [site])
    with store.open_session(allowed(actor, "change_week", [site])) as session:
        return once.answer_to(session, _key(actor, site, clock, asked)) is not None


def _key(actor: Actor, site: str, clock: Clock, asked: Asked) -> str | None:
    change = replace(asked.change, number=0) if isinstance(asked.change, OneOff) else asked.change
    return once.key_of(asked.key, "change_week", actor.id, site, str(clock), change)


def weigh(
    session: Session, actor: Actor, site: str, clock: Clock, asked: Asked, now: datetime
) -> Weighed:
    """Judge the week before and after the change, against what is true now."""
    check_version(session, actor, _row(session, site, clock), asked.version)
    current = planned_now(session, site, clock)
    before = judge(draw(session, clock, (site,), now, AsIf({site: current})), current)
    try:
        wanted = changed(before.planned, before.week, _numbered(session, site, clock, asked.change))
    except NoSense as error:
        raise BadRequest(str(error)) from None
    after = _agreeing(_after(session, site, clock, wanted, now), asked.agreed)
    labels = words_for(session, actor, site, after.week, after.timetable.assignments)
    labels = labels.knowing(before.week, before.timetable.assignments)
    told = verdict(before, after, site, labels)
    return Weighed(before, after, told, labels, basis(session, site, clock))


def _after(session: Session, site: str, clock: Clock, wanted: Planned, now: datetime) -> Judged:
    return judge(draw(session, clock, (site,), now, AsIf({site: wanted})), wanted)


def _row(session: Session, site: str, clock: Clock) -> SiteWeek:
    row = weeks.site_week(session, site, clock)
    if row is None:
        raise NotFound(f"No week {clock} was drawn up for “{site}”. The list shows which are.")
    return row


def _numbered(session: Session, site: str, clock: Clock, change: Change) -> Change:
    """A one-off gets the number of the revision that it makes, which nothing else has."""
    if not isinstance(change, OneOff):
        return change
    return replace(change, site=site, number=next_revision(session, site, clock))


def _agreeing(after: Judged, agreed: Agreements) -> Judged:
    """The judgement with what is agreed to now beside what was agreed to before."""
    new = tuple(
        Agreed(f.rule, f.key, agreed[f.rule, f.key], f.breach, f.demands)
        for f in after.broken
        if agreed.get((f.rule, f.key)) in AGREE_REASONS and (f.rule, f.key) not in after.agreed
    )
    known = (*after.planned.decisions.agreed, *new)
    decisions = replace(after.planned.decisions, agreed=known)
    return replace(after, planned=replace(after.planned, decisions=decisions))


def _refuse(told: Verdict, agreed: Agreements) -> None:
    if told.refused:
        sentences = " ".join(b.sentence for b in told.refused)
        raise BadRequest(f"This can never be done, so nothing was changed. {sentences}")
    missing = [b for b in told.to_agree if agreed.get((b.rule, b.key)) not in AGREE_REASONS]
    if missing:
        sentences = " ".join(b.sentence for b in missing)
        raise BadRequest(
            f"This breaks a rule, so nothing was changed. {sentences} "
            "Choose a reason for each broken rule, or change something else."
        )


def _save(
    session: Session,
    actor: Actor,
    site: str,
    clock: Clock,
    asked: Asked,
    weighed: Weighed,
    now: datetime,
) -> int | None:
    """Add the revision; None when the data changed while the change was judged."""
    answered = once.answer_to(session, asked.key)
    if answered is not None:
        return int(answered["revision"])
    row = _row(session, site, clock)
    check_version(session, actor, row, asked.version)
    if basis(session, site, clock) != weighed.basis:
        return None
    told = told_of(weighed.before, weighed.after, site)
    cause = Cause(actor.id, "change", tuple(say for one in told for say in one.say))
    revision = save_draft(session, new_draft(session, site, weighed.after, cause), now)
    once.remember(session, asked.key, {"revision": revision}, now)
    about = [("session", one.demand) for one in told]
    about += [("person", p) for p in touched(told)]
    said = {"revision": revision, "says": to_stored(cause.said)}
    record(session, sites=[site], week=clock, about=about, said=said)
    return revision
