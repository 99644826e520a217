"""Processes that do the same thing at the same moment: a gate lets all of them through at once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing.synchronize import Barrier
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 300.0
"""Seconds that a process waits for the others before it gives up."""

_gates: list[Barrier] = []


def together(
    processes: int, work: Callable[Concatenate[int, P], T], *args: P.args, **kwargs: P.kwargs
) -> list[T]:
    """Let so many processes do the work, each given its number; all begin at the same moment.

    The first fault of one of them is raised here.
    """
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(processes)
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_enter, initargs=(gate,)
    ) as pool:
        parts = [pool.submit(partial(_work, work, n, *args, **kwargs)) for n in range(processes)]
        return [part.result() for part in parts]


def at_once() -> None:
    """Wait until all processes of the crew are here."""
    _gates[0].wait(PATIENCE)


def _enter(gate: Barrier) -> None:
    _gates[:] = [gate]


def _work(
    work: Callable[Concatenate[int, P], T], number: int, *args: P.args, **kwargs: P.kwargs
) -> T:
    try:
        at_once()
        return work(number, *args, **kwargs)
    except BaseException:
        _gates[0].abort()
        raise
