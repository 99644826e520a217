"""The pages of a week's life: change, publish, what happened, proposals, versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipe_sched.access import LOCAL
from pipe_sched.actions.see_week import see_week
from pipe_sched.actions.views import WeekView
from pipe_sched.core.week import Lead
from pipe_sched.store.engine import Store
from pipe_sched.web.handles import handle
from tests.actions.builders import CLOCK, art
from tests.actions.lives import publish
from tests.web.client import Page, PageClient
from tests.web.conftest import MARKED, WEEK, answer, generate

ART, KEY = "north:1-art:group:1", "north:1-key:X0000011:1"
ART_PAGE = f"{WEEK}/sessions/{handle(ART)}"
KEY_PAGE = f"{WEEK}/sessions/{handle(KEY)}"
CHANGE = f"/sessions/{handle(ART)}"


def now(store: Store) -> WeekView:
    found = see_week(store, LOCAL, "north", CLOCK)
    assert found is not None
    return found


def start_of(store: Store, demand: str = ART) -> int:
    return next(a.start for a in now(store).timetable.assignments if a.demand == demand)


def filled(**more: Any) -> dict[str, Any]:
    """The art session's form at 12:30pm, as a browser would send it."""
    given = {
        "day": "0",
        "time": "12:30pm",
        "minutes": "60",
        "room": "1-lounge",
        "lead_0": handle("1-w1"),
        "people": [handle("X0000011"), handle("X0000012")],
        "also": "",
        "keep": "y",
    }
    return {**given, **more}


def send(client: PageClient, **more: Any) -> Page:
    return client.send(client.get(ART_PAGE), CHANGE, **filled(**more))


def test_a_session_has_a_page_and_the_day_leads_to_it(client: PageClient, held: Store) -> None:
    assert ART_PAGE in client.get(WEEK).html.links
    page = client.get(ART_PAGE)
    assert page.heading == "Socially creative session"
    assert "Monday 10am to 11am" in page.text


def test_no_address_of_a_session_holds_a_crn(client: PageClient, held: Store) -> None:
    assert not [link for link in client.get(WEEK).html.links if "X0000011" in link]


def test_checking_says_what_it_does_and_stores_nothing(client: PageClient, held: Store) -> None:
    page = send(client)
    assert "What this does" in page.text
    assert "Moved: Socially creative session from Monday 10am to Monday 12:30pm." in page.text
    assert "Touches 3 people:" in page.text
    assert "Make this change" in page.text
    assert start_of(held) == 600


def test_making_it_stores_it_and_goes_back_to_the_day(client: PageClient, held: Store) -> None:
    page = send(client, make="1")
    assert "The session was changed." in page.text
    assert start_of(held) == 12 * 60 + 30
    assert "kept here" in page.text
    page = client.send(page, "/step", undo="1")
    assert "Undone: this is draft 1." in page.text
    assert start_of(held) == 600
    page = client.send(page, "/step", redo="1")
    assert "Done again: this is draft 2." in page.text


def test_a_broken_rule_is_made_only_with_a_reason(client: PageClient, held: Store) -> None:
    page = send(client, time="8:30am", make="1")
    assert page.status == 400
    assert "There is a problem" in page.text
    assert start_of(held) == 600
    names = [i for i in page.html.ids if i.startswith("agree-")]
    assert len(names) == 1
    page = send(client, time="8:30am", make="1", **{names[0]: "agreed"})
    assert "Agreed exceptions" in page.text
    assert "Agreed with everyone concerned." in page.text
    assert start_of(held) == 8 * 60 + 30


def test_what_can_never_be_has_no_button(client: PageClient, held: Store) -> None:
    page = send(client, time="10:07")
    assert "This can never be done" in page.text
    assert "Make this change" not in page.text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("time", "quarter past", "Enter a time like 9:15am or 14:30."),
        ("time", "", "Enter when it starts."),
        ("minutes", "0", "A session lasts from 5 to 480 minutes."),
        ("minutes", "lots", "Not a valid integer value."),
        ("day", "9", "Not a valid choice."),
        ("room", "elsewhere", "Not a valid choice."),
        ("lead_0", "", "Choose who leads the session."),
        ("lead_0", "nobody", "Not a valid choice."),
        ("people", "X999999", "is not a valid choice"),
    ],
)
def test_a_mistake_in_the_form_is_said_and_nothing_is_stored(
    client: PageClient, held: Store, field: str, value: str, says: str
) -> None:
    page = send(client, make="1", **{field: value})
    assert page.status == 400
    assert says in page.text
    assert now(held).revision == 1


