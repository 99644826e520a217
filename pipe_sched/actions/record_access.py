"""Put on record what was shown or refused: one row a page, file or refusal.

Written after the page was made and before it is sent, in a transaction of its own: what cannot
be put on record is not shown. Rows name people by id alone; what an address says of a site is
believed only if there is such a site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipe_sched.access import Actor
from pipe_sched.core.clock import NoSuchTime, parse_week
from pipe_sched.store.access_log import known_site, note_access
from pipe_sched.store.engine import Store
from pipe_sched.store.scope import EverySite, Scope
from pipe_sched.store.sealed_log import Entry

RECORDED = frozenset({"person", "session", "account", "run"})
"""Kinds of ids that are put on record; rooms, kinds and times say nothing of anybody."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One request or command. `about`: the (kind, id) pairs that were put in words."""

    action: str
    endpoint: str
    method: str
    status: int
    site: str = ""
    week: str = ""
    about: Iterable[tuple[str, str]] = ()


def record_access(store: Store, actor: Actor, looked: Looked) -> None:
    """Add the row. Raises `StoreUnavailable`."""
    with store.open_session(Scope(EverySite("record"), actor.id, write=True)) as session:
        site = looked.site if looked.site and known_site(session, looked.site) else ""
        about = {pair for pair in looked.about if pair[0] in RECORDED}
        said = {"page": looked.endpoint, "method": looked.method, "status": looked.status}
        said |= _beyond(looked)
        note_access(
            session,
            Entry(
                actor.id,
                looked.action,
                site,
                _week(looked.week),
                (*about, *((("site", site),) if site else ())),
                said,
            ),
        )


def _beyond(looked: Looked) -> dict[str, list[str]]:
    """The passages through which the page reached beyond its sites, by name."""
    found = sorted(id_ for kind, id_ in looked.about if kind == "passage")
    return {"beyond": found} if found else {}


def _week(text: str) -> str:
    """The week, if it is one."""
    try:
        return str(parse_week(text)) if text else ""
    except NoSuchTime:
        return ""
