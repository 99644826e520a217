"""Enter the demo as one of its made-up people, without a password.

Pages call it only where the demo door exists: in the demo, on the computer that runs it. The
people of the demo are known by their email addresses, have no password, and cannot sign in
anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.actions.account_facts import site_names
from pipe_sched.actions.account_scopes import entering, looking_up
from pipe_sched.actions.account_views import held_words
from pipe_sched.actions.door import present
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.full_sign_in import begin_full
from pipe_sched.actions.sign_in import Entered
from pipe_sched.actions.visitor import Visitor
from pipe_sched.store import accounts
from pipe_sched.store.engine import Store

DOMAIN = "@demo.example"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody made up: `key` is what stands before the email address's @, `what` their roles."""

    key: str
    name: str
    what: tuple[str, ...]


def demo_people(store: Store) -> tuple[DemoPerson, ...]:
    """The made-up people of this store, in the order in which they were made."""
    with store.open_session(looking_up()) as session:
        names, held = accounts.names(session), accounts.all_grants(session)
        sites = site_names(session)
        there = [one for one in accounts.every(session) if one.email.endswith(DOMAIN)]
        return tuple(
            DemoPerson(
                one.email.removesuffix(DOMAIN),
                names.get(one.id, one.email),
                held_words(sorted(held.get(one.id, ())), sites),
            )
            for one in sorted(there, key=lambda one: (one.made_at, one.email))
            if one.active and one.password is None
        )


def enter_demo(store: Store, key: str, by: Visitor, *, now: datetime | None = None) -> Entered:
    """Sign in as one of them. Raises `NotFound`."""
    with store.open_session(looking_up()) as session:
        found = accounts.by_email(session, f"{key}{DOMAIN}")
    if found is None or not found.active or found.password is not None:
        raise NotFound("There is no such made-up person. The sign-in page shows who there is.")
    with store.open_session(entering(found.id)) as session:
        return begin_full(session, found.id, by, present(now))
