"""Uploads that wait to be confirmed: in memory, at most an hour, for whoever sent them.

The file itself is never stored; nothing touches the data before a person has
seen what would change. What waits is gone when the program restarts.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field

HOUR = 3600.0
MOST = 20
MOST_EACH = 3
"""Uploads that wait at once: of everybody, and of one account."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that wait for the account that sent them."""

    owner: str
    data: bytes


@dataclass
class Waiting:
    """Uploads by an unguessable key. `seconds`: how long each is kept."""

    seconds: float = HOUR
    kept: dict[str, Upload] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, data: bytes, owner: str) -> str:
        """Keep the bytes for their owner; returns their key."""
        key = secrets.token_urlsafe(16)
        with self.lock:
            self._make_room(owner)
            self.kept[key] = Upload(owner, data)
        end = threading.Timer(self.seconds, self._forget, (key,))
        end.daemon = True
        end.start()
        return key

    def take(self, key: str, owner: str) -> bytes | None:
        """The bytes, once; None when there are none, or they are not this account's."""
        with self.lock:
            found = self.kept.get(key)
            if found is None or found.owner != owner:
                return None
            return self.kept.pop(key).data

    def _make_room(self, owner: str) -> None:
        """Let the oldest go: of this account's first, so that nobody pushes others out."""
        mine = [key for key, upload in self.kept.items() if upload.owner == owner]
        for key in mine[: max(0, len(mine) + 1 - MOST_EACH)]:
            del self.kept[key]
        while len(self.kept) >= MOST:
            del self.kept[next(iter(self.kept))]

    def _forget(self, key: str) -> None:
        with self.lock:
            self.kept.pop(key, None)
