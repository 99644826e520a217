"""Tokens and recovery codes: random, shown once, kept only as hashes.

A token has 256 bits, so that a plain hash of it cannot be turned round. A recovery code has 80,
to be typed by hand, and is hashed with the installation's key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

CODES = 10
CODE_BYTES = 10
ALIKE = str.maketrans("018", "OIB")
"""Digits that no code holds, as the letters they are taken for."""


def new_token() -> str:
    """A token of 256 bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def keyed_hash(key: bytes, *words: str) -> str:
    """A hash that nobody can make without the key."""
    text = "\n".join(words).encode("utf-8", "replace")
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def recovery_codes() -> tuple[str, ...]:
    """Ten new codes of 16 letters and digits in fours."""
    return tuple(_code() for _ in range(CODES))


def _code() -> str:
    text = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(text[n : n + 4] for n in range(0, len(text), 4))


def hash_code(key: bytes, account: str, code: str) -> str:
    """What is kept of a recovery code; spaces, dashes and small letters make no difference."""
    letters = "".join(c for c in code.upper() if c.isalnum()).translate(ALIKE)
    return keyed_hash(key, account, letters)
