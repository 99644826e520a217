"""Ten thousand tries for a hundred slots, straight at the table of bookings, from eight processes.

On SQLite, and on PostgreSQL too where PIPE_SCHED_TEST_POSTGRES names a server: there in a
database of its own, made for this and dropped at the end.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import create_engine, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from bench.attack.crew import together
from bench.attack.figures import Figure, exactly, none, told
from bench.attack.hands import SCOPE
from bench.attack.house import CLOCK, NOW, SITES, address, fill, reopened
from bench.attack.soundness import overlaps, rows
from pipe_sched.access import LOCAL
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.store.engine import Store, address_of
from pipe_sched.store.secret import FILE, GIVEN, make_secret
from pipe_sched.store.tables import Booked
from pipe_sched.store.triggers import OVERLAP, TWICE

TIMES = 10_000
SLOTS = 100
PROCESSES = 8
POSTGRES = "PIPE_SCHED_TEST_POSTGRES"
LENGTH = 60
"""Minutes of a slot. Each try takes at least its middle, so that any two of one slot overlap."""


def attack(times: int, seed: int) -> Iterator[Figure]:
    """Try on every database there is."""
    with TemporaryDirectory() as folder:
        yield from on("sqlite", address(Path(folder)), times, seed)
    server = os.environ.get(POSTGRES, "")
    if not server:
        yield told("postgresql", f"not tried: {POSTGRES} names no server")
        return
    with own_database(server) as url:
        yield from on("postgresql", url, times, seed)


def on(kind: str, url: str, times: int, seed: int) -> Iterator[Figure]:
    """The figures of one database, in which the week of both premises is drawn up."""
    fill(url)
    store = reopened(url)
    draw_up_week(store, LOCAL, SITES, CLOCK, now=NOW)
    began = time.perf_counter()
    tries = [n % SLOTS for n in range(times)]
    Random(seed).shuffle(tries)
    shares = [tries[n::PROCESSES] for n in range(PROCESSES)]
    seen = sum(together(PROCESSES, work, url, shares, seed), Counter[str]())
    taken = min(SLOTS, times)
    yield exactly(f"{kind}: accepted", taken, seen["accepted"])
    yield exactly(f"{kind}: refused", times - taken, seen["refused"])
    yield none(f"{kind}: errors", times - seen["accepted"] - seen["refused"])
    yield exactly(f"{kind}: bookings stored", taken, rows(store, "booked"))
    yield none(f"{kind}: overlaps", overlaps(store))
    yield told(f"{kind}: tries a second", f"{times / (time.perf_counter() - began):,.0f}")
    store.close()


def work(number: int, url: str, shares: list[list[int]], seed: int) -> Counter[str]:
    """One process: its share of the tries, each a transaction of its own."""
    store, seen, chance = reopened(url), Counter[str](), Random(f"{seed}-{number}")
    for slot in shares[number]:
        seen[book(store, slot, chance)] += 1
    store.close()
    return seen


def book(store: Store, slot: int, chance: Random) -> str:
    """Try to book one slot; gives back how that went."""
    begin = (slot // 10) * LENGTH
    row = {
        "site": "north" if slot % 2 else "south",
        "year": CLOCK.year,
        "number": CLOCK.number,
        "demand": f"try-{chance.random()}",
        "kind": "room" if slot % 3 else "person",
        "who": f"w{slot % 10}",
        "start": begin + chance.randrange(0, LENGTH // 2),
        "finish": begin + chance.randrange(LENGTH // 2 + 1, LENGTH + 1),
    }
    try:
        with store.open_session(SCOPE) as session:
            session.execute(insert(Booked), [row])
    except DatabaseError as error:
        refused = TWICE in str(error.orig) or OVERLAP in str(error.orig)
        return "refused" if refused else type(error).__name__
    except Exception as error:
        return type(error).__name__
    return "accepted"


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """A new database beside the one that is named, for as long as the block runs."""
    if not os.environ.get(FILE):
        os.environ.setdefault(GIVEN, make_secret())  # there is no file beside which to keep one
    url, name = make_url(server), f"attack_{uuid4().hex[:8]}"
    engine = create_engine(address_of(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()
