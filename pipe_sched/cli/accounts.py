"""Commands for accounts: the first administrator, and a new link for somebody who is shut out.

Each prints a link with which its owner sets a password, so that no password is ever typed here.
"""

from __future__ import annotations

import argparse
from typing import Any

from pipe_sched.access import LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.account_views import MadeLink
from pipe_sched.actions.email_address import email_of
from pipe_sched.actions.errors import Conflict, NotFound, Refusal
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.make_link import make_link
from pipe_sched.cli.premises import add_store, opened
from pipe_sched.cli.speak import Refused
from pipe_sched.core.clock import LONDON
from pipe_sched.core.labels import wall_time
from pipe_sched.store.accounts import ADMINISTRATOR, EVERYWHERE
from pipe_sched.web import public

HERE = "http://127.0.0.1:8000"


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    admin = commands.add_parser("make-admin", help="make an administrator; prints a link")
    admin.add_argument("--name", help="the person's name; default the email address")
    _who(admin)
    admin.set_defaults(run=run_make_admin)
    link = commands.add_parser("make-link", help="print a new link to set a password")
    link.add_argument(
        "--new-second-factor", action="store_true", help="for a lost phone: that is set up anew too"
    )
    _who(link)
    link.set_defaults(run=run_make_link)


def _who(command: Any) -> None:
    command.add_argument("email", metavar="EMAIL")
    command.add_argument(
        "--url",
        default=public.from_environment(),
        help=f"where the pages are served; default {public.SETTING}, else {HERE}",
    )
    add_store(command)


def run_make_admin(args: argparse.Namespace) -> int:
    """Make an administrator and print their link."""
    base, store = _base(args.url), opened(args.store)
    facts = Facts(args.name or args.email, frozenset({(ADMINISTRATOR, EVERYWHERE)}))
    try:
        made = make_account(store, LOCAL, email_of(args.email), facts)
        link = make_link(store, LOCAL, made)
    except Conflict as conflict:
        way_out = f"For a new link: pipe-sched make-link {args.email}"
        raise Refused(f"{conflict.sentence} {way_out}") from None
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    print(f"{link.email} is an administrator, once they have set their password.")
    _tell(link, base)
    return 0


def run_make_link(args: argparse.Namespace) -> int:
    """Print a new link for somebody."""
    base, store = _base(args.url), opened(args.store)
    try:
        email = email_of(args.email)
        link = make_link(store, LOCAL, email, second_factor=args.new_second_factor)
    except NotFound:
        raise Refused(
            f"There is no account for {args.email}. An administrator makes one on the page "
            "Accounts; the first administrator is made with: pipe-sched make-admin EMAIL"
        ) from None
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    print(f"A new link for {link.email}; older ones stopped working.")
    _tell(link, base)
    return 0


def _tell(link: MadeLink, base: str) -> None:
    ends = link.ends_at.astimezone(LONDON)
    until = f"{ends.day} {ends:%B %Y} at {wall_time(ends)}"
    print(f"Open this link, and show it to nobody else. It works once, until {until}:")
    print(f"\n  {base}/set-password/{link.token}\n")


def _base(url: str | None) -> str:
    """Where the pages are served: the public address, or one of this computer."""
    if not url:
        return HERE
    near = url.rstrip("/")
    if near.startswith(("http://127.0.0.1", "http://localhost")) and near.isascii():
        _port(near)
        return near
    try:
        return public.origin_of(url)
    except public.CannotServe as error:
        raise Refused(f"--url: {error}") from None


def _port(near: str) -> None:
    rest = near.removeprefix("http://127.0.0.1").removeprefix("http://localhost")
    if rest and not (rest.startswith(":") and rest[1:].isdecimal() and 0 < int(rest[1:]) < 65_536):
        raise Refused(f"--url: {near} is not an address. Give one like {HERE}.")
