"""Commands on the life of a timetable: put a draft in force, bring an older version back."""

from __future__ import annotations

import argparse
from typing import Any

from pipe_sched.access import LOCAL
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.publish_week import Publication, publish_week
from pipe_sched.actions.restore_version import restore_version
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.views import WeekView
from pipe_sched.cli.premises import add_store, opened
from pipe_sched.cli.speak import Refused, number, week_argument
from pipe_sched.core.clock import Clock
from pipe_sched.store.engine import Store


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    publish = commands.add_parser("publish", help="put a week's draft in force as a new version")
    publish.add_argument("--preview", action="store_true", help="say what it does, store nothing")
    _which(publish)
    publish.set_defaults(run=run_publish)
    restore = commands.add_parser("restore", help="make a published version the draft again")
    restore.add_argument("version", type=number(1, 100_000), metavar="VERSION")
    _which(restore)
    restore.set_defaults(run=run_restore)


def _which(command: Any) -> None:
    command.add_argument("--site", required=True, help="site id")
    command.add_argument("--week", required=True, metavar="2026-W49")
    add_store(command)


def run_publish(args: argparse.Namespace) -> int:
    """Publish, or with --preview say what publishing does; 1 when something is in the way."""
    clock, store = week_argument(args.week), opened(args.store)
    view = _seen(store, args.site, clock)
    try:
        told = publish_week(store, LOCAL, args.site, clock, version=view.version)
        _tell(told)
        if told.in_the_way:
            return 1
        if not args.preview:
            publish_week(store, LOCAL, args.site, clock, version=view.version, save=True)
            print(f"Published version {told.version} of {clock} at {args.site}.")
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    return 0


def _seen(store: Store, site: str, clock: Clock) -> WeekView:
    try:
        view = see_week(store, LOCAL, site, clock)
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    if view is None:
        raise Refused(f"No week {clock} was drawn up for “{site}”. Use pipe-sched draw-up first.")
    return view


def _tell(told: Publication) -> None:
    for say in told.says:
        print(f"  {say}")
    if told.names and told.version > 1:
        print(f"  Whom to tell: {', '.join(told.names)}.")
    for say in told.in_the_way:
        print(f"  In the way: {say}")
    for say, reason in told.agreed:
        print(f"  Agreed: {say} {reason}.")
    if not told.says:
        print("  Nothing is different from what is published.")


def run_restore(args: argparse.Namespace) -> int:
    """Make a version the current draft."""
    clock, store = week_argument(args.week), opened(args.store)
    version = _seen(store, args.site, clock).version
    try:
        revision = restore_version(store, LOCAL, args.site, clock, args.version, version=version)
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    print(f"Version {args.version} of {clock} at {args.site} is draft {revision} now.")
    return 0
