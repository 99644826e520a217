"""The files for a server say what the program understands, and hold what they promise."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipe_sched.cli import _parser
from pipe_sched.store import secret
from pipe_sched.web import public
from pipe_sched.web.limits import BODY_LIMIT, UPLOAD_LIMIT
from tests.conftest import ROOT

SERVER = ROOT / "docs" / "server"
UNITS = sorted(SERVER.glob("*.service"))
ANALYZE = shutil.which("systemd-analyze")
WELL_SHUT = 2.0
"""What systemd calls the exposure of a unit, from 0 to 10; below 2 it says OK."""


def settings(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if "=" in line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_the_settings_are_those_that_the_program_reads() -> None:
    found = settings((SERVER / "environment").read_text(encoding="utf-8"))
    assert set(found) == {"PIPE_SCHED_STORE", public.SETTING, secret.FILE}
    assert public.origin_of(found[public.SETTING]) == "https://planner.example"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_runs_a_command_that_there_is(unit: Path) -> None:
    program, *words = settings(unit.read_text(encoding="utf-8"))["ExecStart"].split()
    assert program.endswith("/pipe-sched")
    assert _parser().parse_args(words).run


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is missing: install systemd.")
def test_a_unit_is_one_that_systemd_calls_well_shut(unit: Path, tmp_path: Path) -> None:
    text = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(encoding="utf-8"))
    copy = tmp_path / unit.name
    copy.write_text(text, encoding="utf-8")
    verified = subprocess.run(
        [str(ANALYZE), "verify", str(copy)], capture_output=True, text=True, check=False
    )
    assert verified.stderr == ""
    judged = subprocess.run(
        [str(ANALYZE), "security", "--offline=yes", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    exposure = re.search(r"exposure level for \S+: ([0-9.]+)", judged.stdout)
    assert exposure is not None, judged.stderr
    assert float(exposure[1]) <= WELL_SHUT


def test_nginx_lets_a_whole_workbook_through_and_not_much_more() -> None:
    text = (SERVER / "nginx.conf").read_text(encoding="utf-8")
    limit = int(re.findall(r"client_max_body_size (\d+)k;", text)[0]) * 1024
    memory = int(re.findall(r"client_body_buffer_size (\d+)k;", text)[0]) * 1024
    assert UPLOAD_LIMIT < limit <= memory
    assert abs(limit - BODY_LIMIT) < 64 * 1024


def test_nginx_writes_no_address_of_a_page() -> None:
    text = (SERVER / "nginx.conf").read_text(encoding="utf-8")
    formats = re.findall(r"log_format \w+ '([^']*)'", text)
    assert len(formats) == 1
    assert not {
        "$request",
        "$request_uri",
        "$uri",
        "$args",
        "$query_string",
        "$http_referer",
    } & set(formats[0].split())
    assert set(re.findall(r"access_log ([^;]*);", text)) == {
        "off",
        "/var/log/nginx/pipe-sched.log pipe_sched",
    }


def test_the_short_example_says_nothing_that_the_whole_one_does_not() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    short = readme.partition("for nginx:")[2].partition("[docs/server]")[0]
    whole = (SERVER / "nginx.conf").read_text(encoding="utf-8")
    lines = {line.strip() for line in short.splitlines() if line.strip()}
    assert len(lines) > 10
    assert lines <= {line.strip() for line in whole.splitlines()}


def test_every_file_is_told_of_where_people_read() -> None:
    told = (SERVER / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in SERVER.iterdir() if p.name not in told and p.name != "README.md"] == []
    assert "docs/server" in (ROOT / "README.md").read_text(encoding="utf-8")
