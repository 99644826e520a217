"""Cancelled stays cancelled

A person cancelled the session and people were told, so no plan may quietly bring it back; only
a person may. It still counts as not held, and a later step of its series waits for it, because
both are true. Its pin and its published place count for nothing while it is cancelled.
Breach: 1 for each cancelled session that is held.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipe_sched.core import phrase
from pipe_sched.core.index import Index
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Level, Tier
from pipe_sched.rules import decided, parts
from pipe_sched.rules.claims import Claim
from pipe_sched.rules.facts import Instance, never

LEVEL: Level = "must"
TIER: Tier = "held"
PRICE = 100
DECIDED = True
NEVER_OVERRIDDEN = True
NAME = "cancelled"
SAY = "{0} was cancelled. Only a person may bring it back."


def claims(index: Index) -> Iterator[Claim]:
    """One Quota for each cancelled session."""
    for d in decided.cancelled(index):
        say = Phrase(SAY, (phrase.demand(d.id),))
        yield never(Instance(NAME, d.site, d.id, say), parts.held(d))
