"""What the commands share when they talk to a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

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
    place = Path(path)
    try:
        if place.is_dir():
            raise Refused(f"{path} is a folder. Give the path of a file.")
        if place.stat().st_size > limit:
            raise Refused(f"{path} is larger than {limit // 2**20} MiB, the most that is read.")
        return place.read_bytes()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}. Check the path.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None


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
    """Write to a file, or to standard output when no path is given."""
    if path in (None, "-"):
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        return
    try:
        data = content.encode() if isinstance(content, str) else content
        Path(str(path)).write_bytes(data)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from None


def week_argument(text: str) -> Clock:
    """A `--week` value; `Refused` when there is no such week."""
    try:
        return parse_week(text)
    except NoSuchTime as error:
        raise Refused(f"--week: {error}") from None
