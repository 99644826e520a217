"""One premises publishes while the other, with whom it shares a psychologist, is planned again.

Two processes, each in turn the one and the other. Before each round the psychologist falls away
at the time of the session that is planned again, and has one day left, so that both look for the
same hours. The re-plan is solved by hand in its process, accepted and published too. What is
refused has to say why; nothing may end in an error, and nobody may be booked twice.
"""

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

from bench.attack.choices import move_of, no_one_offs
from bench.attack.crew import at_once, together
from bench.attack.edits import edit, look
from bench.attack.figures import Figure, none, some, told
from bench.attack.hands import SCOPE, claim, generate, plan, solved
from bench.attack.house import CLOCK, DAYS, NOW, SITES, file_of, make_store, reopened
from bench.attack.soundness import active, drafts, intact, overlaps, torn
from pipe_sched.access import LOCAL
from pipe_sched.actions.change_week import Asked, change_week
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.save_result import save_result
from pipe_sched.actions.see_run import see_run
from pipe_sched.actions.settle_proposal import settle_proposal
from pipe_sched.core.changes import Keep
from pipe_sched.core.plan import AbsenceRow
from pipe_sched.store.engine import Store
from pipe_sched.store.plans import load_plan, save_plan

TIMES = 50
SHARED = "psy"
SOLVE = 1.2
"""Most seconds between a solve and its saving."""
SHOWN = 8
"""How many different reasons are printed."""
TIMES_OF_DAY = re.compile(r"(Mon|Tues|Wednes)day.*?(?=\.( |$))")
"""Left out of the reasons that are printed, so that the same reason is counted as one."""
TOGETHER = 4
"""Every so many rounds both premises are planned again as one."""


@dataclass
class Seen:
    """What happened: how each thing ended, errors with their place, overlaps of bookings."""

    ended: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    overlaps: int = 0
    silent: int = 0


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Let both at it for so many rounds, then look at what is booked and saved."""
    with TemporaryDirectory() as folder:
        url = make_store(Path(folder))
        store = reopened(url)
        plan(store)
        for site in SITES:
            version = look(store, site, CLOCK).version
            publish_week(store, LOCAL, site, CLOCK, version=version, save=True, now=NOW)
        parts = together(2, work, url, times, seed)
        yield from figures(parts)
        yield none("overlaps at the end", overlaps(store))
        yield none("runs left active", len(active(store)))
        yield none("torn drafts", len(torn(store, drafts(store))))
        yield none("databases not intact", int(not intact(file_of(url))))
        store.close()


def figures(parts: list[Seen]) -> Iterator[Figure]:
    """What both saw."""
    ended = sum((p.ended for p in parts), Counter[str]())
    errors = [e for p in parts for e in p.errors]
    yield none("errors", len(errors))
    for error in errors[:3]:
        yield told("error", error)
    yield none("rounds with somebody booked twice", sum(p.overlaps for p in parts))
    yield none("refused without a reason", sum(p.silent for p in parts))
    yield some("published beside a re-plan", ended["publish: done"])
    yield some("re-plans saved", ended["re-plan: done"])
    for what, count in sorted(ended.items()):
        yield told(what, count)
    reasons = sum((p.reasons for p in parts), Counter[str]())
    for reason, count in reasons.most_common(SHOWN):
        yield told(f"reason given {count} times", reason)
    yield told("other reasons given", len(reasons) - min(SHOWN, len(reasons)))


def work(number: int, url: str, times: int, seed: int) -> Seen:
    """One process: publishes in one round, plans again in the next; the sites change too."""
    store, seen = reopened(url), Seen()
    for n in range(times):
        chance = Random(f"{seed}-{n}-{number}")
        publishes = (n + number) % 2 == 0
        site = SITES[(n // 2 + number + n) % 2]
        if not publishes:
            fall_away(store, site)
        at_once()
        (publish if publishes else replan)(store, site, n, chance, seen)
        at_once()
        seen.overlaps += number == 0 and overlaps(store) > 0
    store.close()
    return seen


def fall_away(store: Store, site: str) -> None:
    """Let the psychologist be away when this site's session is, and on every day but the first.

    Nothing that they lead is kept where it is.
    """
    view = look(store, site, CLOCK)
    days = [CLOCK.monday + timedelta(days=n) for n in range(DAYS)]
    away = [AbsenceRow(SHARED, day, time(9), day, time(17)) for day in days[1:]]
    minutes = {d.id: d.minutes for d in view.week.demands}
    theirs = [a for a in view.timetable.assignments if SHARED in {x.person for x in a.staff}]
    for place in theirs:
        first, last = map(CLOCK.local, (place.start, place.start + minutes[place.demand]))
        away.append(AbsenceRow(SHARED, first.date(), first.time(), last.date(), last.time()))
    if theirs:
        loose = Keep(tuple(a.demand for a in theirs), keep=False)
        asked = Asked(loose, view.version, {})
        change_week(store, LOCAL, site, CLOCK, asked, save=True, now=NOW)
    with store.open_session(SCOPE) as session:
        save_plan(session, replace(load_plan(session), absences=tuple(away)))


def publish(store: Store, site: str, _round: int, chance: Random, seen: Seen) -> None:
    """Change the week and publish it, twice over, so that one of them meets the other's save."""
    for pick in (partial(move_of, SHARED), no_one_offs):
        attempt(seen, "change", partial(edit, store, site, CLOCK, chance, now=NOW, pick=pick))
        attempt(seen, "publish", lambda: published(store, site))


def replan(store: Store, site: str, n: int, chance: Random, seen: Seen) -> None:
    """Generate, solve, save, accept and publish."""
    sites = SITES if n % TOGETHER == 0 else (site,)
    run = attempt(seen, "generate", lambda: generate(store, sites))
    if not isinstance(run, str):
        return
    state = attempt(seen, "re-plan", lambda: answered(store, chance))
    shown = see_run(store, LOCAL, run)
    seen.ended[f"re-plan: {shown.state}"] += 1
    if state == "done":
        attempt(seen, "accept", lambda: settle_proposal(store, LOCAL, run, accept=True, now=NOW))
        attempt(seen, "publish", lambda: published(store, site))
    elif not shown.error or (state == "refused" and not shown.differs):
        seen.silent += 1
    else:
        labels = look(store, site, CLOCK).labels
        said = " ".join(labels.sentence(say) for say in shown.differs)
        seen.reasons[f"re-plan: {TIMES_OF_DAY.sub('…', said)}"] += 1


def answered(store: Store, chance: Random) -> str:
    """Solve the run that waits, and after a while, as if it had been a long solve, save it."""
    claimed = claim(store)
    outcome = solved(store, claimed)
    sleep(chance.uniform(0, SOLVE))
    return save_result(store, claimed, outcome, now=NOW)


def published(store: Store, site: str) -> str:
    """Publish the draft as it is."""
    version = look(store, site, CLOCK).version
    done = publish_week(store, LOCAL, site, CLOCK, version=version, save=True, now=NOW)
    return f"version {done.version}"


def attempt(seen: Seen, what: str, act: Callable[[], object]) -> object:
    """Do it; a refusal with a sentence is an answer, anything else an error."""
    try:
        done = act()
    except Refusal as refusal:
        seen.ended[f"{what}: {type(refusal).__name__}"] += 1
        seen.reasons[f"{what}: {TIMES_OF_DAY.sub('…', refusal.sentence)}"] += 1
        seen.silent += not refusal.sentence
        return None
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        seen.errors.append(f"{what}: {type(error).__name__} {error} in {at.name}")
        return None
    if what != "re-plan":
        seen.ended[f"{what}: done"] += 1
    return done
