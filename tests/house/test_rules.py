"""Every rule has a test file of its own name, and says what it demands."""

from __future__ import annotations

from pipe_sched.rules.book import book
from tests.house.files import ROOT


def test_every_rule_has_its_own_test_file() -> None:
    missing = [
        f"tests/rules/test_{rule}.py"
        for rule in book()
        if not (ROOT / "tests" / "rules" / f"test_{rule}.py").exists()
    ]
    assert not missing, f"write these: {missing}"


def test_every_rule_has_a_title_that_people_read_and_says_why() -> None:
    silent = [rule.name for rule in book().values() if not rule.title or not rule.why]
    assert not silent, f"the docstring needs a title line, then why: {silent}"
