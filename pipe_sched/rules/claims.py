"""The kinds of claim every planning rule is written in.

A rule yields claims; each is read three ways: the solver posts it, the checker
takes its `breach`, and an explanation tries it over the places. A must claim
holds when breach is 0; a should claim costs price x breach. Two references
carry choice: a `Use` exists or not in a timetable, a `Choice` is a use whose
start also lies in given places. What the breach counts is said in each kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipe_sched.core.index import Held
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans, holds, merged
from pipe_sched.core.week import Assignment


@dataclass(frozen=True, slots=True)
class Use:
    """A demand's interval, in so far as a person and a room are part of it.

    It exists when the demand is held and, where named, the person is in it (in
    that role; without a role in whatever part) and the room is its room.
    """

    demand: str
    person: str | None = None
    role: str | None = None
    room: str | None = None

    def span(self, held: Held) -> Span | None:
        """Where it lies in this timetable, or None when it does not exist."""
        place = held.by_demand.get(self.demand)
        if place is None or (self.room is not None and place.room != self.room):
            return None
        if self.person is not None and not self._in(held):
            return None
        return held.spans[self.demand]

    def _in(self, held: Held) -> bool:
        if self.role is None:
            return (self.demand, self.person) in held.members
        return (self.demand, self.person, self.role) in held.parts


@dataclass(frozen=True, slots=True)
class Choice:
    """True when the use exists and its start lies in one of the spans (None = anywhere).

    `starts` are half-open spans of start minutes: `Span(600, 601)` is exactly 600.
    """

    use: Use
    starts: Spans | None = None

    def span(self, held: Held) -> Span | None:
        """Where the use lies when the choice is true, else None."""
        found = self.use.span(held)
        if found is None or self.starts is None:
            return found
        return found if any(s.start <= found.start < s.end for s in self.starts) else None

    def true(self, held: Held) -> bool:
        """Whether the choice is made in this timetable."""
        return self.span(held) is not None


@dataclass(frozen=True, slots=True)
class Term:
    """A weighted choice."""

    choice: Choice
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A choice that takes its interval and `after` minutes more before the next may begin."""

    choice: Choice
    after: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """What all kinds carry: which rule says it, in which sentence, about whom.

    `rule` is the rule's file name. `site` is the site whose level and price count.
    `price` multiplies the rule's price (a demand's worth, say); 1 for most.
    `key` names the instance a person would recognise; with `rule` it is unique.
    """

    rule: str
    site: str
    key: str
    say: Phrase
    price: int

    def breach(self, held: Held) -> int:
        """How far the timetable is from the claim, in the kind's unit; 0 = holds."""
        raise NotImplementedError

    def demands(self) -> frozenset[str]:
        """The demands whose places can change the breach."""
        raise NotImplementedError


def _named(choices: Iterable[Choice]) -> frozenset[str]:
    return frozenset(c.use.demand for c in choices)


@dataclass(frozen=True, slots=True)
class Within(Claim):
    """If the choice is made, all of its interval lies in one window. Breach: 1 if not."""

    choice: Choice
    windows: Spans

    def breach(self, held: Held) -> int:
        span = self.choice.span(held)
        return int(span is not None and not holds(self.windows, span))

    def demands(self) -> frozenset[str]:
        return _named([self.choice])


@dataclass(frozen=True, slots=True)
class Quota(Claim):
    """lo <= weighted sum <= hi, when `when` is true. Breach: the amount outside.

    A `hi` or `lo` of None is no limit. Without `when` it always counts.
    """

    terms: tuple[Term, ...]
    lo: int | None = None
    hi: int | None = None
    when: Choice | None = None

    def breach(self, held: Held) -> int:
        if self.when is not None and not self.when.true(held):
            return 0
        total = sum(t.weight for t in self.terms if t.choice.true(held))
        below = 0 if self.lo is None else max(0, self.lo - total)
        above = 0 if self.hi is None else max(0, total - self.hi)
        return below + above

    def demands(self) -> frozenset[str]:
        extra = [self.when] if self.when is not None else []
        return _named([*(t.choice for t in self.terms), *extra])


