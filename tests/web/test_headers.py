"""What every answer says to the browser, whatever was asked for."""

from __future__ import annotations

import pytest
from flask import Flask, abort

from pipe_sched.web import create_app

SAME = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ASKED = [
    ("GET", "/health"),
    ("GET", "/nothing"),
    ("HEAD", "/nothing"),
    ("OPTIONS", "/health"),
    ("TRACE", "/health"),
    ("PUT", "/health"),
    ("POST", "/weeks"),
    ("GET", "/weeks"),
    ("GET", "/static/icon.svg"),
    ("GET", "/static/nothing"),
    ("GET", "/fault"),
]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The pages over an empty store, and one that fails."""
    app = create_app(f"sqlite:///{tmp_path_factory.mktemp('web') / 'headers.db'}")
    app.add_url_rule("/fault", "fault", lambda: abort(500))
    return app


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_every_answer_has_every_header(bare: Flask, method: str, path: str) -> None:
    headers = bare.test_client().open(path, method=method).headers
    assert {name: headers[name] for name in SAME} == SAME
    assert "Server" not in headers
    assert "Strict-Transport-Security" not in headers
    assert "Access-Control" not in str(headers)


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_nothing_but_styles_and_scripts_is_kept_by_a_browser(
    bare: Flask, method: str, path: str
) -> None:
    kept = bare.test_client().open(path, method=method).headers["Cache-Control"]
    assert kept == ("no-cache" if path == "/static/icon.svg" else "no-store")


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(bare: Flask) -> None:
    policy = bare.test_client().get("/health").headers["Content-Security-Policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["object-src"] == "'none'"
    assert parts["base-uri"] == "'none'"
    assert parts["frame-ancestors"] == "'none'"
    assert parts["form-action"] == "'self'"
    allowed = {word for part in parts.values() for word in part.split()}
    assert {w for w in allowed if not w.startswith("'nonce-")} == {"'none'", "'self'"}


def test_every_answer_has_a_nonce_of_its_own(bare: Flask) -> None:
    client = bare.test_client()
    policies = {client.get("/health").headers["Content-Security-Policy"] for _ in range(20)}
    assert len(policies) == 20


def test_a_page_may_use_nothing_of_the_computer(bare: Flask) -> None:
    given = bare.test_client().get("/health").headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()", "usb=()", "payment=()"} <= set(given)
    assert all(feature.endswith("=()") for feature in given)
