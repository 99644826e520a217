"""The commands on open-format files, run as a stranger would run them."""

import json
from pathlib import Path

import pytest

from bench.impossible import ASKED, key_worker_away
from pipe_sched.cli import main
from pipe_sched.core.week import Timetable
from pipe_sched.formats.week_json import labels_to_json, timetable_to_json, week_to_json


@pytest.fixture
def week_file(tmp_path):
    """A small week on disk: one easy session, and one that cannot be held."""
    path = tmp_path / "week.json"
    path.write_text(week_to_json(key_worker_away()[0]), encoding="utf-8")
    return path


@pytest.fixture
def solved(week_file, tmp_path):
    """The week with its timetable, as paths."""
    out = tmp_path / "timetable.json"
    assert main(["solve", str(week_file), "-o", str(out), "--seconds", "5"]) == 0
    return str(week_file), str(out)


def test_solve_then_check_is_clean(solved, capsys):
    assert main(["check", *solved]) == 0
    assert "No must is broken" in capsys.readouterr().out


def test_solve_says_how_many_are_held_and_how_good_it_is(week_file, tmp_path, capsys):
    main(["solve", str(week_file), "-o", str(tmp_path / "t.json"), "--seconds", "5"])
    said = capsys.readouterr().out
    assert "1 of 2 sessions due are held" in said
    assert "Nothing better exists." in said


def test_check_as_json_tells_rule_people_sessions_and_breach(solved, capsys):
    main(["check", *solved, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["broken"] == 0
    unheld = next(f for f in found["findings"] if f["rule"] == "every_session_held")
    assert (unheld["breach"], unheld["tier"], unheld["cost"]) == (1, "held", 100)
    assert found["price"]["held"] == 100


def test_a_broken_must_ends_with_1_and_a_sentence(solved, tmp_path, capsys):
    week, timetable = solved
    bad = json.loads(Path(timetable).read_text(encoding="utf-8"))
    bad["assignments"][0]["start"] = 3 * 60
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(bad), encoding="utf-8")
    assert main(["check", week, str(path)]) == 1
    assert "BROKEN" in capsys.readouterr().out


def test_names_come_from_a_labels_file(solved, tmp_path, capsys):
    labels = tmp_path / "labels.json"
    labels.write_text(labels_to_json({"people": {"key": "Worker Teal"}}), encoding="utf-8")
    assert main(["why", *solved, ASKED, "--labels", str(labels)]) == 0
    assert "Worker Teal" in capsys.readouterr().out


def test_why_of_an_unknown_session_is_refused(solved, capsys):
    assert main(["why", *solved, "ghost"]) == 2
    assert "There is no session due “ghost”" in capsys.readouterr().err


def test_export_writes_csv_ics_and_json(solved, tmp_path):
    for form, first in (("csv", b"Date,Start"), ("ics", b"BEGIN:VCALENDAR"), ("json", b"{")):
        out = tmp_path / f"out.{form}"
        assert main(["export", *solved, "--as", form, "-o", str(out)]) == 0
        assert out.read_bytes().startswith(first)


def test_the_schema_is_json(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


BAD = {
    "missing file": (None, "There is no file"),
    "no json": ("{", "Not JSON"),
    "another version": ('{"format": "pipe-sched/week/7"}', "says “pipe-sched/week/7”"),
    "empty": ("", "Not JSON"),
}


@pytest.mark.parametrize("what", BAD)
def test_an_unusable_week_ends_with_2_and_names_the_file(what, tmp_path, capsys):
    text, said = BAD[what]
    path = tmp_path / "week.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    out = tmp_path / "out.json"
    assert main(["solve", str(path), "-o", str(out)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "week.json" in error
    assert not out.exists()


def test_an_address_is_not_fetched(capsys):
    assert main(["check", "http://127.0.0.1:1/week.json", "x"]) == 2
    assert "is an address, not a file" in capsys.readouterr().err


def test_a_folder_is_no_file(tmp_path, capsys):
    assert main(["check", str(tmp_path), "x"]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_a_timetable_with_a_dangling_id_is_unusable(solved, tmp_path, capsys):
    week, timetable = solved
    text = Path(timetable).read_text(encoding="utf-8").replace('"easy"', '"ghost"')
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    assert main(["check", week, str(path)]) == 2
    assert "there is no person “ghost”" in capsys.readouterr().err


def test_an_empty_timetable_is_usable_and_clean(week_file, tmp_path):
    path = tmp_path / "empty.json"
    path.write_text(timetable_to_json(Timetable()), encoding="utf-8")
    assert main(["check", str(week_file), str(path)]) == 0


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "x"])
def test_impossible_seconds_are_refused_before_any_work(week_file, seconds):
    with pytest.raises(SystemExit) as ended:
        main(["solve", str(week_file), "-o", "x", "--seconds", seconds])
    assert ended.value.code == 2
