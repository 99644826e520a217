"""The commands on a premises' own data: template, import, draw-up, demo workbook."""

import openpyxl
import pytest

from pipe_sched.cli import main


@pytest.fixture
def store(tmp_path):
    """The address of a database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'pipe.db'}"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The demo workbook of week 49 of 2026."""
    path = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    assert main(["demo", "--workbook-only", str(path), "--week", "2026-W49"]) == 0
    return str(path)


def test_the_template_opens_with_its_guidance(tmp_path, capsys):
    path = tmp_path / "empty.xlsx"
    assert main(["template", str(path)]) == 0
    assert openpyxl.load_workbook(path).sheetnames[0] == "Read me"
    assert "Wrote" in capsys.readouterr().out


def test_the_same_workbook_twice_changes_nothing(workbook, store, capsys):
    assert main(["import", workbook, "--store", store]) == 0
    assert "Imported" in capsys.readouterr().out
    assert main(["import", workbook, "--store", store]) == 0
    assert "Nothing new in this file." in capsys.readouterr().out


def test_a_preview_stores_nothing(workbook, store, capsys):
    assert main(["import", workbook, "--preview", "--store", store]) == 0
    assert "Nothing was stored." in capsys.readouterr().out
    assert main(["draw-up", "--week", "2026-W49", "--store", store]) == 2
    assert "There are no premises yet" in capsys.readouterr().err


def test_drawing_up_twice_changes_nothing_the_second_time(workbook, store, capsys):
    main(["import", workbook, "--store", store])
    assert main(["draw-up", "--week", "2026-W49", "--store", store]) == 0
    capsys.readouterr()
    assert main(["draw-up", "--week", "2026-W49", "--store", store]) == 0
    assert "0 new, 0 changed, 0 no longer due" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ("2027-W53", "Week 53 of 2027 does not exist: 2027 has weeks 1 to 52."),
        ("next", "“next” is not a week. Write it like 2026-W49."),
    ],
)
def test_a_week_that_does_not_exist_is_refused(week, said, store, capsys):
    assert main(["draw-up", "--week", week, "--store", store]) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_is_no_workbook_is_refused_and_nothing_is_stored(tmp_path, store, capsys):
    path = tmp_path / "notes.xlsx"
    path.write_text("Monday: key work", encoding="utf-8")
    assert main(["import", str(path), "--store", store]) == 2
    said = capsys.readouterr().err
    assert "nothing was stored" in said
    assert "Traceback" not in said


def test_an_unusable_database_is_refused(workbook, capsys):
    assert main(["import", workbook, "--store", "mysql://x/y"]) == 2
    assert "not supported" in capsys.readouterr().err


def test_a_port_that_is_none_is_refused_before_the_demo_is_made(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--port", "70000", "--data", str(tmp_path / "d")])
    assert ended.value.code == 2
    assert "Give a whole number from 1 to 65535" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()
