"""Ask for everything of other premises, in every way there is, as everybody who might.

Every route x method x role x own, other and absent values is sent to pages over a store in which
every name is a word that can be searched for. What comes back is searched, compared and counted;
so is what is kept and what is logged.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from bench.attack.asked import ALL, LOOKING, OPEN_FILES, Asking, askings, unclassified
from bench.attack.besieged import Siege, besieged
from bench.attack.besiegers import Besieger
from bench.attack.canaries import IDS
from bench.attack.figures import Figure, at_least, none, some, told
from bench.attack.filled_in import let_wait
from bench.attack.kept import (
    MAILS_STAND_IN,
    Row,
    State,
    apart,
    changed,
    holding,
    looked,
    of_premises,
    state,
    written,
)
from bench.attack.known import Known
from bench.attack.read_out import comparable, read_out, without
from bench.attack.sender import Sender
from bench.attack.words_sought import Sought
from pipe_sched.access import ACTIONS, may

TIMES = 1
REQUESTS = 400
"""The least number of requests."""
FAULTS = {
    "leaks": "words of other premises that were read",
    "unlike": "answers unlike the one for what is not there",
    "let": "what a role may not do and was not refused",
    "refused": "what a role may do and was refused",
    "done": "what a role may not do and was done",
    "south": "changes to other premises",
    "in": "reached without being signed in",
    "withheld": "names that a list withholds",
    "broken": "answers of 5xx",
    "names": "names kept outside the table of names",
    "secrets": "passwords, tokens kept as they are",
    "logged": "names and secrets in log lines",
}
EVERYWHERE = "administrator"
"""To whom no premises are others'."""
SHOWN = 12
"""Most faults of a kind that are told one by one."""
ONLY_WHOLE = frozenset({("proposals.settle", "joint")})
"""What is the planners' own and yet not theirs alone: refused to who plans a part of it."""
SHOWS_ONLY = frozenset({"uploads.preview"})
"""Forms that only say what would be done."""


def attack(times: int, _seed: int) -> Iterator[Figure]:
    """Send everything so many times."""
    with besieged() as siege:
        assault = Assault(siege)
        yield told("routes", len(list(siege.app.url_map.iter_rules())))
        yield none("routes that are not classified", len(strange := unclassified(assault.known)))
        yield from (told("not classified", route) for route in strange)
        for _ in range(times):
            assault.run()
        yield from assault.figures()


