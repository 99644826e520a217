"""What an account may be: its name, its roles, whose it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipe_sched.access import ROLES
from pipe_sched.actions.email_address import email_of
from pipe_sched.actions.errors import BadRequest
from pipe_sched.store.accounts import ADMINISTRATOR, EVERYWHERE, Held, NewAccount
from pipe_sched.store.engine import Session
from pipe_sched.store.plans import load_sites, names_of

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Facts:
    """What an administrator says of an account. `person`: which of the staff it is, if any."""

    name: str
    grants: frozenset[Held]
    person: str | None = None
    active: bool = True


def checked(session: Session, facts: Facts) -> Facts:
    """The facts, tidied. Raises `BadRequest` with what cannot be."""
    name = " ".join(unicodedata.normalize("NFC", facts.name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadRequest(f"Give the person's name, in at most {LONGEST_NAME} letters.")
    person = facts.person or None
    if person is not None and person not in staff_names(session):
        raise BadRequest("There is no such member of staff. Choose one from the list, or nobody.")
    return Facts(name, _grants(session, facts.grants), person, facts.active)


def _grants(session: Session, grants: Iterable[Held]) -> frozenset[Held]:
    sites = {site.id for site in load_sites(session)}
    found = set()
    for role, site in grants:
        if role not in ROLES:
            raise BadRequest("There is no such role. Choose one from the list.")
        if site != EVERYWHERE and site not in sites:
            raise BadRequest("There is no such site. Choose one from the list.")
        found.add((role, EVERYWHERE if role == ADMINISTRATOR else site))
    return frozenset(found)


def new_account(session: Session, email: str, facts: Facts) -> NewAccount:
    """What a new account begins with. Raises `BadRequest`."""
    fine = checked(session, facts)
    return NewAccount(email_of(email), fine.name, fine.person, fine.grants)


def site_names(session: Session) -> dict[str, str]:
    """The sites where a role can be held, by id."""
    return {site.id: site.name for site in load_sites(session)}


def staff_names(session: Session) -> dict[str, str]:
    """The staff that an account can belong to, by id."""
    named = names_of(session).items()
    return {id_: name for (kind, id_), name in named if kind == "staff"}
