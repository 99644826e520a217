"""An email address as accounts are known by it."""

from __future__ import annotations

import re
import unicodedata

from pipe_sched.actions.errors import BadRequest

LONGEST = 254
SHAPE = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]+\.[^\s@.]+")


def same_email(text: str) -> str:
    """One spelling of an address: small letters, no space around it."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def email_of(text: str) -> str:
    """An address that an account can be made for. Raises `BadRequest`."""
    email = same_email(text)
    if len(email) > LONGEST or not email.isprintable() or SHAPE.fullmatch(email) is None:
        raise BadRequest("Give an email address like name@example.org.")
    return email
