"""Every page in a real Chromium: as wide as its window, faultless to axe, no policy broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.door import EVERY_SITE
from tests.browser.conftest import PATIENCE, SITES, Running

pytestmark = pytest.mark.browser
WEEK = "/sites/kirk-lodge/2026-W49"
PAGES = {
    "sites": "/",
    "day": f"{WEEK}?day=2",
    "weekend": f"{WEEK}?day=6",
    "glance": f"{WEEK}?view=week",
    "people": f"{WEEK}/people",
    "wall": f"{WEEK}/wall",
    "publish": f"{WEEK}/publish",
    "publish first": "/sites/crowley-house/2026-W49/publish",
    "versions": f"{WEEK}/versions",
    "version": f"{WEEK}/versions/1",
    "one-off": f"{WEEK}/one-off",
    "happened": f"{WEEK}/happened",
    "not published": "/sites/crowley-house/2026-W49/wall",
    "absent": "/sites/nowhere/2026-W49",
    "no such week": "/sites/kirk-lodge/2027-W53",
    "record": "/record",
    "who looked": "/record?what=views&site=kirk-lodge",
    "record of a week": "/record/week/2026-W49?site=kirk-lodge",
}

OWN_WEEKS = ("Worker Cobalt", "Resident Alder", "Resident (name withheld)")
"""People whose week is looked at: found by name, since no address tells whose it is."""


@pytest.fixture
def said(page: Page) -> Iterator[list[str]]:
    """What the browser complains of while the test runs; a refused policy is in it."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert [text for text in found if "Failed to load resource" not in text] == []


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-components=started]", state="attached")


def faults(page: Page, axe: str) -> list[tuple[str, str]]:
    """What axe finds wrong: the rule and the first place."""
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    assert found["passes"]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]]


def wider(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found - width


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_axe_finds_no_fault(
    page: Page, said: list[str], running: Running, vendor: object, axe: str, name: str
) -> None:
    opened(page, running.address + PAGES[name])
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert wider(page) == 0
    assert faults(page, axe) == []


def test_how_long_data_are_kept_fits_and_axe_finds_no_fault(
    page: Page, said: list[str], running: Running, vendor: object, axe: str
) -> None:
    running.let_in(page, "administrator", EVERY_SITE)
    opened(page, running.address + "/retention")
    assert wider(page) == 0
    assert faults(page, axe) == []
    page.get_by_role("button", name="See what goes").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert faults(page, axe) == []


@pytest.mark.parametrize("name", OWN_WEEKS)
def test_a_persons_week_fits_and_axe_finds_no_fault(
    page: Page, said: list[str], running: Running, vendor: object, axe: str, name: str
) -> None:
    opened(page, f"{running.address}{WEEK}/people")
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_selector("html[data-components=started]", state="attached")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert wider(page) == 0
    assert faults(page, axe) == []


def test_a_mistake_in_a_form_is_shown_without_a_fault(
    page: Page, said: list[str], running: Running, vendor: object, axe: str
) -> None:
    opened(page, running.address)
    page.get_by_role("textbox", name="Week").fill("2027-W53")
    page.get_by_role("button", name="Draw up the week").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Week 53 of 2027 does not exist")
    page.wait_for_selector("html[data-ready]", state="attached")
    assert wider(page) == 0
    assert faults(page, axe) == []


def test_a_file_that_is_no_workbook_is_shown_without_a_fault(
    page: Page, said: list[str], running: Running, vendor: object, axe: str
) -> None:
    opened(page, running.address)
    file = {"name": "week.xlsx", "mimeType": "application/zip", "buffer": b"not a workbook"}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read the workbook").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("cannot be used")
    page.wait_for_selector("html[data-ready]", state="attached")
    assert wider(page) == 0
    assert faults(page, axe) == []


def test_the_cards_of_a_day_show_their_time_and_title_whole(
    desk: Page, running: Running, vendor: object
) -> None:
    page = desk
    for day in range(7):
        opened(page, f"{running.address}{WEEK}?day={day}")
        cut = page.evaluate(
            """[...document.querySelectorAll('.app-session')].filter(card => {
                const frame = card.getBoundingClientRect()
                const parts = ['time', 'title'].map(p => card.querySelector('.app-session__' + p))
                return parts.some(p => p.getBoundingClientRect().bottom > frame.bottom + 1
                                       || p.scrollHeight > p.clientHeight + 1)
            }).map(card => card.innerText)"""
        )
        assert cut == []


def test_no_card_hides_another(desk: Page, running: Running, vendor: object) -> None:
    page = desk
    seen = 0
    for site in SITES:
        for day in range(5):
            opened(page, f"{running.address}/sites/{site}/2026-W49?day={day}")
            boxes = page.evaluate(
                """[...document.querySelectorAll('.app-session, .app-cover')].map(card => {
                    const b = card.getBoundingClientRect()
                    return [b.left, b.right, b.top, b.bottom]
                })"""
            )
            seen += len(boxes)
            assert [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if over(a, b)] == []
    assert seen


def over(a: list[float], b: list[float]) -> bool:
    """Whether two boxes (left, right, top, bottom) cover more than a pixel of each other."""
    return min(a[1], b[1]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[2], b[2]) > 1


def test_the_sheet_for_the_wall_is_one_page_of_paper(
    desk: Page, running: Running, vendor: object
) -> None:
    page = desk
    opened(page, f"{running.address}{WEEK}/wall")
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 1


def tab_to(page: Page, words: str, most: int = 80) -> None:
    """Press Tab until what has the focus says just these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
            " || document.activeElement.value || ''"
        )
        if words == focused.strip():
            return
    pytest.fail(f"Tab never reached “{words}”", pytrace=False)


def test_a_week_is_drawn_up_planned_watched_and_stopped_by_keyboard(
    browser: Browser, desk: Page, running: Running, vendor: object, axe: str
) -> None:
    page = desk
    opened(page, running.address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    tab_to(page, "Week")
    page.keyboard.press("Control+A")
    page.keyboard.type("2026-W51")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Week 51 is drawn up.")).to_be_visible()
    expect(page.get_by_text("There is no timetable yet.")).to_be_visible()

    page.wait_for_selector("html[data-ready]", state="attached")
    tab_to(page, "30 seconds")
    page.keyboard.press("ArrowRight")
    tab_to(page, "Generate timetable")
    page.keyboard.press("Enter")
    status = page.get_by_role("status")
    placed = re.compile(r"So far [1-9]\d* sessions? ha")
    expect(status).to_contain_text(placed, timeout=PATIENCE * 1000)
    page.wait_for_selector("html[data-ready]", state="attached")
    assert faults(page, axe) == []
    without_scripts(browser, running, page.url)

    tab_to(page, "Stop and keep the best so far")
    page.keyboard.press("Enter")
    held = page.get_by_text("due.", exact=False).first
    expect(page.get_by_role("heading", name="Not held, and why")).to_be_visible(
        timeout=PATIENCE * 1000
    )
    expect(held).to_be_visible()
    expect(page.locator("progress")).to_have_count(0)
    tab_to(page, "Tuesday 15")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tuesday 15 December")).to_be_visible()


def without_scripts(browser: Browser, running: Running, address: str) -> None:
    """The run's page says how far it is, and how to look again, where scripts are off."""
    context = browser.new_context(java_script_enabled=False)
    page = running.let_in(context.new_page())
    page.goto(address)
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("link", name="See how far it is")).to_be_visible()
    context.close()
