"""Who looks: what one person may read of names and of confidential sessions.

A viewer is made from what somebody is at a site and from residents' lists as they are now. Whose
name may be read is a list of those who may be named, so that whoever is forgotten stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipe_sched.core.week import Assignment, Demand

CONFIDENTIAL_KINDS = frozenset({"supervision", "group_supervision"})
"""Kinds that are confidential whatever their programme says."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """What one person may read.

    `person`: which of the staff they are. `residents`: those whose names they may read (None:
    everyone's). `confidential_at`: sites at which they may read what a confidential session is
    (None: everywhere). `names_residents` False: to them no resident has a name at all.
    """

    person: str | None = None
    residents: frozenset[str] | None = frozenset()
    confidential_at: frozenset[str] | None = frozenset()
    names_residents: bool = True

    def knows(self, resident: str) -> bool:
        """Whether they may read who this resident is."""
        return self.names_residents and (self.residents is None or resident in self.residents)

    def leads_all(self, sites: Iterable[str]) -> bool:
        """Whether they may read every session of these sites."""
        return self.confidential_at is None or self.confidential_at.issuperset(sites)

    def reads(self, demand: Demand, places: Iterable[Assignment] = ()) -> bool:
        """Whether they may read what the session is: it is open, theirs to plan, or their own."""
        if not confidential(demand):
            return True
        if self.confidential_at is None or demand.site in self.confidential_at:
            return True
        return self.person is not None and self.person in people_in(demand, places)


READS_ALL = Viewer(residents=None, confidential_at=None)
"""Whoever holds a file of names already: commands on files alone."""


def confidential(demand: Demand) -> bool:
    """Whether only those in it and the premises' leads may read what the session is."""
    return demand.confidential or demand.kind in CONFIDENTIAL_KINDS


def people_in(demand: Demand, places: Iterable[Assignment]) -> frozenset[str]:
    """Who is in the session for certain: asked to come, the only ones to lead it, or placed."""
    found = {*demand.required, *demand.expected}
    found.update(p for p in (demand.own_worker,) if p is not None)
    for role in demand.roles:
        if len(role.people) <= role.count:
            found.update(role.people)
    for place in places:
        if place.demand == demand.id:
            found.update(place.attendees, (lead.person for lead in place.staff))
    return frozenset(found)
