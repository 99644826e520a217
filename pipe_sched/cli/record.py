"""Commands on the record: is it whole, how long are data kept, erase a person."""

from __future__ import annotations

import argparse
from typing import Any

from pipe_sched.access import LOCAL
from pipe_sched.actions.erase_person import erase_person
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.run_retention import run_retention
from pipe_sched.actions.set_retention import WORDS, see_retention, set_retention
from pipe_sched.actions.verify_record import LOG_OF, index_record, verify_record
from pipe_sched.cli.premises import add_store, opened
from pipe_sched.cli.speak import Refused, number
from pipe_sched.store.retention import LEAST, MONTHS, MOST, Due
from pipe_sched.store.verify import Verified

STILL_THERE = (
    "Others were using the database, so its file still holds some of it in free pages. "
    "Run this again when nobody is."
)
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
    _add_keeping(commands)


def _add_keeping(commands: Any) -> None:
    keeping = commands.add_parser("retention", help="how long data are kept; let go what is over")
    parts = keeping.add_subparsers(metavar="PART", required=True)
    show = parts.add_parser("show", help="each kind of data with its months")
    change = parts.add_parser("set", help="keep a kind of data for so many months")
    change.add_argument("kind", choices=tuple(MONTHS), metavar="KIND", help=", ".join(MONTHS))
    change.add_argument("months", type=number(LEAST, MOST), metavar="MONTHS")
    go = parts.add_parser("run", help="let go what is over its time")
    go.add_argument("--dry-run", action="store_true", help="only say what would go")
    erase = commands.add_parser("erase", help="erase a person; counts and history stay")
    erase.add_argument("who", metavar="CRN-OR-ID")
    erase.add_argument("--dry-run", action="store_true", help="only say what would go")
    runs = (show, run_show), (change, run_set), (go, run_let_go), (erase, run_erase)
    for command, run in runs:
        add_store(command)
        command.set_defaults(run=run)


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


def run_show(args: argparse.Namespace) -> int:
    """Each kind with its months, and what is over them."""
    for one in see_retention(opened(args.store), LOCAL):
        print(f"{one.kind:<10} {one.months:>4} months  {WORDS[one.kind]}. Over it: {one.count}")
    return 0


def run_set(args: argparse.Namespace) -> int:
    """Keep a kind of data for so many months."""
    new = set_retention(opened(args.store), LOCAL, args.kind, args.months)
    print(f"{WORDS[args.kind]}: kept {args.months} months{'' if new else ' already'}.")
    return 0


def run_let_go(args: argparse.Namespace) -> int:
    """Let go what is over its time; 1 when the file could not be written anew."""
    store = opened(args.store)
    if args.dry_run:
        _tell_due(see_retention(store, LOCAL), "would go")
        return 0
    done = run_retention(store, LOCAL)
    _tell_due(done.kinds, "gone")
    return _scrubbed(done.scrubbed)


def _tell_due(kinds: tuple[Due, ...], word: str) -> None:
    for one in kinds:
        print(f"{one.kind:<10} {one.count:>6} {word}")


def _scrubbed(done: bool) -> int:
    if not done:
        print(STILL_THERE)
    return int(not done)


def run_erase(args: argparse.Namespace) -> int:
    """Erase a person; 1 when the file could not be written anew."""
    try:
        done = erase_person(opened(args.store), LOCAL, args.who, save=not args.dry_run)
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    for name, rows in done.rows:
        print(f"  {name}: {rows} {'would go' if args.dry_run else 'gone'}")
    print("Stays, deliveries, published versions and counts are as they were.")
    return _scrubbed(done.scrubbed)
