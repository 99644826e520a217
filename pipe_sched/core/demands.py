"""From what is due to demands: who may lead, who attends, where people are left out in turn.

`due` says what and when; this says who. Eligible people are lists of ids, so that the
planner chooses and nobody outside a list is ever considered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pipe_sched.core import phrase, stays
from pipe_sched.core.clock import Clock
from pipe_sched.core.due import Due
from pipe_sched.core.expand import daily, dates, recurring, within
from pipe_sched.core.kinds import JOBS
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.plan import AllocationRow, ApartRow, Part, Plan, ProgrammeRow
from pipe_sched.core.record import Record
from pipe_sched.core.spans import Spans
from pipe_sched.core.turns import CARRY_WEEKS
from pipe_sched.core.week import Demand, Owed, Role

OWN_KEY_WORKER = "own_key_worker"

OWED_DAYS = 4
"""Days of the week a resident or worker must be there to be owed attendances [A]."""


def open_apart(plan: Plan, clock: Clock) -> tuple[ApartRow, ...]:
    """Kept-apart records open on at least one of the week's dates, each pair in id order."""
    on = dates(clock)
    return tuple(row for row in plan.kept_apart if any(within(d, row.since, row.until) for d in on))


@dataclass(frozen=True)
class Making:
    """Makes demands of one plan and week."""

    plan: Plan
    clock: Clock

    @cached_property
    def record(self) -> Record:
        """The delivery record before the week."""
        return Record(self.plan, self.clock)

    @cached_property
    def staff(self) -> Mapping[str, tuple[str, ...]]:
        """Staff in service this week, by site, in the order of the plan."""
        out: dict[str, list[str]] = {}
        for row in stays.in_service(self.plan, self.clock):
            for site in row.sites:
                out.setdefault(site, []).append(row.id)
        return {site: tuple(ids) for site, ids in out.items()}

    @cached_property
    def _jobs(self) -> Mapping[str, str]:
        return {s.id: s.job for s in self.plan.staff} | {o.id: o.job for o in self.plan.outside}

    @cached_property
    def _trained(self) -> Mapping[str, tuple[str, ...]]:
        return {s.id: s.training for s in self.plan.staff}

    @cached_property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        pairs = {(min(r.a, r.b), max(r.a, r.b)) for r in open_apart(self.plan, self.clock)}
        return tuple(sorted(pairs))

    def demand(self, due: Due) -> tuple[Demand, tuple[Phrase, ...]]:
        """One demand, and what people should be told about it."""
        row = due.programme
        mine = stays.allocation(self.plan, self.clock, due.person) if due.person else None
        required, expected, offered, excused = self._attendees(due, mine)
        roles = tuple(self._role(row, part, mine, required) for part in row.parts)
        own = mine if any(p.jobs == (OWN_KEY_WORKER,) for p in row.parts) else None
        last = self.record.last(row.id, due.person)
        demand = replace(
            _asked(due),
            roles=roles,
            required=required,
            expected=expected,
            offered=offered,
            excused=excused,
            own_worker=own.key_worker if own else None,
            back_up=own.back_up if own else None,
            third=own.third if own else None,
            regular=_regular(roles, own, last.led_by if last else None),
            usual=self._usual(due),
            liked=self._liked(row),
            title=row.title,
        )
        return demand, self._missing(due, mine)

    def _missing(self, due: Due, mine: AllocationRow | None) -> tuple[Phrase, ...]:
        needs = any(OWN_KEY_WORKER in part.jobs for part in due.programme.parts)
        if not needs or mine is not None or due.person is None:
            return ()
        return (Phrase("{0} has no key worker this week.", (phrase.person(due.person),)),)

    def _role(
        self, row: ProgrammeRow, part: Part, mine: AllocationRow | None, required: Iterable[str]
    ) -> Role:
        people = dict.fromkeys(self._eligible(row, part, mine))
        return Role(part.role, part.count, tuple(p for p in people if p not in set(required)))

    def _eligible(self, row: ProgrammeRow, part: Part, mine: AllocationRow | None) -> Iterable[str]:
        if OWN_KEY_WORKER in part.jobs and mine:
            yield from (p for p in (mine.key_worker, mine.back_up, mine.third) if p)
        yield from part.people
        here = (*self.staff.get(row.site, ()), *(o.id for o in self.plan.outside))
        yield from (p for p in here if self._holds(part, p))

    def _holds(self, part: Part, person: str) -> bool:
        """Whether someone has the job and the training that a part asks for."""
        if not part.jobs and not part.training:
            return False
        trained = not part.training or part.training in self._trained.get(person, ())
        return trained and (not part.jobs or self._jobs[person] in part.jobs)

    def _attendees(
        self, due: Due, mine: AllocationRow | None
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        row = due.programme
        also = tuple(p for name in row.also_required for p in self._also(row, name, mine))
        if due.person is not None:
            return tuple(dict.fromkeys((due.person, *also))), (), (), ()
        people = [t.person for t in due.takers if t.person not in also]
        excused = () if row.mode == "offered" else self._excused(row, (*also, *people), also)
        left = tuple(p for p in people if p not in excused)
        required = (*also, *left) if row.mode == "required" else also
        expected = left if row.mode == "expected" else ()
        offered = left if row.mode == "offered" else ()
        return tuple(dict.fromkeys(required)), expected, offered, excused

    def _also(self, row: ProgrammeRow, name: str, mine: AllocationRow | None) -> tuple[str, ...]:
        """A person's id, `own_key_worker`, or a job: everyone of the site who holds it."""
        if name == OWN_KEY_WORKER:
            return (mine.key_worker,) if mine else ()
        if name in JOBS:
            return tuple(p for p in self.staff.get(row.site, ()) if self._jobs[p] == name)
        known = {r.id for r in self.plan.residents} | self._jobs.keys()
        if name not in known:
            raise ValueError(
                f"Programme “{row.id}” also requires “{name}”, which is neither a person's id "
                f"nor a job. Use an id from the staff, outside or residents sheet."
            )
        return (name,)

    def _excused(
        self, row: ProgrammeRow, people: Iterable[str], always: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Of each kept-apart pair the one whose turn it is to stay away."""
        present = set(people)
        out: list[str] = []
        for pair in self._pairs:
            if present.issuperset(pair):
                turn = self._turn(row, pair)
                gone = next((p for p in (turn, *pair) if p not in always), turn)
                out.append(gone)
                present.discard(gone)
        return tuple(sorted(out))

    def _turn(self, row: ProgrammeRow, pair: tuple[str, str]) -> str:
        """Who came last time stays away now; unknown: they take turns by week."""
        a, b = pair
        for session in reversed(self.record.held(row.id, None)):
            came = [self.record.attended(row.id, p, session.date) for p in pair]
            if True in came and came[0] != came[1]:
                return a if came[0] else b
        return pair[(self.clock.monday.toordinal() // 7) % 2]

    def _usual(self, due: Due) -> int | None:
        """Last time's weekday and wall time as a minute of this week.

        Of several sessions in the week of the last held one, the one with the same number.
        """
        held = self.record.held(due.programme.id, due.person)
        if not held or due.catch_up:
            return None
        iso = held[-1].date.isocalendar()[:2]
        rows = [d for d in held if d.date.isocalendar()[:2] == iso]
        row = rows[min(due.number, len(rows)) - 1]
        day = self.clock.date_of(row.date.weekday())
        return recurring(self.clock, day, row.start)

    def _liked(self, row: ProgrammeRow) -> Spans:
        if not (row.liked_start or row.liked_end or row.liked_days):
            return ()
        return daily(self.clock, row.liked_start, row.liked_end, row.liked_days, dates(self.clock))

    def owed(self, found: Iterable[tuple[Due, Demand]]) -> tuple[Owed, ...]:
        """What each person is owed among the sessions of each group programme."""
        out: list[Owed] = []
        by_programme: dict[str, list[tuple[Due, Demand]]] = {}
        for due, demand in found:
            if due.person is None and due.programme.owed:
                by_programme.setdefault(due.programme.id, []).append((due, demand))
        for sessions in by_programme.values():
            out.extend(self._owed(sessions))
        return tuple(out)

    def _owed(self, sessions: list[tuple[Due, Demand]]) -> Iterable[Owed]:
        row = sessions[0][0].programme
        takers = {t.person: t for due, _ in sessions for t in due.takers}
        for person, taker in sorted(takers.items()):
            mine = tuple(d.id for _, d in sessions if person in d.attendees)
            count = min(row.owed + self._carried(row, person), len(mine))
            if count and taker.days(self.clock, row.minutes) >= OWED_DAYS:
                yield Owed(person, mine, count)

    def _carried(self, row: ProgrammeRow, person: str) -> int:
        """One more when the service caused a miss in the two weeks before, not made up since."""
        rows = [
            d
            for weeks in range(CARRY_WEEKS, 0, -1)
            for d in self.record.in_week(row.id, person, weeks)
        ]
        missed = sum(d.outcome == "cancelled_by_service" for d in rows)
        given = sum(d.outcome == "held" for d in rows)
        return int(missed > 0 and given < row.owed * CARRY_WEEKS)


def _asked(due: Due) -> Demand:
    """What the programme asks of a session, before anyone is named."""
    row = due.programme
    return Demand(
        due.id,
        row.site,
        row.kind,
        row.minutes,
        due.windows,
        worth=_worth(due),
        statutory=row.statutory,
        overdue=due.overdue,
        quorum=row.quorum,
        smallest=row.smallest,
        largest=row.largest,
        needs_room=row.needs_room,
        features=row.features,
        one_to_one=row.one_to_one,
        on_floor=row.on_floor,
        confidential=row.confidential,
        support=row.support,
        no_line_manager=row.no_line_manager,
        place=row.place,
        away_kind=row.away_kind,
        accompanied=row.accompanied,
        series=due.series,
        step=due.step,
        gap=row.gap if due.series else 0,
        follows=due.follows,
    )


def _worth(due: Due) -> int:
    """The programme's priority; overdue its own, or twice."""
    row = due.programme
    return (row.overdue_priority or 2 * row.priority) if due.overdue else row.priority


def _regular(roles: tuple[Role, ...], own: AllocationRow | None, led_by: str | None) -> str | None:
    """The own key worker where that rule holds, else who led last time and still may."""
    if own is not None:
        return own.key_worker
    return led_by if any(led_by in role.people for role in roles) else None
