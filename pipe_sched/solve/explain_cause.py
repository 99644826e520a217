"""Which facts stop some sessions: a set of claims from which none can be dropped.

Claims that read as one sentence stand or fall together. What every session has
(a leader, a room, its required people) is taken as given and named only when it
alone is the cause; the plainest rules are dropped first, so that what is left
are the facts of this week: who is away, which room is shut, who is kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipe_sched.core.phrase import Phrase
from pipe_sched.rules.claims import Claim
from pipe_sched.solve.explain_try import Question

GIVEN = ("right_people_lead", "group_size", "kept_here", "frozen", "series_order")
"""Rules that say what a session is; without them nothing could be proven."""

PLAIN_FIRST = (
    "longest_run",
    "break_in_shift",
    "recording_time",
    "pause_between",
    "one_to_ones_a_day",
    "sessions_a_day",
    "handover",
    "not_alone",
    "daily_routine",
    "one_site_a_day",
    "one_place",
    "one_session_per_room",
    "due_window",
    "double_cover",
    "room_fits",
)
"""Rules in the order in which they are dropped; any other rule is dropped later."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence and the claims that say it."""

    rule: str
    say: Phrase
    claims: tuple[Claim, ...]

    @property
    def key(self) -> str:
        """The key of its first claim."""
        return self.claims[0].key


@dataclass(frozen=True, slots=True)
class Cause:
    """Facts that together stop the sessions, beside what is given. `sure`: a second solve agreed.

    `whole` False: the time ran out before every fact had been tried without.
    """

    facts: tuple[Fact, ...]
    given: tuple[Claim, ...]
    sure: bool
    whole: bool


def find_cause(question: Question, required: Collection[str]) -> Cause | None:
    """Why the required demands cannot all be held; None when they can, or nobody knows."""
    if question.ask(question.musts, required).answer != "no":
        return None
    given = [c for c in question.musts if _is_given(c)]
    others = _facts(c for c in question.musts if not _is_given(c))
    if question.ask(given, required).answer == "no":
        given, others = [], _facts(given)
    search = _Search(question, required, given)
    best = search.least(sorted(others, key=_rank))
    named = {f.rule for f in best}
    if len(best) > 1:
        again = search.least(sorted(others, key=lambda f: (f.rule not in named, _rank(f))))
        best = min(best, again, key=_length)
    claims = [*given, *(c for f in best for c in f.claims)]
    return Cause(tuple(best), tuple(given), question.confirmed(claims, required), search.whole)


def _is_given(claim: Claim) -> bool:
    parts = claim.key.split("/")
    if claim.rule == "room_fits":
        return parts[-1] == "room"
    return claim.rule in GIVEN and parts[-1] not in ("quorum", "smallest", "largest")


def _facts(claims: Iterable[Claim]) -> list[Fact]:
    by_words: dict[tuple[str, Phrase], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_words[claim.rule, claim.say].append(claim)
    return [Fact(rule, say, tuple(found)) for (rule, say), found in by_words.items()]


def _rank(fact: Fact) -> int:
    if "holiday" in fact.key.split("/"):
        return len(PLAIN_FIRST) + 1
    return PLAIN_FIRST.index(fact.rule) if fact.rule in PLAIN_FIRST else len(PLAIN_FIRST)


def _length(facts: Sequence[Fact]) -> tuple[int, int]:
    return len({f.rule for f in facts}), len(facts)


class _Search:
    """A deletion filter: first whole rules, then halves, then single facts."""

    def __init__(
        self, question: Question, required: Collection[str], given: Sequence[Claim]
    ) -> None:
        self.question, self.required, self.given = question, required, given
        self.whole = True

    def least(self, facts: Sequence[Fact]) -> list[Fact]:
        """Facts from which none can be dropped; the earlier ones are dropped first."""
        self.kept = list(facts)
        for rule in dict.fromkeys(f.rule for f in facts):
            self._drop([f for f in self.kept if f.rule == rule], split=False)
        for rule in dict.fromkeys(f.rule for f in self.kept):
            self._drop([f for f in self.kept if f.rule == rule], split=True)
        return self.kept

    def _drop(self, some: Sequence[Fact], split: bool) -> None:
        gone = {id(f) for f in some}
        rest = [f for f in self.kept if id(f) not in gone]
        claims = [*self.given, *(c for f in rest for c in f.claims)]
        answer = self.question.ask(claims, self.required).answer
        if answer == "no":
            self.kept = rest
        elif answer == "unknown":
            self.whole = False
        elif split and len(some) > 1:
            half = len(some) // 2
            self._drop(some[:half], split)
            self._drop(some[half:], split)
