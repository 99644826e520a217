"""What a site's week has published: the version in force, and what leaves the planners' pages.

While an ended stay is held back, nothing outside may show that somebody is gone: walls,
feeds and files keep the sessions of the version before, until it is said that they have left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipe_sched.actions.judging import Judged
from pipe_sched.actions.texts import read_timetable, read_week
from pipe_sched.actions.views import PublishedView
from pipe_sched.core.clock import Clock
from pipe_sched.core.differing import NOTHING, Difference, Side, differences
from pipe_sched.core.labels import Labels, demand_names
from pipe_sched.core.week import Timetable, Week
from pipe_sched.store import versions, weeks
from pipe_sched.store.engine import Session
from pipe_sched.store.tables import SiteWeek, Version


def version_in_force(session: Session, row: SiteWeek) -> Version | None:
    """The version in force, or None before the first."""
    if not row.published:
        return None
    return versions.version(session, row.site, Clock(row.year, row.number), row.published)


def side_of(session: Session, version: Version | None, site: str) -> Side:
    """A version as one side of a difference; nothing before the first."""
    if version is None:
        return NOTHING
    week = read_week(weeks.week_text(session, version.week_hash))
    return Side.of(week, read_timetable(version.timetable), site)


def since_published(session: Session, row: SiteWeek, judged: Judged) -> tuple[Difference, ...]:
    """What may be told of what the judged week has otherwise than the version in force."""
    untold = versions.untold(session, row.site)
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
    week = read_week(weeks.week_text(session, version.week_hash))
    return joined(labels, week)


def joined(labels: Labels, other: Week) -> Labels:
    """The labels with the names of sessions of another week of the same clock."""
    return replace(labels, demands={**demand_names(other, labels.people), **labels.demands})


def outward(session: Session, version: Version) -> Timetable:
    """What walls, feeds and files show of a version.

    The version itself, or the one with the sessions of people who have not yet been told to
    have left, for as long as that is held back.
    """
    still = versions.untold(session, version.site) & set(version.held_back)
    text = version.shown if still and version.shown is not None else version.timetable
    return read_timetable(text)


def outward_week(session: Session, version: Version, timetable: Timetable) -> Week:
    """The version's week, with the sessions that are only shown still, and who is in them.

    Those stand in the weeks of earlier versions.
    """
    week = read_week(weeks.week_text(session, version.week_hash))
    missing = {a.demand for a in timetable.assignments} - {d.id for d in week.demands}
    clock, number = Clock(version.year, version.number), version.version
    while missing and number > 1:
        number -= 1
        earlier = versions.version(session, version.site, clock, number)
        if earlier is None:
            break
        old = read_week(weeks.week_text(session, earlier.week_hash))
        found = tuple(d for d in old.demands if d.id in missing)
        known = {p.id for p in week.people}
        people = tuple(p for p in old.people if p.id not in known)
        week = replace(week, demands=week.demands + found, people=week.people + people)
        missing -= {d.id for d in found}
    return week


def shown_while_held_back(
    before: Timetable, after: Timetable, untold: frozenset[str]
) -> tuple[Timetable, tuple[str, ...]]:
    """The new timetable with what the version before showed of these residents.

    Their one-to-ones stay where they were and they stay in their groups. Gives back who of
    them is in it. Raises nothing: whether two things then collide is asked by `collides`.
    """
    places = {a.demand: a for a in after.assignments}
    kept: set[str] = set()
    for a in before.assignments:
        theirs = tuple(p for p in a.attendees if p in untold)
        if not theirs:
            continue
        kept.update(theirs)
        now = places.get(a.demand)
        if now is None:
            places[a.demand] = a
        else:
            missing = tuple(p for p in theirs if p not in now.attendees)
            places[a.demand] = replace(now, attendees=(*now.attendees, *missing))
    return Timetable(tuple(places.values())), tuple(sorted(kept))


def collides(
    timetable: Timetable, added: Iterable[str], minutes: Mapping[str, int]
) -> tuple[str, str] | None:
    """Two sessions, one of them added, that share a person or the room at overlapping times."""
    places = {a.demand: a for a in timetable.assignments}
    for id_ in added:
        one = places[id_]
        for other in timetable.assignments:
            if other.demand == id_:
                continue
            apart = (
                one.start + minutes.get(id_, 0) <= other.start
                or other.start + minutes.get(other.demand, 0) <= one.start
            )
            people = {*one.attendees, *(x.person for x in one.staff)}
            theirs = {*other.attendees, *(x.person for x in other.staff)}
            if not apart and (people & theirs or (one.room and one.room == other.room)):
                return id_, other.demand
    return None
