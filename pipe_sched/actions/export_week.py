"""Give out a site's draft to its planner in the open format, without a name.

A file leaves the program and can be kept, so residents' ids are exchanged for aliases made for
this draft alone: neither another draft's file nor the program can be read with them. The week
and the timetable of one draft have the same, so that they can be checked together. What other
people are given (sheets, calendars, spreadsheets) comes from `see_published`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace

from pipe_sched.access import Actor
from pipe_sched.actions.door import allowed
from pipe_sched.actions.errors import NotFound
from pipe_sched.actions.planned import planned_of
from pipe_sched.actions.texts import read_week, write_timetable, write_week
from pipe_sched.actions.views import Exported
from pipe_sched.core.clock import Clock
from pipe_sched.core.labels import labels_by_id
from pipe_sched.core.renaming import aliased
from pipe_sched.core.week import Booking, Timetable, Week
from pipe_sched.store import drafts, weeks
from pipe_sched.store.engine import Store


def export_week(
    store: Store, actor: Actor, site: str, clock: Clock, *, revision: int | None = None
) -> Exported:
    """The current draft, or that of `revision`, with the very week it was judged in.

    Before the first draft: the week as it was drawn up, and an empty timetable.

    Raises:
        NotFound: the week was not drawn up, or there is no such revision.
    """
    with store.open_session(allowed(actor, "export_draft", [site])) as session:
        row = weeks.site_week(session, site, clock)
        wanted = revision or (row.revision if row else 0)
        draft = drafts.draft(session, site, clock, wanted) if wanted else None
        if row is None or (draft is None and wanted):
            raise NotFound(f"There is nothing to export for {clock} at “{site}”: draw it up first.")
        hashed = row.week_hash if draft is None else draft.week_hash
        if not weeks.is_kept(session, hashed):
            raise NotFound(f"{clock} was drawn up with other premises. Draw it up again first.")
        found = read_week(weeks.week_text(session, hashed))
        given = Timetable() if draft is None else planned_of(draft).timetable
    aliases = aliases_for(found, store.key_for("aliases"), f"{hashed} {wanted}")
    week, timetable = _nameless(found, aliases), aliased(given, aliases)
    return Exported(
        week_text=write_week(week),
        timetable_text=write_timetable(timetable),
        week=week,
        timetable=timetable,
        revision=wanted,
        labels=labels_by_id(week.clock),
    )


def aliases_for(week: Week, key: bytes, about: str) -> dict[str, str]:
    """R1, R2, ... for the week's residents, in an order that nobody without the key can know."""
    residents = {p.id for p in week.people if p.type == "resident"} | _strangers(week)

    def place(id_: str) -> bytes:
        return hmac.new(key, f"{about} {id_}".encode(), hashlib.sha256).digest()

    return {id_: f"R{n}" for n, id_ in enumerate(sorted(residents, key=place), start=1)}


def _outline(booking: Booking, week: Week) -> Booking:
    """A session at other premises: who is busy when, and not with what or in which room."""
    if booking.site in week.plans:
        return booking
    return replace(booking, kind="elsewhere", room=None)


def _strangers(week: Week) -> set[str]:
    """People in sessions elsewhere of whom the week knows nothing: residents of other premises."""
    known = {p.id for p in week.people}
    return {p for b in week.bookings for p in (*b.people, *b.leaders) if p not in known}


def _nameless(week: Week, aliases: Mapping[str, str]) -> Week:
    """The week with aliases; sessions elsewhere, whose ids may name anybody, get numbers."""
    numbered = tuple(
        replace(_outline(b, week), id=f"B{n}") for n, b in enumerate(week.bookings, start=1)
    )
    return aliased(replace(week, bookings=numbered), aliases)
