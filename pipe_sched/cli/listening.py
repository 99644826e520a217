"""Where the server listens, under which address others know it, and which proxy it believes.

Other computers come in by a proxy that ends TLS, or not at all: an address that others can reach
needs a public URL, and behind one nothing is answered that did not come through the proxy.
"""

from __future__ import annotations

import argparse
import ipaddress
import socket
from dataclasses import dataclass
from typing import Any

from pipe_sched.cli.speak import Refused, number
from pipe_sched.web import public

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Listening:
    """`address` and `proxy` are addresses of computers, never names."""

    port: int
    address: str = HOST
    public_url: str | None = None
    proxy: str = HOST

    @property
    def socket_name(self) -> str:
        """Address and port as the server wants them."""
        return (
            f"[{self.address}]:{self.port}"
            if ":" in self.address
            else f"{self.address}:{self.port}"
        )


def add_options(command: Any) -> None:
    """Add the options that say so."""
    command.add_argument("--port", type=number(1, 65_535), default=8000)
    command.add_argument(
        "--public-url",
        metavar="URL",
        default=public.from_environment(),
        help="https address by which others reach it, through a proxy; default this computer alone",
    )
    command.add_argument(
        "--listen", metavar="ADDRESS", default=HOST, help=f"address to listen on ({HOST})"
    )
    command.add_argument("--proxy", metavar="ADDRESS", help="address that the proxy comes from")


def listening(args: argparse.Namespace) -> Listening:
    """What the options ask for; `Refused` when it would let in whom it must not, or nobody."""
    try:
        public_url = public.checked(args.public_url)
    except public.CannotServe as error:
        raise Refused(str(error)) from None
    address = _address("--listen", args.listen)
    near = ipaddress.ip_address(address).is_loopback
    if public_url is None:
        if not near:
            raise Refused(
                f"--listen {address} would let other computers in. Give --public-url as well, "
                "the https address of the proxy that they come through."
            )
        if args.proxy:
            raise Refused("--proxy has no meaning without --public-url.")
    elif not near and not args.proxy:
        raise Refused(f"--listen {address} needs --proxy, the address that the proxy comes from.")
    proxy = _address("--proxy", args.proxy) if args.proxy else address
    return Listening(args.port, address, public_url, proxy)


def _address(option: str, text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise Refused(
            f"{option} {text} is not the address of a computer. Give one like {HOST} or ::1."
        ) from None


def check_free(at: Listening) -> None:
    """Refuse a place that cannot be listened on before any long work begins."""
    family = socket.AF_INET6 if ":" in at.address else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((at.address, at.port))
    except OSError as error:
        if at.address != HOST:
            raise Refused(f"{at.socket_name} cannot be listened on: {error.strerror}.") from None
        raise Refused(
            f"Port {at.port} is in use on this computer. Stop the other program, "
            f"or choose another: --port {at.port + 1 if at.port < 65_535 else 8000}"
        ) from None