@dataclass(frozen=True, slots=True)
class Apart(Claim):
    """No two slots overlap or are nearer than `after` of the earlier. Breach: pairs that are.

    Without `right` every pair within `left` of two different demands counts; with it every
    pair of one left and one right slot of different demands. With `places` a pair counts
    only if its rooms (left's, right's) are one of them. Each pair of demands counts once.
    """

    left: tuple[Slot, ...]
    right: tuple[Slot, ...] = ()
    places: frozenset[tuple[str, str]] | None = None

    def breach(self, held: Held) -> int:
        left = [(s, span) for s in self.left if (span := s.choice.span(held)) is not None]
        if not left:
            return 0
        if not self.right:
            left.sort(key=lambda item: item[1])
            return self._near_within(left)
        right = [(s, span) for s in self.right if (span := s.choice.span(held)) is not None]
        pairs = {
            frozenset((a.choice.use.demand, b.choice.use.demand))
            for a, one in left
            for b, two in right
            if self._bad(a, one, b, two, held)
        }
        return len(pairs)

    def _near_within(self, found: list[tuple[Slot, Span]]) -> int:
        pairs: set[frozenset[str]] = set()
        longest = max(s.after for s, _ in found)
        for i, (a, one) in enumerate(found):
            for b, two in found[i + 1 :]:
                if two.start >= one.end + longest:
                    break
                if a.choice.use.demand != b.choice.use.demand and near(a, one, b, two):
                    pairs.add(frozenset((a.choice.use.demand, b.choice.use.demand)))
        return len(pairs)

    def _bad(self, a: Slot, one: Span, b: Slot, two: Span, held: Held) -> bool:
        if a.choice.use.demand == b.choice.use.demand or not near(a, one, b, two):
            return False
        if self.places is None:
            return True
        rooms = (_room(a, held), _room(b, held))
        return rooms in self.places

    def demands(self) -> frozenset[str]:
        return _named(s.choice for s in (*self.left, *self.right))


def near(a: Slot, one: Span, b: Slot, two: Span) -> bool:
    """Whether neither slot ends, with its minutes after, before the other starts."""
    return one.end + a.after > two.start and two.end + b.after > one.start


def _room(slot: Slot, held: Held) -> str:
    return held.by_demand[slot.choice.use.demand].room or ""


@dataclass(frozen=True, slots=True)
class Before(Claim):
    """If both uses exist, `first` ends at least `gap` minutes before `second` starts. Breach: 1."""

    first: Use
    second: Use
    gap: int = 0

    def breach(self, held: Held) -> int:
        one, two = self.first.span(held), self.second.span(held)
        return int(one is not None and two is not None and one.end + self.gap > two.start)

    def demands(self) -> frozenset[str]:
        return frozenset((self.first.demand, self.second.demand))


@dataclass(frozen=True, slots=True)
class Level:
    """How many of the uses may run at once during a span; outside all levels: any number."""

    span: Span
    most: int


@dataclass(frozen=True, slots=True)
class Cover(Claim):
    """At every minute the running uses number at most the level there.

    With `during` only the minutes of that choice count. Breach: the most people missing
    at any one minute.
    """

    levels: tuple[Level, ...]
    uses: tuple[Use, ...]
    during: Choice | None = None

    def breach(self, held: Held) -> int:
        frame = Span(
            min((level.span.start for level in self.levels), default=0),
            max((level.span.end for level in self.levels), default=0),
        )
        if self.during is not None:
            during = self.during.span(held)
            if during is None:
                return 0
            frame = Span(max(frame.start, during.start), min(frame.end, during.end))
        spans = self._running(held, frame)
        if len(spans) <= min((level.most for level in self.levels), default=0):
            return 0
        cuts = {frame.start} | {s.start for s in spans}
        cuts |= {level.span.start for level in self.levels}
        inside = (c for c in cuts if frame.start <= c < frame.end)
        return max((self._missing(minute, spans) for minute in inside), default=0)

    def _running(self, held: Held, frame: Span) -> list[Span]:
        """Where the uses lie that overlap the frame; most are ruled out by their demand alone."""
        found, near = [], {d: s for d, s in held.spans.items() if s.overlaps(frame)}
        for use in self.uses:
            if use.demand in near and (span := use.span(held)) is not None:
                found.append(span)
        return found

    def _missing(self, minute: int, spans: list[Span]) -> int:
        most = [lv.most for lv in self.levels if lv.span.start <= minute < lv.span.end]
        if not most:
            return 0
        running = sum(1 for s in spans if s.start <= minute < s.end)
        return max(0, running - min(most))

    def demands(self) -> frozenset[str]:
        found = frozenset(u.demand for u in self.uses)
        return found if self.during is None else found | _named([self.during])


@dataclass(frozen=True, slots=True)
class Breaks(Claim):
    """No run of choices longer than `longest` without `pause` free minutes. Breach: runs that are.

    A run joins choices whose gap is under `pause`; it lasts from first to last minute.
    """

    choices: tuple[Choice, ...]
    longest: int
    pause: int

    def breach(self, held: Held) -> int:
        spans = sorted(s for c in self.choices if (s := c.span(held)) is not None)
        runs: list[Span] = []
        for span in spans:
            if runs and span.start < runs[-1].end + self.pause:
                runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
            else:
                runs.append(span)
        return sum(run.minutes > self.longest for run in runs)

    def demands(self) -> frozenset[str]:
        return _named(self.choices)


