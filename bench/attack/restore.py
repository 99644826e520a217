"""Random lives of a week, then every published version is restored: byte for byte what it was."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.crew import together
from bench.attack.edits import look, settled
from bench.attack.figures import Figure, exactly, none, some, told
from bench.attack.hands import READING, plan
from bench.attack.house import CLOCK, NOW, SITES, address, file_of, make_store, reopened
from bench.attack.soundness import intact
from pipe_sched.access import LOCAL
from pipe_sched.actions.change_week import change_week
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.restore_version import restore_version
from pipe_sched.actions.see_versions import see_published
from pipe_sched.actions.step_back import step_back
from pipe_sched.store import drafts, versions, weeks
from pipe_sched.store.engine import Store

TIMES = 50
PROCESSES = 2
STEPS = 14
"""Changes, steps back and publications of one life."""

Texts = tuple[str, str]
"""A week's text and a timetable's."""


@dataclass
class Lived:
    """What became of all lives."""

    steps: Counter[str] = field(default_factory=Counter)
    restored: int = 0
    same: int = 0
    decided: int = 0
    still: int = 0
    broken: int = 0


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Live so many lives of one planned week, restoring every version of each."""
    with TemporaryDirectory() as folder:
        first = make_store(Path(folder))
        store = reopened(first)
        plan(store)
        store.close()
        parts = together(PROCESSES, work, first, times, seed)
    restored = sum(p.restored for p in parts)
    yield some("versions restored", restored)
    yield exactly("week and timetable equal byte for byte", restored, sum(p.same for p in parts))
    yield exactly("decisions equal", restored, sum(p.decided for p in parts))
    yield exactly("versions unchanged by it all", restored, sum(p.still for p in parts))
    yield none("databases not intact", sum(p.broken for p in parts))
    for kind, count in sorted(sum((p.steps for p in parts), Counter[str]()).items()):
        yield told(f"lived through: {kind}", count)


def work(number: int, first: str, times: int, seed: int) -> Lived:
    """One process: its share of the lives, each in a copy of its own."""
    seen, url = Lived(), address(file_of(first).parent, f"life-{number}")
    for n in range(number, times, PROCESSES):
        shutil.copyfile(file_of(first), file_of(url))
        live(url, Random(f"{seed}-{n}"), seen)
        seen.broken += not intact(file_of(url))
        file_of(url).unlink()
    return seen


def live(url: str, chance: Random, seen: Lived) -> None:
    """One life of both premises' week."""
    store = reopened(url)
    published: dict[tuple[str, int], Texts] = {}
    for _ in range(STEPS):
        site = chance.choice(SITES)
        try:
            seen.steps[step(store, site, chance, published)] += 1
        except Refusal as refusal:
            seen.steps[f"refused, {type(refusal).__name__}"] += 1
    order = list(published)
    chance.shuffle(order)
    for site, number in order:
        restore(store, site, number, published[site, number], seen)
    store.close()


def step(store: Store, site: str, chance: Random, published: dict[tuple[str, int], Texts]) -> str:
    """One thing that a person does; gives back its name."""
    view, what = look(store, site, CLOCK), chance.random()
    if what < 0.3:
        done = publish_week(store, LOCAL, site, CLOCK, version=view.version, save=True, now=NOW)
        found = see_published(store, LOCAL, site, CLOCK, done.version)
        published[site, done.version] = (found.week_text, found.timetable_text)
        return "publish"
    if what < 0.45 and (view.can_undo or view.can_redo):
        forward = view.can_redo and (not view.can_undo or chance.random() < 0.5)
        step_back(store, LOCAL, site, CLOCK, version=view.version, forward=forward, now=NOW)
        return "redo" if forward else "undo"
    asked, _ = settled(store, view, chance, now=NOW)
    change_week(store, LOCAL, site, CLOCK, asked, save=True, now=NOW)
    return f"change, {type(asked.change).__name__}"


def restore(store: Store, site: str, number: int, was: Texts, seen: Lived) -> None:
    """Restore one version and compare what is exported with what was published."""
    version = look(store, site, CLOCK).version
    revision = restore_version(store, LOCAL, site, CLOCK, number, version=version, now=NOW)
    now = see_published(store, LOCAL, site, CLOCK, number)
    seen.restored += 1
    seen.still += (now.week_text, now.timetable_text) == was
    with store.open_session(READING) as session:
        draft = drafts.draft(session, site, CLOCK, revision)
        hashed = "" if draft is None else draft.week_hash
        copy = draft is not None and (weeks.week_text(session, hashed), draft.timetable) == was
        seen.same += copy and look(store, site, CLOCK).revision == revision
        kept = versions.version(session, site, CLOCK, number)
        seen.decided += bool(draft and kept and draft.decisions == kept.decisions)
