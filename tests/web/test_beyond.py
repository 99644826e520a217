"""Who may come in: this computer alone, or whoever our own proxy passes on, and nobody else."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pipe_sched.web import create_app
from pipe_sched.web.public import CannotServe, origin_of
from tests.house.files import ROOT
from tests.web.client import PageClient

PUBLIC = "https://planner.example"
BY_PROXY = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
SECRET = "a-secret-of-the-tests-with-more-than-32-letters"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The pages behind a public address; the tests' secret comes from outside."""
    path = tmp_path_factory.mktemp("web") / "public.db"
    return create_app(f"sqlite:///{path}", public_url=f"{PUBLIC}/")


def ask(app: Flask, path: str = "/health", method: str = "GET", **more: object) -> TestResponse:
    """A request as the server hands it on after the proxy was believed."""
    given = {"base_url": PUBLIC, "headers": BY_PROXY, **more}
    overrides = {"REMOTE_ADDR": "192.0.2.7"}
    return app.test_client().open(path, method=method, environ_overrides=overrides, **given)


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Server",
        "X-FORWARDED-ANYTHING",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "CF-Connecting-IP",
        "True-Client-IP",
    ],
)
def test_alone_whatever_came_through_a_proxy_is_refused(client: PageClient, header: str) -> None:
    page = client.get("/health", headers={header: "127.0.0.1"})
    assert page.status == 403
    assert "--public-url" in page.text


def test_alone_the_way_a_bare_proxy_speaks_is_refused(client: PageClient) -> None:
    page = client.get("/health", environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"})
    assert page.status == 403
    assert "came through a proxy" in page.text


def test_alone_a_server_that_hides_proxies_is_refused(client: PageClient) -> None:
    page = client.get("/health", environ_overrides={"waitress.client_disconnected": None})
    assert page.status == 403
    assert "pipe-sched serve" in page.text


def test_alone_the_cookie_works_without_tls(app: Flask) -> None:
    assert app.config["PUBLIC_URL"] is None
    assert app.config["SESSION_COOKIE_SECURE"] is False
    assert app.config["SESSION_COOKIE_NAME"] == "session"


def test_behind_a_public_address_what_the_proxy_passes_on_is_answered(public: Flask) -> None:
    assert public.config["PUBLIC_URL"] == PUBLIC
    answer = ask(public)
    assert answer.status_code in (200, 503)
    assert answer.get_json()["database"] == "ok"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("why", "more"),
    [
        ("no word of a proxy", {"headers": {}}),
        ("no word of TLS", {"headers": {"X-Forwarded-For": "192.0.2.7"}}),
        ("no word of who asks", {"headers": {"X-Forwarded-Proto": "https"}}),
        ("http on the outside", {"headers": {**BY_PROXY, "X-Forwarded-Proto": "http"}}),
        ("a proxy that the server does not believe", {"base_url": "http://planner.example"}),
    ],
)
def test_behind_a_public_address_any_other_way_in_is_refused(
    public: Flask, why: str, more: dict[str, object]
) -> None:
    assert ask(public, **more).status_code == 403, why


