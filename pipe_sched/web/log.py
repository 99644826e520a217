"""The pages' log: one JSON object a line on standard error, UTC, ids only.

A line says which route was asked for, never which address: addresses hold tokens and handles. Of
an exception it says what kind and where in the code, never its words: those may hold names.
"""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Response, g, request

from pipe_sched.web.needs import actor
from pipe_sched.work.log import log

UNLOGGED = frozenset({"health.show", "static"})
"""Endpoints asked for all the time; only their failures are worth a line."""
OTHERS = ("waitress", "werkzeug", "flask_wtf", "flask_sqlalchemy", "sqlalchemy", "alembic")
"""Loggers of what the pages are built on; their messages may hold addresses and values."""
FRAMES = 12
HERE = Path(__file__).resolve().parent.parent.parent


def number_request() -> None:
    """Give the request a number, so that a page can be found in the log, and start its clock."""
    g.number = secrets.token_hex(6)
    g.began = time.perf_counter()


def request_number() -> str:
    """The number of the request in hand."""
    return str(g.get("number", ""))


def log_request(answer: Response) -> Response:
    """One line for an answer."""
    if request.endpoint not in UNLOGGED or answer.status_code >= 500:
        log("request", **_asked(), status=answer.status_code, milliseconds=_milliseconds())
    return answer


def log_fault(error: BaseException) -> None:
    """One line for an exception, with the number that its page shows."""
    log("fault", **_asked(), error=type(error).__name__, **told(error))


def told(error: BaseException) -> dict[str, Any]:
    """What may be said of an exception: kinds, code places, a database's own code."""
    chain = list(_chain(error))
    code = next((found for e in chain if (found := _code(e)) is not None), None)
    more = {"code": code} if code else {}
    return {"at_code": places(error), "causes": [type(e).__name__ for e in chain[1:]], **more}


def places(error: BaseException) -> list[str]:
    """Where it came from, the innermost last: file, line and function."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames]


def _short(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(HERE):
        return path.relative_to(HERE).as_posix().rpartition("site-packages/")[2]
    return "/".join(path.parts[-2:])


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or now.__context__


def _code(error: BaseException) -> str | None:
    """SQLite's or PostgreSQL's name for what went wrong; it holds no values."""
    found = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return found if isinstance(found, str) else None


def _asked() -> dict[str, Any]:
    rule = request.url_rule
    return {
        "request": request_number(),
        "route": None if rule is None else rule.rule,
        "method": request.method if request.method.isalpha() else None,
        "actor": actor().id,
    }


def _milliseconds() -> int:
    began: float = g.get("began", time.perf_counter())
    return round(1000 * (time.perf_counter() - began))


class Hushed(logging.Handler):
    """Passes on that something was said, by whom and where in the code, but not the words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        error = record.exc_info[1] if record.exc_info else None
        more = {} if error is None else {"error": type(error).__name__, **told(error)}
        at = f"{_short(record.pathname)}:{record.lineno} {record.funcName}"
        log("said", logger=record.name, level=record.levelname.lower(), said_at=at, **more)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's own name
        """Say nothing: the usual answer prints the words."""


def hush(*names: str) -> None:
    """Let these loggers, and those the pages are built on, speak through `Hushed` alone."""
    for name in (*names, *OTHERS):
        logger = logging.getLogger(name)
        logger.handlers = [Hushed()]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
