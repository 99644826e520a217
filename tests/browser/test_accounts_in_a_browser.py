"""Somebody's first day in a real Chromium: link, app, codes, account; and an administrator's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from pipe_sched.access import LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.make_link import make_link
from pipe_sched.identity.second_factor import code_at
from tests.browser.conftest import Running
from tests.browser.test_life_in_a_browser import Walk
from tests.browser.test_pages_in_a_browser import opened, said

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("page", [1280], ids=["both widths"], indirect=True),
]
__all__ = ["said"]
PASSWORD = "three words in a row"
OTHER = "some other words entirely"


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)


def test_a_first_day_from_the_link_to_signing_in_with_a_recovery_code(
    page: Page, said: list[str], running: Running, vendor: object, axe: str
) -> None:
    email = "first.day@example.org"
    held = frozenset({("key_worker", "kirk-lodge")})
    made = make_account(running.store, LOCAL, email, Facts("Worker Cobalt", held))
    page.context.clear_cookies()
    walk = Walk(page, axe)
    opened(page, f"{running.address}/set-password/{make_link(running.store, LOCAL, made).token}")
    walk.look()
    fill(page, password="short", again="short")
    walk.press("Set password")
    walk.sees("Use at least 12 letters")
    fill(page, password=PASSWORD, again=PASSWORD)
    walk.press("Set password")
    walk.sees("Set up your authenticator app")

    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".app-secret").inner_text().replace(" ", "")
    fill(page, code="000000")
    walk.press("Continue")
    walk.sees("not the one that belongs to this picture")
    fill(page, code=code_at(secret, datetime.now(UTC)))
    walk.press("Continue")
    codes = page.locator(".app-codes code").all_inner_texts()
    assert len(codes) == 10
    walk.press("I have kept them")
    walk.sees("Sites and weeks")

    opened(page, f"{running.address}/account")
    walk.look()
    walk.sees("Key worker, Kirk Lodge")
    for name in ("Use another phone", "Make new ones", "Change"):
        page.locator("dl").get_by_role("link", name=name).first.click()
        walk.look()
        page.get_by_role("link", name="Your account", exact=True).last.click()
    opened(page, f"{running.address}/account/password")
    fill(page, current="wrong", password=OTHER, again=OTHER)
    walk.press("Change password")
    walk.sees("This is not your password now.")
    opened(page, f"{running.address}/permissions")
    walk.look()

    walk.press("Sign out")
    fill(page, email=email, password="wrong")
    walk.press("Continue")
    walk.sees("The email address or the password is not right.")
    fill(page, email=email, password=PASSWORD)
    walk.press("Continue")
    walk.press("use a recovery code", role="link")
    fill(page, code=codes[0].lower())
    walk.press("Sign in")
    opened(page, f"{running.address}/accounts")
    walk.look()
    walk.sees("Your role does not allow this.")


def test_an_administrator_adds_somebody_changes_them_and_ends_their_sign_ins(
    page: Page, said: list[str], running: Running, vendor: object, axe: str
) -> None:
    running.let_in(page, "administrator", [""])
    walk = Walk(page, axe)
    opened(page, f"{running.address}/accounts")
    walk.look()
    walk.press("Add somebody")
    fill(page, name="Worker Gold", email="gold@example.org")
    page.locator("#role_0").select_option("staff")
    walk.press("Make the account")
    walk.sees("Choose where this role is held.")
    page.locator("#site_0").select_option("kirk-lodge")
    walk.press("Make the account")
    expect(page.locator(".app-secret")).to_contain_text("/set-password/")

    walk.press("Back to all accounts", role="link")
    walk.press("Worker Gold", role="link")
    old = page.url
    page.locator("#role_1").select_option("regime_lead")
    page.locator("#site_1").select_option("*")
    walk.press("Save")
    walk.sees("Worker Gold is changed.")
    walk.sees("Regime lead, every site")
    opened(page, old)
    walk.press("Make a new link")
    walk.sees("It is shown only now.")


def test_without_scripts_the_steps_of_signing_in_work_as_well(
    page: Page, running: Running, vendor: object
) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(running.address)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Sign in")
    plain.locator("#email").fill("nobody@example.org")
    plain.locator("#password").fill("wrong")
    plain.get_by_role("button", name="Continue").click()
    expect(plain.get_by_role("alert")).to_contain_text("is not right")
    context.close()
