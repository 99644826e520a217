"""A week lived through in a real Chromium: change, undo, publish, an absence, a re-plan."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Running
from tests.browser.test_pages_in_a_browser import faults, opened, said, wider

pytestmark = pytest.mark.browser
WEEK = "/sites/crowley-house/2026-W49"
__all__ = ["said"]
WIDTHS = (320, 1280)


class Walk:
    """One person at the pages; every page they come to is held to axe and its window."""

    def __init__(self, page: Page, axe: str) -> None:
        self.page, self.axe = page, axe

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=False).first.click()  # type: ignore[arg-type]
        self.look()

    def look(self) -> None:
        self.page.wait_for_load_state()
        self.page.wait_for_selector("html[data-components=started]", state="attached")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            assert wider(self.page) == 0
        assert faults(self.page, self.axe) == []

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text, timeout=PATIENCE * 1000)


@pytest.mark.parametrize("page", [1280], ids=["both widths"], indirect=True)
def test_a_week_is_changed_published_and_re_planned_after_an_absence(
    page: Page, said: list[str], running: Running, vendor: object, axe: str
) -> None:
    walk = Walk(page, axe)
    opened(page, f"{running.address}{WEEK}?view=week")
    walk.sees("Draft, not published")
    page.locator("a.app-session__link", has_text="Key work").first.click()
    walk.look()
    session = page.url

    page.locator("#time").fill("23:45")
    walk.press("Check this change")
    walk.sees("What this does")
    page.locator("#time").fill("quarter past")
    walk.press("Check this change")
    walk.sees("Enter a time like 9:15am or 14:30.")

    opened(page, session)
    page.get_by_text("Where else it fits as it is").click()
    page.locator("details a[href*='time=']").first.click()
    walk.look()
    walk.press("Check this change")
    walk.sees("It breaks no rule that must hold.")
    walk.press("Make this change")
    walk.sees("was changed.")
    walk.press("Undo")
    walk.sees("Undone: this is draft 1.")
    walk.press("Redo")

    walk.press("Publish")
    walk.press("Publish version 1")
    walk.sees("Published, version 1")

    walk.press("Something happened")
    page.get_by_text("Somebody is away").click()
    worker = page.locator("#away-who option").nth(1).inner_text()
    page.locator("#away-who").select_option(label=worker)
    walk.press("Record the absence")
    walk.sees("The week shows what it breaks")
    if not page.get_by_role("button", name="Re-plan the week").is_visible():
        page.get_by_text("Re-plan with few changes").click()
    page.get_by_label("10 seconds").check()
    walk.press("Re-plan the week")
    walk.sees("A changed timetable waits for you")
    walk.press("See what it changes", "link")
    walk.sees("Nothing is taken over until you accept it.")
    walk.press("Accept")
    walk.sees("is the draft now")
    walk.press("Publish")
    walk.press("Publish version 2")
    walk.press("Versions and drafts", "link")
    walk.sees("As planned")
    walk.press("Restore as draft")
    walk.sees("is the draft now")
