"""Names to labels: until there are accounts, the one planner reads every name."""

from __future__ import annotations

from collections.abc import Mapping

from pipe_sched.core.labels import Labels, labels_for
from pipe_sched.core.week import Week

PEOPLE = ("staff", "outside", "resident")


def labels_of(week: Week, names: Mapping[tuple[str, str], str]) -> Labels:
    """Labels of a week from names by (kind, id)."""
    people = {id_: name for (kind, id_), name in names.items() if kind in PEOPLE}
    rooms = {id_: name for (kind, id_), name in names.items() if kind == "room"}
    sites = {id_: name for (kind, id_), name in names.items() if kind == "site"}
    return labels_for(week, people, rooms, sites)
