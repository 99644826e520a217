"""The worker's log: one JSON object per line on standard error, UTC, ids only."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime


def log(event: str, **ids: object) -> None:
    """Write one line. Give ids, states and numbers, never names or texts of people."""
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **ids}
    print(json.dumps(line), file=sys.stderr, flush=True)
