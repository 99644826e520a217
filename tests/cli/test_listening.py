"""What `serve` may listen on, and whom it believes: refused in words before anything is opened."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from pipe_sched.cli import main
from pipe_sched.cli.listening import Listening
from pipe_sched.cli.plain_server import trust
from tests.conftest import ROOT

PUBLIC = "https://planner.example"
SERVE = "import sys; from pipe_sched.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--listen", "0.0.0.0"], "would let other computers in. Give --public-url"),
        (["--listen", "::"], "would let other computers in"),
        (["--listen", "192.0.2.1"], "would let other computers in"),
        (["--listen", "localhost"], "is not the address of a computer"),
        (["--proxy", "127.0.0.1"], "--proxy has no meaning without --public-url"),
        (["--public-url", "http://planner.example"], "must begin with https://"),
        (["--public-url", f"{PUBLIC}/planner"], "must end after the name"),
        (["--public-url", PUBLIC, "--listen", "192.0.2.1"], "needs --proxy"),
        (["--public-url", PUBLIC, "--proxy", "*"], "is not the address of a computer"),
        (["--public-url", PUBLIC, "--proxy", "proxy.example"], "is not the address"),
    ],
)
def test_what_would_let_in_whom_it_must_not_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    path = tmp_path / "pipe.db"
    assert main(["serve", "--store", f"sqlite:///{path}", *options]) == 2
    assert said in capsys.readouterr().err
    assert not path.exists()


def test_a_public_address_without_a_secret_from_outside_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIPE_SCHED_SECRET", raising=False)
    url = f"sqlite:///{tmp_path / 'pipe.db'}"
    assert main(["serve", "--store", url, "--public-url", PUBLIC]) == 2
    assert "pipe-sched make-secret" in capsys.readouterr().err
    monkeypatch.setenv("PIPE_SCHED_PUBLIC_URL", PUBLIC)
    assert main(["serve", "--store", url]) == 2
    assert "pipe-sched make-secret" in capsys.readouterr().err


def test_a_secret_is_long_and_never_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    made = set()
    for _ in range(3):
        assert main(["make-secret"]) == 0
        made.add(capsys.readouterr().out.strip())
    assert len(made) == 3
    assert all(len(secret) >= 43 for secret in made)


def test_without_a_proxy_what_proxies_add_is_left_for_the_pages_to_refuse() -> None:
    assert trust(Listening(8000)) == {"clear_untrusted_proxy_headers": False}


def test_behind_a_proxy_its_word_alone_is_taken() -> None:
    found = trust(Listening(8000, public_url=PUBLIC, proxy="192.0.2.9"))
    assert found["trusted_proxy"] == "192.0.2.9"
    assert found["trusted_proxy_count"] == 1
    assert found["clear_untrusted_proxy_headers"] is True
    assert found["trusted_proxy_headers"] == {"x-forwarded-for", "x-forwarded-proto"}


@contextmanager
def served(tmp_path: Path, *options: str, **settings: str) -> Iterator[tuple[int, Path]]:
    """The pages in a process of their own: its port and its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    log = tmp_path / "serve.log"
    command = [sys.executable, "-c", SERVE, *options, "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, cwd=ROOT, env={**os.environ, **settings}
        )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, log
    finally:
        process.terminate()
        process.wait(timeout=30)


def spoken(port: int, said: bytes) -> bytes:
    """What the server answers to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        answer = b""
        with suppress(OSError):  # it may have answered already, and reads no further
            connection.sendall(said)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            while part := connection.recv(65536):
                answer += part
    return answer


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """`serve` for this computer alone."""
    folder = tmp_path_factory.mktemp("alone")
    with served(folder, "serve", "--store", f"sqlite:///{folder}/pipe.db") as found:
        yield found


def test_this_computer_is_answered_and_a_proxy_on_it_is_not(alone: tuple[int, Path]) -> None:
    port, _ = alone
    asked = b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%b\r\n"
    assert spoken(port, asked % b"").startswith(b"HTTP/1.1 404")
    for header in (b"X-Forwarded-For: 127.0.0.1", b"Forwarded: for=x", b"Via: 1.1 p"):
        answer = spoken(port, asked % (header + b"\r\n"))
        assert answer.startswith(b"HTTP/1.1 403")
        assert b"--public-url" in answer


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"CANARY\r\n\r\n", b"400"),
        (b"GET /CANARY HTTP/1.1\r\nCANARY\r\n\r\n", b"400"),
        (b"GET /CANARY HTTP/1.1\r\nHost: localhost\r\nContent-Length: CANARY\r\n\r\n", b"400"),
        (b"GET /CANARY HTTP/1.1\r\nTransfer-Encoding: CANARY\r\n\r\n", b"501"),
        (b"GET /" + b"CANARY" * 5_500 + b" HTTP/1.1\r\n\r\n", b"431"),
        (b"POST /CANARY HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"get /canary http/9.9\r\n\r\n", b"400"),
    ],
    ids=["no request", "no header", "no length", "no encoding", "long", "large", "old"],
)
def test_what_cannot_be_read_gets_a_sentence_and_no_echo(
    alone: tuple[int, Path], said: bytes, status: bytes
) -> None:
    port, log = alone
    answer = spoken(port, said)
    assert answer.split(b" ", 2)[1] == status
    assert b"CANARY" not in answer
    assert b"waitress" not in answer.lower()
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in answer
    assert b"\r\nServer:" not in answer
    assert "CANARY" not in log.read_text(encoding="utf-8")
    assert spoken(port, b"GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")


def test_every_line_of_the_log_is_json_after_the_first_words(alone: tuple[int, Path]) -> None:
    port, log = alone
    spoken(port, b"GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    lines = [li for li in log.read_text(encoding="utf-8").splitlines() if li.startswith("{")]
    assert [json.loads(line)["event"] for line in lines].count("request") >= 1


def test_a_demo_is_never_public_whatever_the_environment_says(tmp_path: Path) -> None:
    demo = ("demo", "--data", str(tmp_path / "demo"), "--seconds", "1", "--week", "2026-W49")
    with served(tmp_path, *demo, PIPE_SCHED_PUBLIC_URL=PUBLIC) as (port, _):
        asked = b"GET /nothing HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n%b\r\n"
        forwarded = b"X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n"
        assert spoken(port, asked % (b"localhost", b"")).startswith(b"HTTP/1.1 404")
        answer = spoken(port, asked % (b"planner.example", forwarded))
        assert answer.startswith(b"HTTP/1.1 403")
