"""Judging a site's week: what the referee finds in it, against what is true now.

Every change, a look at a week whose data changed, and publishing pass through here. A
session led by somebody who was only named for it keeps a broken must of its own, so that
naming is seen and agreed to like any other exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipe_sched.actions.drawing import Drawing
from pipe_sched.actions.texts import referee
from pipe_sched.check import ASKED_FOR, Finding, price
from pipe_sched.core import phrase
from pipe_sched.core.decisions import Decisions, Planned, still_due
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import ATTENDS, Tier, Timetable, Week
from pipe_sched.rules.book import book

NAMED = "right_people_lead"
"""The rule that somebody named for a role breaks."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One site's week with what the referee found in it. `text` is the week's, under `hash`."""

    week: Week
    text: str
    hash: str
    planned: Planned
    findings: tuple[Finding, ...]
    notes: tuple[Phrase, ...] = ()

    @property
    def timetable(self) -> Timetable:
        """Where the sessions lie."""
        return self.planned.timetable

    @property
    def prices(self) -> dict[Tier, int]:
        """The cost per tier."""
        return price(self.findings)

    @property
    def agreed(self) -> Mapping[tuple[str, str], str]:
        """Why each broken must that was agreed to may be broken, by rule and key."""
        return {(a.rule, a.key): a.reason for a in self.planned.decisions.agreed}

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The broken musts."""
        return tuple(f for f in self.findings if f.level == "must")


def judge(drawing: Drawing, planned: Planned) -> Judged:
    """Judge places and decisions against a week that was drawn up with them."""
    week = drawing.drawn.week
    now = still_due(planned, week)
    found = referee(drawing.text, week).findings(now.timetable)
    findings = (*named(week, now), *found)
    now = replace(now, decisions=still_agreed(now.decisions, findings))
    return Judged(week, drawing.text, drawing.hash, now, findings, drawing.drawn.notes)


def still_agreed(decisions: Decisions, findings: Iterable[Finding]) -> Decisions:
    """The decisions with the agreements that still cover what is broken; the others lapse."""
    broken = [f for f in findings if f.level == "must"]
    agreed = tuple(
        a
        for a in decisions.agreed
        if any(a.covers(f.rule, f.key, f.breach, f.demands) for f in broken)
    )
    return replace(decisions, agreed=agreed)


def named(week: Week, planned: Planned) -> Iterator[Finding]:
    """A broken must for each person who fills a role for which only a person named them.

    For key work that is the third person, whom the rule itself lets a manager name.
    """
    places = {a.demand: a for a in planned.timetable.assignments}
    demands = {d.id: d for d in week.demands}
    for one in planned.decisions.named:
        place, demand = places.get(one.demand), demands.get(one.demand)
        if place is None or demand is None or one.role == ATTENDS or demand.third == one.person:
            continue
        if any(x.person == one.person and x.role == one.role for x in place.staff):
            say = Phrase(
                "{0} leads {1} without being one of those who may.",
                (phrase.person(one.person), phrase.demand(one.demand)),
            )
            key = f"{one.demand}/{one.role}/{one.person}/named"
            yield Finding(NAMED, demand.site, key, say, "must", "held", 1, 0, (one.demand,))


def never_overridden(finding: Finding) -> bool:
    """Whether nobody may agree to this broken must."""
    rule = book().get(finding.rule)
    return finding.rule == ASKED_FOR or (rule is not None and rule.never_overridden)
