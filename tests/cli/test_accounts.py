"""Making the first administrator, and links, from the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.see_accounts import see_accounts
from pipe_sched.actions.use_link import look_at_link
from pipe_sched.actions.visitor import Visitor
from pipe_sched.cli import main
from pipe_sched.store.engine import open_store

LINK = re.compile(r"^  (\S+)/set-password/([\w-]{43})$", re.MULTILINE)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("PIPE_SCHED_PUBLIC_URL", raising=False)
    return f"sqlite:///{tmp_path / 'pipe.db'}"


def run(*words: str) -> int:
    return main(list(words))


def link_in(text: str) -> tuple[str, str]:
    found = LINK.search(text)
    assert found is not None, text
    return found[1], found[2]


def test_the_first_administrator_gets_a_link_that_works(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("make-admin", "Heather@Example.org", "--name", "Heather", "--store", url) == 0
    base, token = link_in(capsys.readouterr().out)
    assert base == "http://127.0.0.1:8000"
    store = open_store(url)
    assert look_at_link(store, token, Visitor()).email == "heather@example.org"
    (line,) = see_accounts(store, LOCAL).accounts
    assert (line.name, line.grants) == ("Heather", (("administrator", ""),))


def test_another_link_takes_the_place_of_the_first(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("make-admin", "heather@example.org", "--store", url)
    _, first = link_in(capsys.readouterr().out)
    assert run("make-link", "heather@example.org", "--new-second-factor", "--store", url) == 0
    _, second = link_in(capsys.readouterr().out)
    store = open_store(url)
    assert look_at_link(store, second, Visitor()).set_up
    with pytest.raises(ValueError, match="Ask an administrator"):
        look_at_link(store, first, Visitor())


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://Planner.example/", "https://planner.example"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("http://127.0.0.1:9/", "http://127.0.0.1:9"),
    ],
)
def test_a_link_begins_with_the_address_given(
    url: str, capsys: pytest.CaptureFixture[str], given: str, base: str
) -> None:
    assert run("make-admin", "h@example.org", "--store", url, "--url", given) == 0
    assert link_in(capsys.readouterr().out)[0] == base


def test_a_link_begins_with_the_public_address_of_the_environment(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPE_SCHED_PUBLIC_URL", "https://planner.example")
    assert run("make-admin", "h@example.org", "--store", url) == 0
    assert link_in(capsys.readouterr().out)[0] == "https://planner.example"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["make-admin", "no-address"], "Give an email address like name@example.org."),
        (["make-admin", ""], "Give an email address"),
        (["make-admin", "there@example.org"], "There is an account for there@example.org already."),
        (["make-admin", "x@example.org", "--name", "\x1b[31m"], "Give the person's name"),
        (["make-link", "nobody@example.org"], "There is no account for nobody@example.org."),
        (["make-link", "there@example.org", "--url", "ftp://x"], "must begin with https://"),
        (["make-link", "there@example.org", "--url", "http://127.0.0.1.evil.example"], "--url"),
        (["make-link", "there@example.org", "--url", "http://localhost:0"], "not an address"),
        (["make-link", "there@example.org", "--url", "http://localhost:8000/x"], "not an address"),
    ],
    ids=range(9),
)
def test_what_cannot_be_is_answered_with_a_sentence(
    url: str, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    run("make-admin", "there@example.org", "--store", url)
    capsys.readouterr()
    assert run(*words, "--store", url) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert "set-password" not in told.out
