"""The installation's secret: seals the logs, encrypts second factors, signs cookies.

It is given as PIPE_SCHED_SECRET (at least 32 letters, best from `pipe-sched make-secret`) or, as
a file that holds it, PIPE_SCHED_SECRET_FILE. Without either a SQLite database keeps one beside
itself, in a file that only its owner may read; a PostgreSQL database needs one of the two. Whoever
has the database and not the secret can neither forge a log nor use what is stored of sign-ins.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from sqlalchemy import URL

GIVEN = "PIPE_SCHED_SECRET"
FILE = "PIPE_SCHED_SECRET_FILE"
SHORTEST = 32
"""Letters that a given secret must have at least."""


class NoSecret(ValueError):
    """There is no usable secret; the message says how to give one."""


def make_secret() -> str:
    """A new random secret of 256 bits."""
    return secrets.token_urlsafe(32)


def key_for(address: URL, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, the same for every process on this database.

    Raises:
        NoSecret: none is given, it is too short, or its file cannot be read or made.
    """
    given = os.environ.get(GIVEN, "")
    named = os.environ.get(FILE, "")
    path = str(address.database or "") if address.get_backend_name() == "sqlite" else ""
    secret = _secret(given, named, path)
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()


def is_given() -> bool:
    """Whether the secret comes from outside and not from a file beside the database."""
    return bool(os.environ.get(GIVEN) or os.environ.get(FILE))


@lru_cache(maxsize=64)
def _secret(given: str, named: str, database: str) -> str:
    if given or named:
        text = given or _read(Path(named))
        if len(text) < SHORTEST:
            raise NoSecret(
                f"The secret is shorter than {SHORTEST} letters. "
                "Make one with: pipe-sched make-secret"
            )
        return text
    if not database:
        raise NoSecret(
            f"This database needs a secret: set {GIVEN} (or {FILE}, a file that holds it). "
            "Make one with: pipe-sched make-secret"
        )
    return _beside(Path(f"{database}.key"))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise NoSecret(f"The secret's file {path} cannot be read: {error}.") from None


def _beside(path: Path) -> str:
    """The secret in the file, made when there is none; processes that start together agree."""
    made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        if not path.exists():
            descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(make_secret() + "\n")
            try:
                os.link(made, path)
            except FileExistsError:
                pass  # another process was quicker: its secret is the one
            finally:
                made.unlink()
        return _read(path)
    except OSError as error:
        raise NoSecret(
            f"The secret's file {path} cannot be made: {error.strerror}. Set {GIVEN} instead."
        ) from None
