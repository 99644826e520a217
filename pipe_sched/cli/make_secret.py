"""The command that makes an installation's secret."""

from __future__ import annotations

import argparse
from typing import Any

from pipe_sched.store.secret import FILE, make_secret


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "make-secret",
        help="print a new secret of an installation",
        description=f"Keep it in a file that only the program's user may read, name that file in "
        f"{FILE}, and keep a copy apart from the backups: without it nobody can sign in with a "
        "second factor, and with the data alone nobody can do anything with it.",
    )
    command.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Print one."""
    print(make_secret())
    return 0
