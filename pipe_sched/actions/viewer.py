"""Making a viewer: what somebody may read at a site, from their roles and from lists as they are.

The only place where a viewer is made. Two lists say who may know a resident: whoever an exclusion
names never does, and where there is a restriction only those whom it names. Somebody who is none
of the staff, as the operator at the command line, could be anybody, so to them each resident on
either list has no name.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipe_sched.access import AT_PREMISES, OPERATOR, Actor, Program, Role
from pipe_sched.core.viewer import Viewer
from pipe_sched.store.engine import Session
from pipe_sched.store.lists import Known, residents

NAMING = AT_PREMISES | OPERATOR
"""Who reads residents' names at all: everybody at the premises, and no regional viewer."""
LEADS: frozenset[Role | Program] = frozenset({"manager", "regime_lead", "psychologist"})
"""Who reads what confidential sessions are without being in them."""


def viewer_of(session: Session, actor: Actor, site: str) -> Viewer:
    """What the actor may read when they look at this site."""
    named_at = _sites_with(actor, NAMING)
    known = residents(session) if named_at is None or named_at else ()
    return Viewer(
        actor.person,
        frozenset(r.id for r in known if _is_here(r, named_at) and may_know(r, actor.person)),
        _sites_with(actor, LEADS),
        bool(actor.roles_at(site) & NAMING),
    )


def may_know(resident: Known, person: str | None) -> bool:
    """Whether this member of staff (None: nobody knows which) may know who the resident is."""
    if person is None:
        return not resident.restricted and not resident.hidden_from
    if person in resident.hidden_from:
        return False
    return not resident.restricted or person in resident.seen_by


def _is_here(resident: Known, sites: frozenset[str] | None) -> bool:
    return sites is None or bool(resident.sites & sites)


def _sites_with(actor: Actor, roles: Iterable[Role | Program]) -> frozenset[str] | None:
    """The sites where the actor holds one of these roles; None: everywhere."""
    found = {g.site for g in actor.grants if g.role in roles}
    return None if None in found else frozenset(s for s in found if s is not None)
