"""What an explanation is made of. `explain` is where they are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from pipe_sched.core.phrase import Phrase
from pipe_sched.core.week import Timetable


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of a cause: the rule and the key of its (first) instance.

    `rule` is a rule's file name, or one of `rivals` (not all can be held), `can_be_held`
    (it fits, and was left out for its price or for want of time) and `not_proven`.
    """

    rule: str
    key: str
    say: Phrase


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that was really tried, with the timetable that came of it.

    `moves`: ids of the demands that lie at another time than before. Where a back-up was
    named, the timetable is one of the week with that back-up.
    """

    say: Phrase
    timetable: Timetable
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Why one demand is not held.

    `alone`: it could not be held if nothing else were. `rivals`: demands that cannot all
    be held together with it, none of which can be left out of that statement. `proven`
    False: the time ran out before it was certain. A demand that is held has no reasons.
    """

    demand: str
    reasons: tuple[Reason, ...] = ()
    alone: bool = False
    rivals: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    proven: bool = False
