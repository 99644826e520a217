"""How often: which turns of a programme fall in a week, for one person or one group.

Each way of saying how often is one small function over the record before the week's
Monday. A turn says in which windows it lies and whether it is overdue; `due` gives it
its id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pipe_sched.core import phrase
from pipe_sched.core.clock import Clock
from pipe_sched.core.expand import cut, dates
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.plan import DeliveryRow, Often, ProgrammeRow
from pipe_sched.core.record import Record
from pipe_sched.core.spans import Span, Spans, common

KEY_WORK_LATE = 3
"""Days over a week after which key work is late: due within 10 days of the last [A]."""

CARRY_WEEKS = 2
"""Weeks after which a miss caused by the service lapses."""

TRIES = 3
"""Absences at one step of a series after which it is asked: continue, pause or end? [A]"""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn in the week. `label` ends its id: its number, step, or "catch-up"."""

    label: str
    windows: Spans
    number: int = 1
    overdue: bool = False
    step: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """What decides the turns of one programme for one person (None: the group).

    `windows` are the programme's for the week, one a day; `possible` what the site's hours,
    bank holidays and the person's presence leave of them. `since` is when they began:
    arrival, start of work, or the programme's own start.
    """

    row: ProgrammeRow
    clock: Clock
    record: Record
    person: str | None
    since: date | None
    windows: Spans
    possible: Spans

    @property
    def monday(self) -> date:
        """The week's first date."""
        return self.clock.monday

    @property
    def sunday(self) -> date:
        """The week's last date."""
        return self.clock.date_of(6)

    @property
    def last(self) -> DeliveryRow | None:
        """The last one held before the week."""
        return self.record.last(self.row.id, self.person)

    def weeks_since(self, day: date) -> int:
        """Whole ISO weeks from the week of a date to this one."""
        return (self.monday - (day - timedelta(days=day.weekday()))).days // 7

    def between(self, first: date | None, last: date | None) -> Spans:
        """The windows cut to dates from `first` to `last`, both included."""
        lo = self.clock.day((max(first, self.monday) - self.monday).days) if first else 0
        end = min(last, self.sunday) if last else self.sunday
        hi = self.clock.day((end - self.monday).days + 1)
        return clip(self.windows, Span(lo, hi)) if lo < hi else ()

    def fits(self, windows: Spans) -> bool:
        """Whether a whole session could lie in what is possible of these windows."""
        inside = (s for w in windows for s in common((w,), self.possible))
        return any(s.minutes >= self.row.minutes for s in inside)

    def days_possible(self) -> int:
        """On how many dates a whole session could lie."""
        long = (s for s in self.possible if s.minutes >= self.row.minutes)
        return len({self.clock.index(s.start) for s in long})


Turns = tuple[tuple[Turn, ...], tuple[Phrase, ...]]


def clip(spans: Spans, to: Span) -> Spans:
    """Each span's part inside another, never joining neighbours."""
    parts = (cut(s, to) for s in spans)
    return tuple(s for s in parts if s is not None)


def turns(case: Case) -> Turns:
    """The regular turns that fall in the week, and what people should be told about them."""
    return OFTEN[case.row.often](case)


def _weekly(case: Case) -> Turns:
    count = case.row.times
    if case.row.whom != "group":
        count = min(count, max(1, case.days_possible()))
    windows, overdue = _before_late(case)
    return tuple(Turn(str(n), windows, n, overdue) for n in range(1, count + 1)), ()


def _before_late(case: Case) -> tuple[Spans, bool]:
    """Windows up to the last day a weekly session may take, counted from the last held.

    Once that day is past, or leaves no whole session, all of the week is open and the
    session is overdue. Sessions several times a week have no such day.
    """
    late = case.row.late or (KEY_WORK_LATE if case.row.kind == "key_work" else 0)
    if not late or case.last is None or case.row.times != 1:
        return case.windows, False
    by = case.last.date + timedelta(days=7 + late)
    windows = case.between(None, by) if by >= case.monday else ()
    return (windows, False) if case.fits(windows) else (case.windows, True)


def _n_weekly(case: Case) -> Turns:
    """By the anchor's rhythm, or without one counted from the last held; never held: now."""
    every = max(1, case.row.every)
    turn = Turn("1", case.windows)
    if case.row.anchor is not None:
        weeks = case.weeks_since(case.row.anchor)
        return ((turn,), ()) if weeks >= 0 and weeks % every == 0 else ((), ())
    if case.last is None:
        return (turn,), ()
    weeks = case.weeks_since(case.last.date)
    if weeks < every:
        return (), ()
    return (Turn("1", case.windows, overdue=weeks > every),), ()


