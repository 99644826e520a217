"""The second factor: six digits from an authenticator app that change every 30 seconds (TOTP).

The secret is encrypted wherever it is kept or travels, and bound to what it belongs to, so that
whoever reads the database, or moves a secret from one account to another, has no use of it.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ISSUER = "pipe-sched"
STEP = 30
"""Seconds that a code is shown."""
WINDOW = 1
"""Steps before and after that also count, for clocks that are not quite right."""
NONCE = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code: dark squares as the path of an SVG drawing that is so many units wide."""

    path: str
    size: int


def new_secret() -> str:
    """A random secret of 160 bits, in the letters that apps take."""
    return pyotp.random_base32()


def seal(key: bytes, secret: str, owner: str) -> str:
    """The secret encrypted with AES-256-GCM, to be opened for the same owner alone."""
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(key).encrypt(nonce, secret.encode(), owner.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(key: bytes, sealed: str, owner: str) -> str | None:
    """The secret again; None when it was changed, or sealed for another owner or key."""
    try:
        data = base64.b64decode(sealed.encode(), altchars=b"-_", validate=True)
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], owner.encode()).decode()
    except (InvalidTag, ValueError, binascii.Error):
        return None


def step_of(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The time step whose code this is, later than `last`; None when it is none, or was used."""
    digits = re.sub(r"\s", "", code)
    if re.fullmatch(r"[0-9]{6}", digits) is None:
        return None
    totp, present = pyotp.TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    found = None
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(totp.generate_otp(step), digits) and step > last:
            found = step
    return found


def code_at(secret: str, now: datetime) -> str:
    """The code that an app shows at this moment: for tests, and for whoever plays an app."""
    return str(pyotp.TOTP(secret, interval=STEP).generate_otp(int(now.timestamp()) // STEP))


def spaced(secret: str) -> str:
    """The secret in fours, to be typed by hand."""
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))


def picture(secret: str, email: str) -> Picture:
    """The QR code that an app reads the secret from."""
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=email, issuer_name=ISSUER)
    code = segno.make(address, error="m", micro=False)
    rows = tuple(code.matrix_iter(border=4))
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, bit in enumerate(row) if bit
    )
    return Picture(dark, len(rows))
