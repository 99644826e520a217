"""Labels: ids to words, made for one viewer or feed grade, at the very edge.

Everything inside the program holds ids. A `Labels` knows what one viewer may
read; an id it does not know is shown as the id itself, never looked up elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pipe_sched.core.clock import Clock
from pipe_sched.core.kinds import JOBS, KINDS
from pipe_sched.core.phrase import Phrase, Ref
from pipe_sched.core.week import Demand, Week


def wall_time(local: datetime) -> str:
    """A wall time the GOV.UK way: 9am, 9:15am, midday, midnight."""
    if local.minute == 0 and local.hour in (0, 12):
        return "midnight" if local.hour == 0 else "midday"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < 12 else 'pm'}"


def long_date(local: datetime) -> str:
    """Monday 30 November."""
    return f"{local:%A} {local.day} {local:%B}"


@dataclass(frozen=True)
class Labels:
    """Words for one viewer. `people`, `rooms`, `sites` map ids to text; `week` names sessions."""

    clock: Clock
    people: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    demands: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, phrase: Phrase) -> str:
        """The phrase in this viewer's words."""
        return phrase.words.format(*(self.text(ref) for ref in phrase.refs))

    def text(self, ref: Ref) -> str:
        """One reference in this viewer's words."""
        if ref.kind == "time":
            local = self.clock.local(int(ref.id))
            return f"{local:%A} {wall_time(local)}"
        if ref.kind == "day":
            return long_date(self.clock.local(int(ref.id)))
        if ref.kind == "span":
            return self.stretch(*(int(part) for part in ref.id.rsplit("-", 1)))
        return self._named(ref)

    def _named(self, ref: Ref) -> str:
        tables: dict[str, Mapping[str, str]] = {
            "person": self.people,
            "room": self.rooms,
            "site": self.sites,
            "demand": self.demands,
            "kind": KINDS,
            "job": JOBS,
        }
        table = tables.get(ref.kind, {})
        fallback = ref.id.replace("_", " ") if ref.kind in ("kind", "job") else ref.id
        text = table.get(ref.id, fallback)
        return text[:1].lower() + text[1:] if ref.kind in ("kind", "job") else text

    def stretch(self, start: int, end: int) -> str:
        """Monday 8am to 10:30am; the second day is named when it is another one."""
        one, two = self.clock.local(start), self.clock.local(end)
        last = wall_time(two) if one.date() == two.date() else f"{two:%A} {wall_time(two)}"
        return f"{one:%A} {wall_time(one)} to {last}"


def demand_names(week: Week, people: Mapping[str, str]) -> dict[str, str]:
    """Names of the sessions due: kind, and for one-to-ones the resident's or worker's label.

    A step of a series says its number. Where two of a site would read the same, each adds
    the programme that its id names (`site:programme:who:number`), else its number.
    """
    names = {d.id: _demand_name(d, people) for d in week.demands}
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for d in week.demands:
        alike[d.site, names[d.id]].append(d.id)
    for (_, text), ids in alike.items():
        if len(ids) > 1:
            names.update((id_, text + _mark(id_, ids)) for id_ in ids)
    return names


def _demand_name(d: Demand, people: Mapping[str, str]) -> str:
    text = d.title or KINDS.get(d.kind, d.kind.replace("_", " "))
    alone = d.required if d.one_to_one or len(d.required) == 1 else ()
    if alone:
        text += ", " + people.get(alone[0], alone[0])
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


def labels_for(
    week: Week,
    people: Mapping[str, str],
    rooms: Mapping[str, str],
    sites: Mapping[str, str],
) -> Labels:
    """Labels of one week for one viewer."""
    return Labels(week.clock, people, rooms, sites, demand_names(week, people))
