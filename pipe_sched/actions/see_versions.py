"""See what was published of a site's week, and the drafts it went through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.names import paper_labels, words_for
from pipe_sched.actions.outward import outward, outward_week
from pipe_sched.actions.reasons import from_stored
from pipe_sched.actions.texts import read_week
from pipe_sched.actions.views import Exported
from pipe_sched.core.clock import Clock
from pipe_sched.core.labels import Labels
from pipe_sched.core.week import Week
from pipe_sched.store import drafts, versions, weeks
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.tables import Draft, SiteWeek, Version


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version. `says`: what it changed, `names` whom that touched."""

    version: int
    author: str
    published_at: datetime
    says: tuple[str, ...]
    names: tuple[str, ...]
    in_force: bool
    held_back: bool


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One revision of the draft. `cause` as in `drafting.Cause`; `says`: what it changed."""

    revision: int
    parent: int
    author: str
    saved_at: datetime
    cause: str
    says: tuple[str, ...]
    held: int
    demands: int
    current: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """A site-week's versions and drafts, the newest first. `row_version` for forms."""

    site: str
    clock: Clock
    row_version: int
    versions: tuple[VersionLine, ...]
    drafts: tuple[DraftLine, ...]
    labels: Labels


def see_versions(store: Store, actor: Actor, site: str, clock: Clock) -> Versions:
    """Every version and every draft. Raises `NotFound`."""
    with store.open_session(allowed(actor, "see_versions", [site])) as session:
        row = weeks.site_week(session, site, clock)
        if row is None:
            raise NotFound(f"No week {clock} was drawn up for “{site}”. The list shows which are.")
        published = versions.versions(session, site, clock)
        revisions = tuple(reversed(drafts.drafts_of(session, site, clock)))
        labels = _labels(session, actor, row, (*published, *revisions))
        untold = versions.untold(session)
        return Versions(
            site,
            clock,
            row.version,
            tuple(_version(v, row, labels, untold) for v in published),
            tuple(_draft(d, row, labels) for d in revisions),
            labels,
        )


def _labels(
    session: Session, actor: Actor, row: SiteWeek, found: Iterable[Draft | Version]
) -> Labels:
    """Labels that know the sessions of all of them."""
    week = Week(row.year, row.number, ())
    if weeks.is_kept(session, row.week_hash):
        week = read_week(weeks.week_text(session, row.week_hash))
    labels = words_for(session, actor, row.site, week)
    for hashed in dict.fromkeys(one.week_hash for one in found):
        labels = labels.knowing(read_week(weeks.week_text(session, hashed)))
    return labels


def _version(found: Version, row: SiteWeek, labels: Labels, untold: frozenset[str]) -> VersionLine:
    return VersionLine(
        found.version,
        found.author,
        found.published_at,
        tuple(labels.sentence(say) for say in from_stored(found.summary)),
        labels.names(found.touched),
        found.version == row.published,
        bool(untold & set(found.held_back)),
    )


def _draft(found: Draft, row: SiteWeek, labels: Labels) -> DraftLine:
    return DraftLine(
        found.revision,
        found.parent,
        found.author,
        found.created_at,
        found.cause,
        tuple(labels.sentence(say) for say in from_stored(found.said)),
        found.held,
        found.demands,
        found.revision == row.revision,
        found.status == "proposed" and found.revision != row.revision,
    )


def see_published(
    store: Store, actor: Actor, site: str, clock: Clock, number: int | None = None
) -> Exported:
    """What leaves the planners' pages: the version in force, or version `number`.

    Its labels are those for paper, the same for everybody. Drafts are never given out here;
    while somebody's leaving is held back, neither is that.

    Raises:
        NotFound: nothing is published, or there is no such version.
    """
    with store.open_session(allowed(actor, "export_week", [site])) as session:
        row = weeks.site_week(session, site, clock)
        wanted = number or (row.published if row else 0)
        found = versions.version(session, site, clock, wanted) if wanted else None
        if found is None:
            raise NotFound(
                f"Nothing is published of {clock} at “{site}” yet. Publish the week first: "
                "sheets, calendars and spreadsheets show only what is published."
                if not number
                else f"There is no version {number} of {clock} at “{site}”."
            )
        return _exported(session, found)


def see_version(store: Store, actor: Actor, site: str, clock: Clock, number: int) -> Exported:
    """The same of version `number` for the screen: in the words of whoever looks."""
    with store.open_session(allowed(actor, "see_versions", [site])) as session:
        found = versions.version(session, site, clock, number)
        if found is None:
            raise NotFound(f"There is no version {number} of {clock} at “{site}”.")
        paper = _exported(session, found)
        places = paper.timetable.assignments
        return replace(paper, labels=words_for(session, actor, site, paper.week, places))


def _exported(session: Session, found: Version) -> Exported:
    timetable, week = outward(session, found), outward_week(session, found)
    return Exported(
        week_text=weeks.week_text(session, found.week_hash),
        timetable_text=found.timetable,
        week=week,
        timetable=timetable,
        revision=found.revision,
        labels=paper_labels(session, week, found.site, timetable.assignments),
        version=found.version,
        published_at=found.published_at,
    )
