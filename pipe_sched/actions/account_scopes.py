"""The scopes in which accounts are reached: each crosses all sites, and says why.

Signs of life and counted tries go without an action, so that they do not go on record.
"""

from __future__ import annotations

from pipe_sched.access import NOBODY, Actor
from pipe_sched.actions.door import allowed
from pipe_sched.store.scope import EverySite, Scope

REASON = "sign_in"


def looking_up() -> Scope:
    """To find out who asks."""
    return Scope(EverySite(REASON), NOBODY.id)


def counting() -> Scope:
    """To count a try, or note that a sign-in is used."""
    return Scope(EverySite(REASON), NOBODY.id, write=True)


def entering(account: str) -> Scope:
    """To let somebody in whose proof was right."""
    return Scope(EverySite(REASON), account, True, "sign_in")


def own(actor: Actor, *, write: bool = False) -> Scope:
    """For a person's own account. Raises `NotAllowed` when nobody is signed in."""
    allowed(actor, "own_account")
    return Scope(EverySite(REASON), actor.id, write, "own_account")
