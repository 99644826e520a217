"""The besieged weeks' timetable, placed by hand: the same every time, whatever else runs.

North's sessions lie on Tuesday and South's on Wednesday, so that the worker of both is in one place
a day, and whoever leaves on Tuesday morning leaves something free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bench.attack import hands
from bench.attack.canaries import BANNED, GUEST, IDS, LEAVES, LISTED, PLAIN, SHARED, crn, worker
from pipe_sched.actions.run_input import run_input
from pipe_sched.actions.save_result import Outcome, save_result
from pipe_sched.core.clock import Clock
from pipe_sched.core.week import Assignment, Demand, Lead, Timetable, Week
from pipe_sched.formats.week_json import timetable_to_json, week_from_json
from pipe_sched.store.engine import Store

DAYS = {"north": 1, "south": 2}
DAY = 24 * 60
TIERS = tuple({"tier": t, "cost": 0, "bound": 0, "proven": True} for t in ("held", "changes"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session lies: time of day, room, who leads it, and which residents come."""

    hour: float
    room: str
    lead: str
    people: tuple[int | str, ...] = ()


GROUPS: Mapping[str, Place] = {
    "cooking": Place(12.5, "kitchen", "key1", (LISTED, BANNED, GUEST)),
    "case": Place(15, "lounge", SHARED),
    "circle": Place(16.25, "lounge", "key2", (PLAIN,)),
    "art": Place(17.5, "kitchen", "floor1", (PLAIN,)),
}
KEY_WORK: Mapping[int | str, Place] = {
    PLAIN: Place(9, "lounge", "key1"),
    LEAVES: Place(10, "lounge", "key2"),
    LISTED: Place(10, "quiet", "key1"),
    BANNED: Place(11, "lounge", "key2"),
    GUEST: Place(17.5, "lounge", "key1"),
}
SUPERVISION: Mapping[str, Place] = {
    "key1": Place(11.25, "quiet", SHARED),
    "key2": Place(12.5, "quiet", SHARED),
}


def plan_by_hand(
    store: Store,
    sites: tuple[str, ...],
    clock: Clock,
    residents: Mapping[str, str],
    *,
    now: datetime | None = None,
) -> str:
    """Press Generate and answer as a worker would; gives back the run's last state."""
    hands.generate(store, sites, clock, now=now)
    claimed = hands.claim(store)
    week = week_from_json(str(run_input(store, claimed)["week"]))
    text = timetable_to_json(placed(week, residents))
    return save_result(store, claimed, Outcome("optimal", text, TIERS), now=now)


def placed(week: Week, residents: Mapping[str, str]) -> Timetable:
    """Every session of a week at its place. `residents`: ids by CRN."""
    known = {p.id for p in week.people}
    due = (d for d in week.demands if d.id not in week.cancelled)
    found = (_placed(d, residents, known) for d in due)
    here = [a for a in found if a is not None and _all_there(week, a)]
    return Timetable(tuple(sorted(here, key=lambda a: a.demand)))


def _all_there(week: Week, place: Assignment) -> bool:
    """Whether nobody in it has left by then."""
    gone = {s.person for s in week.stays if s.span.end <= place.start}
    return not gone.intersection(place.attendees)


def _placed(demand: Demand, residents: Mapping[str, str], known: set[str]) -> Assignment | None:
    site = demand.site
    place, own = _place(demand, residents)
    if place is None:
        return None
    people = own or [p for p in _ids(site, place.people, residents) if p in known]
    if not own:
        people = [p for p in people if p in demand.attendees]
    lead = SHARED if place.lead == SHARED else worker(site, place.lead)
    start = DAYS[site] * DAY + int(place.hour * 60)
    return Assignment(
        demand.id,
        start,
        f"{IDS[site]}-{place.room}",
        (Lead("lead", lead),),
        tuple(sorted(people)),
    )


def _place(demand: Demand, residents: Mapping[str, str]) -> tuple[Place | None, list[str]]:
    """The place of a session, and whose it is if it is one person's."""
    _, programme, who, _ = demand.id.split(":")
    name = programme.removeprefix(f"{IDS[demand.site]}-")
    if name in GROUPS:
        return GROUPS[name], []
    if name == "supervision":
        return SUPERVISION[who.removeprefix(f"{IDS[demand.site]}-")], [who]
    for number, place in KEY_WORK.items():
        if who in _ids(demand.site, (number,), residents):
            return place, [who]
    return None, []


def _ids(site: str, people: tuple[int | str, ...], residents: Mapping[str, str]) -> Iterator[str]:
    for one in people:
        yield residents[crn(site, one) if isinstance(one, int) else one]
