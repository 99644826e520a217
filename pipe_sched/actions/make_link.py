"""Make a link with which somebody sets their own password, so that nobody else ever knows it."""

from __future__ import annotations

from datetime import datetime

from pipe_sched.access import Actor
from pipe_sched.actions.account_views import MadeLink
from pipe_sched.actions.door import allowed, present
from pipe_sched.actions.email_address import same_email
from pipe_sched.actions.errors import Conflict, NotFound
from pipe_sched.identity.tokens import hash_token, new_token
from pipe_sched.store import accounts, ways_in
from pipe_sched.store.accounts import Account
from pipe_sched.store.audit import record
from pipe_sched.store.engine import Session, Store

NO_ACCOUNT = "There is no such account. The list of accounts shows which there are."


def make_link(
    store: Store,
    actor: Actor,
    account: str,
    *,
    second_factor: bool = False,
    now: datetime | None = None,
) -> MadeLink:
    """A link for the account; one made before stops working.

    `account` is an id or an email address. `second_factor`: using it also sets up the second
    factor anew, for somebody who lost theirs.

    Raises:
        NotFound: no such account. Conflict: it is switched off.
    """
    token, moment = new_token(), present(now)
    with store.open_session(allowed(actor, "manage_accounts", write=True)) as session:
        found = found_account(session, account)
        if not found.active:
            raise Conflict("This account is switched off. Switch it on first.")
        new = ways_in.NewLink(hash_token(token), found.id, actor.id, second_factor)
        ends_at = ways_in.make_link(session, new, moment).ends_at
        return MadeLink(found.id, found.email, token, ends_at)


def found_account(session: Session, account: str) -> Account:
    """The account by id or email address, which a change then concerns. Raises `NotFound`."""
    found = accounts.get(session, account) or accounts.by_email(session, same_email(account))
    if found is None:
        raise NotFound(NO_ACCOUNT)
    record(session, about=[("account", found.id)])
    return found
