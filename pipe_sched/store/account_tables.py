"""The tables of people who sign in: accounts, roles, sign-ins, links, codes, guesses.

Nothing here can be used by whoever reads it: passwords are argon2id, tokens and codes only
hashes, the second factor's secret is encrypted. Names stand in `names` under kind `account`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, text, true
from sqlalchemy.orm import Mapped, mapped_column

from pipe_sched.store.base import Base


class Account(Base):
    """Somebody who may sign in.

    `person` says which of the staff it is. `password` is an argon2id string, None before it was
    set; `secret` the encrypted TOTP secret, None before it was set up; `step` the last time step
    whose code was used, so that no code works twice. `used_at`: when somebody signed in last.
    """

    __tablename__ = "accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str | None]
    password: Mapped[str | None]
    secret: Mapped[str | None]
    step: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    used_at: Mapped[datetime | None]


class GrantRow(Base):
    """A role that an account holds at a site; `site` empty: at every site."""

    __tablename__ = "grants"
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (
        CheckConstraint(
            "role IN ('administrator', 'manager', 'regime_lead', 'psychologist', "
            "'key_worker', 'staff', 'regional')",
            name="role",
        ),
    )


class SignIn(Base):
    """One sign-in, under the SHA-256 of its token. `full`: the second factor was given.

    `device` says the browser in a few words, `ended_at` when it was ended before its time.
    """

    __tablename__ = "sign_ins"
    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    full: Mapped[bool]
    device: Mapped[str]


class Device(Base):
    """A browser that its account signed in from before, under the SHA-256 of its cookie."""

    __tablename__ = "devices"
    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    seen_at: Mapped[datetime]


class Link(Base):
    """A link to set a password, once, under the SHA-256 of its token.

    `second_factor`: it also lets the account set its second factor up anew.
    """

    __tablename__ = "links"
    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    second_factor: Mapped[bool]


class RecoveryCode(Base):
    """A code that stands for the second factor once, as a keyed hash."""

    __tablename__ = "recovery_codes"
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]


class Guesses(Base):
    """Failed tries of one kind from one side (an e-mail, a device, an address), by keyed hash.

    No further try counts before `until`.
    """

    __tablename__ = "guesses"
    key: Mapped[str] = mapped_column(primary_key=True)
    failed: Mapped[int]
    last_at: Mapped[datetime]
    until: Mapped[datetime | None]
