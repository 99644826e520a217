"""Labels: ids to words, made for one viewer or feed grade, at the very edge.

Everything inside the program holds ids. A `Labels` knows what one viewer may read. Whom they
may not know is "a resident", a confidential session "1:1", and an id without words gets neutral
ones: a raw id is shown to nobody but those who hold nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipe_sched.core import shown
from pipe_sched.core.clock import Clock
from pipe_sched.core.kinds import JOBS, KINDS
from pipe_sched.core.noted import Noted
from pipe_sched.core.phrase import Phrase, Ref, person
from pipe_sched.core.titles import demand_names, masked, named_in, secret_kinds
from pipe_sched.core.viewer import READS_ALL, Viewer
from pipe_sched.core.week import Assignment, Demand, Week

A_RESIDENT = "a resident"
"""A person whom this viewer may not know, within a sentence."""
WITHHELD = "Resident (name withheld)"
"""The same in a list."""
UNKNOWN = {
    "people": ("person", "somebody from other premises"),
    "rooms": ("room", "a room elsewhere"),
    "sites": ("site", "other premises"),
    "demands": ("demand", "a session"),
}
"""What each table of words is about, and its words for an id that it does not know."""
IN_SENTENCES = (A_RESIDENT, *(unknown for _, unknown in UNKNOWN.values()))


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
    """Words for one viewer. `people`, `rooms`, `sites` map ids to text; `demands` names sessions.

    `withheld`: people whom this viewer may not know; `masked`: sessions of which they may not
    read what they are, with what those are called; `secret_kinds`: kinds that sentences do not
    say, and `named` the people in a session's name. Every id that gets words is noted (see
    `shown`). `bare`: ids without words are shown as they are, to whoever holds nothing but ids.
    """

    clock: Clock
    people: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    demands: Mapping[str, str] = field(default_factory=dict)
    viewer: Viewer = READS_ALL
    withheld: frozenset[str] = frozenset()
    masked: Mapping[str, str] = field(default_factory=dict)
    secret_kinds: frozenset[str] = frozenset()
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bare: bool = False

    def __post_init__(self) -> None:
        for name, (kind, unknown) in UNKNOWN.items():
            also = self.named if name == "demands" else {}
            words = Noted(kind, getattr(self, name), None if self.bare else unknown, also)
            object.__setattr__(self, name, words)

    def sentence(self, phrase: Phrase) -> str:
        """The phrase in this viewer's words."""
        words = phrase.words.format(*(self._within(ref, phrase) for ref in phrase.refs))
        return words[:1].upper() + words[1:] if words.startswith(IN_SENTENCES) else words

    def text(self, ref: Ref) -> str:
        """One reference in this viewer's words, as it stands alone or in a list."""
        if ref.kind == "time":
            local = self.clock.local(int(ref.id))
            return f"{local:%A} {wall_time(local)}"
        if ref.kind == "day":
            return long_date(self.clock.local(int(ref.id)))
        if ref.kind == "span":
            return self.stretch(*(int(part) for part in ref.id.rsplit("-", 1)))
        return self._named(ref)

    def names(self, people: Iterable[str]) -> tuple[str, ...]:
        """People in words, in their order; those withheld last, so that no place tells who."""
        listed = tuple(people)
        known = [self.people[p] for p in listed if p not in self.withheld]
        return (*known, *(self.people[p] for p in listed if p in self.withheld))

    def pairs(self, people: Iterable[str]) -> list[tuple[str, str]]:
        """(id, words) in the order of the alphabet; those withheld last, in that of their ids."""
        found = ((p, self.people[p]) for p in people)
        return sorted(found, key=lambda one: (one[0] in self.withheld, one[1], one[0]))

    def kind_of(self, demand: Demand) -> str:
        """A session's kind, as it begins a line."""
        kind = self.masked.get(demand.id) or self.text(Ref("kind", demand.kind))
        return kind[:1].upper() + kind[1:]

    def knowing(self, other: Week, places: Iterable[Assignment] = ()) -> Labels:
        """These labels with the names of the sessions of another week of the same clock."""
        secret = masked(other, self.viewer, places)
        secret = {id_: text for id_, text in secret.items() if id_ not in self.demands}
        more = demand_names(other, _words(self.people), self.withheld, secret)
        return replace(
            self,
            demands={**more, **_words(self.demands)},
            masked={**secret, **self.masked},
            secret_kinds=self.secret_kinds | secret_kinds(other, secret, self.viewer),
            named={**named_in(other), **self.named},
        )

    def _within(self, ref: Ref, phrase: Phrase) -> str:
        """A reference inside a sentence."""
        if ref.kind == "person" and ref.id in self.withheld:
            shown.note("person", ref.id)
            return A_RESIDENT
        if ref.kind == "kind" and self._hides(ref.id, phrase):
            return "1:1" if ref.id == "supervision" else "confidential session"
        if ref.kind == "job" and any(r.id in self.masked for r in phrase.refs):
            return "leader"
        return self.text(ref)

    def _hides(self, kind: str, phrase: Phrase) -> bool:
        """Whether a sentence may not say this kind: it is confidential and about others."""
        own = self.viewer.person is not None and person(self.viewer.person) in phrase.refs
        return kind in self.secret_kinds and not own

    def _named(self, ref: Ref) -> str:
        tables: dict[str, Mapping[str, str]] = {
            "person": self.people,
            "room": self.rooms,
            "site": self.sites,
            "demand": self.demands,
        }
        if ref.kind in tables:
            return tables[ref.kind][ref.id]
        if ref.kind not in ("kind", "job"):
            return ref.id
        text = (KINDS if ref.kind == "kind" else JOBS).get(ref.id, ref.id.replace("_", " "))
        return text[:1].lower() + text[1:]

    def stretch(self, start: int, end: int) -> str:
        """Monday 8am to 10:30am; the second day is named when it is another one."""
        one, two = self.clock.local(start), self.clock.local(end)
        last = wall_time(two) if one.date() == two.date() else f"{two:%A} {wall_time(two)}"
        return f"{one:%A} {wall_time(one)} to {last}"


def _words(table: Mapping[str, str]) -> Mapping[str, str]:
    """The words without noting that they were read."""
    return table.words if isinstance(table, Noted) else table


def labels_for(
    week: Week,
    people: Mapping[str, str],
    rooms: Mapping[str, str],
    sites: Mapping[str, str],
) -> Labels:
    """Labels for whoever holds a week's file, and perhaps a file of names: ids for the rest."""
    everyone = {p.id: people.get(p.id, p.id) for p in week.people}
    everyone |= {p: people.get(p, p) for d in week.demands for p in d.required}
    titles = demand_names(week, {**everyone, **people})
    named = named_in(week)
    return Labels(week.clock, people, rooms, sites, titles, named=named, bare=True)


def labels_by_id(clock: Clock) -> Labels:
    """Labels for whoever holds nothing but ids."""
    return Labels(clock, bare=True)