@dataclass
class Assault:
    """The requests of one siege, and what came of them. `wanted`: which requests are sent."""

    siege: Siege
    wanted: Callable[[Besieger, Asking], bool] = lambda _who, _asking: True
    faults: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sent: Counter[str] = field(default_factory=Counter)
    pairs: int = 0
    listed: int = 0
    worked: set[str] = field(default_factory=set)
    buttons: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.known = Known(self.siege)
        self.sought = Sought(self.known)
        southern = {self.siege.residents[c] for c in self.siege.residents if c.startswith("S")}
        self.southern = frozenset({"south", *southern})
        self.as_it_was = state(self.siege.path)
        self._search("the store", [(t, r) for t, rows in self.as_it_was.items() for r in rows])

    def run(self) -> None:
        """Everybody sends everything."""
        with logged() as lines:
            for who in self.siege.people:
                self._besieged_by(who)
        for line in lines():
            for pattern in (self.sought.names, self.sought.secrets):
                self.faults["logged"].update(m[0] for m in pattern.finditer(line))
        self.sent["log lines"] += len(lines())

    def _besieged_by(self, who: Besieger) -> None:
        sender, waiting = Sender(self.siege.app, who), {}
        for asking in askings(self.known, who):
            if self.wanted(who, asking):
                answer = self._send(sender, who, asking)
                if asking.side == "own" or who.name == EVERYWHERE:
                    continue
                waiting[asking.pair, asking.side] = answer
                both = [waiting.get((asking.pair, side)) for side in ("other", "absent")]
                if None not in both:
                    self.pairs += 1
                    if both[0] != both[1]:
                        self._fault("unlike", who, asking)

    def _send(self, sender: Sender, who: Besieger, asking: Asking) -> str:
        let_wait(self.known, who)
        answer = sender.send(asking)
        after = state(self.siege.path)
        tables = changed(self.as_it_was, after)
        self.sent[who.name] += 1
        text = without(read_out(self.siege.app, answer), asking.sent)
        self._judge_words(who, asking, text)
        self._judge_status(who, asking, answer.status_code, answer.headers.get("Location", ""))
        self._judge_change(who, asking, answer.status_code, after, tables)
        compared = comparable(answer, asking.told)
        if tables:
            self._search(f"{who.name}: {asking}", apart(self.as_it_was, after)[1])
            self._search("the log of who looked", looked(self.siege.path))
            self.siege.put_back()
        return compared

    def _fault(self, kind: str, who: Besieger, asking: Asking | None, more: str = "") -> None:
        self.faults[kind][f"{who.name}: {asking or ''} {more}".strip()] += 1

    def _judge_words(self, who: Besieger, asking: Asking, text: str) -> None:
        hidden = self.sought.hidden_from(who)
        for word in {m[0] for m in self.sought.for_(who).finditer(text)}:
            self._fault("withheld" if word in hidden else "leaks", who, asking, word)
        if who.name == "key worker" and self.sought.listed_name in text:
            self.listed += 1

    def _judge_status(self, who: Besieger, asking: Asking, status: int, to: str) -> None:
        if status >= 500:
            self._fault("broken", who, asking, str(status))
        if asking.endpoint == OPEN_FILES or (asking.taken and ACTIONS[asking.action].open):
            return
        if not asking.taken:
            if status != 405:
                self._fault("let", who, asking, f"{status}, not 405")
            return
        if not who.is_in:
            if status != 401 and not (status == 303 and to.startswith("/sign-in")):
                self._fault("in", who, asking, str(status))
            return
        self._judge_role(who, asking, status)

    def _judge_role(self, who: Besieger, asking: Asking, status: int) -> None:
        if not may(who.actor, asking.action):
            home = asking.path == "/" and status == 303
            if status != 403 and not home:
                self._fault("let", who, asking, f"{status}, not 403")
        elif asking.at and not may(who.actor, asking.action, asking.at):
            if status != 404:
                self._fault("let", who, asking, f"{status}, not 404")
        elif (asking.endpoint, asking.name) in ONLY_WHOLE:
            if asking.side == "own" and status != 403:
                self._fault("let", who, asking, f"{status}, not 403")
        elif asking.side == "own" and status in (401, 403):
            self._fault("refused", who, asking, str(status))

    def _judge_change(
        self, who: Besieger, asking: Asking, status: int, after: State, tables: list[str]
    ) -> None:
        is_open = asking.endpoint == OPEN_FILES or ACTIONS[asking.action].open
        site = asking.at or None
        allowed = asking.taken and (is_open or (who.is_in and may(who.actor, asking.action, site)))
        looking = asking.method in LOOKING
        if written(tables, asking.endpoint) and (
            not allowed or looking or self._not_theirs(asking)
        ):
            self._fault("done", who, asking, ", ".join(tables))
        if tables and who.name != EVERYWHERE and self._touches_south(after):
            self._fault("south", who, asking, ", ".join(tables))
        if asking.method == "GET" and asking.taken:
            self.pages.add(asking.endpoint)
            if status == 200:
                self.shown.add(asking.endpoint)
        if asking.method == "POST" and asking.taken:
            self.buttons.add(asking.endpoint)
            done = asking.endpoint in SHOWS_ONLY or tables
            if allowed and asking.side == "own" and status < 400 and done:
                self.worked.add(asking.endpoint)

    def _not_theirs(self, asking: Asking) -> bool:
        """Whether what the address is about is not the besieger's own."""
        return asking.side != "own" and asking.slot in ("site", ALL)

    def _touches_south(self, after: State) -> bool:
        gone, came = apart(self.as_it_was, after)
        return of_premises(gone, self._is_southern) != of_premises(came, self._is_southern)

    def _is_southern(self, cell: Any) -> bool:
        return isinstance(cell, str) and (cell in self.southern or cell.startswith(IDS["south"]))

    def _search(self, where: str, rows: list[tuple[str, Row]]) -> None:
        """Search what is kept for names and for words by which somebody comes in."""
        self.sent["rows searched"] += len(rows)
        for word in holding(rows, self.sought.names, MAILS_STAND_IN):
            self.faults["names"][f"{where}: {word}"] += 1
        for word in holding(rows, self.sought.secrets, frozenset()):
            self.faults["secrets"][f"{where}: {word}"] += 1

    def seen_by(self, who: Besieger, path: str) -> str:
        """A page as somebody reads it."""
        return read_out(self.siege.app, Sender(self.siege.app, who).get(path))

    def figures(self) -> Iterator[Figure]:
        """What was asked and what was seen."""
        yield at_least("requests", REQUESTS, sum(self.sent[p.name] for p in self.siege.people))
        yield told("besiegers", len(self.siege.people))
        yield some("pairs of other and absent compared", self.pairs)
        yield some("times a listed name was read by who may", self.listed)
        yield some("log lines searched", self.sent["log lines"])
        yield some("rows searched", self.sent["rows searched"])
        yield none("forms that do nothing for anybody", len(self.buttons - self.worked))
        yield from (told("does nothing", form) for form in sorted(self.buttons - self.worked))
        yield none("pages that nobody is shown", len(self.pages - self.shown))
        yield from (told("is not shown", page) for page in sorted(self.pages - self.shown))
        for kind, words in FAULTS.items():
            found = self.faults[kind]
            yield none(words, len(found))
            yield from (told(f"{kind}: {n}", what) for what, n in found.most_common(SHOWN))


@contextmanager
def logged() -> Iterator[Callable[[], list[str]]]:
    """Every line that this process logs, in whatever way, while the block runs."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(_Everything())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        with redirect_stderr(text):
            yield lambda: text.getvalue().splitlines()
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


class _Everything(logging.Formatter):
    """A record with all that hangs on it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return f"{record.getMessage()} {vars(record)!r}"
