"""The way in for every action: permission first, then the scope of its session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pipe_sched.access import Actor, may, sites_for
from pipe_sched.actions.errors import BadRequest, NotAllowed, NotFound
from pipe_sched.store.scope import EverySite, Scope


def allowed(actor: Actor, action: str, sites: Iterable[str] = (), *, write: bool = False) -> Scope:
    """The scope of this action for this actor.

    Raises:
        NotAllowed: the actor's role may not do this at all.
        NotFound: not at one of these sites; the same answer as for an absent site.
    """
    if not may(actor, action):
        raise NotAllowed("You do not have permission to do this.")
    for site in sites:
        if not may(actor, action, site):
            raise no_site(site)
    reach = sites_for(actor, action)
    return Scope(EverySite(action) if reach is None else reach, actor.id, write, action)


def no_site(site: str) -> NotFound:
    """The answer for a site that is not there, or not for this actor."""
    return NotFound(f"There is no site “{site}”. The list of sites shows which there are.")


def some(sites: Iterable[str]) -> tuple[str, ...]:
    """The sites asked for, each once, in order; at least one is needed."""
    asked = tuple(dict.fromkeys([sites] if isinstance(sites, str) else sites))
    if not asked:
        raise BadRequest("Name at least one site.")
    return tuple(sorted(asked))


def present(now: datetime | None) -> datetime:
    """The instant given, else the present, in UTC."""
    return datetime.now(UTC) if now is None else now.astimezone(UTC)
