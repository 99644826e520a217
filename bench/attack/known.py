"""What a besieger knows to ask for: each value with one of other premises and one of none.

An answer to a request for what other premises have must be the one for what there is not.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from bench.attack.besieged import Siege
from bench.attack.besiegers import Besieger
from bench.attack.canaries import ABSENT, IDS, PLAIN, crn, named, worker
from pipe_sched.actions.views import WeekView
from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import Plan, RoomRow, SiteRow
from pipe_sched.core.week import Assignment
from pipe_sched.formats import workbook
from pipe_sched.identity.tokens import hash_token
from pipe_sched.web.handles import handle

NOTHING = "0" * 16
"""A handle of nothing."""
NO_TOKEN = "n" * 43


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a request: the besieger's own, other premises', and one that there is not.

    None: there is no such thing to ask for.
    """

    own: Any
    other: Any = None
    absent: Any = None


Choices = Mapping[str, Choice]


@dataclass(frozen=True, slots=True)
class File:
    """A workbook to be sent, in which a site has one more room."""

    site: str
    data: bytes

    def opened(self) -> tuple[BytesIO, str]:
        """What a client sends; made anew for each request, since sending closes it."""
        return BytesIO(self.data), "rows.xlsx"


def rows_of(site: str) -> File:
    """The workbook for a site."""
    row = RoomRow(f"{IDS.get(site, site)}-den", site, named("north", "den"), 4, ("group",))
    rows = Plan(sites=(SiteRow(site, f"{site.title()} House"),), rooms=(row,))
    return File(site, workbook.as_bytes(rows))


@dataclass(frozen=True, slots=True)
class Case:
    """One way to use a route: what stands in its address, its query and its form."""

    path: Choices
    query: Choices
    form: Choices
    name: str = ""


class Known:
    """The values of one siege."""

    def __init__(self, siege: Siege) -> None:
        self.siege = siege
        self.weeks = siege.weeks
        self._seen: dict[Clock, WeekView] = {}
        self._rows: dict[str, File] = {}

    def rows(self, site: str) -> File:
        """A workbook about a site."""
        found = self._rows.get(site)
        if found is None:
            found = self._rows[site] = rows_of(site)
        return found

    def handle(self, id_: str) -> str:
        """What addresses call an id."""
        with self.siege.app.app_context():
            return handle(id_)

    def handles(self, of: str) -> Choice:
        """A handle for the id that begins so at each premises."""
        own, other = self._both(of)
        return Choice(self.handle(own), self.handle(other), NOTHING)

    def ids(self, of: str) -> Choice:
        """The ids themselves."""
        own, other = self._both(of)
        return Choice(own, other, f"{IDS['south']}-{NOTHING}")

    def _both(self, of: str) -> tuple[str, str]:
        return worker("north", of), worker("south", of)

    def session(self, programme: str) -> Choice:
        """The handles of a programme's session."""
        own, other = (f"{s}:{IDS[s]}-{programme}:group:1" for s in ("north", "south"))
        return Choice(self.handle(own), self.handle(other), NOTHING)

    def resident(self, number: int) -> Choice:
        """The handles of a resident."""
        own, other = (self.siege.residents[crn(site, number)] for site in ("north", "south"))
        return Choice(self.handle(own), self.handle(other), NOTHING)

    @cached_property
    def site(self) -> Choice:
        """The sites."""
        return Choice("north", "south", ABSENT)

    def week(self, clock: Clock | None = None) -> Choice:
        """A week; there is none of other premises alone, since each has its own of every week."""
        return Choice(str(clock or self.weeks.lived), None, str(self.weeks.empty))

    def run(self, week: str = "lived") -> Choice:
        """The runs of a week."""
        runs = self.siege.runs
        return Choice(runs[week, "north"], runs[week, "south"], secrets.token_hex(16))

    def sign_in(self, who: Besieger) -> Choice:
        """The id of a sign-in."""
        return Choice(
            hash_token(who.token), hash_token(self.siege.southern.token), hash_token(NO_TOKEN)
        )

    def view(self, clock: Clock | None = None) -> WeekView:
        """North's week, as it was when the siege began."""
        which = clock or self.weeks.lived
        found = self._seen.get(which)
        if found is None:
            found = self._seen[which] = self.siege.view("north", which)
        return found

    def place(self, programme: str) -> Assignment:
        """Where North's session of a programme lies."""
        id_ = f"north:{IDS['north']}-{programme}:group:1"
        return next(a for a in self.view().timetable.assignments if a.demand == id_)

    def paths(self, endpoint: str) -> Choices:
        """What may stand in a route's address, by argument."""
        return {**self._usual, **self._special.get(endpoint, {})}

    @cached_property
    def _usual(self) -> Choices:
        return {
            "site": self.site,
            "week": self.week(),
            "name": self.session("cooking"),
            "person": self.resident(PLAIN),
            "run": self.run(),
            "number": Choice(1, None, 999),
            "id_": Choice(self.siege.people[3].account, None, NOTHING),
            "filename": Choice("js/progress.js", None, "js/nothing.js"),
        }

    @cached_property
    def _special(self) -> Mapping[str, Choices]:
        weeks = self.weeks
        return {
            "session.bring_back": {"name": self.session("art")},
            "runs.stop": {"run": self.run("queued"), "week": self.week(weeks.queued)},
            "runs.generate": {"week": self.week(weeks.planned)},
        }


def case(
    form: Mapping[str, Any] | None = None,
    *,
    query: Mapping[str, Any] | None = None,
    path: Mapping[str, Any] | None = None,
    name: str = "",
) -> Case:
    """A case; a value that is no choice is the same whoever's it is."""
    return Case(_choices(path), _choices(query), _choices(form), name)


def _choices(given: Mapping[str, Any] | None) -> Choices:
    return {k: v if isinstance(v, Choice) else Choice(v) for k, v in (given or {}).items()}
