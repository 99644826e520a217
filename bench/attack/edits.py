"""Random changes of a site's week, made as a person makes them: look, choose, ask, agree, save.

What was acknowledged is kept with a digest of what the revision has to hold, worked out from
the revision that the person saw, so that an edit that is lost, doubled or mixed with another's
is seen whatever the database says of itself.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from bench.attack.choices import choose
from pipe_sched.access import LOCAL
from pipe_sched.actions.change_week import Agreements, Asked, change_week
from pipe_sched.actions.errors import BadRequest, Conflict
from pipe_sched.actions.planned import planned_of
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.texts import write_timetable
from pipe_sched.actions.verdict import Verdict
from pipe_sched.actions.views import WeekView
from pipe_sched.core.changes import BringBack, Change, OneOff, changed
from pipe_sched.core.clock import Clock
from pipe_sched.core.decisions import Planned
from pipe_sched.formats.decisions_json import decisions_to_json
from pipe_sched.store.engine import Store
from pipe_sched.store.tables import Draft

Place = tuple[str, str, int]
"""A site, a week, and a revision of it."""
REASON = "agreed"
Pick = Callable[[WeekView, Random], Change]
"""Picks the change to try."""
TRIES = 400
"""How many changes are tried before it is said that none can be made."""


@dataclass(frozen=True, slots=True)
class Made:
    """An acknowledged change: its revision, the one it was made from, and what it has to hold.

    The pages do not say the revision, there it is 0: it is the one made from `parent`, for only
    one change is ever accepted of what was seen. `change` is for whoever looks for a fault.
    `otherwise`: what it may hold too, where the pages say that they do something else.
    """

    site: str
    week: str
    revision: int
    parent: int
    digest: str
    change: str = ""
    otherwise: str = ""


@dataclass
class Tally:
    """How often a change was refused: overtaken by another's, or not to be done at all."""

    refusals: Counter[str] = field(default_factory=Counter)

    @property
    def overtaken(self) -> int:
        """Refusals because others changed the week."""
        return self.refusals["Overtaken"] + self.refusals["Conflict"]


def look(store: Store, site: str, clock: Clock) -> WeekView:
    """The week as its page shows it."""
    view = see_week(store, LOCAL, site, clock)
    if view is None:
        raise LookupError(f"No week {clock} at {site}.")
    return view


def edit(
    store: Store,
    site: str,
    clock: Clock,
    chance: Random,
    *,
    now: datetime | None = None,
    pick: Pick = choose,
    tally: Tally | None = None,
    pause: float = 0.0,
) -> Made:
    """Look, choose and save, again and again until a change is acknowledged.

    `pause`: most seconds before looking again when another was first.
    """
    seen = tally or Tally()
    for _ in range(TRIES):
        view = look(store, site, clock)
        change = pick(view, chance)
        try:
            asked = Asked(change, view.version, {})
            done = change_week(store, LOCAL, site, clock, asked, save=True, now=now)
        except (BadRequest, Conflict) as refusal:
            seen.refusals[type(refusal).__name__] += 1
            time.sleep(chance.uniform(0, pause) if isinstance(refusal, Conflict) else 0)
            continue
        return made(view, change, done.revision)
    raise LookupError(f"No change could be made of {clock} at {site}.")


def settled(
    store: Store,
    view: WeekView,
    chance: Random,
    *,
    now: datetime | None = None,
    pick: Pick = choose,
    tries: int = TRIES,
) -> tuple[Asked, Verdict]:
    """A change that may be made of this view, with the verdict on it; nothing is stored.

    Raises:
        LookupError: there is none to pick, or none was found in so many tries.
    """
    for _ in range(tries):
        change = pick(view, chance)
        try:
            asked = Asked(change, view.version, {})
            told = change_week(store, LOCAL, view.site, view.clock, asked, now=now)
        except BadRequest:
            continue
        if not told.refused:
            return replace(asked, agreed=agreements(told)), told
    raise LookupError(f"No change could be made of {view.clock} at {view.site}.")


def agreements(told: Verdict) -> Agreements:
    """A reason for every broken must that somebody may agree to."""
    return {(b.rule, b.key): REASON for b in told.to_agree}


def made(view: WeekView, change: Change, revision: int) -> Made:
    """What was acknowledged, for a change made of this view without an agreement."""
    if isinstance(change, OneOff):
        change = replace(change, site=view.site, number=revision)
    now = Planned(view.timetable, view.decisions)
    held = digest(changed(now, view.week, change))
    told = (view.site, str(view.clock), revision, view.revision, held, str(change))
    if revision or not isinstance(change, BringBack):
        return Made(*told)
    # A page brings a session back without a place when its old one no longer fits, and says so.
    return Made(*told, digest(changed(now, view.week, replace(change, place=False))))


def digest(planned: Planned) -> str:
    """The same for the same places and decisions."""
    decisions = json.dumps(decisions_to_json(planned.decisions), sort_keys=True)
    return hashlib.sha256((write_timetable(planned.timetable) + decisions).encode()).hexdigest()


def amiss(made: Sequence[Made], drafts: Mapping[Place, Draft]) -> Iterator[str]:
    """What of the acknowledged is not there, or is not what was acknowledged."""
    children = {(d[0], d[1], draft.parent): draft for d, draft in drafts.items()}
    for one in made:
        if one.revision:
            draft = drafts.get((one.site, one.week, one.revision))
        else:
            draft = children.get((one.site, one.week, one.parent))
        where = f"{one.site} {one.week} revision {one.revision} from {one.parent}"
        if draft is None:
            yield f"{where} is not there"
        elif draft.parent != one.parent:
            yield f"{where} was made from {draft.parent}"
        elif digest(planned_of(draft)) not in (one.digest, one.otherwise):
            yield f"{where} does not say what was acknowledged: {one.change}"
