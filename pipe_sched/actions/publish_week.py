"""Publish a site's week: its draft becomes a version that never changes.

The draft is judged once more against what is true now. A broken must that may never be, or
that nobody agreed to, is in the way. The database has the last word on who is in two places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.booking import taken_by
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.drawing import AsIf, draw
from pipe_sched.actions.elsewhere import drafted
from pipe_sched.actions.errors import BadRequest, Conflict, NotFound
from pipe_sched.actions.held_back import gives_away, shown_meanwhile
from pipe_sched.actions.judging import Judged, judge, never_overridden
from pipe_sched.actions.names import words_for
from pipe_sched.actions.outward import Shown, last_shown
from pipe_sched.actions.overtaken import check_version
from pipe_sched.actions.planned import planned_now
from pipe_sched.actions.publication import since_published, version_in_force, with_names_of
from pipe_sched.actions.reasons import to_stored
from pipe_sched.actions.texts import write_timetable, write_week
from pipe_sched.core.clock import Clock
from pipe_sched.core.decisions import AGREE_REASONS
from pipe_sched.core.differing import Difference, touched
from pipe_sched.core.labels import Labels
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Week
from pipe_sched.formats.decisions_json import decisions_to_json
from pipe_sched.store import once, versions, weeks
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.tables import SiteWeek, Version
from pipe_sched.store.versions import BookedTwice, Taken

TWICE = (
    "{0} is booked at another premises at that time ({1}), so nothing was published. "
    "Open this week again: it shows what has to be moved."
)
FIRST = (
    "Somebody’s leaving is held back, and a first version without them would tell it. Tick that "
    "they have left first."
)
REVEALS = (
    "Somebody’s leaving is held back, and this draft uses time or a room that was theirs. Tick "
    "that they have left first, or leave that time free."
)


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing does, or did. All texts are finished sentences or names.

    `version`: the number it gets; `says` the differences to the version before; `names` the
    people touched. `in_the_way`: broken musts that stop it; `agreed`: broken musts with the
    reason why they may be. `held_back`: whether something is not told yet. `also`: the same of
    the sites that are published in the same moment.
    """

    version: int
    says: tuple[str, ...]
    people: tuple[str, ...]
    names: tuple[str, ...]
    in_the_way: tuple[str, ...]
    agreed: tuple[tuple[str, str], ...]
    held_back: bool
    held: int
    due: int
    site: str = ""
    also: tuple[Publication, ...] = ()

    @property
    def everything_in_the_way(self) -> tuple[str, ...]:
        """What stops it here and at the sites published with it."""
        return (*self.in_the_way, *(say for one in self.also for say in one.in_the_way))


@dataclass(frozen=True, slots=True)
class _Ready:
    """A draft that was judged for publication.

    `first_tells`: it would be the first version, and leave out somebody held back.
    """

    row: SiteWeek
    judged: Judged
    told: tuple[Difference, ...]
    untold: frozenset[str]
    labels: Labels
    first_tells: bool = False


def publish_week(
    store: Store,
    actor: Actor,
    site: str,
    clock: Clock,
    *,
    version: int,
    also: Mapping[str, int] | None = None,
    key: str | None = None,
    save: bool = False,
    now: datetime | None = None,
) -> Publication:
    """Say what publishing the draft does, and with `save` do it.

    `version` is the site-week's version that the person saw (`WeekView.version`). `also`: other
    sites with theirs, whose drafts are published in the same moment: where a shared worker
    changes places between two premises, neither can go first.

    Raises:
        NotFound: no such site-week. BadRequest: there is no draft, or something is in the way.
        Overtaken: it was changed since. Conflict: somebody is booked twice.
    """
    wanted = {site: version, **(also or {})}
    allowed(actor, "publish_week", wanted)
    moment = present(now)
    key = once.key_of(key, "publish_week", actor.id, str(clock), sorted(wanted.items()))
    with store.open_session(allowed(actor, "publish_week", wanted, write=save)) as session:
        answered = once.answer_to(session, key)
        if answered is not None:
            return Publication(int(answered["version"]), (), (), (), (), (), False, 0, 0)
        ready = [_ready(session, actor, s, clock, wanted, moment) for s in wanted]
        told = _publication(ready[0], tuple(_publication(one) for one in ready[1:]))
        if not save:
            return told
        if told.everything_in_the_way:
            sentences = " ".join(told.everything_in_the_way)
            raise BadRequest(f"This cannot be published yet. {sentences}")
        for one in ready:  # what was booked before is in nobody's way
            versions.book(session, (one.row.site, one.row.year, one.row.number), ())
        for one in ready:
            _add(session, actor, one, moment)
        once.remember(session, key, {"version": told.version}, moment)
        people = {p for one in (told, *told.also) for p in one.people}
        said = {"version": told.version, "says": to_stored(_phrases(ready))}
        about = [("person", p) for p in sorted(people)]
        about += [("session", d.demand) for one in ready for d in one.told]
        record(session, sites=wanted, week=clock, about=about, said=said)
        return told


