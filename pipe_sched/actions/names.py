"""Names to labels: for one viewer on screen, and the same for everybody on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipe_sched.access import Actor
from pipe_sched.actions.viewer import viewer_of
from pipe_sched.core.labels import A_RESIDENT, WITHHELD, Labels
from pipe_sched.core.plan import Plan
from pipe_sched.core.titles import demand_names, masked, named_in, secret_kinds
from pipe_sched.core.viewer import Viewer
from pipe_sched.core.week import Assignment, Week
from pipe_sched.store.engine import Session
from pipe_sched.store.lists import initials_at
from pipe_sched.store.plans import names_of

Names = Mapping[tuple[str, str], str]
"""Names by (kind, id), as the store holds them; nobody outside the actions is given these."""
ANYBODY = Viewer(residents=None)
"""Whoever reads paper: initials for everybody, and no confidential session."""


def labels_of(
    week: Week, names: Names, viewer: Viewer, places: Iterable[Assignment] = ()
) -> Labels:
    """Labels of a week for a viewer. `places`: where its sessions lie, for who is in them."""
    people = _of_kinds(names, "staff", "outside")
    residents = _of_kinds(names, "resident")
    everyone = {*residents, *(p.id for p in week.people if p.type == "resident")}
    known = {id_: residents[id_] for id_ in everyone if id_ in residents and viewer.knows(id_)}
    withheld = frozenset(everyone - known.keys())
    words = {**people, **known, **dict.fromkeys(withheld, WITHHELD)}
    return _labels(week, names, viewer, words, withheld, tuple(places))


def paper_labels(
    session: Session, week: Week, site: str, places: Iterable[Assignment] = ()
) -> Labels:
    """Labels for what leaves the program: residents of the site as initials, whoever asks.

    Residents of other premises are "a resident": initials are told apart for each site alone.
    """
    names = names_of(session)
    initials = initials_at(session, site)
    residents = {p.id for p in week.people if p.type == "resident"}
    withheld = frozenset(residents - initials.keys())
    people = _of_kinds(names, "staff", "outside")
    words = {**people, **dict.fromkeys(withheld, WITHHELD), **initials}
    return _labels(week, names, ANYBODY, words, withheld, tuple(places))


def words_for(
    session: Session, actor: Actor, site: str, week: Week, places: Iterable[Assignment] = ()
) -> Labels:
    """Labels of a week for an actor who looks at a site."""
    return labels_of(week, names_of(session), viewer_of(session, actor, site), places)


def without_ids(text: str, plan: Plan) -> str:
    """A sentence about faulty data, made where nobody looks yet: staff by name, no resident."""
    words = {s.id: s.name for s in plan.staff} | {r.id: A_RESIDENT for r in plan.residents}
    if not words:
        return text
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.sub(rf"(?<![\w-])({listed})(?![\w-])", lambda found: words[found[0]], text)


def _labels(
    week: Week,
    names: Names,
    viewer: Viewer,
    people: Mapping[str, str],
    withheld: frozenset[str],
    places: tuple[Assignment, ...],
) -> Labels:
    secret = masked(week, viewer, places)
    return Labels(
        week.clock,
        people,
        _of_kinds(names, "room"),
        _of_kinds(names, "site"),
        demand_names(week, people, withheld, secret),
        viewer,
        withheld,
        secret,
        secret_kinds(week, secret, viewer),
        named_in(week),
    )


def _of_kinds(names: Names, *kinds: str) -> dict[str, str]:
    return {id_: name for (kind, id_), name in names.items() if kind in kinds}