def test_a_form_from_an_old_look_shows_both_and_keeps_what_was_typed(
    client: PageClient, held: Store
) -> None:
    mine = client.get(ART_PAGE)
    send(client, time="11:15am", make="1")
    page = client.send(mine, CHANGE, **filled(make="1"))
    assert page.status == 409
    assert "Moved: Socially creative session from Monday 10am to Monday 11:15am." in page.text
    assert "Moved: Socially creative session from Monday 11:15am to Monday 12:30pm." in page.text
    assert page.form(CHANGE).fields["time"] == "12:30pm"
    assert start_of(held) == 11 * 60 + 15
    client.send(page, CHANGE, **filled(make="1"))
    assert start_of(held) == 12 * 60 + 30


def test_a_double_press_makes_one_revision(client: PageClient, held: Store) -> None:
    mine = client.get(ART_PAGE)
    for _ in range(2):
        page = client.send(mine, CHANGE, **filled(make="1"))
        assert "was changed" in page.text
    assert now(held).revision == 2
    other = client.send(mine, CHANGE, **filled(time="11:30am", make="1"))
    assert other.status == 409, "the same key with another change is another request"


@pytest.mark.parametrize(
    ("page", "button", "fields"),
    [
        (ART_PAGE, "/cancel", {"reason": "too_few"}),
        (ART_PAGE, "/keep", {"keep": "1"}),
        (f"{WEEK}/publish", "/publish", {}),
    ],
    ids=["cancel", "keep", "publish"],
)
def test_every_press_that_is_sent_twice_gets_the_same_answer(
    client: PageClient, held: Store, page: str, button: str, fields: dict[str, str]
) -> None:
    form = client.get(page).form(button)
    first, second = (client.post(form.action, {**form.fields, **fields}) for _ in range(2))
    assert first.status == second.status == 303
    answers = [client.get(first.response.headers["Location"]).text]
    assert "version 2" not in answers[0]
    assert now(held).version == 3, "one step on from the first draft"


def test_a_session_that_is_not_held_can_be_placed_by_hand(client: PageClient, held: Store) -> None:
    other = "north:1-key:X0000012:1"
    page = client.get(f"{WEEK}/sessions/{handle(other)}")
    assert "has no place in this timetable yet" in page.text
    place = {
        "day": "0",
        "time": "15:00",
        "minutes": "45",
        "room": "1-lounge",
        "lead_0": handle("1-w2"),
    }
    client.send(page, f"/sessions/{handle(other)}", **place, keep="y", make="1")
    assert start_of(held, other) == 15 * 60


def test_a_cancelled_session_is_listed_and_comes_back(client: PageClient, held: Store) -> None:
    page = client.send(client.get(ART_PAGE), "/cancel", reason="")
    assert page.status == 400
    page = client.send(client.get(ART_PAGE), "/cancel", reason="too_few")
    assert "is cancelled. You can bring it back." in page.text
    assert "Too few people can come." in page.text
    page = client.send(page, "/back")
    assert "The session is back where it was." in page.text
    assert start_of(held) == 600


def test_a_session_and_all_sessions_are_kept_and_let_go(client: PageClient, held: Store) -> None:
    client.send(client.get(KEY_PAGE), "/keep")
    assert now(held).decisions.kept == (KEY,)
    page = client.send(client.get(WEEK), "/keep-all")
    assert len(now(held).decisions.kept) == 2
    client.post(f"{WEEK}/keep-all", {**page.form("/keep-all").fields, "let-go": "1", "key": "g"})
    assert now(held).decisions.kept == ()


def test_a_one_off_is_added_after_its_verdict(client: PageClient, held: Store) -> None:
    form = {
        "kind": "structured",
        "day": "0",
        "time": "3pm",
        "minutes": "45",
        "room": "1-lounge",
        "lead_0": handle("1-w2"),
        "lead_1": "",
        "people": [handle("X0000011")],
        "also": "",
    }
    page = client.send(client.get(f"{WEEK}/one-off"), "/one-off", **{**form, "kind": ""})
    assert "Choose a kind of session." in page.text
    page = client.send(client.get(f"{WEEK}/one-off"), "/one-off", **form)
    assert "New: Structured session on Monday 3pm." in page.text
    page = client.send(page, "/one-off", **form, make="1")
    assert "The session was added." in page.text
    assert len(now(held).decisions.one_offs) == 1


def test_publishing_asks_first_then_says_what_it_is(client: PageClient, held: Store) -> None:
    page = client.get(f"{WEEK}/publish")
    assert "version 1" in page.heading
    page = client.send(page, "/publish")
    assert "Version 1 is published." in page.text
    assert "Published, version 1" in page.text
    send(client, make="1")
    page = client.get(f"{WEEK}/publish")
    assert "Moved: Socially creative session from Monday 10am to Monday 12:30pm." in page.text
    assert "Whom to tell (3)" in page.text
    assert "Changed since version 1" in client.get(WEEK).text


