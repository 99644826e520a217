"""The delivery record up to a week's Monday: what was held, when and by whom.

What is due is counted from what was held before the week began, never from what
happened in it, so that drawing up again on Wednesday names the same sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import DeliveryRow, Plan


@dataclass(frozen=True)
class Record:
    """Deliveries of a plan as one week sees them."""

    plan: Plan
    clock: Clock

    @cached_property
    def _by_programme(self) -> Mapping[str, tuple[DeliveryRow, ...]]:
        out: dict[str, list[DeliveryRow]] = {}
        for row in sorted(self.plan.deliveries, key=lambda d: (d.date, d.start, d.person or "")):
            if row.date < self.clock.monday:
                out.setdefault(row.programme, []).append(row)
        return {key: tuple(rows) for key, rows in out.items()}

    @cached_property
    def _by_person(self) -> Mapping[tuple[str, str | None], tuple[DeliveryRow, ...]]:
        out: dict[tuple[str, str | None], list[DeliveryRow]] = {}
        for rows in self._by_programme.values():
            for row in rows:
                out.setdefault((row.programme, row.person), []).append(row)
        return {key: tuple(rows) for key, rows in out.items()}

    def rows(self, programme: str, person: str | None) -> tuple[DeliveryRow, ...]:
        """What is recorded for one person, or with None for the sessions of a group.

        A group's sessions are its rows without a person; where only attendances are
        recorded, each date and start with one counts as a session.
        """
        if person is not None:
            return self._by_person.get((programme, person), ())
        whole = self._by_person.get((programme, None), ())
        known = {(d.date, d.start) for d in whole}
        return tuple(
            sorted((*whole, *self._sessions(programme, known)), key=lambda d: (d.date, d.start))
        )

    def _sessions(self, programme: str, known: set[tuple[date, time]]) -> Iterable[DeliveryRow]:
        best: dict[tuple[date, time], DeliveryRow] = {}
        for row in self._by_programme.get(programme, ()):
            key = (row.date, row.start)
            if key not in known and (key not in best or row.outcome == "held"):
                best[key] = row
        return best.values()

    def held(self, programme: str, person: str | None) -> tuple[DeliveryRow, ...]:
        """The held ones, oldest first. "Not marked" is never held."""
        return tuple(d for d in self.rows(programme, person) if d.outcome == "held")

    def last(self, programme: str, person: str | None) -> DeliveryRow | None:
        """The last one held."""
        return next(reversed(self.held(programme, person)), None)

    def in_week(self, programme: str, person: str | None, weeks: int) -> tuple[DeliveryRow, ...]:
        """What is recorded in the week so many weeks before this one (1 = last week)."""
        monday = self.clock.neighbour(-weeks).monday
        rows = self.rows(programme, person)
        return tuple(d for d in rows if 0 <= (d.date - monday).days < 7)

    def attended(self, programme: str, person: str, on: date) -> bool | None:
        """Whether a person was in a group's session on a date; None when not recorded."""
        rows = [d for d in self.rows(programme, person) if d.date == on]
        return any(d.outcome == "held" for d in rows) if rows else None
