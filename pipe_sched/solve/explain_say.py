"""Facts as few sentences: like ones joined, times named, the rest counted.

Five bookings of one room are one sentence with five times. Ten workers who are
not on shift are one sentence with ten names or a number, never ten sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipe_sched.core import phrase
from pipe_sched.core.phrase import Phrase, Ref
from pipe_sched.core.spans import Span, Spans, merged
from pipe_sched.rules.claims import Within
from pipe_sched.solve.explain_cause import Fact
from pipe_sched.solve.explain_types import Reason

TIMES = 5
"""How many times or names one sentence lists before it counts the rest."""

SAY_WHEN = {"on_shift": "so only", "room_fits": "open only", "safe_to_see": "so only"}


def reasons_of(facts: Iterable[Fact], week: Span) -> tuple[Reason, ...]:
    """One reason for each group of like facts. `week`: its minutes, to cut times to."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Fact]] = defaultdict(list)
    for fact in facts:
        kinds = tuple(ref.kind for ref in fact.say.refs)
        groups[fact.rule, fact.say.words, kinds].append(fact)
    return tuple(
        Reason(found[0].rule, found[0].key, _joined(found, week)) for found in groups.values()
    )


def _joined(facts: Sequence[Fact], week: Span) -> Phrase:
    says = [f.say for f in facts]
    if len(facts) == 1:
        return _with_times(facts[0], week)
    differs = [i for i, refs in enumerate(zip(*(s.refs for s in says), strict=True)) if _vary(refs)]
    if len(differs) == 1:
        refs = list(dict.fromkeys(s.refs[differs[0]] for s in says))
        if refs[0].kind in ("time", "day", "span"):
            return _in_place(says[0], differs[0], refs)
        if len(facts) <= 3:
            return _one_after_another([_with_times(f, week) for f in facts])
        return _so_for(says[0], refs[1:])
    if len(facts) <= 3:
        return _one_after_another([_with_times(f, week) for f in facts])
    more = phrase.word(len(facts) - 1)
    return _one_after_another([says[0], Phrase("There are {0} more facts like this.", (more,))])


def _vary(refs: Iterable[Ref]) -> bool:
    return len(set(refs)) > 1


def _in_place(say: Phrase, at: int, refs: Sequence[Ref]) -> Phrase:
    """The sentence with all the times where it had one."""
    words, listed = listing(refs, len(say.refs))
    return Phrase(say.words.replace(f"{{{at}}}", words), (*say.refs, *listed))


def _so_for(say: Phrase, refs: Sequence[Ref]) -> Phrase:
    words, listed = listing(refs, len(say.refs))
    return Phrase(f"{say.words} The same goes for {words}.", (*say.refs, *listed))


def listing(refs: Sequence[Ref], first: int) -> tuple[str, tuple[Ref, ...]]:
    """Words such as "{3}, {4} and {5}" and their references, counted from `first`."""
    shown = list(refs) if len(refs) <= TIMES else list(refs[: TIMES - 1])
    words = [f"{{{first + i}}}" for i in range(len(shown))]
    if len(shown) < len(refs):
        shown.append(phrase.word(len(refs) - len(shown)))
        words.append(f"{{{first + len(words)}}} more")
    text = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return text, tuple(shown)


def _one_after_another(says: Sequence[Phrase]) -> Phrase:
    words, refs = [], []
    for say in says:
        moved = [f"{{{len(refs) + i}}}" for i in range(len(say.refs))]
        words.append(say.words.format(*moved))
        refs += say.refs
    return Phrase(" ".join(words), tuple(refs))


def _with_times(fact: Fact, week: Span) -> Phrase:
    """A sentence about somebody's times, with the times themselves."""
    claim = fact.claims[0]
    if fact.rule not in SAY_WHEN or not isinstance(claim, Within) or len(fact.claims) > 1:
        return fact.say
    open_to = _cut(claim.windows, week)
    if not open_to or any(ref.kind == "span" for ref in fact.say.refs):
        return fact.say
    spans = [phrase.stretch(s.start, s.end) for s in open_to]
    words, listed = listing(spans, len(fact.say.refs))
    whole = f"{fact.say.words[:-1]}, {SAY_WHEN[fact.rule]} {words}."
    return Phrase(whole, (*fact.say.refs, *listed))


def _cut(spans: Spans, week: Span) -> Spans:
    return tuple(s for s in merged(spans) if s.overlaps(week))
