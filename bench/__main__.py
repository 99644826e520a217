"""make bench: the planner on 1, 2, 4 and 8 premises and on the demo's reference week.

Prints a table and keeps the same figures as JSON in bench/results.json. Each
solve is a process of its own; figures are of this machine and no test's business.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.weeks import make
from pipe_sched.core.clock import Clock
from pipe_sched.core.draw_up import draw_up
from pipe_sched.demo.plan import build_plan
from pipe_sched.formats.week_json import week_to_json

SIZES = (1, 2, 4, 8)
LIMITS = (2.0, 10.0, 60.0)
KEPT = Path(__file__).with_name("results.json")
HEAD = (
    f"{'week':<16}{'due':>5}{'held':>6}{'limit':>7}{'first':>7}{'held tier':>20}"
    f"{'comfort':>28}{'wall':>7}{'CPU':>7}{'MiB':>6}{'check':>8}{'broken':>7}"
)


def main() -> None:
    """Run all and print the table as it grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limits", type=float, nargs="+", default=list(LIMITS))
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--kind", default="planted", choices=("planted", "tight", "full"))
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(HEAD)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _weeks(Path(folder), args):
            for limit in args.limits:
                figures = _one(path, limit)
                rows.append({"week": name, **figures})
                print(_row(name, figures), flush=True)
    KEPT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(f"The same as JSON: {KEPT.parent.name}/{KEPT.name}")


def _weeks(folder: Path, args: argparse.Namespace) -> list[tuple[str, Path]]:
    out: list[tuple[str, Path]] = []
    for name, sites in (
        ("demo, one", ("kirk-lodge",)),
        ("demo, reference", ("kirk-lodge", "crowley-house")),
    ):
        path = folder / f"{len(out)}.json"
        clock = Clock(2026, 49)
        path.write_text(week_to_json(draw_up(build_plan(clock), clock, sites).week))
        out.append((name, path))
    for size in args.sizes:
        path = folder / f"size-{size}.json"
        path.write_text(week_to_json(make(size, args.kind, args.seed)))
        out.append((f"{args.kind} {size}", path))
    return out


def _one(path: Path, limit: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.one", str(path), "--seconds", str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The solve failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _row(name: str, f: dict[str, Any]) -> str:
    tiers = {t["tier"]: t for t in f["tiers"]}
    first = f["first"]
    return (
        f"{name:<16}{f['due']:>5}{f['held']:>6}{f['limit']:>6.0f}s"
        f"{'-' if first is None else f'{first:.1f}s':>7}"
        f"{_quality(tiers, f, 'held'):>20}{_quality(tiers, f, 'comfort'):>28}"
        f"{f['wall']:>6.1f}s{f['cpu']:>6.1f}s{f['mib']:>6}"
        f"{f.get('check_ms', '-'):>6}ms{f['broken']:>7}"
    )


def _quality(tiers: dict[str, Any], figures: dict[str, Any], name: str) -> str:
    tier, at = tiers.get(name), figures["proven"].get(name)
    if tier is None:
        return "-"
    if tier["proven"]:
        return f"{tier['cost']} proven" + (f" {at:.1f}s" if at is not None else "")
    gap = (
        100 * (tier["cost"] - tier["bound"]) / tier["bound"] if tier["bound"] > 0 else float("inf")
    )
    return f"{tier['cost']} >= {tier['bound']:.0f} ({gap:.0f}%)"


if __name__ == "__main__":
    main()
