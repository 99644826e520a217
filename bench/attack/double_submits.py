"""One form sent twice: one thing is done, and both get the same answer.

From two processes at the same moment, and every other time the second one after the first was
answered, as when a page is sent again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.crew import at_once, together
from bench.attack.edits import look, settled
from bench.attack.figures import Figure, exactly, none, told
from bench.attack.hands import plan
from bench.attack.house import CLOCK, NOW, make_store, reopened
from bench.attack.soundness import rows
from pipe_sched.access import LOCAL
from pipe_sched.actions.change_week import change_week
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.restore_version import restore_version
from pipe_sched.actions.step_back import step_back
from pipe_sched.actions.views import WeekView
from pipe_sched.store.engine import Store

Answer = tuple[str, str]
"""What was made, and in words what that changed."""
Send = Callable[[], Answer]
"""Sends one filled-in form."""

TIMES = 100
SITE = "north"
FORMS = ("change", "publish", "undo", "restore")
EVERY = {"change": 1, "publish": 1, "undo": 4, "restore": 4}
"""Each round sends a change and a publish twice; every fourth an undo and a restore too."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One form as one process sent it: what it was told, and how many rows there were after.

    `answer`: the revision or version that it made, or the refusal; `words`: what that changed.
    """

    form: str
    kind: str
    answer: str
    words: str
    drafts: int
    versions: int


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Send every form twice and compare the answers."""
    with TemporaryDirectory() as folder:
        url = make_store(Path(folder))
        store = reopened(url)
        plan(store)
        before = rows(store, "drafts"), rows(store, "versions")
        first, second = together(2, work, url, times, seed)
        store.close()
    for form in FORMS:
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a.form == form]
        wrong = [(a, b) for a, b in pairs if a.answer != b.answer or a.answer.startswith("!")]
        yield exactly(f"{form}: the same answer", len(pairs), len(pairs) - len(wrong))
        for a, b in {pair[0].kind: pair for pair in wrong}.values():
            yield told(f"{form}: {a.kind} was answered", f"{a.answer} | {b.answer}")
        yield told(f"{form}: in other words", sum(a.words != b.words for a, b in pairs))
    yield from stored(first, before)


def stored(sent: list[Sent], before: tuple[int, int]) -> Iterator[Figure]:
    """Rows added by each form: one revision or one version, never two."""
    drafts, versions = before
    wrong = Counter[str]()
    for one in sent:
        added = (one.drafts - drafts, one.versions - versions)
        drafts, versions = one.drafts, one.versions
        wanted = {"change": (1, 0), "restore": (1, 0), "publish": (0, 1), "undo": (0, 0)}
        wrong[one.form] += added != wanted[one.form]
    for form in FORMS:
        yield none(f"{form}: not done exactly once", wrong[form])


def work(number: int, url: str, times: int, seed: int) -> list[Sent]:
    """One process: both choose the same form from the same week, then send it at once."""
    store, out = reopened(url), []
    for n in range(times):
        for form in (f for f in FORMS if n % EVERY[f] == 0):
            at_once()
            chance = Random(f"{seed}-{n}-{form}")
            kind, send = PREPARED[form](store, look(store, SITE, CLOCK), chance, f"{form}-{n}")
            answer, words = sent(number, send, later=n % 2 == 1)
            at_once()
            there = rows(store, "drafts"), rows(store, "versions")
            out.append(Sent(form, kind, answer, words, *there))
    store.close()
    return out


def sent(number: int, send: Send, *, later: bool) -> Answer:
    """Send it at the same moment as the other, or the second after the first."""
    at_once()
    if not later:
        return said(send)
    answer = said(send) if number == 0 else None
    at_once()
    return answer or said(send)


def said(send: Send) -> Answer:
    """What the action answered; a refusal begins with an exclamation mark."""
    try:
        return send()
    except Exception as error:
        return f"! {type(error).__name__}: {error}", ""


def _change(store: Store, view: WeekView, chance: Random, key: str) -> tuple[str, Send]:
    asked, _ = settled(store, view, chance, now=NOW)
    form = replace(asked, key=key)

    def send() -> Answer:
        done = change_week(store, LOCAL, SITE, CLOCK, form, save=True, now=NOW)
        return f"revision {done.revision}", " ".join(done.says)

    return type(asked.change).__name__, send


def _publish(store: Store, view: WeekView, _chance: Random, key: str) -> tuple[str, Send]:
    def send() -> Answer:
        done = publish_week(
            store, LOCAL, SITE, CLOCK, version=view.version, key=key, save=True, now=NOW
        )
        return f"version {done.version}", " ".join(done.says)

    return "Publish", send


def _undo(store: Store, view: WeekView, _chance: Random, key: str) -> tuple[str, Send]:
    def send() -> Answer:
        done = step_back(store, LOCAL, SITE, CLOCK, version=view.version, key=key, now=NOW)
        return f"revision {done}", ""

    return "Undo", send


def _restore(store: Store, view: WeekView, chance: Random, key: str) -> tuple[str, Send]:
    last = 0 if view.published is None else view.published.version
    number = chance.randint(1, last)

    def send() -> Answer:
        done = restore_version(
            store, LOCAL, SITE, CLOCK, number, version=view.version, key=key, now=NOW
        )
        return f"revision {done}", ""

    return "Restore", send


PREPARED: Mapping[str, Callable[[Store, WeekView, Random, str], tuple[str, Send]]] = {
    "change": _change,
    "publish": _publish,
    "undo": _undo,
    "restore": _restore,
}
"""How each form is filled in from the week as it is."""