def _monthly(case: Case) -> Turns:
    """In the ISO week that holds the anchor's ordinal weekday of a month.

    An anchor on the second Tuesday means every second Tuesday's week; a fifth weekday means
    the last one. Without an anchor: the week of the month's first allowed weekday. `every`
    2 means every second month from the anchor's.
    """
    hit = any(falls_on(case.row, day) for day in dates(case.clock))
    return ((Turn("1", case.windows),), ()) if hit else ((), ())


def falls_on(row: ProgrammeRow, day: date) -> bool:
    """Whether a date is a monthly programme's."""
    anchor = row.anchor
    if anchor is None:
        return day.day <= 7 and day.isoweekday() == min(row.days or (1,))
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    if day.weekday() != anchor.weekday() or months < 0 or months % max(1, row.every):
        return False
    if anchor.day > 28:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 == (anchor.day - 1) // 7


def _once_a_stay(case: Case) -> Turns:
    """Within its days of the stay (day 1 = arrival), until held; two weeks late, then lapsed."""
    if case.since is None:
        return (), ()
    rows = case.record.held(case.row.id, case.person)
    first = case.since + timedelta(days=max(1, case.row.from_day) - 1)
    last = case.since + timedelta(days=case.row.to_day - 1) if case.row.to_day else None
    if any(d.date >= case.since for d in rows) or first > case.sunday:
        return (), ()
    if last is not None and last < case.monday:
        lapsed = case.weeks_since(last) > CARRY_WEEKS
        return ((), ()) if lapsed else ((Turn("1", case.windows, overdue=True),), ())
    windows = case.between(first, last)
    return ((Turn("1", windows),), ()) if case.fits(windows) else ((), ())


def _series(case: Case) -> Turns:
    """The next steps of a series of `length`, `times` a week; held ones count, tries are limited.

    With `every` above 1 a step is due only so many weeks after the last held one.
    """
    row = case.row
    held = case.record.held(row.id, case.person)
    done = max([len(held) if not any(d.step for d in held) else 0, *(d.step for d in held)])
    if row.anchor is not None and case.weeks_since(row.anchor) < 0:
        return (), ()
    if done >= row.length:
        recent = case.last is not None and case.weeks_since(case.last.date) <= CARRY_WEEKS
        return (), (_ask(case, "{0} has had {2} of {2}: {1}. Continue, pause or end?"),) * recent
    weeks = case.weeks_since(case.last.date) if case.last else row.every
    if weeks < row.every:
        return (), ()
    if _tries(case, done + 1) >= TRIES:
        words = "{0} missed the next step of {1} three times. Continue, pause or end?"
        return (), (_ask(case, words),)
    last = min(row.length, done + max(1, row.times))
    late = weeks > row.every
    steps = enumerate(range(done + 1, last + 1), 1)
    return tuple(Turn(str(s), case.windows, n, late and n == 1, s) for n, s in steps), ()


def _tries(case: Case, step: int) -> int:
    """Absences since the last held one, at this step (or steps not given)."""
    after = case.last.date if case.last else date.min
    rows = case.record.rows(case.row.id, case.person)
    return sum(d.outcome == "absent" and d.date > after and d.step in (0, step) for d in rows)


def _ask(case: Case, words: str) -> Phrase:
    who = phrase.person(case.person) if case.person else phrase.word("The group")
    return Phrase(words, (who, phrase.kind(case.row.kind), phrase.word(case.row.length)))


def _days(case: Case) -> Turns:
    """Due `every` days after the last held, in the week of that date, then until held.

    The window runs from `early` days before to `late` days after; where it leaves no whole
    session all of the week is open. Never held: counted from when the person began, and
    not called overdue, since the record may simply be young.
    """
    row = case.row
    base = case.last.date if case.last else case.since
    if base is None:
        return (Turn("1", case.windows),), ()
    on = base + timedelta(days=row.every)
    if on > case.sunday:
        return (), ()
    end = on + timedelta(days=row.late)
    if end < case.monday:
        return (Turn("1", case.windows, overdue=case.last is not None),), ()
    windows = case.between(on - timedelta(days=row.early), end)
    return (Turn("1", windows if case.fits(windows) else case.windows),), ()


OFTEN: Mapping[Often, Callable[[Case], Turns]] = {
    "weekly": _weekly,
    "n_weekly": _n_weekly,
    "monthly": _monthly,
    "once_a_stay": _once_a_stay,
    "series": _series,
    "days": _days,
}
