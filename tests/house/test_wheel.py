"""A built wheel is whole: an installed copy has the pages, styles and tables of a checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.files import ROOT, modules, templates


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """The wheel of this checkout, built without reaching out for anything."""
    folder: Path = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return ZipFile(next(folder.glob("*.whl")))


def test_every_module_and_template_is_in_the_wheel(wheel: ZipFile) -> None:
    held = set(wheel.namelist())
    wanted = {path.relative_to(ROOT).as_posix() for path in modules("pipe_sched")}
    wanted |= {f"pipe_sched/{path.relative_to(ROOT).as_posix()}" for path in templates()}
    assert not wanted - held


def test_scripts_and_built_styles_are_in_the_wheel(wheel: ZipFile, vendor: Path) -> None:
    held = set(wheel.namelist())
    assert "pipe_sched/static/js/start.js" in held
    assert "pipe_sched/static/vendor/pipe-sched.css" in held


def test_nothing_but_the_package_is_in_the_wheel(wheel: ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pipe_sched"}


def test_the_command_is_named_in_the_wheel(wheel: ZipFile) -> None:
    entry = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "pipe-sched = pipe_sched.cli:main" in wheel.read(entry).decode()
