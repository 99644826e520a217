"""The demo plan put together, for any ISO week.

`build_plan` is pure but for the bank-holiday table; the same week and seed give
the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import Plan
from pipe_sched.demo import lives, past, people, places, programme, rota
from pipe_sched.demo.house import HOUSES, House
from pipe_sched.formats import workbook
from pipe_sched.formats.bank_holidays import bank_holidays, years_of

T = TypeVar("T")
SEED = 20261130


def build_plan(clock: Clock, seed: int = SEED) -> Plan:
    """Both premises as a plan whose week of interest is `clock`'s.

    Rota, free times and bank holidays reach from a week before to three weeks
    after, so that the next weeks can be drawn up too; deliveries cover the 12
    weeks before.
    """
    plan = Plan(
        sites=tuple(places.site(house) for house in HOUSES),
        hours=_both(places.hours),
        routine=_both(places.routine),
        cover=_both(places.cover),
        rooms=_both(places.rooms),
        travel=(places.TRAVEL,),
        staff=(*_both(people.staff), people.psychologist()),
        outside=_both(people.outside),
        shifts=(*_in(rota.shifts, clock), *rota.psychologist_shifts(clock)),
        absences=_in(rota.absences, clock),
        paid=_in(rota.paid, clock),
        free=_in(rota.free, clock),
        residents=_both(people.residents),
        stays=_in(people.stays, clock),
        allocations=_in(people.allocations, clock),
        commitments=_in(lives.commitments, clock),
        curfews=_in(lives.curfews, clock),
        kept_apart=_in(lives.kept_apart, clock),
        safe_to_see=_both(lives.safe_to_see),
        barred=_both(lives.barred),
        programmes=_in(programme.programmes, clock),
        enrolments=_in(programme.enrolments, clock),
        deliveries=past.deliveries(clock, seed),
    )
    return replace(plan, bank_holidays=bank_holidays(years_of(plan)))


def write_demo(to: str | Path | BinaryIO, clock: Clock) -> None:
    """The demo as a workbook, to a path or binary stream."""
    workbook.write(build_plan(clock), to)


def _both(rows: Callable[[House], Iterable[T]]) -> tuple[T, ...]:
    return tuple(row for house in HOUSES for row in rows(house))


def _in(rows: Callable[[House, Clock], Iterable[T]], clock: Clock) -> tuple[T, ...]:
    return tuple(row for house in HOUSES for row in rows(house, clock))
