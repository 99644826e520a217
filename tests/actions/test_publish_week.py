"""Publishing: versions that never change, their differences in words, and who is booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pipe_sched.access import LOCAL
from pipe_sched.actions.errors import BadRequest, Conflict, NotFound, Overtaken
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.record_happening import Away, record_happening
from pipe_sched.actions.restore_version import restore_version
from pipe_sched.actions.see_versions import see_published, see_versions
from pipe_sched.actions.see_week import see_week
from pipe_sched.core.changes import Cancel, Put
from pipe_sched.core.week import Lead
from pipe_sched.store.engine import Store
from tests.actions.builders import CLOCK, NOW, art, case
from tests.actions.lives import ALL, change, move, place_of, publish, published, view
from tests.actions.runs import WORKER_SCOPE, generate, planned

ART, CASE = "north:1-art:group:1", "north:1-case:group:1"


def test_the_first_version_says_everything_is_new(store: Store) -> None:
    planned(store, *ALL)
    told = publish(store, save=False)
    assert told.version == 1
    assert told.says == (
        "New: Socially creative session on Monday 10am.",
        "New: Formulation on Monday 2pm.",
    )
    assert view(store).published is None, "asking stores nothing"
    publish(store)
    now = view(store)
    assert now.published is not None
    assert (now.published.version, now.published.changed) == (1, ())


def test_later_versions_say_what_moved_was_cancelled_or_is_led_by_others(store: Store) -> None:
    published(store)
    place = place_of(store, ART)
    change(store, Put(replace(place, start=12 * 60, staff=(Lead("lead", "1-w2"),))))
    change(store, Cancel(CASE, "no_room"))
    now = view(store).published
    assert now is not None
    told = publish(store)
    assert (
        told.says
        == now.changed
        == (
            "Cancelled: Formulation on Monday 2pm.",
            "Moved: Socially creative session from Monday 10am to Monday midday.",
            "Socially creative session: led by Worker 1-w2 in place of Worker 1-w1.",
        )
    )
    assert {"Worker 1-w1", "Worker 1-w2", "Shared Psychologist"} < set(told.names)
    lines = see_versions(store, LOCAL, "north", CLOCK)
    assert [(v.version, v.in_force) for v in lines.versions] == [(2, True), (1, False)]
    assert lines.versions[0].says == told.says
    assert [d.cause for d in lines.drafts] == ["change", "change", "generate"]


def test_there_is_nothing_to_publish_before_a_timetable(store: Store) -> None:
    with pytest.raises(NotFound, match="drawn up"):
        publish_week(store, LOCAL, "north", CLOCK, version=1)
    generate(store)
    with pytest.raises(BadRequest, match="no timetable"):
        publish(store)


def test_what_is_broken_now_is_in_the_way_until_it_is_agreed_to(store: Store) -> None:
    planned(store, *ALL)
    sick = Away("1-w1", CLOCK.monday, time(8), CLOCK.monday, time(20))
    record_happening(store, LOCAL, "north", sick)
    assert view(store).out_of_date
    assert [f.rule for f in view(store).broken] == ["on_shift"]
    with pytest.raises(BadRequest, match=r"cannot be published yet.*Worker 1-w1"):
        publish(store)
    place = replace(place_of(store, ART), staff=(Lead("lead", "1-w2"),))
    change(store, Put(place))
    assert publish(store).version == 1


def test_a_version_is_published_once_however_often_it_is_sent(store: Store) -> None:
    planned(store, *ALL)
    old = view(store).version
    answers = [publish(store, version=old, key="form-1").version for _ in range(2)]
    assert answers == [1, 1]
    assert len(see_versions(store, LOCAL, "north", CLOCK).versions) == 1
    with pytest.raises(Overtaken):
        publish(store, version=old, key="form-2")


def test_a_version_is_never_changed_or_deleted(store: Store) -> None:
    published(store)
    for verb in ("UPDATE versions SET author = 'x'", "DELETE FROM versions"):
        with (
            pytest.raises(DatabaseError, match="never changed"),
            store.open_session(WORKER_SCOPE) as session,
        ):
            session.execute(text(verb))


def test_the_database_itself_refuses_whoever_would_be_booked_twice(store: Store) -> None:
    published(store, "north")
    row = (
        "INSERT INTO booked (site, year, number, demand, kind, who, start, finish) "
        "SELECT 'south', year, number, 'd', kind, who, start + 30, finish + 30 FROM booked "
        "WHERE who = 'psy'"
    )
    with pytest.raises(DatabaseError, match="twice"), store.open_session(WORKER_SCOPE) as session:
        session.execute(text(row))
    with store.open_session(WORKER_SCOPE) as session:
        session.execute(text(row.replace("+ 30", "+ 60")))


def test_the_second_premises_cannot_publish_a_shared_worker_into_two_places(store: Store) -> None:
    planned(store, *ALL)
    publish(store)
    with store.open_session(WORKER_SCOPE) as session:  # as if something slipped past the rules
        session.execute(text("UPDATE booked SET start = start - 240, finish = finish - 240"))
    with pytest.raises(Conflict, match="Shared Psychologist is booked at another premises"):
        publish(store, "south")
    assert see_versions(store, LOCAL, "south", CLOCK).versions == ()


def test_restoring_is_an_exact_copy_as_a_new_draft(store: Store) -> None:
    published(store)
    change(store, move(place_of(store, ART), 12))
    change(store, Cancel(CASE, "no_room"))
    publish(store)
    first = see_published(store, LOCAL, "north", CLOCK, 1)
    revision = restore_version(
        store, LOCAL, "north", CLOCK, 1, version=view(store).version, now=NOW
    )
    assert revision == view(store).revision == 4
    copy = view(store)
    assert copy.timetable == first.timetable
    assert replace(copy.week, published=()) == replace(first.week, published=())
    assert view(store).cancelled == ()
    assert place_of(store, ART) == art("north", 10)
    with pytest.raises(NotFound, match="no version 9"):
        restore_version(store, LOCAL, "north", CLOCK, 9, version=view(store).version)


def test_nothing_of_a_draft_is_given_to_others(store: Store) -> None:
    planned(store, *ALL)
    with pytest.raises(NotFound, match="Publish the week first"):
        see_published(store, LOCAL, "north", CLOCK)
    publish(store)
    change(store, move(place_of(store, ART), 12))
    given = see_published(store, LOCAL, "north", CLOCK)
    assert given.timetable.assignments == (art("north", 10), case("north", 14))


def test_what_is_published_elsewhere_is_busy_whatever_the_draft_there_says(store: Store) -> None:
    published(store)
    change(store, move(place_of(store, "south:2-case:group:1", "south"), 16), "south")
    busy: dict[str, list[bool]] = {"before": [], "after": []}
    for when in ("before", "after"):
        for hour in (10, 16):
            told = change(store, move(place_of(store, CASE), hour), save=False)
            busy[when].append("one_place" in {b.rule for b in told.broken})
        if when == "before":
            publish(store, "south")
    assert busy == {"before": [True, False], "after": [False, True]}


def test_what_has_become_too_soon_to_move_is_seen_on_the_page_and_can_be_agreed_to(
    store: Store,
) -> None:
    published(store)
    change(store, move(place_of(store, ART), 12))
    assert view(store).broken == ()
    eve = CLOCK.origin - timedelta(hours=3)
    seen = see_week(store, LOCAL, "north", CLOCK, now=eve)
    assert seen is not None
    assert {f.rule for f in seen.broken} == {"frozen"}
    with pytest.raises(BadRequest, match="too soon"):
        publish(store, now=eve)
    told = change(store, Put(place_of(store, ART)), save=False, now=eve)
    reasons = {(b.rule, b.key): "manager" for b in told.already(ART)}
    change(store, Put(place_of(store, ART)), agreed=reasons, now=eve)
    assert publish(store, now=eve).version == 2
