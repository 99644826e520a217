"""What a site's week has published, and what its draft has otherwise, in words."""

from __future__ import annotations

from pipe_sched.actions.judging import Judged
from pipe_sched.actions.outward import last_shown
from pipe_sched.actions.views import PublishedView
from pipe_sched.core.clock import Clock
from pipe_sched.core.differing import NOTHING, Difference, Side, differences
from pipe_sched.core.labels import Labels
from pipe_sched.store import versions
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import SiteWeek, Version


def version_in_force(session: Session, row: SiteWeek) -> Version | None:
    """The version in force, or None before the first."""
    if not row.published:
        return None
    return versions.version(session, row.site, Clock(row.year, row.number), row.published)


def side_of(session: Session, version: Version | None, site: str) -> Side:
    """A version as one side of a difference, as people know it; nothing before the first."""
    if version is None:
        return NOTHING
    shown = last_shown(session, version)
    return Side.of(shown.week, shown.timetable, site)


def since_published(session: Session, row: SiteWeek, judged: Judged) -> tuple[Difference, ...]:
    """What may be told of what the judged week has otherwise than the version in force."""
    untold = versions.untold(session)
    before = side_of(session, version_in_force(session, row), row.site)
    after = Side.of(judged.week, judged.timetable, row.site)
    return differences(before.less(untold), after.less(untold))


def published_view(
    session: Session, row: SiteWeek, judged: Judged, labels: Labels
) -> PublishedView | None:
    """The version in force with what changed since, in words; None before the first."""
    version = version_in_force(session, row)
    if version is None:
        return None
    told = since_published(session, row, judged)
    both = with_names_of(labels, session, version)
    return PublishedView(
        version.version,
        version.author,
        version.published_at,
        tuple(both.sentence(say) for one in told for say in one.say),
    )


def with_names_of(labels: Labels, session: Session, version: Version | None) -> Labels:
    """The labels with the names of sessions that only the version knows."""
    if version is None:
        return labels
    shown = last_shown(session, version)
    return labels.knowing(shown.week, shown.timetable.assignments)
