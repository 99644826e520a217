"""The command line: one door to everything the program does.

Exit codes: 0 done and clean, 1 done but musts are broken or something was not
held to, 2 the input cannot be used, 3 a fault of the program, 130 stopped by
Ctrl-C. Bad input gets a sentence, never a trace.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from pipe_sched.cli import accounts, files, life, make_secret, premises, record
from pipe_sched.cli.recorded import recorded
from pipe_sched.cli.speak import Refused, plain
from pipe_sched.store.engine import StoreUnavailable, StoreUnusable

FAULT = 3
"""Exit code of a fault of the program itself."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    _never_choke()
    try:
        args = _parser().parse_args(argv)
        code = recorded(args)
        sys.stdout.flush()
        return code
    except Refused as refused:
        return _say(str(refused), 2)
    except BrokenPipeError:
        _let_go_of_output()
        return 0
    except KeyboardInterrupt:
        return _say("Stopped.", 130)
    except (StoreUnusable, StoreUnavailable) as error:
        return _say(str(error), 2)
    except OSError as error:
        _let_go_of_output()
        return _say(f"Stopped: {error.strerror or error}. Nothing was left half-written.", 2)
    except Exception as error:
        return _say(_fault(error), FAULT)


def _say(sentence: str, code: int) -> int:
    print(plain(sentence), file=sys.stderr)
    return code


def _never_choke() -> None:
    """A terminal that lacks a letter shows its number; no command fails for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go_of_output() -> None:
    """Nothing more can be written there: keep the end of the program from trying again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fault(error: Exception) -> str:
    """What to say of a fault of the program: what it is and where, for whoever mends it."""
    if os.environ.get("PIPE_SCHED_TRACE"):
        traceback.print_exception(error)
    if isinstance(error, MemoryError):
        return "The memory of this computer ran out. Plan fewer sites at once."
    at = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"This is a fault in the program, not in what you gave it: {type(error).__name__} in "
        f"{Path(at.filename).name}, line {at.lineno}. Please report it. "
        "With PIPE_SCHED_TRACE=1 set, the command prints more."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pipe-sched",
        description="Plan the week of PIPE approved premises: residents' sessions, staff support "
        "and double cover together, with plain reasons for what does not fit.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    files.add(commands)
    premises.add(commands)
    life.add(commands)
    accounts.add(commands)
    make_secret.add(commands)
    record.add(commands)
    return parser
