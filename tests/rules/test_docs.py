"""The page of rules says what the rules say."""

from __future__ import annotations

from pipe_sched.rules.book import book
from pipe_sched.rules.page import markdown
from tests.house.files import ROOT

NAMES_IT = {"breach", "count", "counts", "counted"}


def words(text: str) -> set[str]:
    """The words of a text, in lower case."""
    return {word.strip(".,:;()*") for word in text.lower().split()}


def test_the_page_of_rules_is_current() -> None:
    page = ROOT / "docs" / "rules.md"
    assert page.exists(), "docs/rules.md is missing: run 'make docs' and commit it"
    written = page.read_text(encoding="utf-8")
    assert written == markdown(), "docs/rules.md is out of date: run 'make docs' and commit it"


def test_every_rule_says_what_its_breach_counts() -> None:
    silent = [r.name for r in book().values() if not NAMES_IT & words(r.why)]
    assert not silent, f"the docstring must say exactly what the breach counts: {silent}"


def test_every_title_is_one_short_line() -> None:
    long = [r.name for r in book().values() if not 3 <= len(r.title) <= 60]
    assert not long, f"the first line of the docstring is the title people read: {long}"
