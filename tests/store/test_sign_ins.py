"""Neither a sign-in nor a link lets anybody in whose account is switched off, however that came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from pipe_sched.store import accounts, sign_ins, ways_in
from pipe_sched.store.account_tables import Account
from pipe_sched.store.accounts import NewAccount
from pipe_sched.store.engine import Store
from pipe_sched.store.ways_in import NewLink
from tests.store.builders import WRITE

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def account(store: Store) -> str:
    """Somebody who is signed in and has an open link."""
    with store.open_session(WRITE) as session:
        made = accounts.make(
            session, NewAccount("a@mail.example", "A", None, frozenset()), "x", NOW
        )
        sign_ins.begin(session, "token", made.id, "", NOW, full=True)
        ways_in.make_link(session, NewLink("link", made.id, "x", second_factor=False), NOW)
        return made.id


def found(session: Session, at: datetime = NOW) -> tuple[bool, bool]:
    """Whether the sign-in and the link are good."""
    there = (sign_ins.find(session, "token", at), ways_in.find_link(session, "link", at))
    return there[0] is not None, there[1] is not None


def test_while_it_is_on_both_are_good(store: Store, account: str) -> None:
    with store.open_session(WRITE) as session:
        assert found(session) == (True, True)
        assert found(session, NOW + timedelta(minutes=30)) == (False, True)


def test_switched_off_neither_is_and_switched_on_again_both_are(store: Store, account: str) -> None:
    mine = update(Account).where(Account.id == account)
    with store.open_session(WRITE) as session:
        session.execute(mine.values(active=False))
        assert found(session) == (False, False)
        session.execute(mine.values(active=True))
        assert found(session) == (True, True)
