"""The verdict on a change before it is made: what it breaks, what it costs, whom it touches.

Before and after are judged by the same referee, so that what is foretold is what will be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipe_sched.actions.judging import Judged, never_overridden
from pipe_sched.check import Finding
from pipe_sched.core.decisions import AGREE_REASONS
from pipe_sched.core.differing import Difference, Side, differences, touched
from pipe_sched.core.labels import Labels
from pipe_sched.core.week import Tier


@dataclass(frozen=True, slots=True)
class Broken:
    """A must that is broken after the change. `never`: nobody may agree to it.

    `agreed`: why it was agreed to, or None. `new`: this change breaks it, further or for more
    sessions. `demands`: the sessions in it.
    """

    rule: str
    key: str
    sentence: str
    never: bool
    agreed: str | None
    new: bool
    demands: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Rule and key in one word, for forms."""
        return f"{self.rule} {self.key}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change would do. All texts are finished sentences or names.

    `broken`: musts broken after it, new ones first; `mended`: musts it puts right. `worse` and
    `better`: wishes it takes and gives. `says`: the change itself; `people`: ids of whom it
    touches, `names` their names. `revision`: the draft it made (0: nothing was stored).
    """

    broken: tuple[Broken, ...]
    mended: tuple[str, ...]
    worse: tuple[str, ...]
    better: tuple[str, ...]
    says: tuple[str, ...]
    people: tuple[str, ...]
    names: tuple[str, ...]
    before: Mapping[Tier, int]
    after: Mapping[Tier, int]
    revision: int = 0

    @property
    def refused(self) -> tuple[Broken, ...]:
        """What stands in the way whatever anybody says."""
        return tuple(b for b in self.broken if b.new and b.never)

    @property
    def to_agree(self) -> tuple[Broken, ...]:
        """What somebody has to agree to first."""
        return tuple(b for b in self.broken if b.new and not b.never and b.agreed is None)

    def already(self, demand: str) -> tuple[Broken, ...]:
        """What was broken before in this session and may be agreed to as well."""
        found = (b for b in self.broken if not b.new and not b.never and b.agreed is None)
        return tuple(b for b in found if demand in b.demands)


NOTHING_NEW = Verdict((), (), (), (), (), (), (), {}, {})
"""For a change that was made already."""


def verdict(before: Judged, after: Judged, site: str, labels: Labels) -> Verdict:
    """What lies between two judgements of one site's week."""
    told = told_of(before, after, site)
    people = touched(told)
    was = {(f.rule, f.key): f for f in before.findings}
    now = {(f.rule, f.key): f for f in after.findings}
    worse = [f for f in after.findings if f.level == "should" and f.cost > _cost(was, f)]
    better = [f for f in before.findings if f.level == "should" and f.cost > _cost(now, f)]
    mended = [f for f in before.broken if (f.rule, f.key) not in now]
    return Verdict(
        broken=broken(before, after, labels),
        mended=_said(mended, labels),
        worse=_said(worse, labels),
        better=_said(better, labels),
        says=tuple(labels.sentence(say) for one in told for say in one.say),
        people=people,
        names=labels.names(people),
        before=before.prices,
        after=after.prices,
    )


def told_of(before: Judged, after: Judged, site: str) -> tuple[Difference, ...]:
    """The differences between two judgements of one site's week."""
    return differences(
        Side.of(before.week, before.timetable, site), Side.of(after.week, after.timetable, site)
    )


def broken(before: Judged, after: Judged, labels: Labels) -> tuple[Broken, ...]:
    """The musts broken after, those that the change breaks first."""
    was = {(f.rule, f.key): (f.breach, frozenset(f.demands)) for f in before.broken}
    agreed = after.agreed
    out = []
    for f in after.broken:
        key = (f.rule, f.key)
        reason = agreed.get(key)
        breach, sessions = was.get(key, (0, frozenset()))
        out.append(
            Broken(
                f.rule,
                f.key,
                labels.sentence(f.say),
                never_overridden(f),
                None if reason is None else AGREE_REASONS.get(reason, reason),
                f.breach > breach or not sessions.issuperset(f.demands),
                f.demands,
            )
        )
    return tuple(sorted(out, key=lambda b: (not b.new, not b.never)))


def _cost(findings: Mapping[tuple[str, str], Finding], like: Finding) -> int:
    found = findings.get((like.rule, like.key))
    return 0 if found is None else found.cost


def _said(findings: Iterable[Finding], labels: Labels) -> tuple[str, ...]:
    ordered = sorted(findings, key=lambda f: (-f.cost, f.rule, f.key))
    return tuple(dict.fromkeys(labels.sentence(f.say) for f in ordered))