def test_a_publish_from_an_old_look_is_refused_with_what_changed(
    client: PageClient, held: Store
) -> None:
    mine = client.get(f"{WEEK}/publish")
    send(client, make="1")
    page = client.send(mine, "/publish")
    assert page.status == 409
    assert "Moved: Socially creative session" in page.text
    assert now(held).published is None


def test_versions_are_listed_seen_and_restored(client: PageClient, held: Store) -> None:
    publish(held)
    send(client, make="1")
    publish(held)
    page = client.get(f"{WEEK}/versions")
    assert "In force" in page.text
    assert "As planned" in page.text
    assert "10:00 to 11:00" in client.get(f"{WEEK}/versions/1").text
    page = client.send(page, "/versions/1/restore")
    assert "Version 1 is the draft now." in page.text
    assert start_of(held) == 600


CHANGES = {"tier": "changes", "cost": 3, "bound": 3, "proven": True}
DAY = {"day": ["30", "11", "2026"], "until": ["30", "11", "2026"]}


def happened(client: PageClient, which: str, **fields: Any) -> Page:
    page = client.get(f"{WEEK}/happened")
    form = page.form(f"/happened/{which}")
    given = {f"{which}-{key}": value for key, value in fields.items()}
    return client.send(page, f"/happened/{which}", **{**form.fields, **given})


def test_an_absence_shows_what_it_breaks_and_a_proposal_mends_it(
    client: PageClient, held: Store
) -> None:
    publish(held)
    page = happened(client, "away", who=handle("1-w1"), at="8am", until_at="8pm", **DAY)
    assert "Recorded." in page.text
    assert "Worker 1-w1 is away Monday 8am to 8pm." in page.text
    assert "cannot be published yet" in client.get(f"{WEEK}/publish").text
    page = client.send(client.get(WEEK), "/generate", changes="most", most="")
    assert page.status == 400
    run = generate(held, minutes=1)
    other = (Lead("lead", "1-w2"),)
    places = [replace(art("north", 10), staff=other)]
    assert answer(held, *places, tiers=[CHANGES]) == "done"
    page = client.get(WEEK)
    assert "A changed timetable waits for you." in page.text
    page = client.get(f"{WEEK}/proposal")
    assert "led by Worker 1-w2 in place of Worker 1-w1" in page.text
    assert "Fewer changes are not possible." in page.text
    page = client.send(page, f"/proposal/{run}")
    assert "The changed timetable is the draft now." in page.text


def test_a_mistake_in_what_happened_opens_its_form_again(client: PageClient, held: Store) -> None:
    page = happened(client, "away", who="", at="8am", until_at="8pm", **DAY)
    assert page.status == 400
    assert "Choose a worker." in page.text
    page = happened(client, "away", who=handle("1-w1"), at="8pm", until_at="8am", **DAY)
    assert page.status == 400
    assert "The end must be after the start." in page.text
    page = happened(
        client, "arrival", crn="12", name="A", at="4pm", who=handle("1-w1"), day=DAY["day"]
    )
    assert "A CRN is a letter and six digits" in page.text


def test_a_stay_that_ends_is_held_back_until_they_have_left(
    client: PageClient, held: Store
) -> None:
    publish(held)
    who = handle("X0000011")
    page = happened(client, "leave", who=who, at="9am", day=DAY["day"])
    assert "Nothing outside this program shows it" in page.text
    assert "Held back" in page.text
    client.send(client.get(f"{WEEK}/publish"), "/publish")
    sheet = client.get(f"{WEEK}/timetable.csv").response.get_data(as_text=True)
    assert "Key work, C" in sheet, "by initials, as everybody is shown"
    assert MARKED not in sheet
    page = client.send(client.get(WEEK), f"/happened/left/{who}")
    assert "They have left." in page.text
    sheet = client.get(f"{WEEK}/timetable.csv").response.get_data(as_text=True)
    assert "Key work" not in sheet


def test_two_premises_are_published_in_the_same_moment(client: PageClient, held: Store) -> None:
    page = client.get(f"{WEEK}/publish")
    assert f"{WEEK}/publish?together=1" in page.html.links
    page = client.get(f"{WEEK}/publish?together=1")
    assert "South House, version 1" in page.text
    page = client.send(page, "/publish")
    assert "Version 1 is published." in page.text
    assert "Published, version 1" in client.get(WEEK.replace("north", "south")).text
