"""What sessions are called: by kind, by whose they are, and so that no two read the same.

A title that may not say whose or what it is ("Key work, name withheld", "1:1") gets no mark
either: what tells alike sessions apart is made of ids, and could tell too much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipe_sched.core.kinds import KINDS
from pipe_sched.core.viewer import CONFIDENTIAL_KINDS, Viewer
from pipe_sched.core.week import Assignment, Demand, Week

ONE_TO_ONE = "1:1"
CONFIDENTIAL = "Confidential session"
WITHHELD = "name withheld"
NOBODY: frozenset[str] = frozenset()


def masked(week: Week, viewer: Viewer, places: Iterable[Assignment] = ()) -> dict[str, str]:
    """The sessions of which this viewer may not read what they are, with what they are called."""
    known = (*places, *week.pins, *week.published)
    return {d.id: neutral(d) for d in week.demands if not viewer.reads(d, known)}


def secret_kinds(week: Week, hidden: Mapping[str, str], viewer: Viewer) -> frozenset[str]:
    """The kinds that sentences to this viewer do not say."""
    kinds = frozenset(d.kind for d in week.demands if d.id in hidden)
    return kinds if viewer.leads_all(week.plans) else kinds | CONFIDENTIAL_KINDS


def neutral(demand: Demand) -> str:
    """What a confidential session is called."""
    alone = demand.one_to_one or len(demand.required) == 1
    return ONE_TO_ONE if alone else CONFIDENTIAL


def named_in(week: Week) -> dict[str, tuple[str, ...]]:
    """The people after whom sessions are named, by session."""
    return {d.id: (d.required[0],) for d in week.demands if _alone(d)}


def demand_names(
    week: Week,
    people: Mapping[str, str],
    withheld: frozenset[str] = NOBODY,
    hidden: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Names of the sessions due: kind, and for one-to-ones the resident's or worker's label.

    `withheld`: people who are not named; `hidden`: sessions with what they are called instead.
    A step of a series says its number. Where two of a site would read the same, each adds the
    programme that its id names (`site:programme:who:number`), else its number.
    """
    secret = hidden or {}
    names = {d.id: secret.get(d.id) or _name(d, people, withheld) for d in week.demands}
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for d in week.demands:
        if d.id not in secret and not (_alone(d) and d.required[0] in withheld):
            alike[d.site, names[d.id]].append(d.id)
    for (_, text), ids in alike.items():
        if len(ids) > 1:
            names.update((id_, text + _mark(id_, ids)) for id_ in ids)
    return names


def _alone(d: Demand) -> bool:
    return bool(d.required) and (d.one_to_one or len(d.required) == 1)


def _name(d: Demand, people: Mapping[str, str], withheld: frozenset[str]) -> str:
    text = d.title or KINDS.get(d.kind, d.kind.replace("_", " "))
    if _alone(d):
        who = d.required[0]
        text += ", " + (WITHHELD if who in withheld else people.get(who, WITHHELD))
    return f"{text}, session {d.step}" if d.series and d.step else text


def _mark(id_: str, ids: Sequence[str]) -> str:
    """What tells this one from those that read the same."""
    programme = _programme(id_)
    mates = [other for other in ids if _programme(other) == programme]
    named = "" if len(mates) == len(ids) else f" ({programme})"
    return named if len(mates) == 1 else named + _number(id_, mates)


def _number(id_: str, mates: Sequence[str]) -> str:
    last = id_.rpartition(":")[2]
    if not last.isdigit():
        return f" ({last.replace('-', ' ')})"
    counted = sum(other.rpartition(":")[2].isdigit() for other in mates)
    return f" {last}" if counted > 1 else ""


def _programme(id_: str) -> str:
    parts = id_.split(":")
    return parts[1] if len(parts) > 2 else id_
