"""Whether a request may come in at all: where it comes from, and by which name.

Alone, only this computer may, and not through a proxy: everybody behind one would look like this
computer. Behind a public address only what our own proxy passes on may. The server believes the
proxy's word alone (`cli.serving`) and sets the scheme by it; a request that came another way has
the scheme http here, whatever it says of itself.
"""

from __future__ import annotations

import ipaddress

from flask import abort, current_app, request
from werkzeug.datastructures import Headers

from pipe_sched.web.public import HTTPS, public_url

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
FORWARDING = frozenset(
    {
        "forwarded",
        "via",
        "client-ip",
        "true-client-ip",
        "cf-connecting-ip",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-original-for",
        "x-original-host",
        "x-original-proto",
    }
)
"""Headers that proxies add, besides all that begin with X-Forwarded."""
UNSEEN = "waitress.client_disconnected"
"""Every request of waitress carries this; by default waitress takes forwarding headers away."""
BY_PROXY = (
    "This came through a proxy, and without a public address only this computer may come in. "
    "If others are to use these pages, start them with --public-url."
)


def may_come_in() -> None:
    """Refuse a request that comes from where none may come from."""
    if public_url() is None:
        _only_this_computer()
    else:
        _only_our_proxy()


def _only_this_computer() -> None:
    if not _is_loopback(request.remote_addr):
        abort(403, "Only the computer that runs pipe-sched can open these pages.")
    if came_by_proxy(request.headers) or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        abort(403, BY_PROXY)  # no browser speaks 1.0; nginx does unless told otherwise
    if UNSEEN in request.environ and not current_app.config["SEES_FORWARDING"]:
        abort(403, "Start these pages with pipe-sched serve: this server hides proxies from them.")
    if _name_of(request.host) not in HOSTS:
        abort(400, "Open these pages as http://127.0.0.1 or http://localhost.")


def came_by_proxy(headers: Headers) -> bool:
    """Whether any header says that somebody passed the request on."""
    names = {name.lower() for name in headers.keys()}  # noqa: SIM118  iterating gives pairs
    return bool(names & FORWARDING) or any(n.startswith("x-forwarded") for n in names)


def _only_our_proxy() -> None:
    said = request.headers.get("X-Forwarded-Proto", "")
    if request.scheme != "https" or said.lower() != "https":
        abort(
            403, f"Open these pages as {public_url()}. They answer nothing that came another way."
        )
    if "X-Forwarded-For" not in request.headers or not _is_address(request.remote_addr):
        abort(403, "The proxy does not say who asks: it has to set X-Forwarded-For.")
    if f"https://{_without_port(request.host)}" != public_url():
        abort(400, f"Open these pages as {public_url()}.")


def _is_loopback(address: str | None) -> bool:
    return _is_address(address) and ipaddress.ip_address(address or "").is_loopback


def _is_address(address: str | None) -> bool:
    try:
        ipaddress.ip_address(address or "")
    except ValueError:
        return False
    return True


def _name_of(host: str) -> str:
    """The host without its port, in small letters."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()


def _without_port(host: str) -> str:
    """The host as browsers write it: the usual port is left out."""
    return host.lower().removesuffix(f":{HTTPS}")
