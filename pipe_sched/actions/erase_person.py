"""Erase a person: name, CRN, e-mail and special details go, counts and history stay.

What was published, delivered and put on record goes on under an id that names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.errors import BadRequest, NotFound
from pipe_sched.core.clock import LONDON
from pipe_sched.store import crns, erasure
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.plans import names_of

NOT_FOUND = (
    "There is nobody with that CRN or id. Check it; a person who was erased before has neither."
)
WHY_NOT = {
    "stays": "This person has a stay going on, so they cannot be erased. End the stay first.",
    "works": "This person works here, so they cannot be erased. Give them a last day in the "
    "workbook first; when it has passed they can be erased.",
    "held_back": "This person’s leaving is held back, so they cannot be erased. Say that they "
    "have left first.",
    "administers": "This person’s account is that of the last administrator, so they cannot be "
    "erased. Make somebody else one first.",
}


@dataclass(frozen=True, slots=True)
class Erased:
    """What goes, or went: rows by table. `scrubbed` as in `LetGo`."""

    rows: tuple[tuple[str, int], ...]
    scrubbed: bool = True


def erase_person(
    store: Store, actor: Actor, who: str, *, save: bool = False, now: datetime | None = None
) -> Erased:
    """Say what would go of the person with this CRN or id, and with `save` let it go.

    Raises:
        NotFound: there is no such person. BadRequest: they cannot be erased now, and why.
    """
    scope = allowed(actor, "erase_person", write=save)
    today = present(now).astimezone(LONDON).date()
    with store.open_session(scope) as session:
        person = _person(session, who)
        why_not = erasure.hindrance(session, person, today)
        if why_not is not None:
            raise BadRequest(WHY_NOT[why_not])
        if not save:
            return Erased(erasure.details(session, person).rows)
        sites = erasure.sites_of(session, person)
        went = erasure.erase(session, person)
        record(session, sites=sites, about=[("person", person)], said={"went": dict(went.rows)})
    return Erased(went.rows, store.scrub())


def _person(session: Session, who: str) -> str:
    asked = " ".join(who.split())
    known = crns.ids_by_crn(session)
    if asked.upper() in known:
        return known[asked.upper()]
    named = {id_ for kind, id_ in names_of(session) if kind in erasure.PEOPLE}
    if asked not in named:
        raise NotFound(NOT_FOUND)
    return asked
