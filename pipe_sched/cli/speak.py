"""What the commands share when they talk to a person at a terminal."""

from __future__ import annotations

import argparse
import errno
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pipe_sched.core.clock import Clock, NoSuchTime, parse_week
from pipe_sched.formats.json_values import FormatError

T = TypeVar("T")
LIMIT = 64 * 1024 * 1024
"""Bytes: no JSON file of a week comes near this."""


class Refused(Exception):
    """Input that cannot be used; the text is what the person reads."""


def read_file(path: str, limit: int = LIMIT) -> bytes:
    """The bytes of a file, or `Refused` with what is wrong and the way out."""
    if "://" in path:
        raise Refused(f"{path} is an address, not a file. Save it first and give the file's path.")
    if not path:
        raise Refused("The path of a file is empty. Give the path of a file.")
    try:
        with Path(path).open("rb") as file:
            data = file.read(limit + 1)  # a device or pipe has no size to ask for first
    except FileNotFoundError:
        raise Refused(f"There is no file {path}. Check the path.") from None
    except IsADirectoryError:
        raise Refused(f"{path} is a folder. Give the path of a file.") from None
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read: {_reason(error)}.") from None
    if len(data) > limit:
        raise Refused(f"{path} is larger than {limit // 2**20} MiB, the most that is read.")
    return data


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def parsed(path: str, read: Callable[[bytes], T]) -> T:
    """A file's content through a reader; its faults become one `Refused`."""
    try:
        return read(read_file(path))
    except FormatError as error:
        lines = "\n".join(f"  {fault}" for fault in error.faults[:50])
        more = len(error.faults) - 50
        tail = f"\n  and {more} more" if more > 0 else ""
        raise Refused(f"{path} cannot be used:\n{lines}{tail}") from None


def write_file(path: str | None, content: str | bytes) -> None:
    """Write to a file, whole or not at all, or to standard output when no path is given."""
    data = content.encode() if isinstance(content, str) else content
    if path in (None, "-"):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        _write(Path(str(path)), data)
    except (OSError, ValueError) as error:
        raise Refused(_unwritable(str(path), error)) from None


def _write(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device, pipe or folder cannot be replaced
        return
    path = path.resolve()
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def check_output(path: str | None) -> None:
    """Refuse a path that cannot be written before any long work begins; changes nothing."""
    if path in (None, "-"):
        return
    place = Path(str(path))
    try:
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if place.exists() and not place.is_file():
            return
        with tempfile.TemporaryFile(dir=place.resolve().parent):
            pass
    except (OSError, ValueError) as error:
        raise Refused(_unwritable(str(path), error)) from None


def _unwritable(path: str, error: Exception) -> str:
    return (
        f"{path} cannot be written: {_reason(error)}. Nothing was left half-written. "
        "Choose another place, or make room there."
    )


def number(least: float, most: float, *, whole: bool = True) -> Callable[[str], Any]:
    """A reader of one option: a number from `least` to `most`, or a sentence."""

    kind: Callable[[str], float] = int if whole else float

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            what = "whole number" if whole else "number"
            raise argparse.ArgumentTypeError(
                f"“{text}” cannot be used. Give a {what} from {least:g} to {most:.10g}."
            )
        return value

    return read


def plain(text: str) -> str:
    """Text for a terminal: what would move its cursor or change its colours is replaced."""
    kept = text.replace("\t", "  ")
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in kept)


def week_argument(text: str) -> Clock:
    """A `--week` value; `Refused` when there is no such week."""
    try:
        return parse_week(text)
    except NoSuchTime as error:
        raise Refused(f"--week: {error}") from None
