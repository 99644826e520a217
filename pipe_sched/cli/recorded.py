"""Running a command so that whom it named goes on record, as a page would."""

from __future__ import annotations

import argparse

from pipe_sched.access import LOCAL
from pipe_sched.actions.record_access import Looked, record_access
from pipe_sched.core import shown
from pipe_sched.store.engine import open_store


def recorded(args: argparse.Namespace) -> int:
    """Run the command; its exit code. What it read from files alone is on no record."""
    with shown.watching() as found:
        code = int(args.run(args))
    named = bool(getattr(args, "store", ""))
    if found and named:
        _put_on_record(args, frozenset(found))
    return code


def _put_on_record(args: argparse.Namespace, found: frozenset[tuple[str, str]]) -> None:
    site, week = getattr(args, "site", ""), getattr(args, "week", "")
    store = open_store(args.store, upgraded=False)
    try:
        looked = Looked(
            "",
            f"pipe-sched {args.command}",
            "command",
            0,
            site if isinstance(site, str) else "",
            week or "",
            found,
        )
        record_access(store, LOCAL, looked)
    finally:
        store.close()
