"""What a version published while somebody's leaving is held back shows outside (see `outward`)."""

from __future__ import annotations

from dataclasses import replace

from pipe_sched.actions.judging import Judged, never_overridden
from pipe_sched.actions.outward import People, Shown
from pipe_sched.check import Referee
from pipe_sched.core.decisions import people_in
from pipe_sched.core.differing import theirs_alone
from pipe_sched.core.week import Assignment, Demand, Timetable, Week


def shown_meanwhile(before: Shown, after: Judged, untold: People) -> Shown | None:
    """What to show of a new version while these people are held back; None: the version itself.

    `before` is what was shown last. A session that a person cancelled, or that is no longer
    held for another reason, is gone for everybody.
    """
    old = {d.id: d for d in before.week.demands}
    places = {a.demand: a for a in after.timetable.assignments}
    who: set[str] = set()
    theirs: dict[str, Demand] = {}
    for a in before.timetable.assignments:
        present = untold & frozenset(a.attendees)
        now = places.get(a.demand)
        alone = theirs_alone(old.get(a.demand), a, untold)
        gone = a.demand in after.planned.decisions.gone or (now is None and not alone)
        if not present or gone or a.demand not in old:
            continue
        who |= present
        theirs[a.demand] = old[a.demand]
        places[a.demand] = a if now is None else _as_before(a, now, untold)
    if not who:
        return None
    week = _joined(after.week, before.week, theirs, people_in(places.values()))
    return Shown(week, Timetable(tuple(places[d] for d in sorted(places))), frozenset(who))


def _as_before(old: Assignment, now: Assignment, untold: People) -> Assignment:
    """The session as it is now with those held back in it, everybody in the old order."""
    kept = [p for p in old.attendees if p in now.attendees or p in untold]
    return replace(now, attendees=(*kept, *(p for p in now.attendees if p not in kept)))


def _joined(new: Week, old: Week, theirs: dict[str, Demand], named: People) -> Week:
    """The new week that also knows these sessions, who is in them and what guards them."""
    now = {d.id: d for d in new.demands}
    kept = tuple(_both(d, now.get(d.id)) for d in theirs.values())
    others = tuple(d for d in new.demands if d.id not in theirs)
    known = {p.id for p in new.people}
    people = tuple(p for p in old.people if p.id not in known and p.id in named)
    everyone = known | {p.id for p in people}
    apart = (k for k in old.kept_apart if k.a in everyone and k.b in everyone)
    seen = {s.person for s in new.safe_to_see}
    safe = (s for s in old.safe_to_see if s.person in everyone and s.person not in seen)
    return replace(
        new,
        demands=(*others, *kept),
        people=(*new.people, *people),
        kept_apart=tuple(dict.fromkeys((*new.kept_apart, *apart))),
        safe_to_see=(*new.safe_to_see, *safe),
        owed=(),
        pins=(),
        published=(),
    )


def _both(old: Demand, new: Demand | None) -> Demand:
    """A session due that asks for everybody whom it asks for now or did before."""
    if new is None:
        return old
    more = tuple(p for p in new.attendees if p not in old.attendees)
    return replace(old, minutes=new.minutes, roles=new.roles, offered=(*old.offered, *more))


def gives_away(shown: Shown) -> bool:
    """Whether what is shown would put somebody where they never may be: people would notice."""
    with_them = [a.demand for a in shown.timetable.assignments if shown.who & set(a.attendees)]
    found = Referee(shown.week).touching(shown.timetable, with_them)
    return any(f.level == "must" and never_overridden(f) for f in found)
