"""The attacks see what they look for: a planted loss, tear or double booking is counted."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from sqlalchemy import insert, text, update

from bench.attack import __main__ as command
from bench.attack.choices import KINDS, choose
from bench.attack.client import noted
from bench.attack.edits import Made, amiss, edit, look, settled
from bench.attack.figures import exactly, none, told
from bench.attack.hands import SCOPE, generate, plan
from bench.attack.house import CLOCK, NOW, file_of, make_store, reopened
from bench.attack.soundness import (
    active,
    behind,
    breaking,
    by_revision,
    drafts,
    half_saved,
    intact,
    overlaps,
    torn,
)
from pipe_sched.store import runs
from pipe_sched.store.engine import Store
from pipe_sched.store.tables import Booked, Draft, Run, SiteWeek


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small premises, planned."""
    url = make_store(tmp_path_factory.mktemp("attack"))
    store = reopened(url)
    assert plan(store) == "done"
    store.close()
    return file_of(url)


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of them."""
    shutil.copyfile(filled, tmp_path / "store.db")
    opened = reopened(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def made_in(store: Store, times: int = 3) -> list[Made]:
    chance = Random(1)
    return [edit(store, "north", CLOCK, chance, now=NOW) for _ in range(times)]


def last(store: Store) -> Draft:
    return drafts(store)[-1]


def copied(store: Store, of: Draft, **other: object) -> None:
    """A further revision that only the table knows of."""
    kept = {c.key: getattr(of, c.key) for c in Draft.__table__.columns if c.key != "id"}
    with store.open_session(SCOPE) as session:
        session.execute(insert(Draft), [{**kept, "revision": of.revision + 1, **other}])


def test_what_was_acknowledged_and_is_there_is_not_amiss(store: Store) -> None:
    made = made_in(store)
    assert list(amiss(made, by_revision(drafts(store)))) == []
    assert torn(store, drafts(store)) == []
    assert breaking(store, drafts(store)) == []
    assert list(behind(store)) == []


def test_an_edit_that_is_missing_or_says_something_else_is_seen(store: Store) -> None:
    first, second, third = made_in(store)
    wrong = [
        replace(first, revision=99),
        replace(second, parent=1 + second.parent),
        replace(third, digest=second.digest),
    ]
    assert len(list(amiss(wrong, by_revision(drafts(store))))) == 3


def test_a_form_without_a_revision_is_found_by_what_it_was_made_from(store: Store) -> None:
    first, second, _ = made_in(store)
    seen = by_revision(drafts(store))
    assert list(amiss([replace(second, revision=0)], seen)) == []
    assert len(list(amiss([replace(second, revision=0, digest=first.digest)], seen))) == 1
    assert len(list(amiss([replace(second, revision=0, parent=99)], seen))) == 1


def test_a_site_week_that_points_at_an_older_revision_is_seen(store: Store) -> None:
    made_in(store)
    with store.open_session(SCOPE) as session:
        session.execute(update(SiteWeek).values(revision=1))
    assert len(list(behind(store))) == 1


def test_a_draft_that_cannot_be_read_or_is_of_another_week_is_torn(store: Store) -> None:
    draft = last(store)
    copied(store, draft, timetable=draft.timetable[: len(draft.timetable) // 2])
    copied(store, last(store), timetable=draft.timetable.replace(draft.site, "elsewhere"))
    assert len(torn(store, drafts(store))) == 2


def test_a_draft_that_breaks_a_must_is_seen(store: Store) -> None:
    draft = next(d for d in drafts(store) if d.site == "north")
    places = look(store, "north", CLOCK).timetable.assignments
    broken = draft.timetable
    for place in places:
        broken = broken.replace(f'"start": {place.start}', f'"start": {places[0].start}')
    copied(store, draft, timetable=broken)
    assert breaking(store, drafts(store))


def test_a_run_that_left_half_of_its_drafts_is_seen(store: Store) -> None:
    run = drafts(store)[0].run
    assert run is not None
    assert half_saved(store, run) is None
    with store.open_session(SCOPE) as session:
        session.execute(update(Run).where(Run.id == run).values(state="failed"))
    assert half_saved(store, run) is not None


def test_a_run_that_has_not_ended_is_active(store: Store) -> None:
    run = generate(store)
    assert active(store) == {run: "queued"}
    with store.open_session(SCOPE) as session:
        runs.end(session, session.get_one(Run, run), "failed", datetime.now(UTC))
    assert active(store) == {}


def test_somebody_booked_twice_is_seen_without_the_triggers(store: Store) -> None:
    row = {"site": "north", "year": 2026, "number": 49, "demand": "d", "kind": "person"}
    with store.open_session(SCOPE) as session:
        session.execute(text("DROP TRIGGER booked_no_overlap_insert"))
        for who, start in (("psy", 0), ("psy", 30), ("psy", 60), ("other", 30)):
            session.execute(
                insert(Booked), [{**row, "who": who, "start": start, "finish": start + 60}]
            )
    assert overlaps(store) == 2


def test_a_file_that_is_not_whole_is_seen(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    assert intact(path)
    store.close()
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 6000):
        data[at] = 255
    path.write_bytes(data)
    assert not intact(path)


def test_a_row_that_points_to_nothing_is_seen(store: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        connection.execute("UPDATE runs SET week_hash = 'gone'")
        connection.commit()
    assert not intact(tmp_path / "store.db")


def test_a_note_without_an_end_is_no_acknowledgement_yet(tmp_path: Path) -> None:
    whole = '{"site": "north", "week": "w", "revision": 1, "parent": 0, "digest": "d"}'
    (tmp_path / "notes").write_text(f"{whole}\n{whole}\n{whole[:40]}")
    assert len(noted(tmp_path / "notes")) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_change_is_made_and_is_what_was_asked_for(store: Store, kind: str) -> None:
    chance = Random(2)
    if kind == "bring back":
        edit(store, "north", CLOCK, chance, now=NOW, pick=lambda v, c: choose(v, c, ["cancel"]))
    one = edit(store, "north", CLOCK, chance, now=NOW, pick=lambda v, c: choose(v, c, [kind]))
    assert list(amiss([one], by_revision(drafts(store)))) == []
    settled(store, look(store, "north", CLOCK), chance, now=NOW)


def test_one_figure_that_falls_short_is_counted_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part = ModuleType("part")
    part.TIMES = 7  # type: ignore[attr-defined]
    part.attack = lambda times, _seed: iter(  # type: ignore[attr-defined]
        [exactly("tries", 7, times), none("lost", 1), told("speed", 3)]
    )
    monkeypatch.setattr(command, "module", lambda _name: part)
    assert command.run("generates", 0, 1) == 1
    said = capsys.readouterr().out
    assert said.count("reached") == 1
    assert said.count("FALLS SHORT") == 1
