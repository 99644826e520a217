"""What a stranger may type or hand over: a sentence and an exit code, never a trace."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.impossible import key_worker_away
from pipe_sched import cli
from pipe_sched.cli import files, main, speak
from pipe_sched.core.week import Timetable
from pipe_sched.formats.week_json import timetable_to_json, week_to_json

WEEK = key_worker_away()[0]
FULL = Path("/dev/full")
ENDLESS = Path("/dev/zero")
COMMAND = (sys.executable, "-c", "import sys; from pipe_sched.cli import main; sys.exit(main())")


@pytest.fixture
def week(tmp_path):
    """A small week on disk."""
    path = tmp_path / "week.json"
    path.write_text(week_to_json(WEEK), encoding="utf-8")
    return str(path)


@pytest.fixture
def timetable(tmp_path):
    """A timetable of it that holds nothing."""
    path = tmp_path / "timetable.json"
    path.write_text(timetable_to_json(Timetable()), encoding="utf-8")
    return str(path)


def stranger(*argv, **more):
    """The command in a process of its own."""
    return subprocess.run([*COMMAND, *argv], capture_output=True, timeout=120, check=False, **more)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--seconds", "x", "“x” cannot be used. Give a number from 0.1 to 86400."),
        ("--seconds", "nan", "“nan” cannot be used."),
        ("--seconds", "inf", "“inf” cannot be used."),
        ("--workers", "0", "Give a whole number from 1 to 64."),
        ("--workers", "two", "Give a whole number from 1 to 64."),
        ("--workers", "1.5", "Give a whole number from 1 to 64."),
        ("--seed", "99999999999", "Give a whole number from 0 to 2147483647."),
        ("--seed", "9" * 5000, "Give a whole number from 0 to 2147483647."),
        ("--seed", "-1", "Give a whole number from 0 to 2147483647."),
    ],
)
def test_a_number_out_of_range_is_refused_with_the_range(option, value, said, week, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["solve", week, "-o", "-", option, value])
    assert ended.value.code == 2
    assert said in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["worker", "--lease", "0"], "Give a number from 1 to 86400."),
        (["worker", "--lease", "nan"], "Give a number from 1 to 86400."),
        (["serve", "--port", "0"], "Give a whole number from 1 to 65535."),
        (["serve", "--port", "70000"], "Give a whole number from 1 to 65535."),
        (["demo", "--seconds", "-5"], "Give a number from 1 to 3600."),
        (["demo", "--seconds", "1e9"], "Give a number from 1 to 3600."),
    ],
)
def test_a_setting_out_of_range_is_refused_before_anything_is_made(
    command, said, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_refused_before_any_planning(
    week, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(files, "solve", None)
    (tmp_path / "there").mkdir()
    for out in (tmp_path / "absent" / "t.json", tmp_path / "there", Path(week) / "t.json"):
        assert main(["solve", week, "-o", str(out)]) == 2
        assert f"{out} cannot be written" in capsys.readouterr().err


def test_a_disk_that_fills_up_leaves_the_old_file_whole(tmp_path, monkeypatch, capsys):
    out = tmp_path / "schema.json"
    out.write_text("what was there before", encoding="utf-8")
    before = sorted(tmp_path.iterdir())

    def full(self, data):
        with self.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["schema", "-o", str(out)]) == 2
    assert f"{out} cannot be written: No space left on device." in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "what was there before"
    assert sorted(tmp_path.iterdir()) == before


def test_a_link_is_written_through_and_stays_a_link(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(real)
    assert main(["schema", "-o", str(link)]) == 0
    assert link.is_symlink()
    assert json.loads(real.read_text(encoding="utf-8"))


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_an_output_that_takes_nothing_more_ends_with_a_sentence(week, timetable):
    for command in (["schema"], ["check", week, timetable], ["check", week, timetable, "--json"]):
        with FULL.open("wb") as full:
            done = subprocess.run(
                [*COMMAND, *command],
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=120,
                check=False,
            )
        assert done.returncode == 2
        assert b"No space left on device" in done.stderr
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(not ENDLESS.exists(), reason="this system has no /dev/zero")
def test_an_endless_file_is_refused_at_the_limit(timetable, monkeypatch, capsys):
    assert main(["import", str(ENDLESS)]) == 2
    assert "/dev/zero is larger than 10 MiB" in capsys.readouterr().err


def test_an_empty_path_is_no_folder(timetable, capsys):
    assert main(["check", "", timetable]) == 2
    assert "The path of a file is empty." in capsys.readouterr().err


def test_a_rule_that_does_not_exist_is_refused_with_the_nearest(tmp_path, timetable, capsys):
    data = json.loads(week_to_json(WEEK))
    data["sites"][0]["rules"] = [{"rule": "doble_cover", "level": "off"}]
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    for command in (["solve", str(path), "-o", "-"], ["check", str(path), timetable]):
        assert main(command) == 2
        said = capsys.readouterr().err
        assert "sites[lodge].rules: there is no rule “doble_cover”." in said
        assert "Did you mean “double_cover”?" in said


def test_what_would_move_a_cursor_is_not_repeated_to_the_terminal(week, timetable, capsys):
    assert main(["why", week, timetable, "a\x1b[2Jb"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_a_person_is_asked_for_in_calendars_alone(week, timetable, capsys):
    assert main(["export", week, timetable, "--person", "ash"]) == 2
    assert "--person goes with --as ics alone." in capsys.readouterr().err
    assert main(["export", week, timetable, "--as", "ics", "--person", ""]) == 2


def test_a_terminal_without_a_letter_shows_its_number(week, timetable):
    done = stranger("check", week, timetable, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    labels = Path(week).with_name("labels.json")
    labels.write_text('{"format": "pipe-sched/labels/1", "people": {"ash": "Zoë"}}', "utf-8")
    done = stranger(
        "check",
        week,
        timetable,
        "--labels",
        str(labels),
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert rb"Zo\xeb" in done.stdout


def test_a_fault_of_the_program_is_one_sentence_with_a_code_of_its_own(monkeypatch, capsys):
    def fall(_args):
        raise KeyError("a secret")

    monkeypatch.setattr(files, "run_schema", fall)
    monkeypatch.delenv("PIPE_SCHED_TRACE", raising=False)
    assert main(["schema"]) == cli.FAULT
    said = capsys.readouterr().err
    assert "This is a fault in the program" in said
    assert "KeyError in test_bad_input.py" in said
    assert "Traceback" not in said
    assert "a secret" not in said


def test_text_for_a_terminal_keeps_its_letters_and_lines():
    assert speak.plain("“Zoë” – 9am\nnext") == "“Zoë” – 9am\nnext"


@pytest.mark.parametrize(
    "command", [["worker"], ["serve", "--port", "8917"], ["draw-up", "--week", "2026-W49"]]
)
def test_a_store_that_is_no_database_is_refused_and_left_alone(command, tmp_path, capsys):
    path = tmp_path / "store.db"
    path.write_text("these are not the tables you are looking for", encoding="utf-8")
    assert main([*command, "--store", f"sqlite:///{path}"]) == 2
    assert "file is not a database" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8").startswith("these are not")


@pytest.mark.parametrize("week", ["2000-W01", "2100-W52"])
def test_a_week_whose_neighbour_lies_beyond_the_calendar_is_refused(week, tmp_path, capsys):
    store = f"sqlite:///{tmp_path / 'pipe.db'}"
    book = tmp_path / "demo.xlsx"
    main(["demo", "--workbook-only", str(book)])
    main(["import", str(book), "--store", store])
    capsys.readouterr()
    assert main(["draw-up", "--week", week, "--store", store]) == 2
    assert "is outside 2000 to 2100" in capsys.readouterr().err
