"""Required, planned, held and owed: what each person was due and what they got.

The counts are the evidence that support reached people, and the only thing next
week's catch-ups are made from. "Not marked" is never held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipe_sched.core.plan import DeliveryRow, Plan
from pipe_sched.core.turns import CATCH_UP, TRIES
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
    return tuple(
        Count(*key, required[key], given[key], held[key], missed[key])
