"""What the hard `Apart` claims already promise about one person's sessions.

A worker who is never in two sessions at once, and who writes up each for a
quarter of an hour, has breaks without anybody asking for them. Knowing this
keeps the claims about breaks and long runs small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipe_sched.rules.claims import Apart, Choice, Claim, Slot, Use


class Known:
    """By person: claims under which their sessions lie apart, as minutes after each session."""

    def __init__(self, hard: Iterable[Claim], roles: Mapping[tuple[str, str], list[str]]) -> None:
        self._tables: dict[str, list[tuple[Apart, dict[str, int]]]] = defaultdict(list)
        for claim in hard:
            if isinstance(claim, Apart) and not claim.right:
                person, table = _table(claim, roles)
                if table:
                    self._tables[person].append((claim, table))

    def after(self, choice: Choice, others: Iterable[str]) -> int | None:
        """Minutes surely free of these other demands after the choice's session.

        Only for a choice that names a person; None when even an overlap is possible.
        """
        person, d = choice.use.person, choice.use.demand
        if person is None:
            return None
        named = {*others, d}
        found = (table[d] for _, table in self._tables[person] if table.keys() >= named)
        return max(found, default=None)

    def says(self, claim: Claim) -> bool:
        """Whether another of these claims says at least as much as this one."""
        if not isinstance(claim, Apart) or claim.right or not claim.left:
            return False
        person = claim.left[0].choice.use.person
        if person is None or any(s.choice.use.person != person for s in claim.left):
            return False
        return any(
            other is not claim and _tighter(other, table, claim)
            for other, table in self._tables[person]
        )


def _tighter(other: Apart, table: Mapping[str, int], claim: Apart) -> bool:
    needs: dict[str, int] = {}
    for slot in claim.left:
        d = slot.choice.use.demand
        needs[d] = max(needs.get(d, 0), slot.after)
    if any(table.get(d, -1) < after for d, after in needs.items()):
        return False
    same = table == needs
    return not same or (other.rule, other.key) < (claim.rule, claim.key)


def _table(claim: Apart, roles: Mapping[tuple[str, str], list[str]]) -> tuple[str, dict[str, int]]:
    """The one person a claim is about, and the least minutes after each demand it covers whole."""
    people = {s.choice.use.person for s in claim.left}
    person = next(iter(people), None)
    if len(people) != 1 or person is None:
        return "", {}
    by_demand: dict[str, list[Slot]] = defaultdict(list)
    for slot in claim.left:
        if slot.choice.starts is None and slot.choice.use.room is None:
            by_demand[slot.choice.use.demand].append(slot)
    out = {}
    for d, slots in by_demand.items():
        parts = {s.choice.use for s in slots}
        whole = Use(d, person) in parts
        if whole or all(Use(d, person, role) in parts for role in roles.get((d, person), [])):
            out[d] = min(s.after for s in slots)
    return person, out
