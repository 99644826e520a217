"""make attack: kills, races, sieges and random lives, with figures that each has to reach.

    python -m bench.attack [NAME ...] [--times N] [--seed S]
    python -m bench.attack --list

Prints a line a figure: what was asked, what was seen. The exit code is 1 if one falls short.
"""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import time
from types import ModuleType

PARTS = (
    "kills-worker",
    "kills-all",
    "contended",
    "generates",
    "edits-during-solves",
    "publish-and-replan",
    "double-booking",
    "double-submits",
    "restore",
    "prices",
    "replan",
    "isolation",
    "looking",
    "planted",
    "tampering",
    "guesses",
    "same-time",
    "scripts",
)

ENDED = 143
"""The exit code when asked to end: whoever was started is ended first."""


def main() -> int:
    """Run the parts asked for, all by default; how many figures fall short decides the code."""
    parser = argparse.ArgumentParser(prog="bench.attack", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a part; default all")
    parser.add_argument("--times", type=int, default=0, help="how often; default the part's own")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="say what parts there are")
    args = parser.parse_args()
    unknown = [name for name in args.names if name not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    if args.list:
        for name in PARTS:
            print(f"{name:<20} {title(module(name))}")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
    short = sum(run(name, args.times, args.seed) for name in args.names or PARTS)
    print(f"{short} figures fall short" if short else "every figure is reached")
    return int(short > 0)


def run(name: str, times: int, seed: int) -> int:
    """Run one part and print its figures; gives back how many fall short."""
    part, began, short = module(name), time.perf_counter(), 0
    for figure in part.attack(times or part.TIMES, seed):
        print(figure.line(name), flush=True)
        short += figure.good is False
    print(f"{name:<20} {time.perf_counter() - began:.0f} seconds", flush=True)
    return short


def module(name: str) -> ModuleType:
    """The module of a part."""
    return importlib.import_module(f"bench.attack.{name.replace('-', '_')}")


def title(part: ModuleType) -> str:
    """The first line of its docstring."""
    return (part.__doc__ or "").strip().splitlines()[0]


if __name__ == "__main__":
    raise SystemExit(main())
