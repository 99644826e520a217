"""Facts as few sentences: like ones joined, times named, the rest counted.

Five bookings of one room are one sentence with five times. Ten workers who are
not on shift are one sentence with ten names or a number, never ten sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipe_sched.core import phrase
from pipe_sched.core.clock import Clock
from pipe_sched.core.phrase import Phrase, Ref
from pipe_sched.core.spans import Span
from pipe_sched.rules.claims import Within
from pipe_sched.solve.explain_cause import Fact
from pipe_sched.solve.explain_times import times, whole_days
from pipe_sched.solve.explain_types import Reason

TIMES = 5
"""How many times or names one sentence lists before it counts the rest."""

ONE_BY_ONE = 4
"""How many like facts are said in a sentence each."""

WHEN_OPEN = {
    "{0} is not on shift at {2} for all of {1}.": "{0} is on shift at {2} only {when}.",
    "{0} is not on shift for all of {1}.": "{0} is on shift only {when}.",
    "{0} did not say they are free at {1} for all of {2}.": "{0} is free at {1} only {when}.",
    "{0} is not open for all of {1}.": "{0} is open only {when}.",
    "{0} is not staying at {1} for all of {2}.": "{0} is staying at {1} only {when}.",
    "{0} is seen one to one only at the hours set for this.": "{0} is seen one to one only {when}.",
    "{0} does not hold {1} outside its hours.": "{0} holds {1} only {when}.",
}
"""Sentences of rules that speak of windows, and how they are said with the windows in them."""


TOO_FEW = {
    "{0} is not on shift at {2} for all of {1}.": "Too few of {who} are on shift at {2} then.",
    "{0} did not say they are free at {1} for all of {2}.": "Too few of {who} are free then.",
    "{0} is not staying at {1} for all of {2}.": "Too few of {who} are staying at {1} then.",
}
"""Sentences about one person as they are said of many."""


def reasons_of(facts: Iterable[Fact], clock: Clock) -> tuple[Reason, ...]:
    """One reason for each group of like facts; the clock is the week's."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Fact]] = defaultdict(list)
    for fact in facts:
        kinds = tuple(ref.kind for ref in fact.say.refs)
        groups[fact.rule, fact.say.words, kinds].append(fact)
    ordered = sorted(groups.values(), key=lambda found: found[0].say.words in WHEN_OPEN)
    return tuple(
        Reason(found[0].rule, found[0].key, _in_days(_joined(found, clock), clock))
        for found in ordered
    )


def _in_days(say: Phrase, clock: Clock) -> Phrase:
    """Stretches of whole days named by their days, as far as they are in the week."""
    refs = []
    for ref in say.refs:
        days = whole_days(clock, _span(ref)) if ref.kind == "span" else None
        refs.append(ref if days is None else phrase.word(days))
    return Phrase(say.words, tuple(refs))


def _joined(facts: Sequence[Fact], clock: Clock) -> Phrase:
    says = [f.say for f in facts]
    if len(facts) == 1:
        return _with_times(facts[0], clock)
    differs = [i for i, refs in enumerate(zip(*(s.refs for s in says), strict=True)) if _vary(refs)]
    if len(differs) == 1:
        refs = list(dict.fromkeys(s.refs[differs[0]] for s in says))
        if refs[0].kind == "span":
            refs = times(clock, (_span(ref) for ref in refs)) or refs
        if says[0].refs[differs[0]].kind in ("time", "day", "span"):
            return _in_place(says[0], differs[0], refs)
        if len(facts) > ONE_BY_ONE:
            return _so_for(says[0], refs[1:])
    return _one_by_one([_with_times(f, clock) for f in facts])


def _span(ref: Ref) -> Span:
    start, end = ref.id.rsplit("-", 1)
    return Span(int(start), int(end))


def _vary(refs: Iterable[Ref]) -> bool:
    return len(set(refs)) > 1


def _in_place(say: Phrase, at: int, refs: Sequence[Ref]) -> Phrase:
    """The sentence with all the times where it had one."""
    words, listed = listing(refs, len(say.refs))
    return Phrase(say.words.replace(f"{{{at}}}", words), (*say.refs, *listed))


def _so_for(say: Phrase, refs: Sequence[Ref]) -> Phrase:
    many = TOO_FEW.get(say.words)
    if many is not None:
        words, listed = listing([say.refs[0], *refs], len(say.refs))
        return Phrase(many.replace("{who}", words), (*say.refs, *listed))
    words, listed = listing(refs, len(say.refs))
    return Phrase(f"{say.words} The same goes for {words}.", (*say.refs, *listed))


def listing(
    refs: Sequence[Ref], first: int, between: str = ", ", last: str = " and "
) -> tuple[str, tuple[Ref, ...]]:
    """Words such as "{3}, {4} and {5}" and their references, counted from `first`."""
    shown = list(refs) if len(refs) <= TIMES else list(refs[: TIMES - 1])
    words = [f"{{{first + i}}}" for i in range(len(shown))]
    if len(shown) < len(refs):
        shown.append(phrase.word(len(refs) - len(shown)))
        words.append(f"{{{first + len(words)}}} more")
    text = last.join([between.join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return text, tuple(shown)


def _one_by_one(says: Sequence[Phrase]) -> Phrase:
    """Sentence after sentence; beyond a few the rest is counted."""
    shown = list(says) if len(says) <= ONE_BY_ONE else list(says[: ONE_BY_ONE - 1])
    words: list[str] = []
    refs: list[Ref] = []
    for say in shown:
        moved = [f"{{{len(refs) + i}}}" for i in range(len(say.refs))]
        words.append(say.words.format(*moved))
        refs += say.refs
    if len(shown) < len(says):
        words.append(f"It is the same in {{{len(refs)}}} more cases.")
        refs.append(phrase.word(len(says) - len(shown)))
    return Phrase(" ".join(words), tuple(refs))


def _with_times(fact: Fact, clock: Clock) -> Phrase:
    """A sentence about windows, with the windows themselves."""
    claim, better = fact.claims[0], WHEN_OPEN.get(fact.say.words)
    if better is None or not isinstance(claim, Within):
        return fact.say
    found = times(clock, claim.windows)
    if not found:
        return fact.say
    said = [i for i in range(len(fact.say.refs)) if f"{{{i}}}" in better]
    refs = tuple(fact.say.refs[i] for i in said)
    words, listed = listing(found, len(refs))
    for now, before in enumerate(said):
        better = better.replace(f"{{{before}}}", f"{{#{now}}}")
    return Phrase(better.replace("#", "").replace("{when}", words), (*refs, *listed))
