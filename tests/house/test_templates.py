"""Templates escape what people typed and hold nothing that a strict CSP refuses."""

from __future__ import annotations

import re

import pytest

from tests.house.files import modules, name, templates

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE)
GOVUK_BRAND = re.compile(r"components/(header|footer)/macro")


REFUSED = {
    "escaping switched off": (UNESCAPED, "<p>{{ note|safe }}</p>"),
    "escaping switched off for a block": (UNESCAPED, "{% autoescape false %}"),
    "a script without the nonce": (SCRIPT, '<script src="a.js"></script>'),
    "an inline style": (STYLE, '<p style="color: red">'),
    "a style element": (STYLE, "<style>p {}</style>"),
    "an inline event handler": (HANDLER, '<button onclick="go()">'),
    "the header of GOV.UK": (
        GOVUK_BRAND,
        '{% from "govuk_frontend_jinja/components/header/macro.html" import govukHeader %}',
    ),
}


def hits(pattern: re.Pattern[str], text: str, allowed: str | None = None) -> list[int]:
    """The lines that hold the pattern outside comments, unless the hit holds the allowed word."""
    bare = COMMENT.sub(lambda hit: "\n" * hit[0].count("\n"), text)
    return [
        bare.count("\n", 0, hit.start()) + 1
        for hit in pattern.finditer(bare)
        if allowed is None or allowed not in hit[0]
    ]


def places(pattern: re.Pattern[str], allowed: str | None = None) -> list[str]:
    """Where templates hold the pattern: file and line."""
    return [
        f"{name(path)}:{line}"
        for path in templates()
        for line in hits(pattern, path.read_text(encoding="utf-8"), allowed)
    ]


@pytest.mark.parametrize("fault", REFUSED)
def test_the_search_sees_what_it_looks_for(fault: str) -> None:
    pattern, planted = REFUSED[fault]
    assert hits(pattern, f"{{# |safe #}}\n{planted}", allowed="nonce=") == [2]


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


def test_no_code_makes_markup_past_the_templates() -> None:
    words = re.compile(r"\bMarkup\b|render_template_string|from_string")
    made = [name(path) for path in modules("pipe_sched") if words.search(path.read_text("utf-8"))]
    assert not made
