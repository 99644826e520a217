"""What people see: sites and weeks, a week by day, a person's week, the wall, the files."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.views import WeekView
from pipe_sched.check import Finding
from pipe_sched.core import phrase
from pipe_sched.core.phrase import Phrase
from pipe_sched.core.plan import RoomRow
from pipe_sched.formats.workbook_write import as_bytes
from pipe_sched.store.engine import Store
from pipe_sched.web import create_app, week
from pipe_sched.web.handles import handle
from tests.actions.builders import BOTH, CLOCK, art
from tests.actions.lives import publish
from tests.web.client import PageClient
from tests.web.conftest import (
    MARKED,
    WEEK,
    answer,
    client_for,
    generate,
    key_work,
    plan,
    worker_beats,
)

ESCAPED = "&lt;b&gt;Resident&lt;/b&gt; &amp; Co"
BANNER = "No worker is running"


def seen_week(store: Store) -> WeekView:
    found = see_week(store, LOCAL, "north", CLOCK)
    assert found is not None
    return found


def test_an_empty_store_asks_for_a_workbook(tmp_path: Path) -> None:
    page = client_for(create_app(f"sqlite:///{tmp_path}/empty.db"), "manager").get("/")
    assert "There are no premises yet" in page.text
    assert [f.action for f in page.html.forms] == ["/workbook"]


def test_the_first_page_names_every_premises(client: PageClient) -> None:
    page = client.get("/")
    assert "North House" in page.text
    assert "South House" in page.text
    assert page.text.count("No week has been drawn up yet.") == 2


def test_the_first_page_says_how_far_each_week_is(client: PageClient, held: Store) -> None:
    page = client.get("/")
    assert WEEK in page.html.links
    assert "Draft 1" in page.text
    assert "2 of 4" in page.text


def test_drawing_up_a_week_says_what_is_due_and_shows_it(client: PageClient) -> None:
    page = client.send(client.get("/"), "/weeks", week=str(CLOCK))
    assert "Week 49 is drawn up. Sessions due: 6 new." in page.text
    assert "4 sessions are due. There is no timetable yet." in page.text
    again = client.send(client.get("/"), "/weeks", week=str(CLOCK).lower())
    assert "Sessions due: 6 as before." in again.text
    assert "is drawn up" not in client.get(WEEK).text


def test_a_week_without_a_timetable_offers_generate_and_no_files(
    client: PageClient, store: Store
) -> None:
    draw_up_week(store, LOCAL, BOTH, CLOCK)
    page = client.get(WEEK)
    assert [f.action for f in page.html.forms] == [f"{WEEK}/generate"]
    assert f"{WEEK}/timetable.csv" not in page.html.links


def test_a_day_shows_its_sessions_with_room_people_and_times(
    client: PageClient, held: Store
) -> None:
    page = client.get(f"{WEEK}?day=0")
    assert page.heading == "North House"
    assert "Monday 30 November" in page.text
    for words in ("Lounge 1", "Socially creative session", "Worker 1-w1", "2 attending"):
        assert words in page.text
    assert "10:00<span" in page.text
    assert "No sessions on this day" in client.get(f"{WEEK}?day=1").text


def test_a_resident_is_named_as_written_and_nothing_is_markup(
    client: PageClient, held: Store
) -> None:
    for path in (
        WEEK,
        f"{WEEK}?view=week",
        f"{WEEK}/people",
        f"{WEEK}/people/{handle('X0000011')}",
    ):
        page = client.get(path)
        assert MARKED not in page.text
        assert ESCAPED in page.text or path == WEEK


def test_the_page_says_what_is_held_how_good_that_is_and_that_no_rule_is_broken(
    client: PageClient, held: Store
) -> None:
    page = client.get(WEEK)
    assert "<strong>2 of 4 due.</strong> Nothing better exists." in page.text
    assert "No rule that must hold is broken." in page.text
    assert "1, 2 January 2024 at 9am" in page.text


def test_what_is_not_held_comes_with_its_reasons_before_the_timetable(
    client: PageClient, held: Store
) -> None:
    page = client.get(WEEK)
    assert "Shared Psychologist is away." in page.text
    assert "No reason has been worked out yet for this one." in page.text
    assert page.text.index("Not held, and why") < page.text.index('id="timetable"')


def test_a_broken_rule_is_said_in_words(
    client: PageClient, held: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = Phrase("{0} is led by somebody on leave.", (phrase.demand("north:1-art:group:1"),))
    broken = Finding("on_shift", "north", "key", say, "must", "held", 1, 0, ())

    def with_fault(*given: Any, **more: Any) -> WeekView | None:
        view = see_week(*given, **more)
        return view and replace(view, findings=(broken, *view.findings))

    monkeypatch.setattr(week, "see_week", with_fault)
    page = client.get(WEEK)
    assert "1 broken" in page.text
    assert "Socially creative session is led by somebody on leave." in page.text


def test_data_that_changed_since_are_noticed(client: PageClient, held: Store) -> None:
    notice = "Something changed after this draft was saved"
    assert notice not in client.get(WEEK).text
    import_plan(held, LOCAL, replace(plan(), rooms=(RoomRow("1-new", "north", "New room", 4),)))
    assert notice in client.get(WEEK).text
    assert "Data changed since" in client.get("/").text


def test_wishes_that_gave_way_are_grouped_by_rule(client: PageClient, held: Store) -> None:
    page = client.get(WEEK)
    titles = {one.title for one in week.consequences(seen_week(held), "north")}
    assert titles
    assert all(f"{title} (" in page.text for title in titles)


def test_the_week_at_a_glance_has_every_day(client: PageClient, held: Store) -> None:
    page = client.get(f"{WEEK}?view=week")
    assert page.text.count("app-glance__title") == 7
    assert "10:00 to 11:00" in page.text


def test_a_persons_week_shows_shifts_and_own_sessions_alone(
    client: PageClient, held: Store
) -> None:
    page = client.get(f"{WEEK}/people/{handle('1-w1')}")
    assert page.heading == "Worker 1-w1"
    assert "On shift 08:00 to 20:00" in page.text
    assert "Socially creative session" in page.text
    assert "Socially" not in client.get(f"{WEEK}/people/{handle('1-w2')}").text
    assert f"{WEEK}/people/{handle('1-w1')}" in client.get(f"{WEEK}/people").html.links


def test_another_premises_resident_is_not_found_here(client: PageClient, held: Store) -> None:
    assert client.get(f"{WEEK}/people/{handle('X0000021')}").status == 404
    assert "X0000021" not in client.get(f"{WEEK}/people").text


def test_the_sheet_for_the_wall_has_groups_and_initials_alone(
    client: PageClient, held: Store
) -> None:
    assert "Publish the week first" in client.get(f"{WEEK}/wall").text
    publish(held)
    page = client.get(f"{WEEK}/wall")
    assert "Socially creative session" in page.text
    assert "with W1" in page.text
    for private in ("Key work", "Worker", "Resident", "X0000011", ESCAPED):
        assert private not in page.text


def test_the_banner_shows_while_no_worker_is_alive(client: PageClient, held: Store) -> None:
    for path in ("/", WEEK, f"{WEEK}/people"):
        assert BANNER in client.get(path).text
    worker_beats(held)
    for path in ("/", WEEK, f"{WEEK}/people"):
        assert BANNER not in client.get(path).text


def test_generate_queues_a_run_and_shows_it(client: PageClient, held: Store) -> None:
    page = client.send(client.get(WEEK), "/generate")
    assert "Waiting for a worker." in page.text
    assert any(f.action.endswith("/stop") for f in page.html.forms)
    assert not any(f.action.endswith("/generate") for f in page.html.forms)
    assert "progress.js" in page.text


def test_the_page_shows_the_new_timetable_once_the_run_has_ended(
    client: PageClient, held: Store
) -> None:
    generate(held, minutes=1)
    assert "progress.js" in client.get(WEEK).text
    answer(held, art("north", 11))
    done = client.get(WEEK)
    assert "progress.js" not in done.text
    assert "<strong>1 of 4 due.</strong>" in done.text


def test_the_progress_is_said_without_any_id_or_name(client: PageClient, held: Store) -> None:
    run = generate(held, minutes=1)
    body = client.get(f"/runs/{run}/progress").response.get_json()
    assert body == {"active": True, "text": "Waiting for a worker.", "percent": 0}
    answer(held, art("north", 10))
    assert client.get(f"/runs/{run}/progress").response.get_json()["active"] is False


def test_stop_ends_a_run_that_nobody_works_on(client: PageClient, held: Store) -> None:
    generate(held, minutes=1)
    page = client.send(client.get(WEEK), "/stop")
    assert "progress.js" not in page.text
    assert "<strong>2 of 4 due.</strong>" in page.text


def test_a_run_that_failed_says_why(client: PageClient, held: Store) -> None:
    generate(held, minutes=1)
    answer(held, timetable=None, status="unknown", error="The planner fell over.")
    assert "The planner fell over." in client.get(WEEK).text


def test_a_workbook_is_shown_before_it_is_stored(client: PageClient, store: Store) -> None:
    more = replace(plan(), rooms=(*plan().rooms, RoomRow("1-new", "north", "New room", 4)))
    data = as_bytes(more)
    sent = {"workbook": (BytesIO(data), "../../week.xlsx")}
    preview = client.send(client.get("/"), "/workbook", **sent)
    assert "1 new rows and 0 changed rows" in preview.text
    assert "Rooms: 1 added." in preview.text
    ending = preview.html.forms[0].action
    stored = client.send(preview, ending)
    assert "Stored: 1 new rows and 0 changed rows." in stored.text
    late = client.post(ending, preview.html.forms[0].fields)
    assert late.status == 404
    assert "Choose the file again" in late.text


def test_the_same_workbook_again_has_nothing_to_store(client: PageClient) -> None:
    sent = {"workbook": (BytesIO(as_bytes(plan())), "week.xlsx")}
    page = client.send(client.get("/"), "/workbook", **sent)
    assert "nothing new" in page.text
    assert page.html.forms == []


def test_the_empty_workbook_can_be_downloaded(client: PageClient) -> None:
    answered = client.get("/template.xlsx").response
    assert answered.get_data()[:2] == b"PK"
    assert "attachment" in answered.headers["Content-Disposition"]


def test_the_files_of_a_week_can_be_downloaded(client: PageClient, held: Store) -> None:
    assert client.get(f"{WEEK}/timetable.csv").status == 404, "a draft leaves in no such file"
    publish(held)
    csv = client.get(f"{WEEK}/timetable.csv").response
    assert csv.get_data().startswith("\ufeffDate,".encode())
    assert "Worker 1-w1" in csv.get_data(as_text=True)
    ics = client.get(f"{WEEK}/timetable.ics").response.get_data(as_text=True)
    assert ics.count("BEGIN:VEVENT") == 2
    one = client.get(f"{WEEK}/timetable.ics?person={handle('1-w1')}").response.get_data(
        as_text=True
    )
    assert one.count("BEGIN:VEVENT") == 2
    timetable = json.loads(client.get(f"{WEEK}/timetable.json").response.get_data())
    assert "north:1-art:group:1" in json.dumps(timetable)


@pytest.mark.parametrize("file", ["timetable.ics", "week.json", "timetable.json"])
def test_files_for_elsewhere_hold_no_name(client: PageClient, held: Store, file: str) -> None:
    publish(held)
    text = client.get(f"{WEEK}/{file}").response.get_data(as_text=True)
    for name in ("Resident", "Worker", "Psychologist", "Key work"):
        assert name not in text


def test_today_is_the_day_shown_when_none_is_asked_for(
    client: PageClient, held: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wednesday(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Wednesday:
            return cls(2026, 12, 2, 9, tzinfo=tz)

    monkeypatch.setattr(week, "datetime", Wednesday)
    assert 'id="timetable-title">Wednesday 2 December<' in client.get(WEEK).text
    assert 'id="timetable-title">Monday 30 November<' in client.get(f"{WEEK}?day=0").text


def test_a_second_run_keeps_the_first_draft(client: PageClient, held: Store) -> None:
    generate(held, minutes=1)
    answer(held, art("north", 10), key_work("X0000011", 15))
    page = client.get(WEEK)
    assert "2, 2 January 2024" in page.text
    assert "Draft 2" in client.get("/").text