@dataclass(frozen=True, slots=True)
class Pause(Claim):
    """Somewhere strictly inside `stretch` are `minutes` free of all choices. Breach: 1 if not.

    Strictly: it begins after the stretch's first minute and ends before its last.
    """

    choices: tuple[Choice, ...]
    stretch: Span
    minutes: int

    def breach(self, held: Held) -> int:
        inner = Span(self.stretch.start + 1, self.stretch.end - 1)
        taken = merged(s for c in self.choices if (s := c.span(held)) is not None)
        at = inner.start
        for span in taken:
            if min(span.start, inner.end) - at >= self.minutes:
                return 0
            at = max(at, span.end)
        return int(inner.end - at < self.minutes)

    def demands(self) -> frozenset[str]:
        return _named(self.choices)


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part in a balance: what they bring with them and what may be added."""

    person: str
    base: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Balance(Claim):
    """The shares' totals are alike. Breach: (largest minus smallest) // unit."""

    shares: tuple[Share, ...]
    unit: int = 1

    def breach(self, held: Held) -> int:
        totals = [
            s.base + sum(t.weight for t in s.terms if t.choice.true(held)) for s in self.shares
        ]
        return (max(totals) - min(totals)) // self.unit if totals else 0

    def demands(self) -> frozenset[str]:
        return _named(t.choice for s in self.shares for t in s.terms)


@dataclass(frozen=True, slots=True)
class Group:
    """A visiting person's possible sessions at one site on one date."""

    site: str
    day: Span
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Gathered(Claim):
    """A person's sessions lie together.

    `measure` days: breach is the site-days used. idle: minutes from first to last
    planned minute of each site-day, less its sessions. sites: for each date, the
    sites used beyond one.
    """

    groups: tuple[Group, ...]
    measure: Literal["days", "idle", "sites"]

    def breach(self, held: Held) -> int:
        found = [
            (g, spans)
            for g in self.groups
            if (spans := [s for c in g.choices if (s := c.span(held)) is not None])
        ]
        if self.measure == "days":
            return len(found)
        if self.measure == "idle":
            return sum(_idle(spans) for _, spans in found)
        days = {g.day for g, _ in found}
        return len(found) - len(days)

    def demands(self) -> frozenset[str]:
        return _named(c for g in self.groups for c in g.choices)


def _idle(spans: list[Span]) -> int:
    whole = max(s.end for s in spans) - min(s.start for s in spans)
    return max(0, whole - sum(s.minutes for s in spans))


@dataclass(frozen=True, slots=True)
class Rival:
    """Someone else who could take a role: where they may work, what else they may be in."""

    person: str
    windows: Spans
    busy: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Spare(Claim):
    """The use is not taken while a rival is free for it. Breach: 1 if it is.

    A rival is free when the interval lies whole in one of their windows and none of
    their other uses (of other demands) overlaps it; a rival already in the session is not.
    """

    use: Use
    rivals: tuple[Rival, ...]

    def breach(self, held: Held) -> int:
        span = self.use.span(held)
        return int(span is not None and any(self._free(r, span, held) for r in self.rivals))

    def _free(self, rival: Rival, span: Span, held: Held) -> bool:
        if not holds(rival.windows, span) or (self.use.demand, rival.person) in held.members:
            return False
        others = (u.span(held) for u in rival.busy if u.demand != self.use.demand)
        return not any(o is not None and o.overlaps(span) for o in others)

    def demands(self) -> frozenset[str]:
        return frozenset((self.use.demand, *(u.demand for r in self.rivals for u in r.busy)))


@dataclass(frozen=True, slots=True)
class Neighbours(Claim):
    """No two of the uses on consecutive local dates. Breach: pairs that are.

    `days`: the dates as spans, in order; a use belongs to the date of its start.
    """

    uses: tuple[Use, ...]
    days: Spans

    def breach(self, held: Held) -> int:
        on = sorted(self._day(s.start) for u in self.uses if (s := u.span(held)) is not None)
        return sum(b - a == 1 for i, a in enumerate(on) for b in on[i + 1 :])

    def _day(self, minute: int) -> int:
        for i, day in enumerate(self.days):
            if day.start <= minute < day.end:
                return i
        return -100 if minute < self.days[0].start else 100

    def demands(self) -> frozenset[str]:
        return frozenset(u.demand for u in self.uses)


def in_day(use: Use, day: Span) -> Choice:
    """The use, starting on that date."""
    return Choice(use, (day,))


def exactly(place: Assignment) -> Choice:
    """The demand at exactly that start."""
    return Choice(Use(place.demand), (Span(place.start, place.start + 1),))
