"""What actions on accounts answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipe_sched.access import ROLES
from pipe_sched.store.accounts import EVERYWHERE, Held


@dataclass(frozen=True, slots=True)
class SignInLine:
    """One place where somebody is signed in. `here`: the one that asks."""

    id: str
    browser: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A person's own account. `site_names` by id; `codes_left`: recovery codes not yet used."""

    email: str
    name: str
    grants: tuple[Held, ...]
    site_names: dict[str, str]
    sign_ins: tuple[SignInLine, ...]
    codes_left: int


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account in an administrator's list. `link_ends`: of a link not used yet."""

    id: str
    email: str
    name: str
    person: str | None
    active: bool
    version: int
    grants: tuple[Held, ...]
    ready: bool
    link_ends: datetime | None
    signed_in: int = 0


@dataclass(frozen=True, slots=True)
class AccountList:
    """All accounts, and what roles can be given at: ids and names of sites and staff."""

    accounts: tuple[AccountLine, ...]
    site_names: dict[str, str]
    staff_names: dict[str, str]


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link to set a password: its token is told once, here."""

    account: str
    email: str
    token: str
    ends_at: datetime


def held_words(grants: Iterable[Held], site_names: Mapping[str, str]) -> tuple[str, ...]:
    """Each role as people say it: “Psychologist, Crowley House and Kirk Lodge”."""
    places: dict[str, list[str]] = {}
    for role, site in sorted(grants):
        name = "every site" if site == EVERYWHERE else site_names.get(site, site)
        places.setdefault(role, []).append(name)
    known = {str(role): words for role, words in ROLES.items() if role in places}
    return tuple(f"{words}, {_listed(places[role])}" for role, words in known.items())


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
