"""Initials for paper, and lists of names in which several are withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipe_sched.core.labels import WITHHELD


def initials(name: str) -> str:
    """The first letters of a name's words; “?” where there are none."""
    return "".join(word[0].upper() for word in name.split() if word[0].isalnum()) or "?"


def unique_initials(names: Mapping[str, str]) -> dict[str, str]:
    """Initials by id in the order given: JS, then JS 2, JS 3."""
    counted: dict[str, int] = defaultdict(int)
    out = {}
    for id_, name in names.items():
        letters = initials(name)
        counted[letters] += 1
        out[id_] = letters if counted[letters] == 1 else f"{letters} {counted[letters]}"
    return out


def listed(names: Iterable[str]) -> str:
    """Names with commas; several that are withheld are counted."""
    given = list(names)
    hidden = given.count(WITHHELD)
    if hidden > 1:
        given = [name for name in given if name != WITHHELD]
        given.append(f"{hidden} residents (names withheld)")
    return ", ".join(given)
