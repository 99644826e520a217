"""The open format reads back what it wrote and names the place of all it refuses."""

import json
from dataclasses import replace

import jsonschema
import pytest

from bench.premises import at
from bench.weeks import make
from pipe_sched.core.spans import Span
from pipe_sched.core.week import Assignment, Demand, Lead, Person, Role, Room, Site, Timetable, Week
from pipe_sched.formats.json_values import FormatError
from pipe_sched.formats.week_json import (
    labels_from_json,
    labels_to_json,
    schema,
    timetable_from_json,
    timetable_to_json,
    week_from_json,
    week_hash,
    week_to_json,
)

WEEK = Week(
    2026,
    49,
    (Site("kirk"),),
    ("kirk",),
    rooms=(Room("r1", "kirk", 4),),
    people=(Person("w1", "staff", "kirk"), Person("x1", "resident", "kirk")),
    demands=(
        Demand(
            "d1",
            "kirk",
            "key_work",
            45,
            (Span(at(0, 9), at(0, 17)),),
            roles=(Role("lead", 1, ("w1",)),),
            required=("x1",),
        ),
    ),
)
PLACE = Timetable((Assignment("d1", at(0, 9), "r1", (Lead("lead", "w1"),), ("x1",)),))


def changed(**fields):
    """The week's JSON with some top-level fields replaced."""
    return json.dumps({**json.loads(week_to_json(WEEK)), **fields})


def faults(text):
    with pytest.raises(FormatError) as caught:
        week_from_json(text)
    return "\n".join(caught.value.faults)


def test_a_week_reads_back_equal_and_byte_for_byte():
    week = make(1, "full", seed=3)
    text = week_to_json(week)
    assert week_from_json(text) == week
    assert week_to_json(week_from_json(text)) == text


def test_what_a_person_decided_reads_back_equal():
    week = replace(WEEK, cancelled=("d1",), most_changes=3)
    assert week_from_json(week_to_json(week)) == week


def test_a_week_written_before_these_fields_existed_is_read_with_their_defaults():
    old = json.loads(week_to_json(WEEK))
    del old["cancelled"], old["most_changes"]
    assert week_from_json(json.dumps(old)) == WEEK


def test_a_timetable_reads_back_equal_whatever_the_order_of_its_sessions():
    text = timetable_to_json(PLACE, WEEK)
    assert timetable_from_json(text, WEEK) == PLACE


def test_labels_read_back_equal():
    tables = {"people": {"x1": "Resident Amber"}, "rooms": {}, "sites": {"kirk": "Kirk Lodge"}}
    assert labels_from_json(labels_to_json(tables)) == tables


def test_every_written_file_fits_the_published_schema():
    for text in (
        week_to_json(make(1, "full")),
        timetable_to_json(PLACE, WEEK),
        labels_to_json({"people": {"x1": "Resident Amber"}}),
    ):
        jsonschema.validate(json.loads(text), schema())


def test_the_schema_refuses_an_unknown_field():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(changed(colour="red")), schema())


def test_one_changed_minute_changes_the_hash():
    other = week_from_json(week_to_json(WEEK).replace("45", "50"))
    assert week_hash(WEEK) != week_hash(other)


def test_what_is_no_json_is_refused():
    assert "Not JSON" in faults("{")
    assert "Not UTF-8" in faults(b"\xff\xfe{")
    assert "Expected an object" in faults("[]")
    assert "nested too deeply" in faults("[" * 100_000)


def test_another_version_is_refused_by_name():
    text = changed(format="pipe-sched/week/9")
    assert "says “pipe-sched/week/9”; this program reads “pipe-sched/week/1”" in faults(text)


def test_a_timetable_given_as_a_week_is_refused():
    assert "pipe-sched/timetable/1" in faults(timetable_to_json(PLACE, WEEK))


def test_a_week_that_does_not_exist_is_refused_with_those_that_do():
    said = faults(changed(year=2027, number=53))
    assert "Week 53 of 2027 does not exist: 2027 has weeks 1 to 52." in said


def test_a_dangling_id_is_refused_with_its_place():
    demand = {**json.loads(week_to_json(WEEK))["demands"][0], "required": ["ghost"]}
    assert "demands[d1]: there is no person “ghost”." in faults(changed(demands=[demand]))


def test_a_duplicate_id_is_refused():
    room = json.loads(week_to_json(WEEK))["rooms"][0]
    assert "rooms: the id “r1” occurs 2 times." in faults(changed(rooms=[room, room]))


def test_capacity_nought_is_refused():
    room = {**json.loads(week_to_json(WEEK))["rooms"][0], "seats": 0}
    assert "A room has at least 1 seat." in faults(changed(rooms=[room]))


def test_an_end_before_its_start_is_refused():
    absence = {"person": "w1", "span": [600, 540]}
    said = faults(changed(absences=[absence]))
    assert "week.absences[0].span: the end 540 is before the start 600." in said


def test_a_session_longer_than_its_window_is_refused():
    demand = {**json.loads(week_to_json(WEEK))["demands"][0], "windows": [[540, 560]]}
    said = faults(changed(demands=[demand]))
    assert "demands[d1]: 45 minutes do not fit its windows, of which the longest has 20." in said