@pytest.mark.parametrize("address", ["nonsense", "", "192.0.2.7:80", "unknown"])
def test_behind_a_public_address_who_asks_must_be_an_address(public: Flask, address: str) -> None:
    answer = public.test_client().get(
        "/health",
        base_url=PUBLIC,
        headers=BY_PROXY,
        environ_overrides={"REMOTE_ADDR": address},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "planner.example.evil.example",
        "evil.example",
        "planner.example:444",
        "planner.example:80",
        "planner.example@evil.example",
        "planner.example.",
        "",
    ],
)
def test_behind_a_public_address_no_other_name_is_answered(public: Flask, host: str) -> None:
    answer = ask(public, headers={**BY_PROXY, "Host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.data


@pytest.mark.parametrize("host", ["planner.example", "PLANNER.example", "planner.example:443"])
def test_behind_a_public_address_its_name_is_answered_however_it_is_written(
    public: Flask, host: str
) -> None:
    assert ask(public, headers={**BY_PROXY, "Host": host}).get_json()["database"] == "ok"


@pytest.mark.parametrize(
    ("origin", "refused"),
    [
        (PUBLIC, False),
        ("http://planner.example", True),
        ("https://planner.example:444", True),
        ("https://evil.example", True),
        ("http://localhost", True),
        ("null", True),
        (None, True),
    ],
)
def test_behind_a_public_address_forms_come_from_there(
    public: Flask, origin: str | None, refused: bool
) -> None:
    headers = BY_PROXY if origin is None else {**BY_PROXY, "Origin": origin}
    answer = ask(public, "/weeks", "POST", headers=headers, data={"week": "2026-W49"})
    assert (answer.status_code == 403) is refused


@pytest.mark.parametrize("name", ["PIPE_SCHED_SECRET", "PIPE_SCHED_SECRET_FILE"])
def test_a_public_address_needs_a_secret_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("PIPE_SCHED_SECRET", raising=False)
    monkeypatch.delenv("PIPE_SCHED_SECRET_FILE", raising=False)
    url = f"sqlite:///{tmp_path / 'p.db'}"
    with pytest.raises(CannotServe, match="make-secret"):
        create_app(url, public_url=PUBLIC)
    assert not (tmp_path / "p.db").exists()
    (tmp_path / "secret").write_text(SECRET)
    monkeypatch.setenv(name, str(tmp_path / "secret") if name.endswith("FILE") else SECRET)
    assert create_app(url, public_url=PUBLIC).config["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    "address",
    [
        "",
        "planner.example",
        "//planner.example",
        "http://planner.example",
        "ftp://planner.example",
        "https://",
        "https:///path",
        "https://planner.example/planner",
        "https://planner.example/?",
        "https://planner.example#top",
        "https://planner.example?x=1",
        "https://user@planner.example",
        "https://user:word@planner.example",
        "https://@planner.example",
        "https://planner.example:",
        "https://planner.example:0",
        "https://planner.example:65536",
        "https://planner.example:port",
        "https://planner example",
        "https://plänner.example",
        "https://planner.example\n",
        "https://planner..example",
        "https://-planner.example",
        "https://*.example",
        "https://planner.example\\evil",
        "https://[::1",
        "https://" + "a" * 300,
    ],
)
def test_what_is_no_public_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(CannotServe, match=r"Give one like https://planner\.example"):
        origin_of(address)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://planner.example", "https://planner.example"),
        ("https://Planner.Example/", "https://planner.example"),
        ("https://planner.example:443", "https://planner.example"),
        ("https://planner.example:8443/", "https://planner.example:8443"),
        ("https://192.0.2.1", "https://192.0.2.1"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
        ("https://localhost:8443", "https://localhost:8443"),
    ],
)
def test_a_public_address_is_kept_as_browsers_write_it(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def entry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Flask:
    """The application as a server finds it in app.py."""
    monkeypatch.setenv("PIPE_SCHED_STORE", f"sqlite:///{tmp_path / 'entry.db'}")
    spec = importlib.util.spec_from_file_location("entry", ROOT / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    app: Flask = module.app
    return app


def test_the_wsgi_entry_follows_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPE_SCHED_SECRET", SECRET)
    monkeypatch.setenv("PIPE_SCHED_PUBLIC_URL", PUBLIC)
    assert entry(monkeypatch, tmp_path).config["PUBLIC_URL"] == PUBLIC
    monkeypatch.delenv("PIPE_SCHED_PUBLIC_URL")
    assert entry(monkeypatch, tmp_path).config["PUBLIC_URL"] is None


@pytest.mark.parametrize("address", ["http://planner.example", PUBLIC])
def test_the_wsgi_entry_gives_no_application_when_something_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.delenv("PIPE_SCHED_SECRET", raising=False)
    monkeypatch.delenv("PIPE_SCHED_SECRET_FILE", raising=False)
    monkeypatch.setenv("PIPE_SCHED_PUBLIC_URL", address)
    with pytest.raises(CannotServe):
        entry(monkeypatch, tmp_path)


def test_a_form_survives_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIPE_SCHED_SECRET", raising=False)
    url = f"sqlite:///{tmp_path / 'again.db'}"
    first, second = create_app(url), create_app(url)
    assert first.config["SECRET_KEY"] == second.config["SECRET_KEY"]
    other = create_app(f"sqlite:///{tmp_path / 'other.db'}")
    assert other.config["SECRET_KEY"] != first.config["SECRET_KEY"]
