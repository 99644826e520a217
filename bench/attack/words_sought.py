"""The words that one besieger must never read, and those that must stand nowhere in the store."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from bench.attack.besieged import Siege
from bench.attack.besiegers import Besieger
from bench.attack.canaries import (
    BANNED,
    CRNS,
    DEPARTED,
    IDS,
    INITIALS,
    JOBS,
    KNOWERS,
    LEAVES,
    LISTED,
    MARK,
    PLAIN,
    STRANGERS,
    crn,
    named,
    resident_name,
    worker,
)
from bench.attack.known import Known

RESIDENTS = (PLAIN, LEAVES, LISTED, BANNED, DEPARTED)
OF_SOUTH = rf"(?i:{MARK['south']}[\w-]*)|(?i:{IDS['south']}[\w:-]*)"
NAMELESS = ("regional", "administrator")
"""Besiegers to whom no resident has a name."""
OUTSIDE_SUPERVISION = ("staff", "regional")
"""Those who neither lead nor are in a confidential session."""
SECRET_TITLES = ("supervision", "case")


class Sought:
    """The words of one siege."""

    def __init__(self, known: Known) -> None:
        self.siege: Siege = known.siege
        self.known = known

    def for_(self, who: Besieger) -> re.Pattern[str]:
        """What must never reach them."""
        return re.compile("|".join(self._patterns(who)))

    def _patterns(self, who: Besieger) -> Iterable[str]:
        yield rf"\b{CRNS['south']}\d\d\b"
        if who.name == "administrator":
            yield from (rf"(?i:{mark}resident\w*)" for mark in MARK.values())
        else:
            yield OF_SOUTH
            yield "Account Of-South"  # only what they did would say their name
            yield rf"\b{INITIALS['south']}\b"
            yield from map(re.escape, (*self._southern_residents, *self._southern_handles))
        if not who.is_in:
            yield rf"(?i:{MARK['north']}(?!-)[\w-]*)|(?i:{IDS['north']}[\w:-]*)|{CRNS['north']}"
        if who.name in NAMELESS:
            yield from (re.escape(resident_name("north", n)) for n in RESIDENTS)
            yield re.escape("Guest Grove")
        if who.name in OUTSIDE_SUPERVISION:
            yield from (named("north", title) for title in SECRET_TITLES)
        yield from map(re.escape, self.hidden_from(who))

    @cached_property
    def _southern_residents(self) -> tuple[str, ...]:
        ids = self.siege.residents
        return tuple(ids[crn("south", n)] for n in RESIDENTS)

    @cached_property
    def _southern_handles(self) -> tuple[str, ...]:
        """Of South's people, sessions and account: a link with one says that it is there."""
        ids = [*self._southern_residents, *(worker("south", job) for job in JOBS)]
        ids += [f"south:{IDS['south']}-{name}:group:1" for name in ("art", "cooking", "case")]
        return tuple(self.known.handle(id_) for id_ in ids)

    def hidden_from(self, who: Besieger) -> tuple[str, ...]:
        """The names of North's residents on whose lists they are not, or are."""
        if not who.is_in:
            return ()
        knows = {LISTED: _is(who, KNOWERS), BANNED: who.person and not _is(who, STRANGERS)}
        return tuple(resident_name("north", n) for n, may in knows.items() if not may)

    @cached_property
    def listed_name(self) -> str:
        """The name of the resident with a list of those who may know them."""
        return resident_name("north", LISTED)

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Every name, CRN and e-mail address of anybody: they stand in the table of names alone."""
        words = [rf"(?i:{mark}(?:{'|'.join(NAMED)}))[\w-]*" for mark in MARK.values()]
        words += [rf"(?i:{mark}-[\w-]+@)" for mark in MARK.values()]
        words += [rf"\b{start}\d\d\b" for start in CRNS.values()]
        return re.compile("|".join([*words, "Guest Grove", "Shared Sage", "Account "]))

    @cached_property
    def secrets(self) -> re.Pattern[str]:
        """Every word by which somebody comes in."""
        words = [w for p in (*self.siege.people, self.siege.southern) for w in p.own_secrets]
        words += [p.spent for p in self.siege.people if p.spent]
        return re.compile("|".join(map(re.escape, words)))


NAMED = ("resident", *JOBS, "visitor", "lounge", "quiet", "kitchen", "appointment", "den")
"""What is called by a name, beside the titles of sessions, which name nobody."""


def _is(who: Besieger, listed: Iterable[str]) -> bool:
    return who.person in {worker("north", name) for name in listed}
