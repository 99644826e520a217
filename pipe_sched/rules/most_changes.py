"""No more changes than allowed

Somebody who has told people the week knows how many corrections they can still tell, and says
so: `most_changes`. A change is counted as in “What was published stays as it was”, but without
its urgency: 1 for another start, 1 for another room, 1 for each published staff member who no
longer fills that role, 1 for each attendee lost and 1 for each who is new; a session no longer
held in full, a session newly held and a cancelled one not at all. The number is for the whole
run, whatever its sites, and the terms of the first site planned count. Without a number there is
no limit. Where even the fewest changes are more, the plan makes as few as it can.
Breach: the changes above the number.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import decided
from pipe_sched.rules.claims import Claim, Quota, Term
from pipe_sched.rules.keep_published import added, kept

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
DECIDED = True
NAME = "most_changes"


def claims(index: Index) -> Iterator[Claim]:
    """One Quota over everything published: what is kept, less who is new."""
    most, told = index.week.most_changes, decided.published(index)
    if most is None or not told:
        return
    whole = [Term(choice) for a in told for choice in kept(a)]
    new = [Term(choice, -1) for a in told for choice in added(index, a)]
    changes = "1 change" if most == 1 else f"{most} changes"
    say = Phrase("Only {0} to what was published may be made.", (phrase.word(changes),))
    yield Quota(NAME, index.week.plans[0], NAME, say, 1, (*whole, *new), lo=len(whole) - most)
