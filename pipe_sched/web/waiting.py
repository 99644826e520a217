"""Uploads that wait to be confirmed: in memory, at most an hour, gone on restart.

The file itself is never stored; nothing touches the data before a person has
seen what would change.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field

HOUR = 3600.0
MOST = 20


@dataclass
class Waiting:
    """Bytes by an unguessable key."""

    kept: dict[str, tuple[float, bytes]] = field(default_factory=dict)

    def put(self, data: bytes) -> str:
        """Keep the bytes; returns their key."""
        self._forget_old()
        while len(self.kept) >= MOST:
            self.kept.pop(next(iter(self.kept)))
        key = secrets.token_urlsafe(16)
        self.kept[key] = (time.monotonic(), data)
        return key

    def take(self, key: str) -> bytes | None:
        """The bytes, once; None when there are none or they waited too long."""
        self._forget_old()
        found = self.kept.pop(key, None)
        return None if found is None else found[1]

    def _forget_old(self) -> None:
        old = [k for k, (at, _) in self.kept.items() if time.monotonic() - at > HOUR]
        for key in old:
            del self.kept[key]
