"""The command line: one door to everything the program does.

Exit codes: 0 done and clean, 1 done but musts are broken or something was not
held to, 2 the input cannot be used. Bad input gets a sentence, never a trace.
"""

from __future__ import annotations

import argparse
import sys

from pipe_sched.cli import files, premises
from pipe_sched.cli.speak import Refused


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = _parser()
    args = parser.parse_args(argv)
    try:
        return int(args.run(args))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pipe-sched",
        description="Plan the week of PIPE approved premises: residents' sessions, staff support "
        "and double cover together, with plain reasons for what does not fit.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    files.add(commands)
    premises.add(commands)
    return parser
