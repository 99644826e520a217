"""When it is due

A session lies whole inside one of the windows in which it is due: the days since the last one,
the day of the stay, the hours the programme allows. One that waits for a step which was never
held and is not due this week cannot be held. Held too early or too late it does not count as
what was owed.

Breach, per held session: 1 if it is not whole inside one of its `windows`, which are not joined
where they touch; 1 if it `waits` for an earlier step.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import merged
from pipe_sched.core.week import Demand, Level, Tier
from pipe_sched.rules import facts
from pipe_sched.rules.claims import Choice, Claim, Use, Within

RULE = "due_window"
LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100


def claims(index: Index) -> Iterator[Claim]:
    """One claim per session, and one for each that waits."""
    for demand in index.week.demands:
        use = Choice(Use(demand.id))
        key = facts.key(demand.id)
        windows = facts.cut(index, demand.windows)
        yield Within(RULE, demand.site, key, _say(index, demand), 1, use, windows)
        if demand.waits:
            say = Phrase(
                "{0} waits for the step before it, which is neither held nor due this week.",
                (phrase.demand(demand.id),),
            )
            key = facts.key(demand.id, "waits")
            yield facts.never(facts.Instance(RULE, demand.site, key, say), use)


def _say(index: Index, demand: Demand) -> Phrase:
    what = phrase.demand(demand.id)
    if not demand.windows:
        return Phrase("{0} has no time this week at which it is due.", (what,))
    first, *more = merged(demand.windows)
    last = more[-1] if more else first
    days = [d for d in index.days if d.start == first.start or d.end == last.end]
    if len(days) == 1 and days[0] == first == last:
        return Phrase("{0} is due only on {1}.", (what, phrase.day(first.start)))
    if len(days) == 2:
        refs = (what, phrase.day(days[0].start), phrase.day(days[1].start))
        return Phrase("{0} is due from {1} to {2}" + (", at set times." if more else "."), refs)
    words = "{0} is due {1}, at set times." if more else "{0} is due only {1}."
    return Phrase(words, (what, phrase.stretch(first.start, last.end)))
