"""Whatever cannot be answered is answered in plain words, with the way out and no trace."""

from __future__ import annotations

import re

import pytest
from flask import Flask, abort

from pipe_sched.web import create_app
from pipe_sched.web.limits import ADDRESS_LIMIT
from pipe_sched.web.problems import HEADINGS
from tests.web.client import PageClient, checked

HERE = {"Origin": "http://localhost"}
NUMBER = re.compile(r"quote <strong>([0-9a-f]{12})</strong>")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The pages over an empty store, and one that answers any status."""
    app = create_app(f"sqlite:///{tmp_path_factory.mktemp('web') / 'errors.db'}")

    def answer(status: int) -> None:
        abort(status)

    answer.needs = "see_health"  # type: ignore[attr-defined]
    app.add_url_rule("/answer/<int:status>", "answer", answer)
    return app


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 408, 409, 410, 413, 414, 415, 422])
def test_every_refusal_says_what_and_the_way_out(bare: Flask, status: int) -> None:
    page = checked(bare.test_client().get(f"/answer/{status}"))
    assert page.status == status
    assert page.heading
    assert "/" in page.html.links
    assert "quote" not in page.text


@pytest.mark.parametrize("status", [500, 501, 502, 503, 504])
def test_every_fault_has_a_number_to_quote(bare: Flask, status: int) -> None:
    client = bare.test_client()
    numbers = set()
    for _ in range(3):
        page = checked(client.get(f"/answer/{status}"))
        assert page.status == status
        found = NUMBER.search(page.text)
        assert found is not None
        numbers.add(found[1])
    assert len(numbers) == 3


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/%ff%fe", 404),
        ("/%00", 400),
        ("/%0d%0aSet-Cookie:%20a=b", 404),
        ("/..%2f..%2fetc/passwd", 404),
        ("/static/../app.py", 404),
        ("/static/..%2f..%2fapp.py", 404),
        ("/static/%2e%2e/app.py", 404),
        ("//evil.example", 400),
        ("/é", 404),
        ("/nothing?%ff=%fe", 404),
        ("/" + "x" * ADDRESS_LIMIT, 414),
        ("/nothing?" + "x" * ADDRESS_LIMIT, 414),
        ("/" + "a/" * 1000, 404),
    ],
    ids=lambda value: str(value)[:24],
)
def test_an_address_that_nobody_would_type_is_answered_plainly(
    bare: Flask, path: str, status: int
) -> None:
    page = checked(bare.test_client().get(path))
    assert page.status == status
    assert "evil.example" not in page.response.headers.get("Location", "")
    assert "Set-Cookie" not in page.response.headers or "a=b" not in str(page.response.headers)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X"])
def test_a_method_that_no_page_knows_is_refused(bare: Flask, method: str) -> None:
    page = checked(bare.test_client().open("/health", method=method, headers=HERE))
    assert page.status == 405
    assert set(page.response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert bare.test_client().open("/health", method=method).status_code == 403


@pytest.mark.parametrize("path", ["/health", "/static/icon.svg", "/nothing"])
def test_asking_what_is_allowed_and_for_headers_alone_is_answered(bare: Flask, path: str) -> None:
    client = bare.test_client()
    whole, headers = client.get(path), client.head(path)
    assert headers.status_code == whole.status_code
    assert headers.data == b""
    assert headers.content_type == whole.content_type
    assert client.options(path).status_code == (404 if path == "/nothing" else 200)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Accept-Encoding", "\xff\xfe"),
        ("Accept-Language", "x" * 9000),
        ("Content-Type", "multipart/form-data"),
        ("Content-Type", "application/x-www-form-urlencoded; charset=nonsense"),
        ("Content-Type", "text/html; charset=utf-16"),
        ("Content-Length", "-1"),
        ("Content-Length", "many"),
        ("Cookie", "session=\xff; =; a"),
        ("Cookie", "session=" + "x" * 9000),
        ("Range", "bytes=99999-1,-"),
        ("If-Modified-Since", "yesterday"),
        ("Authorization", "Basic nonsense"),
        ("Host", "[::1"),
        ("Host", "local host"),
        ("Host", "localhost:port"),
        ("Host", "127.0.0.1:8000, evil.example"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/nothing", "/weeks", "/static/icon.svg"])
def test_a_header_that_makes_no_sense_is_never_a_fault_of_ours(
    bare: Flask, path: str, method: str, name: str, value: str
) -> None:
    answer = bare.test_client().open(
        path, method=method, headers={**HERE, name: value}, data=b"\xff\x00=\xfe&week=%ff"
    )
    assert answer.status_code < 500
    assert b"Traceback" not in answer.data
    assert "evil" not in answer.text


def test_every_heading_is_a_sentence_that_somebody_can_read() -> None:
    assert {400, 403, 404, 405, 409, 413, 414, 422, 500, 503} <= set(HEADINGS)
    assert all(words[0].isupper() and not words.endswith(".") for words in HEADINGS.values())


def test_whoever_has_to_wait_is_told_how_long_on_any_page(stranger: PageClient) -> None:
    answers = [stranger.get("/set-password/never-made") for _ in range(51)]
    assert {page.status for page in answers[:50]} == {404}
    assert answers[-1].status == 429
    assert answers[-1].response.headers["Retry-After"] == "15"
    assert "Wait 15 seconds" in answers[-1].text
