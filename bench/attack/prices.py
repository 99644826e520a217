"""The price that is foretold of a change is the price that it has: on the demo's reference week.

Foretold by the verdict on a change that is only asked for; found by an independent referee on
the exported texts after it was saved, and shown by the week's page.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.choices import KINDS, choose
from bench.attack.crew import together
from bench.attack.edits import look, settled
from bench.attack.figures import Figure, exactly, none, told
from bench.attack.hands import plan
from bench.attack.house import address, file_of, reopened
from pipe_sched.access import LOCAL
from pipe_sched.actions.change_week import Asked, change_week
from pipe_sched.actions.export_week import export_week
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.verdict import Verdict
from pipe_sched.actions.views import WeekView
from pipe_sched.check import Referee, price
from pipe_sched.core.clock import Clock
from pipe_sched.core.week import Tier
from pipe_sched.demo.plan import build_plan
from pipe_sched.formats.week_json import timetable_from_json, week_from_json
from pipe_sched.store.engine import Store, open_store

TIMES = 200
PROCESSES = 2
SITES = ("crowley-house", "kirk-lodge")
CLOCK = Clock(2026, 49)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECONDS = 15.0
FEW_TRIES = 12
"""How many changes of one kind are tried before one of any kind is taken."""

Prices = Mapping[Tier, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, the price foretold, told on saving, found by the referee, shown."""

    kind: str
    foretold: Prices
    saved: Prices
    found: Prices
    shown: Prices
    moved: bool


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Make the changes in two copies of the planned week, one per process, and compare."""
    with TemporaryDirectory() as folder:
        first = address(Path(folder))
        store = open_store(first)
        import_plan(store, LOCAL, build_plan(CLOCK))
        yield told("the week's run ended", plan(store, SITES, CLOCK, now=NOW, seconds=SECONDS))
        store.close()
        urls = [address(Path(folder), f"copy-{n}") for n in range(PROCESSES)]
        for url in urls:
            shutil.copyfile(file_of(first), file_of(url))
        shares = [len(range(n, times, PROCESSES)) for n in range(PROCESSES)]
        made = list(chain.from_iterable(together(PROCESSES, work, urls, shares, seed)))
    yield exactly("changes made", times, len(made))
    yield none("foretold is not what was saved", sum(c.foretold != c.saved for c in made))
    yield none("foretold is not what a referee finds", sum(c.foretold != c.found for c in made))
    yield none("foretold is not what the page shows", sum(c.foretold != c.shown for c in made))
    yield told("changes that change the price", sum(c.moved for c in made))
    for kind, count in sorted(Counter(c.kind for c in made).items()):
        yield told(f"changes: {kind}", count)


def work(number: int, urls: list[str], shares: list[int], seed: int) -> list[Change]:
    """One process in its own copy: changes of every kind in turn, at both premises."""
    store, kinds, out = reopened(urls[number]), list(KINDS), []
    for n in range(shares[number]):
        chance = Random(f"{seed}-{number}-{n}")
        view = look(store, chance.choice(SITES), CLOCK)
        kind, asked, verdict = some_change(store, view, chance, kinds[n % len(kinds)])
        out.append(compared(store, view.site, kind, asked, verdict))
    store.close()
    return out


def some_change(
    store: Store, view: WeekView, chance: Random, kind: str
) -> tuple[str, Asked, Verdict]:
    """A change of this kind that may be made, or of any kind when none is found soon."""
    pick = partial(choose, kinds=[kind])
    try:
        return kind, *settled(store, view, chance, now=NOW, pick=pick, tries=FEW_TRIES)
    except LookupError:
        return "any", *settled(store, view, chance, now=NOW)


def compared(store: Store, site: str, kind: str, asked: Asked, verdict: Verdict) -> Change:
    """Save the change, and ask everybody for its price."""
    done = change_week(store, LOCAL, site, CLOCK, asked, save=True, now=NOW)
    texts = export_week(store, LOCAL, site, CLOCK)
    week = week_from_json(texts.week_text)
    findings = Referee(week).findings(timetable_from_json(texts.timetable_text, week))
    shown = look(store, site, CLOCK).prices
    moved = verdict.before != verdict.after
    return Change(kind, verdict.after, done.after, price(findings), shown, moved)
