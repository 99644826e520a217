"""Makes weeks of any size in the open format, from a seed.

Three kinds: `planted` weeks hold every session due by construction (a hidden
timetable is placed first, and what does not fit is left out); `tight` weeks are
planted ones whose windows are cut close around the hidden place; `full` weeks
have more due than any timetable holds.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Literal

from bench.plant import plant
from bench.premises import FLOOR_KINDS, Premises, at, each, premises, psychologist
from pipe_sched.core.spans import Span, Spans, common
from pipe_sched.core.week import Demand, Owed, Person, Role, Travel, Week
from pipe_sched.formats.week_json import week_to_json

Kind = Literal["planted", "tight", "full"]
YEAR, NUMBER = 2026, 49
WHOLE: Spans = (Span(0, 7 * 1440),)
WORTH = {"key_work": 120, "induction": 150, "supervision": 110, "community_meeting": 140}


def make(size: int, kind: Kind = "planted", seed: int = 1) -> Week:
    """A week of `size` premises, about 44 sessions due each."""
    random = Random(f"{size} {kind} {seed}")
    houses = [premises(i, random) for i in range(size)]
    shared = [
        psychologist(i // 2, tuple(h.site.id for h in houses[i : i + 2])) for i in range(0, size, 2)
    ]
    week = _joined(houses, [p for p, _ in shared])
    week = replace(week, shifts=week.shifts + tuple(s for _, ss in shared for s in ss))
    for i, house in enumerate(houses):
        due, owed = demands(house, f"psy{i // 2}", random, extra=kind == "full")
        week = replace(week, demands=week.demands + due, owed=week.owed + owed)
    if kind == "full":
        return week
    hidden = plant(week, random)
    kept = tuple(d for d in week.demands if d.id in hidden)
    if kind == "tight":
        kept = tuple(_closer(d, hidden[d.id], random) for d in kept)
    ids = {d.id for d in kept}
    owed = tuple(replace(o, demands=tuple(d for d in o.demands if d in ids)) for o in week.owed)
    return replace(week, demands=kept, owed=tuple(o for o in owed if o.demands))


def _joined(houses: list[Premises], shared: list[Person]) -> Week:
    ids = [h.site.id for h in houses]
    return Week(
        YEAR,
        NUMBER,
        tuple(h.site for h in houses),
        tuple(ids),
        rooms=tuple(r for h in houses for r in h.rooms),
        people=tuple(p for h in houses for p in h.people) + tuple(shared),
        shifts=tuple(s for h in houses for s in h.shifts),
        stays=tuple(s for h in houses for s in h.stays),
        commitments=tuple(c for h in houses for c in h.commitments),
        travel=tuple(Travel(a, b, 60) for a in ids for b in ids if a < b),
    )


def _closer(demand: Demand, start: int, random: Random) -> Demand:
    room = random.choice((60, 120, 240))
    near = Span(start - room, start + demand.minutes + room)
    return replace(demand, windows=common(demand.windows, (near,)))


def demands(
    house: Premises, psychologist: str, random: Random, extra: bool
) -> tuple[tuple[Demand, ...], tuple[Owed, ...]]:
    """The sessions due of one premises, and the attendances its residents are owed."""
    due = [*_one_to_ones(house, random), *_groups(house), *_support(house, psychologist)]
    if extra:
        due += [replace(d, id=f"{d.id}-again") for d in _one_to_ones(house, random)]
    structured = tuple(d.id for d in due if d.kind == "structured")
    owed = tuple(Owed(r, structured, 1) for r in house.residents)
    usual = [replace(d, usual=_usual(random)) for d in due]
    return tuple(usual), owed


def _usual(random: Random) -> int | None:
    if random.random() < 0.4:
        return None
    return at(random.randrange(5), random.randrange(9, 16), random.choice((0, 30)))


def _demand(house: Premises, kind: str, name: str, minutes: int, **more: object) -> Demand:
    base = Demand(
        f"{house.site.id}-{kind}-{name}",
        house.site.id,
        kind,
        minutes,
        WHOLE,
        worth=WORTH.get(kind, 100),
        on_floor=kind in FLOOR_KINDS,
    )
    return replace(base, **more)  # type: ignore[arg-type]  # names checked by replace itself


def _one_to_ones(house: Premises, random: Random) -> list[Demand]:
    keys, crew = house.who("key_worker"), house.who("residential_worker")
    quiet = {"features": ("one_to_one",), "one_to_one": True}
    out = []
    for i, resident in enumerate(house.residents):
        own, back = keys[i % len(keys)], keys[(i + 1) % len(keys)]
        lead = (Role("lead", 1, (own, back)),)
        keyed = {"roles": lead, "own_worker": own, "back_up": back, "regular": own}
        out.append(_demand(house, "key_work", resident, 45, required=(resident,), **quiet, **keyed))
    for resident in random.sample(house.residents, 4):
        lead = (Role("lead", 1, keys + crew),)
        kind, minutes = random.choice((("induction", 45), ("move_on", 45), ("pathway_review", 60)))
        out.append(
            _demand(house, kind, resident, minutes, required=(resident,), roles=lead, **quiet)
        )
    return out


def _groups(house: Premises) -> list[Demand]:
    office = house.who("regime_lead") + house.who("assistant_psychologist")
    floor = house.who("key_worker") + house.who("residential_worker")
    led = (Role("facilitator", 1, office), Role("second", 1, office + floor))
    out = [
        _demand(
            house,
            "structured",
            str(i),
            75,
            roles=led,
            offered=house.residents,
            smallest=4,
            largest=8,
            features=("group",),
            liked=each(range(5), (9, 0), (13, 0)),
        )
        for i in range(3)
    ]
    places = (("kitchen", 6), ("outdoors", 8), ("group", 8), ("kitchen", 6))
    for i, (feature, most) in enumerate(places):
        windows = (each(range(5), (17, 0), (20, 0)), each((5, 6), (10, 0), (18, 0)))
        chosen = windows[i] if i < 2 else WHOLE
        out.append(
            _demand(
                house,
                "creative",
                str(i),
                90,
                roles=(Role("lead", 1, office + floor),),
                offered=house.residents,
                smallest=3,
                largest=most,
                features=(feature,),
                windows=chosen,
            )
        )
    leads = (Role("chair", 1, house.who("ap_manager")), Role("lead", 2, office + floor))
    meeting = {"roles": leads, "expected": house.residents, "quorum": 10, "features": ("lounge",)}
    out.append(
        _demand(
            house, "community_meeting", "1", 45, liked=each(range(5), (11, 0), (12, 0)), **meeting
        )
    )
    return out


def _support(house: Premises, psychologist: str) -> list[Demand]:
    lead = {"roles": (Role("lead", 1, (psychologist,)),), "features": ("quiet",), "support": True}
    keys, crew = house.who("key_worker"), house.who("residential_worker")
    assistant = house.who("assistant_psychologist")
    both = {"expected": keys + crew[:5], "quorum": 4, "no_line_manager": True}
    out = [
        _demand(house, "reflective_practice", "1", 60, largest=10, **both, **lead),
        _demand(house, "formulation", "1", 75, required=(*keys[:2], *assistant), **lead),
        _demand(
            house, "supervision", assistant[0], 60, required=assistant, one_to_one=True, **lead
        ),
    ]
    chosen = (keys[0], keys[2], house.who("regime_lead")[0])
    for person in chosen:
        out.append(
            _demand(house, "supervision", person, 60, required=(person,), one_to_one=True, **lead)
        )
    return out


def main() -> None:
    """Write a week: python -m bench.weeks SIZE KIND SEED FILE."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("kind", choices=("planted", "tight", "full"))
    parser.add_argument("seed", type=int)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    week = make(args.size, args.kind, args.seed)
    args.output.write_text(week_to_json(week), encoding="utf-8")
    print(f"{len(week.demands)} sessions due in {args.output}")


if __name__ == "__main__":
    main()
