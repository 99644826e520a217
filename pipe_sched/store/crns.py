"""Residents' CRNs: known at the boundary alone, exchanged there for ids of our own.

They stand in `names` as kind `crn`. Residents of before that are stored under their CRN and keep
it as their id.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipe_sched.store.gate import passage
from pipe_sched.store.sheets import SHEETS
from pipe_sched.store.tables import Name, PersonSite

CRN = "crn"
LETTERS = string.ascii_lowercase + string.digits
LENGTH = 10


def new_id() -> str:
    """A resident's id that says nothing: r- and ten letters or digits."""
    return "r-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def ids_by_crn(session: Session) -> dict[str, str]:
    """The ids of the residents in the session's scope by CRN."""
    entity = SHEETS["residents"].entity
    known = set(session.execute(select(entity.id)).scalars())
    found = session.execute(select(Name.id, Name.name).where(Name.kind == CRN)).all()
    named = {row.id: row.name for row in found if row.id in known}
    before = {id_: id_ for id_ in known if id_ not in named}
    return {**before, **{crn: id_ for id_, crn in named.items()}}


def keep_crns(session: Session, ids: Mapping[str, str]) -> None:
    """Remember new residents' CRNs, given as ids by CRN."""
    session.add_all(Name(kind=CRN, id=id_, name=crn) for crn, id_ in ids.items())


def known_elsewhere(
    session: Session, crns: Iterable[str], sites: frozenset[str] | None
) -> tuple[str, ...]:
    """Those of these CRNs that belong to residents of whom none of these sites has anything.

    None: every site is meant, so nobody is elsewhere. Looks beyond the session's scope, so that
    nobody is taken from other premises, or stored twice, by a row of theirs.
    """
    if sites is None:
        return ()
    with passage(session, "known_elsewhere"):
        ids = ids_by_crn(session)
        asked = {ids[crn]: crn for crn in crns if crn in ids}
        where = select(PersonSite.person).where(PersonSite.site.in_(sites))
        here = set(session.execute(where).scalars())
    return tuple(sorted(crn for id_, crn in asked.items() if id_ not in here))
