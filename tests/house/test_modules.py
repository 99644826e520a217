"""How modules are named, how long they are, and what they say of themselves."""

from __future__ import annotations

import ast
import sys

from tests.house.files import modules, name, tree

VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
# A migration is a record of what was done to the tables, in whatever length that took.
SIZED = [p for p in modules("pipe_sched", "bench") if p.parent.name != "versions"]
# Longer by decision, each with its reason. Keep it short.
LONG_MODULES = {
    "pipe_sched/core/week.py": "the whole frozen problem, read in one place from top to bottom",
    "pipe_sched/core/plan.py": "the whole of a site's own data, in the same way",
    "bench/attack/plantings.py": "one list of planted faults, each with what notices it",
    "pipe_sched/rules/claims.py": "the eight kinds of claim, which differ least side by side",
}
LONG_FUNCTIONS: dict[str, str] = {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [name(p) for p in modules("pipe_sched", "tests", "bench") if p.stem in VAGUE]
    assert not vague, f"name these for what they do: {vague}"


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(p)
        for p in modules("pipe_sched", "bench")
        if not (ast.get_docstring(tree(p)) or "").strip()
    ]
    assert not silent, f"no docstring at the top: {silent}"


def test_modules_stay_within_300_lines() -> None:
    long = {
        name(p): lines
        for p in SIZED
        if (lines := p.read_text(encoding="utf-8").count("\n")) > LONGEST_MODULE
    }
    assert long.keys() == LONG_MODULES.keys(), f"split these, or list the reason: {long}"


def test_functions_stay_within_50_lines() -> None:
    long = {}
    for path in SIZED:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{name(path)}:{node.name}"] = lines
    assert long.keys() == LONG_FUNCTIONS.keys(), f"split these, or list the reason: {long}"


def test_core_imports_nothing_but_the_standard_library_and_itself() -> None:
    foreign = set()
    for path in modules("pipe_sched/core"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                imported = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                imported = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            for one in imported:
                top = one.split(".")[0]
                if top not in sys.stdlib_module_names and not one.startswith("pipe_sched.core"):
                    foreign.add(f"{name(path)} imports {one}")
    assert not foreign, sorted(foreign)
