"""See who saw and who changed what, within the sites where the viewer may.

The record holds ids; the words are made for whoever looks, so that a restricted resident stays
unnamed here too. That a stay was ended is shown only to those who may end stays there: nobody
else is to learn of a leaving that is held back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from pipe_sched.access import Actor, sites_for
from pipe_sched.actions.door import allowed
from pipe_sched.actions.names import labels_of
from pipe_sched.actions.reasons import from_stored
from pipe_sched.actions.record_words import ACTORS, DONE, actor_words, done, seen
from pipe_sched.actions.texts import read_week
from pipe_sched.actions.viewer import viewer_of
from pipe_sched.core import shown
from pipe_sched.core.clock import LONDON, parse_week
from pipe_sched.core.labels import Labels
from pipe_sched.core.week import Week
from pipe_sched.store import accounts, weeks
from pipe_sched.store.engine import Session, Store
from pipe_sched.store.log_search import LogRow, Wanted, accounts_at, search
from pipe_sched.store.plans import names_of

PAGE = 25
HELD_BACK = "end_stay"
What = Literal["changes", "views"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. `about`: (person | session | account | run, id). Days are local."""

    what: What = "changes"
    about: tuple[str, str] | None = None
    account: str = ""
    site: str = ""
    week: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words. `says`: what it changed; `people`: whom it concerned or showed."""

    seq: int
    at: datetime
    who: str
    what: str
    site: str
    week: str
    says: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A page of the record. `older`: where the next page begins; None: there is none.

    The rest is what can be chosen from: (id, words). `about`: what the record is of, in words.
    """

    lines: tuple[Line, ...]
    older: int | None
    people: tuple[tuple[str, str], ...]
    accounts: tuple[tuple[str, str], ...]
    sites: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str], ...]
    about: str


def see_record(store: Store, actor: Actor, asked: Asked) -> Record:
    """A page of what was changed, or of what was seen, the newest first.

    Raises:
        NotFound: a site where the viewer may not see the record.
    """
    scope = allowed(actor, "see_record", [asked.site] if asked.site else [])
    with store.open_session(scope) as session:
        rows = search(session, _wanted(actor, asked), PAGE + 1)
        words = _Words(session, actor)
        lines = tuple(words.line(row, asked.what) for row in rows[:PAGE])
        return Record(
            lines,
            rows[PAGE - 1].seq if len(rows) > PAGE else None,
            words.people(),
            words.accounts(),
            words.sites(),
            tuple(sorted(DONE.items(), key=lambda one: one[1])),
            words.about(asked),
        )


def _wanted(actor: Actor, asked: Asked) -> Wanted:
    return Wanted(
        "audit" if asked.what == "changes" else "access_log",
        sites_for(actor, "see_record"),
        asked.about,
        asked.account,
        asked.site,
        asked.week,
        asked.action,
        _start(asked.since),
        _start(asked.until, days=1),
        asked.before,
        {HELD_BACK: sites_for(actor, HELD_BACK)},
    )


def _start(day: date | None, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time(0), LONDON)


class _Words:
    """Words for one viewer: names as they are now, and sessions of the weeks in the rows."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.session, self.actor = session, actor
        self.names = names_of(session)
        self.known: dict[tuple[str, str], Labels] = {}
        self.account_names = accounts.names(session)
        self.reach = sites_for(actor, "see_record")

    def line(self, row: LogRow, what: What) -> Line:
        """A row in words."""
        labels = self._labels(row)
        says = from_stored(row.said.get("says", ())) if what == "changes" else ()
        # Whoever is not of the viewer's sites is left out: their number would tell something too.
        people = [id_ for kind, id_ in row.about if kind == "person" and id_ in labels.people]
        shown.note("account", row.actor)
        return Line(
            row.seq,
            row.at,
            actor_words(row.actor, self.account_names),
            done(row.action) if what == "changes" else seen(row.action, row.said),
            labels.sites[row.site] if row.site else self._sites(row, labels),
            row.week,
            tuple(labels.sentence(say) for say in says),
            labels.names(people),
        )

    def _sites(self, row: LogRow, labels: Labels) -> str:
        return ", ".join(labels.sites[id_] for kind, id_ in row.about if kind == "site")

    def _labels(self, row: LogRow) -> Labels:
        """Labels for a row: for the viewer at its site, with its week if it says anything of it."""
        sites = [id_ for kind, id_ in row.about if kind == "site" and self._mine(id_)]
        return self.labels(
            row.site or next(iter(sites), ""), row.week if row.said.get("says") else ""
        )

    def _mine(self, site: str) -> bool:
        return self.reach is None or site in self.reach

    def labels(self, site: str, week: str = "") -> Labels:
        """Labels for the viewer at a site, knowing the sessions of one of its weeks."""
        key = (site, week)
        if key not in self.known:
            viewer = viewer_of(self.session, self.actor, site)
            self.known[key] = labels_of(self._week(*key), self.names, viewer)
        return self.known[key]

    def _week(self, site: str, text: str) -> Week:
        if not text or not site:
            return Week(2000, 1, ())
        clock = parse_week(text)
        found = weeks.site_week(self.session, site, clock)
        if found is None or not weeks.is_kept(self.session, found.week_hash):
            return Week(clock.year, clock.number, ())
        return read_week(weeks.week_text(self.session, found.week_hash))

    def about(self, asked: Asked) -> str:
        """What the record is of, in words; empty: of anything."""
        if asked.about is None:
            return ""
        kind, id_ = asked.about
        if kind == "account":
            return actor_words(id_, self.account_names)
        if kind == "run":
            return "a run of the planner"
        labels = self.labels(asked.site or self._home(), asked.week)
        return labels.people[id_] if kind == "person" else labels.demands[id_]

    def _home(self) -> str:
        """A site of the viewer's, for words that belong to none."""
        return min(self.reach or ("",))

    def people(self) -> tuple[tuple[str, str], ...]:
        """Everybody whom the viewer may name."""
        labels = self.labels(self._home())
        return tuple(labels.pairs(p for p in labels.people if p not in labels.withheld))

    def accounts(self) -> tuple[tuple[str, str], ...]:
        """The accounts that hold a role where the viewer looks, and who acts without one."""
        here = accounts_at(self.session, self.reach)
        named = [(id_, name) for id_, name in self.account_names.items() if id_ in here]
        return (*sorted(named, key=lambda one: one[1]), *ACTORS.items())

    def sites(self) -> tuple[tuple[str, str], ...]:
        """The sites where the viewer may see the record."""
        labels = self.labels(self._home())
        found = [(s, labels.sites[s]) for s in labels.sites if self._mine(s)]
        return tuple(sorted(found, key=lambda one: one[1]))
