"""The attacks on pages and sign-in see what they look for: a careless page, a telling answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import pytest

from bench.attack import same_time
from bench.attack.figures import no_more, within
from bench.attack.forms_in import forms_in
from bench.attack.payloads import PATTERNS, PAYLOADS, marked
from bench.attack.poisoned import unplanted
from bench.attack.poisoned_files import of_calendar, of_sheet
from bench.attack.same_time import KINDS, Answer, compared
from bench.attack.screen import Screen
from bench.attack.scripts import careless

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOME = "http://127.0.0.1:1"
"""Nobody answers there: everything that is shown is given."""
FORM = """
<form action="/sign-out" method="post"></form>
<form action="/weeks" method="post"><input type="hidden" name="csrf_token" value="t">
<input name="week" value="2026-W49"><input type="checkbox" name="a" value="1">
<input type="checkbox" name="b" value="2" checked><textarea name="note"></textarea>
<select name="site"><option value="x">X</option><option value="y" selected>Y</option></select>
<input type="file" name="workbook"><button name="go" value="now">Go</button></form>
"""


def test_every_payload_is_known_again_where_an_answer_repeats_it() -> None:
    assert len(PATTERNS) >= 40
    assert [p for p in PATTERNS if "912345" not in escape(marked(p, 912345))] == []


def test_every_column_of_free_text_holds_every_payload() -> None:
    assert unplanted() == []


def test_a_form_is_sent_as_a_browser_would_send_it() -> None:
    (form,) = forms_in(FORM)
    assert form.values == {
        "csrf_token": ["t"],
        "week": ["2026-W49"],
        "a": [],
        "b": ["2"],
        "note": [""],
        "site": ["y"],
        "go": ["now"],
    }
    assert (form.texts, form.files) == (["week", "note"], ["workbook"])


def test_the_screen_notices_what_a_careless_page_would_let_run(browser: Browser) -> None:
    screen = Screen(browser.new_page(), HOME)
    for n, kind in ((0, "ran"), (8, "away"), (28, "strange")):
        screen.show(careless(PAYLOADS[n], {}))
        assert getattr(screen.seen, kind), PAYLOADS[n]
    before = Counter(screen.seen.ran)
    screen.show(careless(PAYLOADS[0], {"Content-Security-Policy": "script-src 'self'"}))
    assert screen.seen.refused
    assert screen.seen.ran == before
    screen.page.close()


def test_the_screen_notices_nothing_on_a_page_that_escapes(browser: Browser) -> None:
    screen = Screen(browser.new_page(), HOME)
    screen.show(careless("&lt;script&gt;hit(0)&lt;/script&gt;", {}))
    seen = screen.seen
    assert not any((seen.ran, seen.away, seen.strange, seen.refused, seen.injected))
    screen.page.close()


def test_a_formula_and_an_injected_property_are_counted() -> None:
    sheet = "A,B\r\n'=1,=1\r\n".encode("utf-8-sig")
    assert [f.seen for f in of_sheet(sheet) if "formula" in f.what] == ["1"]
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:a\r\nATTACH:b\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert [f.seen for f in of_calendar(calendar.encode()) if "properties" in f.what] == ["1"]


def answers(**seconds: float) -> list[Answer]:
    """Some answers of every kind, each after these seconds (default: one)."""
    kinds = {kind: seconds.get(kind, 1.0) for kind in KINDS}
    return [Answer(kind, took, 400, ("same",)) for kind, took in kinds.items() for _ in range(3)]


def test_an_answer_that_takes_longer_or_says_more_is_seen() -> None:
    fine = compared("", answers(), 400)
    assert all(f.good is not False for f in fine)
    slow = [f for f in compared("", answers(unknown=0.5), 400) if f.good is False]
    assert [f.what for f in slow] == ["unknown: further from known than"]
    telling = [replace(a, rest=("more",)) if a.kind == "unknown" else a for a in answers()]
    assert [f.seen for f in compared("", telling, 400) if f.good is False] == ["3"]


def test_what_differs_on_every_page_is_left_out_and_nothing_else() -> None:
    plain = [f"<p>{KINDS[kind][0]} Wait 15 seconds</p>" for kind in ("known", "unknown")]
    for changes in same_time.CHANGES:
        plain = [changes.sub("*", text) for text in plain]
    assert plain[0] == plain[1] == "<p>* Wait *</p>"


@pytest.mark.parametrize(
    ("figure", "good"),
    [
        (no_more("x", 5, 5), True),
        (no_more("x", 5, 6), False),
        (no_more("x", 5, 0), False),
        (within("x", 0.1, 0.1), True),
        (within("x", 0.1, 0.11), False),
    ],
    ids=["as many", "too many", "none at all", "as much", "too much"],
)
def test_a_limit_is_held_or_not(figure: object, good: bool) -> None:
    assert figure.good is good  # type: ignore[attr-defined]
