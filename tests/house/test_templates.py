"""Templates escape what people typed and hold nothing that a strict CSP refuses."""

from __future__ import annotations

import re

from tests.house.files import name, templates

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE)
GOVUK_BRAND = re.compile(r"components/(header|footer)/macro")


def places(pattern: re.Pattern[str], allowed: str | None = None) -> list[str]:
    """Where templates hold the pattern: file and line, unless the hit holds the allowed word."""
    found = []
    for path in templates():
        text = COMMENT.sub(lambda hit: "\n" * hit[0].count("\n"), path.read_text(encoding="utf-8"))
        for hit in pattern.finditer(text):
            if allowed is None or allowed not in hit[0]:
                found.append(f"{name(path)}:{text.count(chr(10), 0, hit.start()) + 1}")
    return found


def test_the_search_finds_templates() -> None:
    assert any(name(path) == "templates/base.html" for path in templates())


def test_nothing_switches_escaping_off() -> None:
    assert not places(UNESCAPED)


def test_every_script_carries_the_nonce() -> None:
    assert not places(SCRIPT, allowed="nonce=")


def test_no_style_is_written_inline() -> None:
    assert not places(STYLE)


def test_no_event_handler_is_written_inline() -> None:
    assert not places(HANDLER)


def test_the_header_and_footer_of_gov_uk_are_not_used() -> None:
    assert not places(GOVUK_BRAND)
