"""What actions answer: frozen views of runs, weeks and sites for pages and commands.

Ids and finished sentences only; a view can be shown, sent or compared without
the store. Times of day are aware UTC datetimes; `seconds` are wall seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipe_sched.check import Finding
from pipe_sched.core.clock import Clock
from pipe_sched.core.decisions import AGREE_REASONS, NO_DECISIONS, Agreed, Decisions
from pipe_sched.core.labels import Labels
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Tier, Timetable, Week

RunState = Literal["queued", "running", "done", "failed", "stopped", "refused"]
"""stopped: ended by a person, with or without an answer kept. refused: solved, not saved,
because the week changed meanwhile. `RunView.error` says why for failed and refused."""


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site in a list."""

    id: str
    name: str
    type: str
    women: bool
    beds: int


@dataclass(frozen=True, slots=True)
class TierView:
    """How good one tier is (held, comfort; after publication statutory, changes too).

    `bound`: nothing can cost less; `sentence` says it in words.
    """

    tier: str
    cost: int
    bound: int | None
    proven: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The last thing the solver said: wall seconds so far, tier at work, its cost and bound.

    `tier` is `reasons` while it works out why sessions could not be held. `held`: sessions
    that have a place in the best timetable so far.
    """

    seconds: float
    tier: str
    cost: int | None
    bound: int | None
    held: int = 0


@dataclass(frozen=True, slots=True)
class RunView:
    """One run. `seconds` is the limit asked for; `stopping` that Stop was pressed.

    `differs`: what changed when its answer no longer fitted. `proposes`: its answer waits to
    be accepted, until it is `settled`.
    """

    id: str
    sites: tuple[str, ...]
    clock: Clock
    state: RunState
    seconds: float
    stopping: bool
    progress: ProgressView | None
    tiers: tuple[TierView, ...]
    error: str | None
    status: str | None
    attempts: int
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    differs: tuple[Phrase, ...] = ()
    proposes: bool = False
    settled: str | None = None

    @property
    def active(self) -> bool:
        """Whether it is still queued or running."""
        return self.state in ("queued", "running")


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One site-week in a list. `revision` 0: drawn up, no timetable yet.

    `published`: the version in force (0: none); `changed`: the draft is not that version.
    """

    site: str
    clock: Clock
    revision: int
    demands: int
    held: int
    prices: Mapping[Tier, int]
    out_of_date: bool
    run: RunView | None
    published: int = 0
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Unheld:
    """A session due that has no place; `reasons` as sentences in `labels`' words.

    `phrases` are the same as stored. Empty: no reason was worked out. `alone`: it could not
    be held if nothing else were; `rivals`: demands that cannot all be held with it; `proven`
    False: the time for reasons ran out before it was certain.
    """

    demand: str
    site: str
    label: str
    worth: int
    phrases: tuple[Phrase, ...]
    reasons: tuple[str, ...]
    alone: bool = False
    rivals: tuple[str, ...] = ()
    proven: bool = False


@dataclass(frozen=True, slots=True)
class CancelledView:
    """A session that a person cancelled: what it is called, where it was, and why."""

    demand: str
    label: str
    start: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class PublishedView:
    """The version in force. `changed`: sentences for what the draft has otherwise."""

    version: int
    author: str
    published_at: datetime
    changed: tuple[str, ...]


@dataclass(frozen=True)
class WeekView:
    """A site's week with its timetable.

    `week` and `timetable` are this site's, `sites` those it is planned together with;
    `revision` is the draft's (0: no timetable yet). `findings` and `prices` (cost per tier)
    come from the referee, against what is true now for the current draft; `tiers` from the
    run that made the draft (empty after an edit). `run`: the newest run that touches this
    site-week; `proposal`: the revision of a re-plan that waits to be accepted (0: none).
    `out_of_date`: the data changed after the draft was saved, and `fault` says why it cannot
    be judged against them. `notes`: sentences from drawing up. `labels`: every word for an id that
    this viewer may read. `reading`: they do not plan, so this is what is published and no draft.
    """

    site: str
    sites: tuple[str, ...]
    clock: Clock
    week: Week
    timetable: Timetable
    revision: int
    version: int
    findings: tuple[Finding, ...]
    prices: Mapping[Tier, int]
    tiers: tuple[TierView, ...]
    unheld: tuple[Unheld, ...]
    labels: Labels
    notes: tuple[str, ...]
    run: RunView | None
    worker_alive: bool
    out_of_date: bool
    author: str | None = None
    cause: str | None = None
    saved_at: datetime | None = None
    decisions: Decisions = NO_DECISIONS
    cancelled: tuple[CancelledView, ...] = ()
    published: PublishedView | None = None
    proposal: int = 0
    can_undo: bool = False
    can_redo: bool = False
    untold: frozenset[str] = frozenset()
    fault: str | None = None
    reading: bool = False

    @property
    def agreed(self) -> Mapping[tuple[str, str], str]:
        """The reason for each broken must that was agreed to, by rule and key."""
        return {(a.rule, a.key): AGREE_REASONS.get(a.reason, a.reason) for a in self._agreed}

    @property
    def _agreed(self) -> tuple[Agreed, ...]:
        return self.decisions.agreed

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The broken musts that nobody agreed to."""
        return tuple(f for f in self._musts if (f.rule, f.key) not in self.agreed)

    @property
    def excepted(self) -> tuple[Finding, ...]:
        """The broken musts that somebody agreed to."""
        return tuple(f for f in self._musts if (f.rule, f.key) in self.agreed)

    @property
    def _musts(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.level == "must")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changes. `sentences`: one line per sheet that changes, in plain words.

    `written` False: nothing changed, or only a preview was asked for.
    """

    added: int
    changed: int
    sentences: tuple[str, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class DrawnUpWeek:
    """Sessions due after drawing up, by id, against the last time."""

    clock: Clock
    sites: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    same: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generated:
    """The run that was queued, or (`queued` False) the one that was already there."""

    run: RunView
    queued: bool
    drawn_up: DrawnUpWeek | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A site's week for files: JSON texts without names, the values, and the words.

    `version` and `published_at` when it is a published one; `timetable` is then what may
    leave the planners' pages.
    """

    week_text: str
    timetable_text: str
    week: Week
    timetable: Timetable
    revision: int
    labels: Labels
    version: int = 0
    published_at: datetime | None = None
