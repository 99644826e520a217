"""The log says which route, when and how it went, by ids; never a name, an address or a value."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask import Flask

from pipe_sched.store.engine import StoreUnavailable, make_engine
from pipe_sched.web import create_app
from pipe_sched.web.log import Hushed

CANARY = "Canary-Bird"
HERE = {"Origin": "http://localhost"}
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def bare(tmp_path: Path) -> Flask:
    """The pages over an empty store."""
    return create_app(f"sqlite:///{tmp_path / 'log.db'}")


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """What was written since, each line read as JSON; nothing of it holds the canary."""

    def read() -> list[dict[str, Any]]:
        written = capsys.readouterr()
        assert written.out == ""
        assert CANARY.lower() not in written.err.lower()
        return [json.loads(line) for line in written.err.splitlines()]

    return read


def failing(app: Flask, fail: Callable[..., Any], **rules: Any) -> None:
    """A page of the app that fails, at an address that holds a token."""
    fail.needs = "see_health"  # type: ignore[attr-defined]
    app.add_url_rule("/fail/<token>", "fail", fail, methods=["GET", "POST"])


def test_a_request_is_one_line_of_ids(bare: Flask, lines: Lines) -> None:
    bare.test_client().get("/sites/north/2026-W49/people/Canary-Bird?q=Canary-Bird")
    (line,) = lines()
    at = datetime.fromisoformat(line.pop("at"))
    assert at.utcoffset() is not None
    assert not at.utcoffset()
    assert len(line.pop("request")) == 12
    assert line.pop("milliseconds") >= 0
    assert line.pop("status") in (302, 303, 401, 403, 404)
    assert line == {
        "event": "request",
        "route": "/sites/<site>/<week>/people/<person>",
        "method": "GET",
        "actor": "nobody",
    }


def test_an_address_that_leads_nowhere_is_not_repeated(bare: Flask, lines: Lines) -> None:
    client = bare.test_client()
    for path in ("/Canary-Bird", "/static/Canary-Bird", "/%43anary-Bird", "/a%0aCanary-Bird"):
        client.get(path, headers={"User-Agent": CANARY, "Cookie": f"session={CANARY}"})
    client.open("/health", method="CANARY-BIRD", headers=HERE)
    found = lines()
    assert found
    assert {line["route"] for line in found} <= {None, "/static/<path:filename>", "/health"}


def test_styles_and_a_well_program_are_not_worth_a_line(bare: Flask, lines: Lines) -> None:
    client = bare.test_client()
    client.get("/static/icon.svg")
    client.get("/health")
    assert [line["status"] for line in lines()] == [503]  # there is no worker: that is


def integrity(token: str) -> NoReturn:
    engine = make_engine(f"sqlite:///{token}")
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT ? FROM nowhere", (CANARY,))
    raise AssertionError


def plain(token: str) -> NoReturn:
    raise RuntimeError(f"{CANARY} with {token}")


def chained(token: str) -> NoReturn:
    try:
        sqlite3.connect(":memory:").execute(f'SELECT * FROM "{CANARY}"')
    except sqlite3.Error as error:
        raise ValueError(CANARY) from error
    raise AssertionError


def unavailable(token: str) -> NoReturn:
    raise StoreUnavailable(f"The database of {CANARY} cannot be used.")


def grouped(token: str) -> NoReturn:
    raise ExceptionGroup(CANARY, [KeyError(CANARY), ValueError(token)])


@pytest.mark.parametrize(
    ("fail", "error", "causes"),
    [
        (plain, "RuntimeError", []),
        (chained, "ValueError", ["OperationalError"]),
        (unavailable, "StoreUnavailable", []),
        (grouped, "ExceptionGroup", []),
    ],
)
def test_a_fault_is_told_by_kind_and_place_and_never_by_its_words(
    bare: Flask, lines: Lines, fail: Callable[..., Any], error: str, causes: list[str]
) -> None:
    failing(bare, fail)
    page = bare.test_client().get("/fail/Canary-Bird?name=Canary-Bird")
    assert page.status_code in (500, 503)
    fault, asked = lines()
    assert fault["event"] == "fault"
    assert fault["error"] == error
    assert fault["causes"] == causes
    assert fault["route"] == "/fail/<token>"
    assert any(p.startswith("tests/web/test_log.py:") for p in fault["at_code"])
    assert fault["at_code"][-1].endswith(fail.__name__)
    assert asked["request"] == fault["request"]
    assert fault["request"] in page.text
    assert CANARY not in page.text


def test_what_a_database_was_asked_is_not_told(bare: Flask, lines: Lines, tmp_path: Path) -> None:
    failing(bare, lambda token: integrity(str(tmp_path / "asked.db")))
    page = bare.test_client().get("/fail/1")
    assert page.status_code == 500
    fault = lines()[0]
    assert fault["code"] == "SQLITE_ERROR"


def test_a_database_error_holds_no_values_in_its_own_words(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'quiet.db'}")
    with engine.connect() as connection, pytest.raises(Exception, match="nowhere") as caught:
        connection.exec_driver_sql("SELECT ? FROM nowhere", (CANARY,))
    assert CANARY not in str(caught.value)


def test_a_fault_after_the_page_is_told_the_same_way(bare: Flask, lines: Lines) -> None:
    def spoil(answer: object) -> NoReturn:
        raise RuntimeError(CANARY)

    bare.after_request(spoil)
    page = bare.test_client().get("/Canary-Bird")
    assert page.status_code == 500
    assert CANARY not in page.text
    assert "RuntimeError" in {line.get("error") for line in lines()}


def test_a_page_of_a_problem_that_cannot_be_made_is_a_bare_one(bare: Flask, lines: Lines) -> None:
    def broken() -> NoReturn:
        raise RuntimeError(CANARY)

    bare.context_processor(broken)
    page = bare.test_client().get("/nothing")
    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert {"fault", "request"} == {line["event"] for line in lines()}


@pytest.mark.parametrize("name", ["waitress", "waitress.queue", "werkzeug", "pipe_sched.web"])
def test_what_the_server_below_says_is_passed_on_without_its_words(
    bare: Flask, lines: Lines, name: str
) -> None:
    logger = logging.getLogger(name)
    logger.error("Exception while serving /feeds/%s", CANARY)
    logger.info("GET /feeds/%s", CANARY)
    try:
        raise ValueError(CANARY)
    except ValueError:
        logger.exception("serving %s", CANARY)
    first, second = lines()
    assert first["event"] == second["event"] == "said"
    assert first["logger"] == name
    assert first["said_at"].startswith("tests/web/test_log.py:")
    assert second["error"] == "ValueError"


def test_words_that_cannot_be_put_together_are_not_printed_either(lines: Lines) -> None:
    Hushed().handle(logging.makeLogRecord({"msg": "%d %d", "args": (CANARY,), "lineno": 1}))
    assert [line["event"] for line in lines()] == ["said"]
