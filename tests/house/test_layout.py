"""The layout of every page: its title, its one banner, its width, and what it does without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask, render_template
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.house.files import ROOT

BANNER = "No worker is running"
POLICY = "default-src 'none'; script-src 'self' 'nonce-once'; style-src 'self'; img-src 'self'"
LONG_WORD = "Unbroken" * 40


@pytest.fixture(scope="module")
def app() -> Flask:
    """A server of one page, made of the layout and nothing else."""
    made = Flask("layout", root_path=str(ROOT))
    made.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )

    @made.get("/")
    def show() -> tuple[str, dict[str, str]]:
        text = render_template(
            "error.html",
            heading="There is no such week",
            message=f"Week 53 of 2027 does not exist. {LONG_WORD}",
            csp_nonce="once",
            no_worker=True,
        )
        return text, {"Content-Security-Policy": POLICY}

    return made


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where that page is served while these tests run."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()


def drawn(app: Flask, **given: Any) -> str:
    """The error page as text."""
    with app.test_request_context():
        return render_template("error.html", **given)


def test_a_page_has_one_heading_and_the_same_words_in_its_title(app: Flask) -> None:
    text = drawn(app, heading="There is no such week", message="Choose another.")
    assert text.count("<h1") == 1
    assert "<title>There is no such week - pipe-sched</title>" in text
    assert "Choose another." in text


def test_the_banner_shows_only_while_no_worker_is_alive(app: Flask) -> None:
    assert BANNER in drawn(app, no_worker=True)
    assert "pipe-sched worker" in drawn(app, no_worker=True)
    assert BANNER not in drawn(app, no_worker=False)
    assert BANNER not in drawn(app)


def test_what_people_typed_is_escaped(app: Flask) -> None:
    text = drawn(app, heading="<img onerror=x>", message="<script>")
    assert "<img" not in text
    assert "&lt;img" in text
    assert "&lt;script&gt;" in text


def test_every_script_of_the_layout_carries_the_nonce(app: Flask) -> None:
    text = drawn(app, csp_nonce="once")
    assert text.count("<script") == text.count('nonce="once"') == 2


def test_the_crown_the_crest_and_the_name_of_gov_uk_are_not_shown(app: Flask) -> None:
    text = drawn(app)
    assert "govuk-header" not in text
    assert "govuk-footer" not in text
    assert "crown" not in text.lower()


def test_the_style_sheet_brings_no_font_or_image_of_gov_uk(vendor: Path) -> None:
    css = (vendor / "pipe-sched.css").read_text(encoding="utf-8")
    assert "font-family:Arial" in css
    for foreign in ("GDS Transport", "@font-face", "crest", "url("):
        assert foreign not in css


@pytest.mark.browser
def test_the_page_fits_its_window_and_breaks_no_policy(
    page: Page, address: str, vendor: Path
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.wait_for_selector("html[data-components=started]", state="attached")
    assert not said
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
def test_the_page_has_no_accessibility_fault_that_axe_knows(
    page: Page, address: str, vendor: Path, axe: str
) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    assert found["passes"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []


@pytest.mark.browser
def test_the_page_is_readable_and_ready_without_its_built_styles(page: Page, address: str) -> None:
    page.route("**/static/vendor/**", lambda route: route.abort())
    page.goto(address)
    page.wait_for_selector("html[data-components=missing][data-ready]", state="attached")
    assert page.get_by_role("heading", name="There is no such week").is_visible()
    assert page.get_by_role("heading", name=BANNER).is_visible()
    assert page.get_by_role("link", name="Go to sites and weeks").is_visible()
