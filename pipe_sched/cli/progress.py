"""A progress line for long solves at a terminal; silent when output is not one."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from pipe_sched.solve.watch import Progress as Seen


class Watch:
    """Shows seconds, tier, cost and bound while a solve runs; Ctrl-C stops it gently."""

    def __init__(self, due: int, seconds: float) -> None:
        self.due = due
        self.shown = sys.stderr.isatty()
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not self.shown,
        )
        self.task = self.bar.add_task(f"Planning {due} sessions due", total=seconds)

    def __enter__(self) -> Watch:
        self.bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.bar.stop()

    def saw(self, seen: Seen) -> bool:
        """Take one report of the solver; always says: go on."""
        cost = "-" if seen.cost is None else f"{seen.cost:.0f}"
        bound = "-" if seen.bound is None else f"{seen.bound:.0f}"
        text = f"{seen.tier}: cost {cost}, at best {bound}"
        self.bar.update(self.task, completed=seen.seconds, description=text)
        return True
