"""Edits of one site-week from eight processes: none is lost, none is overwritten."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.attack.choices import no_one_offs
from bench.attack.crew import together
from bench.attack.edits import Made, Tally, amiss, edit, look
from bench.attack.figures import Figure, exactly, none, told
from bench.attack.hands import plan
from bench.attack.house import CLOCK, NOW, make_store, reopened
from bench.attack.soundness import behind, by_revision, drafts, torn
from pipe_sched.store.tables import Draft

TIMES = 2000
PROCESSES = 8
SITE = "north"
THINK = 0.5
"""Most seconds between two tries of one process: without any, nearly all the work is refused."""


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Let all edit until each has its share acknowledged, then look at every revision."""
    with TemporaryDirectory() as folder:
        url = make_store(Path(folder))
        store = reopened(url)
        plan(store)
        shares = [len(range(n, times, PROCESSES)) for n in range(PROCESSES)]
        parts = together(PROCESSES, work, url, shares, seed)
        found = drafts(store)
        yield from figures(found, [m for part in parts for m in part.made], times)
        yield none("site-weeks not at their last revision", len(list(behind(store))))
        yield none("torn drafts", len(torn(store, found)))
        overtaken = sum(part.tally.overtaken for part in parts)
        unfit = sum(part.tally.refusals["BadRequest"] for part in parts)
        took = max(part.ended for part in parts) - min(part.began for part in parts)
        yield told("refused because another was first", f"{overtaken:,}")
        yield told("refused because they cannot be", f"{unfit:,}")
        yield told("edits a second", f"{times / took:.1f}")
        yield told("revision at the end", look(store, SITE, CLOCK).revision)
        store.close()


@dataclass(frozen=True, slots=True)
class Part:
    """What one process had acknowledged, how often it was refused, and when it was at work."""

    made: list[Made]
    tally: Tally
    began: float
    ended: float


def work(number: int, url: str, shares: list[int], seed: int) -> Part:
    """One process: its share of edits, each tried until it is acknowledged."""
    store, tally, chance, began = reopened(url), Tally(), Random(f"{seed}-{number}"), time.time()
    made = []
    for _ in range(shares[number]):
        made.append(
            edit(
                store,
                SITE,
                CLOCK,
                chance,
                now=NOW,
                pick=no_one_offs,
                tally=tally,
                pause=THINK,
            )
        )
        time.sleep(chance.uniform(0, THINK))
    store.close()
    return Part(made, tally, began, time.time())


def figures(found: tuple[Draft, ...], made: list[Made], times: int) -> Iterator[Figure]:
    """Revisions against what was acknowledged."""
    here = [d for d in found if d.site == SITE]
    yield exactly("acknowledged edits", times, len(made))
    yield exactly("revisions, with the first", times + 1, len(here))
    yield none("edits with one revision", len(made) - len({m.revision for m in made}))
    forks = sum(d.parent != d.revision - 1 for d in here)
    yield none("revisions not made from the one before", forks)
    wrong = list(amiss(made, by_revision(here)))
    yield none("edits lost or overwritten", len(wrong))
