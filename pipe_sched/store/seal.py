"""Seals: keyed hashes over a row and the seal before it, so that no row can change unseen.

The key is made from the installation's secret, which is not in the database: whoever can write
to the database and has not the secret can destroy a log, but not make one that fits.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

Log = Literal["audit", "access_log"]
LOGS: tuple[Log, ...] = ("audit", "access_log")
"""What was changed, and what was shown: each anchored in the other."""
SEALED = ("seq", "at", "actor", "action", "site", "week", "about", "said")
"""The fields of a row that its seal covers."""
BEGINNING = ""
"""What stands for the seal before the first row."""
PREFIX = 16
"""Letters of a seal that the other log keeps."""
AMISS = "head_amiss"
"""In `said` of a row before which the log's head was not what it had been left as."""


def other(log: Log) -> Log:
    """The log that a log is anchored in."""
    return "access_log" if log == "audit" else "audit"


def purpose(log: Log) -> str:
    """What the key of a log is made for."""
    return f"seal of {log}"


def sealed(key: bytes, row: Mapping[str, Any], before: str) -> str:
    """The seal of a row after the row with the seal `before`."""
    return _keyed(key, [before, {name: _plain(row[name]) for name in SEALED}])


def head_mark(key: bytes, log: Log, last: int, seal: str) -> str:
    """What says that the log ended with this row when it was last written."""
    return _keyed(key, ["head", log, last, seal])


def segment_mark(key: bytes, segment: Mapping[str, Any], before: str) -> str:
    """What says that these rows were let go by the program; `before`: the mark of the last ones."""
    fields = ("log", "first", "last", "rows", "seal", "dropped_at")
    return _keyed(key, ["segment", before, [_plain(segment[name]) for name in fields]])


def same(one: str, two: str) -> bool:
    """Whether two seals are the same, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), two.encode())


def _keyed(key: bytes, value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
