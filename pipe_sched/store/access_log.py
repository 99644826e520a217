"""The log of what was shown: added to by pages and commands, each time in its own transaction."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipe_sched.store.sealed_log import Entry, append
from pipe_sched.store.sheets import SHEETS


def note_access(session: Session, entry: Entry) -> int:
    """Add a row; gives back its number."""
    return append(session, "access_log", entry)


def known_site(session: Session, site: str) -> bool:
    """Whether there is a site of that id: what an address says may be anything."""
    if "\x00" in site:  # PostgreSQL takes no such text, not even to look for it
        return False
    sites = SHEETS["sites"].table.c
    found = session.connection().execute(select(sites.id).where(sites.id == site)).first()
    return found is not None
