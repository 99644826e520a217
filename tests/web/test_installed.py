"""An installed copy, far from any checkout, serves the same pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.house.files import ROOT

VISIT = """
import sys
import pipe_sched
from pipe_sched.web import create_app
client = create_app(sys.argv[1]).test_client()
print(pipe_sched.__file__)
for path in ("/sign-in", "/health", "/static/js/start.js", "/static/icon.svg", "/absent"):
    print(path, client.get(path).status_code)
"""


def test_the_pages_are_served_from_an_unpacked_wheel(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    ZipFile(next(tmp_path.glob("*.whl"))).extractall(tmp_path / "site")
    visit = subprocess.run(
        [sys.executable, "-c", VISIT, f"sqlite:///{tmp_path / 'store.db'}"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    where, *answers = visit.stdout.splitlines() or [visit.stderr]
    assert where.startswith(str(tmp_path)), visit.stderr
    assert answers == [
        "/sign-in 200",
        "/health 503",
        "/static/js/start.js 200",
        "/static/icon.svg 200",
        "/absent 404",
    ]
