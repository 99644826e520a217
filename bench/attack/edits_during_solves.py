"""Edits made while a run is being solved: none is overwritten, the result is refused with reasons.

Most runs are claimed by hand and answered with what their drafts say, which is saved whenever
nothing was edited, as every tenth time is tried; some are solved by a real worker; and some are
re-plans of published weeks, edited after they were solved and before they are accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.choices import no_one_offs
from bench.attack.edits import Made, amiss, edit, look
from bench.attack.figures import Figure, exactly, none, some, told
from bench.attack.hands import claim, generate, plan, solved
from bench.attack.house import CLOCK, NOW, SITES, make_store, reopened
from bench.attack.processes import wait_for, worker
from bench.attack.soundness import behind, by_revision, drafts, torn
from pipe_sched.access import LOCAL
from pipe_sched.actions.errors import Conflict
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.save_result import Outcome, save_result
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.settle_proposal import settle_proposal
from pipe_sched.actions.texts import write_timetable
from pipe_sched.core.week import Timetable
from pipe_sched.store.engine import Store

TIMES = 200
REAL = 0.1
PROPOSED = 0.1
"""The parts of all trials that a real worker solves, and that edit before a re-plan is accepted."""
CONTROL = 10
"""Every so many trials by hand, one without an edit."""
SECONDS = 1.0
PATIENCE = 60.0


@dataclass
class Trials:
    """What became of all trials."""

    made: list[Made] = field(default_factory=list)
    by_hand: int = 0
    real: int = 0
    late: list[Made] = field(default_factory=list)
    proposals: int = 0
    refused: int = 0
    reasons: int = 0
    current: int = 0
    unedited: int = 0
    saved: int = 0
    faults: list[str] = field(default_factory=list)


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Edit during so many solves: the real ones first, while few sessions are kept."""
    real, proposed = max(1, round(times * REAL)), max(1, round(times * PROPOSED))
    seen, chance = Trials(), Random(seed)
    with TemporaryDirectory() as folder:
        url = make_store(Path(folder), busy=True)
        store = reopened(url)
        plan(store)
        with worker(url):
            while seen.real < real:
                by_worker(store, chance, seen)
        for n in range(max(1, times - real - proposed)):
            by_hand(store, chance, seen, control=n % CONTROL == 0)
        for n in range(proposed):
            before_accepting(store, chance, seen, SITES[n % 2])
        yield from figures(store, seen)
        store.close()


def figures(store: Store, seen: Trials) -> Iterator[Figure]:
    """What was edited against what is there."""
    found = drafts(store)
    yield told("edits, by hand / worker / before accepting", shares(seen))
    yield told("edits after the worker had ended, not counted", len(seen.late))
    lost = len(list(amiss([*seen.made, *seen.late], by_revision(found))))
    yield none("edits lost or overwritten", lost)
    yield exactly("edits still current after the result", len(seen.made), seen.current)
    yield exactly("results refused", len(seen.made), seen.refused)
    for fault, count in Counter(seen.faults).items():
        yield told(f"not refused x {count}", fault)
    yield exactly("refusals that say what differs", len(seen.made), seen.reasons)
    yield exactly("results saved when nothing was edited", seen.unedited, seen.saved)
    yield some("tries without an edit", seen.unedited)
    yield none("site-weeks not at their last revision", len(list(behind(store))))
    yield none("torn drafts", len(torn(store, found)))


def shares(seen: Trials) -> str:
    """How many edits of each sort."""
    return f"{seen.by_hand} / {seen.real} / {seen.proposals}"


def by_hand(store: Store, chance: Random, seen: Trials, *, control: bool) -> None:
    """A run claimed here, edited, and answered with what the drafts said when it was claimed."""
    if control:
        generate(store)
        claimed = claim(store)
        seen.unedited += 1
        seen.saved += save_result(store, claimed, as_it_is(store), now=NOW) == "done"
    run = generate(store)
    claimed, answer = claim(store), as_it_is(store)
    one = edited(store, chance, seen)
    save_result(store, claimed, answer, now=NOW)
    seen.by_hand += 1
    judge(store, run, one, seen)


def by_worker(store: Store, chance: Random, seen: Trials) -> None:
    """A run that a real worker is solving, edited in the midst of it.

    When the run has ended before the edit was acknowledged, the edit came too late to count.
    """
    run = generate(store, seconds=SECONDS)
    if not wait_for(lambda: see_run(store, LOCAL, run).progress is not None, PATIENCE):
        raise LookupError(f"Run {run} was not begun.")
    one = edit(store, chance.choice(SITES), CLOCK, chance, now=NOW, pick=no_one_offs)
    during = see_run(store, LOCAL, run).active
    wait_for(lambda: not see_run(store, LOCAL, run).active, PATIENCE)
    if not during:
        seen.late.append(one)
        return
    seen.made.append(one)
    seen.real += 1
    judge(store, run, one, seen)


def before_accepting(store: Store, chance: Random, seen: Trials, site: str) -> None:
    """A re-plan of a published week, edited after its answer came and before it is accepted."""
    if look(store, site, CLOCK).published is None:
        version = look(store, site, CLOCK).version
        publish_week(store, LOCAL, site, CLOCK, version=version, save=True, now=NOW)
    run = generate(store, (site,), seconds=SECONDS / 2)
    claimed = claim(store)
    state = save_result(store, claimed, solved(store, claimed), now=NOW)
    if state != "done":
        raise LookupError(f"A re-plan of {site} ended {state}: {see_run(store, LOCAL, run).error}")
    one = edited(store, chance, seen, (site,))
    seen.proposals += 1
    try:
        settle_proposal(store, LOCAL, run, accept=True, now=NOW)
    except Conflict as refusal:
        seen.refused += 1
        seen.reasons += "no longer fits" in refusal.sentence
    seen.current += look(store, site, CLOCK).revision == one.revision


def edited(store: Store, chance: Random, seen: Trials, sites: tuple[str, ...] = SITES) -> Made:
    """One acknowledged edit at one of these premises."""
    one = edit(store, chance.choice(sites), CLOCK, chance, now=NOW, pick=no_one_offs)
    seen.made.append(one)
    return one


def judge(store: Store, run: str, one: Made, seen: Trials) -> None:
    """Whether the result was refused with a list of differences, and the edit still stands."""
    shown = see_run(store, LOCAL, run)
    if shown.state != "refused":
        seen.faults.append(f"run ended {shown.state}: {shown.error}")
    seen.refused += shown.state == "refused"
    seen.reasons += bool(shown.differs)
    seen.current += look(store, one.site, CLOCK).revision == one.revision


def as_it_is(store: Store) -> Outcome:
    """An answer that leaves every session where it is, which is always a valid one."""
    places = [a for site in SITES for a in look(store, site, CLOCK).timetable.assignments]
    return Outcome("feasible", write_timetable(Timetable(tuple(places))))