def test_a_wrong_type_and_an_unknown_field_are_both_named():
    room = {**json.loads(week_to_json(WEEK))["rooms"][0], "seats": "four", "colour": "red"}
    said = faults(changed(rooms=[room]))
    assert "week.rooms[0]: unknown field “colour”." in said
    assert "week.rooms[0].seats: expected a whole number, found 'four'." in said


def test_true_is_not_a_number():
    assert "expected a whole number" in faults(changed(grid=True))


def test_a_grid_that_does_not_divide_the_hour_is_refused():
    assert "do not divide an hour" in faults(changed(grid=7))


def test_a_timetable_of_another_week_is_refused():
    other = week_from_json(changed(number=50))
    with pytest.raises(FormatError, match="made for week 50 of 2026, but this is week 49"):
        timetable_from_json(timetable_to_json(PLACE, other), WEEK)


def test_a_timetable_that_names_unknown_people_is_refused():
    text = timetable_to_json(PLACE, WEEK).replace('"w1"', '"ghost"')
    with pytest.raises(FormatError, match="there is no person “ghost” in the week"):
        timetable_from_json(text, WEEK)


def test_a_timetable_that_places_a_session_twice_is_refused():
    twice = Timetable(PLACE.assignments * 2)
    with pytest.raises(FormatError, match="placed 2 times"):
        timetable_from_json(timetable_to_json(twice, WEEK), WEEK)


def test_what_is_no_number_is_refused():
    for odd in ("NaN", "Infinity", "-Infinity", "1e400"):
        text = week_to_json(WEEK).replace('"grid": 15', f'"grid": {odd}')
        assert "week.grid: expected a whole number" in faults(text) or "is not a number" in faults(
            text
        )


def test_a_number_far_beyond_any_week_is_refused():
    for huge in (10**9 + 1, -(10**30)):
        demand = {**json.loads(week_to_json(WEEK))["demands"][0], "worth": huge}
        said = faults(changed(demands=[demand]))
        assert "week.demands[0].worth: " in said
        assert "Use whole numbers from -1,000,000,000 to 1,000,000,000." in said


def test_a_number_of_thousands_of_digits_is_refused():
    assert "Not JSON" in faults(changed(grid=15).replace('"grid": 15', '"grid": ' + "9" * 5000))


def test_a_field_given_twice_is_refused():
    text = week_to_json(WEEK).replace('"grid": 15', '"grid": 15, "grid": 5')
    assert "the field “grid” is given twice in one object" in faults(text)


@pytest.mark.parametrize(
    "odd", ["a\ud800b", "a\x00b", "a\nb", "a\x1b[31mb", "a\u2028b", "a\u202eb"]
)
def test_text_that_cannot_be_shown_on_one_line_is_refused(odd):
    person = {**json.loads(week_to_json(WEEK))["people"][0], "id": odd}
    said = faults(changed(people=[person]))
    assert "week.people[0].id: the text holds a line break or a character that cannot be" in said
    assert odd not in said


def test_text_longer_than_a_line_is_refused_and_not_repeated():
    said = faults(changed(plans=["x" * 10_000]))
    assert "week.plans[0]: the text has 10,000 characters. Use at most 200." in said
    assert len(said) < 1000


def test_an_unknown_field_of_any_name_is_told_on_one_short_line():
    said = faults(changed(**{"x\n\ud800" * 1000: 1}))
    assert "week: unknown field" in said
    assert said.isprintable()
    assert len(said) < 200


def test_a_wrong_choice_of_any_size_is_told_on_one_short_line():
    person = {**json.loads(week_to_json(WEEK))["people"][0], "type": ["\ud800" * 5000]}
    said = faults(changed(people=[person]))
    assert "is not one of resident, staff, outside" in said
    assert said.isprintable()
    assert len(said) < 200


def test_a_format_of_any_kind_is_told_on_one_short_line():
    for odd in (["x"] * 1000, "x\n" * 1000, 7, {"a": 1}):
        said = faults(changed(format=odd))
        assert "this program reads “pipe-sched/week/1” here." in said
        assert said.isprintable()
        assert len(said) < 200


def test_any_depth_of_nesting_is_refused_with_a_sentence():
    for depth in (10, *range(850, 1100, 5), 5000):
        text = changed(grid=0).replace('"grid": 0', f'"grid": {"[" * depth}{"]" * depth}')
        said = faults(text)
        assert "week.grid: expected a whole number" in said or "nested too deeply" in said


def test_labels_with_a_character_that_cannot_be_shown_are_refused():
    for odd in ("Ada\ud800", "Ada\x1b[2J", "Ada\r\nBob"):
        with pytest.raises(FormatError, match=r"labels.people.“x1”: the text holds"):
            labels_from_json(json.dumps({"format": "pipe-sched/labels/1", "people": {"x1": odd}}))


def test_a_timetable_that_starts_beyond_any_week_is_refused():
    for start in (10**8, -(10**8)):
        far = Timetable((replace(PLACE.assignments[0], start=start),))
        with pytest.raises(FormatError, match=r"assignments\[d1\].start: .* is not in the week"):
            timetable_from_json(timetable_to_json(far, WEEK), WEEK)


def test_the_schema_refuses_what_the_reader_refuses():
    demand = json.loads(week_to_json(WEEK))["demands"][0]
    for odd in ({**demand, "worth": 10**12}, {**demand, "kind": "x" * 201}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(json.loads(changed(demands=[odd])), schema())
