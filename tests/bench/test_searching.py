"""The attack on isolation finds what it looks for, however it is wrapped up."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, Response, flash
from flask.testing import FlaskClient
from sqlalchemy.dialects import sqlite

from bench.attack.asked import ALL, _sides
from bench.attack.kept import apart, changed, holding, of_premises, state, written
from bench.attack.known import Choice
from bench.attack.planted import FAILED, ROOT, _places
from bench.attack.plantings import PLANTINGS
from bench.attack.read_out import comparable, read_out
from pipe_sched.core.plan import Plan, SiteRow
from pipe_sched.formats.workbook import as_bytes
from pipe_sched.store.base import Packed

WORD = "Southcanary Elm & Co"
PLAIN = re.compile(re.escape(WORD))


@pytest.fixture
def client() -> FlaskClient:
    """Pages that each hold the word, wrapped up in another way."""
    app = Flask("wrapped")
    app.secret_key = "for this test"
    book = BytesIO(as_bytes(Plan(sites=(SiteRow("s", WORD),)))).getvalue()
    answers = {
        "html": Response("<p>Southcanary Elm &amp; Co", mimetype="text/html"),
        "ics": Response("SUMMARY:Southcanary Elm\r\n  & Co", mimetype="text/calendar"),
        "json": Response('{"a": "Southcanary\\u0020Elm & Co"}', mimetype="application/json"),
        "xlsx": Response(book, mimetype="application/octet-stream"),
        "to": Response("", 303, {"Location": "/x?a=Southcanary%20Elm%20%26%20Co"}),
    }
    app.add_url_rule("/<name>", "given", lambda name: answers[name])
    app.add_url_rule("/flashed", "flashed", lambda: flash(WORD) or "nothing here")
    return app.test_client()


@pytest.mark.parametrize("way", ["html", "ics", "json", "xlsx", "to", "flashed"])
def test_a_word_is_found_in_whatever_way_it_is_sent(client: FlaskClient, way: str) -> None:
    assert PLAIN.search(read_out(client.application, client.get(f"/{way}")))


def answer(text: str, status: int = 404) -> object:
    app = Flask("said")
    app.add_url_rule("/", "said", lambda: Response(text, status, mimetype="text/html"))
    return app.test_client().get("/")


def test_answers_are_alike_but_for_what_was_asked_for_and_what_passes() -> None:
    one = '<b nonce="a1">There is no south.</b><input name="csrf_token" type="hidden" value="x">'
    two = '<b nonce="b2">There is no none.</b><input name="csrf_token" type="hidden" value="y">'
    assert comparable(answer(one), ["south"]) == comparable(answer(two), ["none"])
    assert comparable(answer(one), ["south"]) != comparable(answer(two), [])
    assert comparable(answer(one, 403), ["south"]) != comparable(answer(two), ["none"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "kept.db"
    with closing(sqlite3.connect(found)) as raw:
        raw.execute("CREATE TABLE access_log (seq, said)")
        raw.execute("CREATE TABLE log_about (log, seq)")
        raw.execute("CREATE TABLE sign_ins (id, seen_at)")
        raw.execute("CREATE TABLE stays (site, resident)")
        raw.execute("INSERT INTO stays VALUES ('south', 'r-1')")
        raw.execute("INSERT INTO sign_ins VALUES ('a', 1)")
        raw.commit()
    return found


@pytest.mark.parametrize(
    ("line", "tables"),
    [
        ("INSERT INTO access_log VALUES (1, '')", []),
        ("INSERT INTO log_about VALUES ('access_log', 1)", []),
        ("INSERT INTO log_about VALUES ('audit', 1)", ["log_about"]),
        ("UPDATE sign_ins SET seen_at = 2", []),
        ("UPDATE sign_ins SET id = 'b'", ["sign_ins"]),
        ("DELETE FROM stays", ["stays"]),
        ("UPDATE stays SET resident = 'r-2'", ["stays"]),
    ],
)
def test_what_was_written_is_seen_but_for_the_look_itself(
    path: Path, line: str, tables: list[str]
) -> None:
    before = state(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(line)
        raw.commit()
    after = state(path)
    assert changed(before, after) == tables
    gone, came = apart(before, after)
    theirs = [of_premises(rows, lambda cell: cell == "south") for rows in (gone, came)]
    assert (theirs[0] != theirs[1]) is ("stays" in tables)


def test_a_try_at_a_link_may_be_counted_and_nothing_else() -> None:
    assert written(["guesses"], "set_password.show") == []
    assert written(["guesses"], "week.show") == ["guesses"]
    assert written(["guesses", "stays"], "set_password.show") == ["stays"]


def test_a_name_is_found_in_a_packed_text_and_not_where_names_stand() -> None:
    packed = Packed().process_bind_param(f"a week with {WORD}", sqlite.dialect())
    assert packed is not None
    assert WORD not in packed
    rows = [("frozen_weeks", (1, packed)), ("names", (WORD,))]
    assert holding(rows, PLAIN, frozenset({"names"})) == {f"frozen_weeks: {WORD}"}


def test_what_others_have_and_what_there_is_not_are_asked_for_in_pairs() -> None:
    parts = ({"site": Choice("a", "b", "c"), "week": Choice("w", None, "v")}, {"x": Choice("1")})
    assert list(_sides(parts)) == [
        ("own", ""),
        ("other", "site"),
        ("absent", "site"),
        ("absent", "week"),
    ]
    two = ({"site": Choice("a", "b", "c"), "run": Choice("d", "e", "f")},)
    assert list(_sides(two))[-2:] == [("other", ALL), ("absent", ALL)]


def test_every_fault_to_be_planted_fits_one_place_and_names_its_tests() -> None:
    assert [p.what for p in PLANTINGS if _places(ROOT, p) != 1] == []
    assert len({p.what for p in PLANTINGS}) == len(PLANTINGS) >= 20
    assert [test for p in PLANTINGS for test in p.tests if not (ROOT / test).is_file()] == []


def test_the_test_that_failed_is_read_from_what_pytest_says() -> None:
    said = "..F\nFAILED tests/a/test_b.py::test_c[x y] - assert 1 == 2\n1 failed"
    found = FAILED.search(said)
    assert found is not None
    assert found[1] == "tests/a/test_b.py::test_c[x y]"
