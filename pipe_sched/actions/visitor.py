"""The side that a try to sign in comes from, and the buckets that count its tries.

A browser that this account signed in from before has a bucket of its own: guesses from elsewhere
never keep the owner out of it. All other browsers share one bucket per email address, whether or
not there is such an account, and one per network address. See docs/decisions/0007-accounts.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, IPv6Network, ip_address

from pipe_sched.identity.tokens import hash_token, keyed_hash
from pipe_sched.store import sign_ins
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.guesses import Bucket

PER_ADDRESS = 50
"""Tries from one network address that may fail before the first wait: many people may share it."""
ONE_LINE = 64
"""Bits of an IPv6 address that say whose line it is."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who knocks. `address` of the network, `device` the browser's cookie, `browser` in words."""

    address: str = ""
    device: str = ""
    browser: str = ""


def device_hash(device: str, account: str) -> str:
    """What is kept of a browser's cookie: another thing for each account that uses it."""
    return hash_token(f"{device}\n{account}")


def buckets(
    store: Store, session: Session, what: str, who: str, account: str, by: Visitor, now: datetime
) -> tuple[Bucket, ...]:
    """Where tries at `what` of `who` (an email address or account) count for this visitor."""
    key, device = store.key_for("guesses"), device_hash(by.device, account)
    known = sign_ins.knows_device(session, device, now)
    if known and by.device:
        return (Bucket(keyed_hash(key, what, "device", device)),)
    return Bucket(keyed_hash(key, what, who)), of_address(store, what, by)


def of_address(store: Store, what: str, by: Visitor) -> Bucket:
    """Where tries from the visitor's network address count."""
    key = store.key_for("guesses")
    return Bucket(keyed_hash(key, what, "address", _line(by.address)), PER_ADDRESS)


def _line(address: str) -> str:
    """The address, or of IPv6 the network: one line has more addresses than anybody can count."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found.packed, ONE_LINE), strict=False))
