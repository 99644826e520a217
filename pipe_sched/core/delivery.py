"""Required, planned, held and owed: what each person was due and what they got.

The counts are the evidence that support reached people, and the only thing next
week's catch-ups are made from. "Not marked" is never held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipe_sched.core.carry import CATCH_UP
from pipe_sched.core.plan import DeliveryRow, Plan
from pipe_sched.core.turns import TRIES
from pipe_sched.core.week import Assignment, Demand, Owed

Key = tuple[str, str]
"""A person's id and a kind of session."""


@dataclass(frozen=True, slots=True)
class Count:
    """One person and kind over some weeks, in sessions.

    `required`: due, as required or expected attendee or by what they are owed, without
    catch-ups, which make up for one already required. `planned`: in the first published
    version. `held`: attended. `missed`: cancelled by the service.
    """

    person: str
    kind: str
    required: int = 0
    planned: int = 0
    held: int = 0
    missed: int = 0

    @property
    def owed(self) -> int:
        """Missed because of the service and not made up; what others caused is not owed."""
        return max(0, min(self.missed, self.required - self.held))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a series is: "3 of 6". `tries`: absences since the last held one.

    `asks` is True at the end, or after too many tries: continue, pause or end?
    """

    held: int
    of: int
    tries: int

    @property
    def asks(self) -> bool:
        """Whether someone must say how it goes on."""
        return self.held >= self.of or self.tries >= TRIES

    def __str__(self) -> str:
        return f"{self.held} of {self.of}"


def kinds(plan: Plan) -> Mapping[str, str]:
    """The kind of each programme, by programme id."""
    return {row.id: row.kind for row in plan.programmes}


def counts(
    plan: Plan,
    demands: Iterable[Demand],
    owed: Iterable[Owed],
    planned: Iterable[Assignment],
    deliveries: Iterable[DeliveryRow],
) -> tuple[Count, ...]:
    """The counts of everyone concerned, by person and kind.

    Give the demands, owed attendances, first published assignments and deliveries of the same
    weeks; ids repeat from week to week, so give several weeks one after another and add up.
    """
    due = {d.id: d for d in demands}
    required = _required(due, owed)
    given = _planned(due, planned)
    held, missed = _recorded(plan, deliveries)
    keys = sorted({*required, *given, *held, *missed})
    return tuple(Count(*key, required[key], given[key], held[key], missed[key]) for key in keys)


def _required(due: Mapping[str, Demand], owed: Iterable[Owed]) -> Counter[Key]:
    out: Counter[Key] = Counter()
    for d in due.values():
        if not d.id.endswith(f":{CATCH_UP}"):
            out.update((person, d.kind) for person in (*d.required, *d.expected))
    for o in owed:
        mine = [due[id_] for id_ in o.demands if id_ in due]
        offered = [d for d in mine if o.person in d.offered]
        if offered:
            out[o.person, offered[0].kind] += o.count
    return out


def _planned(due: Mapping[str, Demand], planned: Iterable[Assignment]) -> Counter[Key]:
    out: Counter[Key] = Counter()
    for a in planned:
        if a.demand in due:
            out.update((person, due[a.demand].kind) for person in a.attendees)
    return out


def _recorded(plan: Plan, deliveries: Iterable[DeliveryRow]) -> tuple[Counter[Key], Counter[Key]]:
    """Held, and missed because of the service."""
    kind = kinds(plan)
    held: Counter[Key] = Counter()
    missed: Counter[Key] = Counter()
    for d in deliveries:
        if d.person is None or d.programme not in kind:
            continue
        key = (d.person, kind[d.programme])
        held[key] += d.outcome == "held"
        missed[key] += d.outcome == "cancelled_by_service"
    return +held, +missed


def total(parts: Iterable[Count]) -> tuple[Count, ...]:
    """The counts of several weeks added up, by person and kind."""
    out: dict[Key, Count] = {}
    for c in parts:
        key = (c.person, c.kind)
        was = out.get(key, Count(*key))
        out[key] = Count(
            *key,
            was.required + c.required,
            was.planned + c.planned,
            was.held + c.held,
            was.missed + c.missed,
        )
    return tuple(out[key] for key in sorted(out))


def progress(plan: Plan, programme: str, person: str | None, before: date) -> Progress:
    """How far a person's (None: the group's) series is before a date.

    Raises:
        ValueError: the programme is not a series.
    """
    length = max((p.length for p in plan.programmes if p.id == programme), default=0)
    if not length:
        raise ValueError(f"Programme “{programme}” is not a series: it has no number of steps.")
    rows = sorted(
        (d for d in plan.deliveries if (d.programme, d.person) == (programme, person)),
        key=lambda d: (d.date, d.start),
    )
    held = tries = 0
    for d in rows:
        if d.date < before:
            held += d.outcome == "held"
            tries = 0 if d.outcome == "held" else tries + (d.outcome == "absent")
    return Progress(held, length, tries)


def last_held(plan: Plan, kind: str, before: date) -> Mapping[str, date]:
    """When each person last had a session of a kind before a date; absent means never."""
    known = kinds(plan)
    out: dict[str, date] = {}
    for d in plan.deliveries:
        if d.person is None or d.outcome != "held" or known.get(d.programme) != kind:
            continue
        if d.date < before:
            out[d.person] = max(d.date, out.get(d.person, date.min))
    return out