def _phrases(ready: Iterable[_Ready]) -> Iterator[Phrase]:
    """What is different from the versions before."""
    for one in ready:
        yield from (say for difference in one.told for say in difference.say)


def _ready(
    session: Session,
    actor: Actor,
    site: str,
    clock: Clock,
    wanted: Mapping[str, int],
    now: datetime,
) -> _Ready:
    row = weeks.site_week(session, site, clock)
    if row is None:
        raise NotFound(f"No week {clock} was drawn up for “{site}”. The list shows which are.")
    check_version(session, actor, row, wanted[site])
    if not row.revision:
        raise BadRequest("There is no timetable to publish yet. Generate one first.")
    current = planned_now(session, site, clock)
    others = {s: a for s in wanted if s != site and (a := drafted(session, s, clock)) is not None}
    judged = judge(draw(session, clock, (site,), now, AsIf({site: current}, others)), current)
    untold = versions.untold(session)
    labels = words_for(session, actor, site, judged.week, judged.timetable.assignments)
    told = since_published(session, row, judged)
    both = with_names_of(labels, session, version_in_force(session, row))
    first_tells = not row.published and bool(versions.untold(session, site))
    return _Ready(row, judged, told, untold, both, first_tells)


def _publication(ready: _Ready, also: tuple[Publication, ...] = ()) -> Publication:
    judged, labels = ready.judged, ready.labels
    people = touched(ready.told)
    bad = [f for f in judged.broken if never_overridden(f) or (f.rule, f.key) not in judged.agreed]
    fine = [f for f in judged.broken if f not in bad]
    return Publication(
        version=ready.row.published + 1,
        says=tuple(labels.sentence(say) for one in ready.told for say in one.say),
        people=people,
        names=labels.names(people),
        in_the_way=(
            *((FIRST,) if ready.first_tells else ()),
            *dict.fromkeys(labels.sentence(f.say) for f in bad),
        ),
        agreed=tuple(
            (
                labels.sentence(f.say),
                AGREE_REASONS.get(judged.agreed[f.rule, f.key], judged.agreed[f.rule, f.key]),
            )
            for f in fine
        ),
        held_back=bool(ready.untold),
        held=len(judged.timetable.assignments),
        due=len(judged.week.demands),
        site=labels.sites[ready.row.site],
        also=also,
    )


def _add(session: Session, actor: Actor, ready: _Ready, now: datetime) -> None:
    row, judged = ready.row, ready.judged
    clock = Clock(row.year, row.number)
    weeks.freeze(session, clock, judged.text, now)
    shown = _shown(session, ready)
    new = Version(
        site=row.site,
        year=row.year,
        number=row.number,
        version=row.published + 1,
        week_hash=judged.hash,
        timetable=write_timetable(judged.timetable),
        decisions=decisions_to_json(judged.planned.decisions),
        revision=row.revision,
        author=actor.id,
        published_at=now,
        summary=to_stored(say for one in ready.told for say in one.say),
        touched=list(touched(ready.told)),
        held_back=[] if shown is None else sorted(shown.who),
        shown=None if shown is None else write_timetable(shown.timetable),
        shown_week=None if shown is None else _freeze(session, clock, shown.week, now),
    )
    if shown is None:
        taken = tuple(taken_by(judged.week, judged.timetable))
    else:
        taken = tuple(taken_by(shown.week, shown.timetable, shown.who))
    _free(session, ready, taken)
    try:
        versions.add_version(session, new, taken)
    except BookedTwice:
        raise Conflict(TWICE.format("Somebody or a room", "see the week")) from None


def _free(session: Session, ready: _Ready, taken: tuple[Taken, ...]) -> None:
    """Say in words what the database would refuse."""
    row = ready.row
    clock = Clock(row.year, row.number)
    for one in taken:
        other = versions.overlapping(session, one, row.site, clock)
        if other is not None:
            words = ready.labels.people if one.kind == "person" else ready.labels.rooms
            where = ready.labels.sites[other.site]
            raise Conflict(TWICE.format(words[one.who], where))


def _freeze(session: Session, clock: Clock, week: Week, now: datetime) -> str:
    return weeks.freeze(session, clock, write_week(week), now)


def _shown(session: Session, ready: _Ready) -> Shown | None:
    """What is shown outside while somebody's leaving is held back; None: the version itself."""
    before = version_in_force(session, ready.row)
    if before is None or not ready.untold:
        return None
    shown = shown_meanwhile(last_shown(session, before), ready.judged, ready.untold)
    if shown is not None and gives_away(shown):
        raise Conflict(REVEALS)
    return shown
