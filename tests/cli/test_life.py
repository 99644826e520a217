"""Publishing and restoring from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipe_sched.cli import main
from pipe_sched.store.engine import open_store
from tests.actions.conftest import filled
from tests.actions.lives import ALL, change, move, place_of, view
from tests.actions.runs import planned

__all__ = ["filled"]
HERE = ["--site", "north", "--week", "2026-W49"]
ART = "north:1-art:group:1"


@pytest.fixture
def url(tmp_path: Path, filled: Path) -> str:
    """Two premises, planned."""
    shutil.copyfile(filled, tmp_path / "store.db")
    address = f"sqlite:///{tmp_path / 'store.db'}"
    assert planned(open_store(address), *ALL) == "done"
    return address


def test_a_draft_is_published_after_a_look_at_what_that_does(url: str, capsys) -> None:
    assert main(["publish", *HERE, "--preview", "--store", url]) == 0
    assert "New: Socially creative session on Monday 10am." in capsys.readouterr().out
    assert view(open_store(url)).published is None
    assert main(["publish", *HERE, "--store", url]) == 0
    assert "Published version 1 of 2026-W49 at north." in capsys.readouterr().out


def test_a_version_is_made_the_draft_again(url: str, capsys) -> None:
    main(["publish", *HERE, "--store", url])
    change(open_store(url), move(place_of(open_store(url), ART), 12))
    main(["publish", *HERE, "--store", url])
    assert "Whom to tell: Worker 1-w1" in capsys.readouterr().out
    assert main(["restore", "1", *HERE, "--store", url]) == 0
    assert "Version 1 of 2026-W49 at north is draft 3 now." in capsys.readouterr().out
    assert place_of(open_store(url), ART).start == 600


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["publish", "--site", "west", "--week", "2026-W49"], "was drawn up for “west”"),
        (["publish", "--site", "north", "--week", "2027-W53"], "Week 53 of 2027"),
        (["publish", "--site", "north", "--week", "2026-W30"], "No week 2026-W30 was drawn up"),
        (["restore", "7", *HERE], "There is no version 7"),
    ],
)
def test_what_is_not_there_is_one_sentence(url: str, capsys, words, says: str) -> None:
    assert main([*words, "--store", url]) == 2
    assert says in capsys.readouterr().err
