"""How long each kind of data is kept, what is over it, and letting that go.

What a dry run counts is what a run lets go: both ask the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from pipe_sched.core.clock import LONDON
from pipe_sched.store import erasure
from pipe_sched.store.account_tables import Account, Device, GrantRow, Guesses, Link, SignIn
from pipe_sched.store.log_tables import Setting
from pipe_sched.store.run_tables import Run, RunSite
from pipe_sched.store.segments import let_go, old_rows
from pipe_sched.store.tables import Draft

MONTHS: Mapping[str, int] = {
    "residents": 24,
    "staff": 24,
    "accounts": 12,
    "sign-ins": 6,
    "runs": 24,
    "audit": 84,
    "access": 24,
}
"""Each kind of data with the months that it is kept unless set otherwise."""
LEAST, MOST = 1, 600
NAME = "retention."
OLD_ENOUGH = ("done", "failed", "stopped", "refused")


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of data: its months, and how many people or rows are over them."""

    kind: str
    months: int
    count: int


def months_of(session: Session) -> dict[str, int]:
    """The months of each kind, as set."""
    rows = session.execute(select(Setting.name, Setting.value)).all()
    given = {name.removeprefix(NAME): value for name, value in rows if name.startswith(NAME)}
    return {kind: int(given.get(kind, {}).get("months", MONTHS[kind])) for kind in MONTHS}


def set_months(session: Session, kind: str, months: int, actor: str, now: datetime) -> bool:
    """Set a kind's months; False when that is what they were."""
    if months_of(session)[kind] == months:
        return False
    found = session.get(Setting, NAME + kind)
    if found is None:
        found = Setting(name=NAME + kind, value={})
        session.add(found)
    found.value, found.changed_at, found.changed_by = {"months": months}, now, actor
    session.flush()
    return True


def due(session: Session, now: datetime) -> tuple[Due, ...]:
    """What is over its time now, by kind."""
    months = months_of(session)
    return tuple(
        Due(kind, months[kind], _count(session, kind, months[kind], now)) for kind in MONTHS
    )


def run(session: Session, now: datetime) -> tuple[Due, ...]:
    """Let it go; gives back what went, by kind."""
    found = due(session, now)
    for one in found:
        if one.count:
            _drop(session, one.kind, one.months, now)
    session.flush()
    return found


def _day(now: datetime, months: int) -> date:
    """The day so many months ago; the last of a shorter month."""
    today = now.astimezone(LONDON).date()
    whole = today.year * 12 + today.month - 1 - months
    first = date(whole // 12, whole % 12 + 1, 1)
    following = date((whole + 1) // 12, (whole + 1) % 12 + 1, 1)
    return first + timedelta(days=min(today.day, (following - first).days) - 1)


def _instant(now: datetime, months: int) -> datetime:
    return datetime.combine(_day(now, months), time(0), LONDON)


def _count(session: Session, kind: str, months: int, now: datetime) -> int:
    match kind:
        case "audit":
            return old_rows(session, "audit", _instant(now, months))
        case "access":
            return old_rows(session, "access_log", _instant(now, months))
        case "sign-ins":
            return _ways_in(session, _instant(now, months), remove=False)
        case _:
            return len(_over(session, kind, months, now))


def _over(session: Session, kind: str, months: int, now: datetime) -> list[str]:
    match kind:
        case "residents":
            return erasure.departed(session, _day(now, months))
        case "staff":
            return erasure.left(session, _day(now, months))
        case "accounts":
            return _unused(session, _instant(now, months))
        case _:
            return _old_runs(session, _instant(now, months))


def _drop(session: Session, kind: str, months: int, now: datetime) -> None:
    match kind:
        case "audit":
            let_go(session, "audit", _instant(now, months), now)
        case "access":
            let_go(session, "access_log", _instant(now, months), now)
        case "sign-ins":
            _ways_in(session, _instant(now, months), remove=True)
        case _:
            erase = {"accounts": erasure.erase_account, "runs": _drop_run}.get(kind, erasure.erase)
            for id_ in _over(session, kind, months, now):
                erase(session, id_)


def _unused(session: Session, before: datetime) -> list[str]:
    """Accounts that nobody used since, but for those that administer the program.

    Sign-ins and browsers are forgotten sooner than accounts, so the account itself says it.
    """
    invited = select(Link.account).where(Link.made_at >= before)
    keep = select(GrantRow.account).where(GrantRow.role == "administrator")
    query = select(Account.id).where(
        Account.made_at < before,
        ~Account.email.startswith(erasure.ERASED),
        or_(Account.used_at.is_(None), Account.used_at < before),
        Account.id.not_in(invited),
        Account.id.not_in(keep),
    )
    return list(session.scalars(query.order_by(Account.id)))


def _ways_in(session: Session, before: datetime, *, remove: bool) -> int:
    """Sign-ins, links, browsers and counted tries that ended or were last used before."""
    old = (
        (SignIn, SignIn.ends_at < before),
        (Link, Link.ends_at < before),
        (Device, Device.seen_at < before),
        (Guesses, Guesses.last_at < before),
    )
    count = 0
    for table, condition in old:
        query = select(func.count()).select_from(table).where(condition)
        count += int(session.scalar(query) or 0)
        if remove:
            session.execute(delete(table).where(condition))
    return count


def _old_runs(session: Session, before: datetime) -> list[str]:
    """Runs that ended before and of which no draft came: a draft keeps its run."""
    used = select(Draft.run).where(Draft.run.is_not(None))
    query = select(Run.id).where(
        Run.state.in_(OLD_ENOUGH), Run.ended_at < before, Run.id.not_in(used)
    )
    return list(session.scalars(query.order_by(Run.id)))


def _drop_run(session: Session, run_id: str) -> None:
    session.execute(delete(RunSite).where(RunSite.run == run_id))
    session.execute(delete(Run).where(Run.id == run_id))
