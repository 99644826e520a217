"""The address under which other computers reach the pages, and what must be so before they may.

Without one the pages answer this computer alone. With one they answer a proxy that ends TLS, and
cookies, the Host and the Origin of every request are held to that address.
"""

from __future__ import annotations

import ipaddress
import os
import re
from urllib.parse import SplitResult, urlsplit

from flask import current_app

from pipe_sched.store import secret

SETTING = "PIPE_SCHED_PUBLIC_URL"
NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
HTTPS = 443
LIKE = "Give one like https://planner.example"


class CannotServe(ValueError):
    """The pages cannot be served as asked; the message says why and what to do."""


def from_environment() -> str | None:
    """The public address that the environment names; None: this computer alone."""
    return os.environ.get(SETTING) or None


def checked(address: str | None) -> str | None:
    """The public address as browsers write it in Origin, once everything it needs is there.

    Raises:
        CannotServe: it is not such an address, or the secret was not given from outside.
    """
    if address is None:
        return None
    made = origin_of(address)
    if not secret.is_given():
        raise CannotServe(
            f"A public address needs a secret that is not kept beside the data: set {secret.FILE} "
            f"to a file that holds it (or {secret.GIVEN}). Make one with: pipe-sched make-secret"
        )
    return made


def origin_of(address: str) -> str:
    """`https://name` or `https://name:port`, in small letters; raises `CannotServe`."""
    if not address.isascii() or not address.isprintable() or "\\" in address:
        raise CannotServe(f"The public URL may hold plain letters only. {LIKE}")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise CannotServe(f"The public URL is not an address. {LIKE}") from None
    _bare(address, parts)
    host = _host(parts.hostname or "")
    return f"https://{host}" if port in (None, HTTPS) else f"https://{host}:{port}"


def _bare(address: str, parts: SplitResult) -> None:
    if parts.scheme != "https":
        raise CannotServe(f"The public URL must begin with https://. {LIKE}")
    if "@" in parts.netloc:
        raise CannotServe(f"The public URL must hold no user name and no password. {LIKE}")
    if parts.path not in ("", "/") or "?" in address or "#" in address:
        raise CannotServe(
            f"The public URL must end after the name: the pages need a name of their own. {LIKE}"
        )
    if parts.netloc.endswith(":") or parts.port == 0:
        raise CannotServe(f"The public URL's port must be a number from 1 to 65535. {LIKE}")


def _host(name: str) -> str:
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        if not NAME.fullmatch(name):
            raise CannotServe(f"The public URL's name cannot be used. {LIKE}") from None
        return name
    return f"[{number}]" if number.version == 6 else str(number)


def public_url() -> str | None:
    """The public address of the running application; None: this computer alone."""
    found: str | None = current_app.config["PUBLIC_URL"]
    return found


def cookie_name(name: str) -> str:
    """What a cookie is called: behind a public address browsers hold it to this host and TLS."""
    return f"__Host-{name}" if public_url() else name
