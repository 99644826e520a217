"""The files of this checkout that the house tests look at."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MADE = {".git", ".venv", "node_modules", "vendor", "__pycache__", "instance", "build", "dist"}


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Every Python file under these folders, in order."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path for path in found if not MADE & set(path.parts)))


@cache
def templates() -> tuple[Path, ...]:
    """Every template, in order."""
    return tuple(sorted((ROOT / "templates").rglob("*.html")))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file git keeps; in a copy without git, every file that no tool made."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode == 0:
        paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not MADE & set(path.parts)]
    return tuple(path for path in paths if path.is_file())


def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    """The path as people say it, from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()
