"""python -m bench.attack.client: somebody who edits weeks all the time.

With a port it sends its changes to the pages that are served there, and tries on while nobody
answers; else it calls the action. What was acknowledged is noted, and the note on its disk, after
the answer came: what is in the notes has to be in the database.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from random import Random
from uuid import uuid4

from bench.attack.browser import MADE, OVERTAKEN, REFUSED, Browser, Unsendable, sendable
from bench.attack.choices import no_one_offs
from bench.attack.edits import Made, edit, look, made
from bench.attack.house import SITES, reopened
from bench.door import token_for
from pipe_sched.core.clock import Clock, parse_week
from pipe_sched.store.engine import Store

PAUSE = 0.15
"""Most seconds between two edits."""


def main() -> None:
    """Edit until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--notes", type=Path, required=True)
    parser.add_argument("--seed", required=True)
    parser.add_argument("--share", type=float, help="of the edits, in the weeks being planned")
    parser.add_argument("--edited", type=parse_week, required=True)
    parser.add_argument("--planned", type=parse_week, required=True)
    parser.add_argument("--port", type=int, help="of the pages")
    args = parser.parse_args()
    store, chance = reopened(args.store), Random(args.seed)
    browser = Browser(args.port, token_for(store, "manager", SITES)) if args.port else None
    descriptor = os.open(args.notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    while True:
        clock = args.planned if chance.random() < args.share else args.edited
        site = chance.choice(SITES)
        if browser is None:
            note(descriptor, edit(store, site, clock, chance, pick=no_one_offs))
        else:
            done = sent(store, browser, site, clock, chance)
            if done is not None:
                note(descriptor, done)
        time.sleep(chance.uniform(0, PAUSE))


def sent(store: Store, browser: Browser, site: str, clock: Clock, chance: Random) -> Made | None:
    """One edit through the pages; None when it was not acknowledged.

    The database is let go of before, so that a kill of the program leaves nobody who has it open.
    """
    view = look(store, site, clock)
    store.close()
    change = sendable(view, no_one_offs(view, chance))
    try:
        status = browser.send(view, change, uuid4().hex)
    except (Unsendable, OSError):  # nobody answers: the program is down, or was killed
        return None
    if status not in (MADE, REFUSED, OVERTAKEN):
        raise ValueError(f"The pages answered {status} to {change}.")
    return made(view, change, 0) if status == MADE else None


def note(descriptor: int, made: Made) -> None:
    """Write down an acknowledged change, and come back when it is on the disk."""
    os.write(descriptor, (json.dumps(asdict(made)) + "\n").encode())
    os.fsync(descriptor)


def noted(notes: Path) -> list[Made]:
    """What was acknowledged; a line without an end is not written yet."""
    text = notes.read_text(encoding="utf-8") if notes.exists() else ""
    return [Made(**json.loads(line)) for line in text.split("\n")[:-1] if line]


if __name__ == "__main__":
    main()
