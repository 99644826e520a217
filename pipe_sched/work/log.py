"""The worker's log: one JSON object per line on standard error, UTC, ids only."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import UTC, datetime


def log(event: str, **ids: object) -> None:
    """Write one line. Give ids, states and numbers, never names or texts of people."""
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **ids}
    with suppress(OSError, ValueError):  # work goes on when nobody can be told of it
        sys.stderr.write(json.dumps(line) + "\n")  # at once: threads must not mix their lines
        sys.stderr.flush()
