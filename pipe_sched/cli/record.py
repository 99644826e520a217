"""Commands on the record: is it whole, how long are data kept, erase a person."""

from __future__ import annotations

import argparse
from typing import Any

from pipe_sched.access import LOCAL
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.verify_record import LOG_OF, index_record, verify_record
from pipe_sched.cli.premises import add_store, opened
from pipe_sched.cli.speak import Refused
from pipe_sched.store.verify import Verified

FIRST = 5
"""Faults that are named."""


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    audit = commands.add_parser("audit", help="verify the record of what was changed and shown")
    parts = audit.add_subparsers(metavar="PART", required=True)
    whole = parts.add_parser("verify", help="say whether the logs are whole; 1 if they are not")
    whole.add_argument("--log", choices=tuple(LOG_OF), help="one of the two; default both")
    whole.add_argument("--expect", default="", metavar="HEAD", help="a head that was noted before")
    add_store(whole)
    whole.set_defaults(run=run_verify)
    index = parts.add_parser("index", help="make the index over the logs again")
    add_store(index)
    index.set_defaults(run=run_index)


def run_verify(args: argparse.Namespace) -> int:
    """Verify; 1 when a log was tampered with."""
    store = opened(args.store)
    try:
        found = verify_record(store, LOCAL, args.log, args.expect)
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    for one in found:
        _tell(one)
    return int(any(one.faults for one in found))


def _tell(found: Verified) -> None:
    name = next(name for name, log in LOG_OF.items() if log == found.log)
    gone = f", {found.let_go} let go before them" if found.let_go else ""
    if not found.faults:
        print(f"{name}: whole, {found.rows} rows{gone}.")
        print(f"  Head, to be noted elsewhere: {found.noted}")
        return
    print(f"{name}: TAMPERED WITH, {found.rows} rows{gone}.")
    for fault in found.faults[:FIRST]:
        print(f"  {fault}")
    more = len(found.faults) - FIRST
    if more > 0:
        print(f"  and {more} more")


def run_index(args: argparse.Namespace) -> int:
    """Make the index again."""
    print(f"The index has {index_record(opened(args.store), LOCAL)} entries.")
    return 0
