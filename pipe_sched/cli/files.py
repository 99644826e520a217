"""Commands on open-format files alone: solve, check, why, export, schema.

They need no database, so that anyone can plan or verify a week from its JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from pipe_sched.actions.how_good import how_good
from pipe_sched.check import Finding, Referee, broken, price
from pipe_sched.cli.progress import Watch
from pipe_sched.cli.speak import Refused, check_output, number, parsed, write_file
from pipe_sched.core.diary import entries
from pipe_sched.core.labels import Labels, labels_for
from pipe_sched.core.week import Timetable, Week
from pipe_sched.formats import sheet_csv, week_json
from pipe_sched.formats.ical import to_ics
from pipe_sched.rules.book import book, unknown_rules
from pipe_sched.solve.explain import why_not
from pipe_sched.solve.run import Result, solve

SECONDS = number(0.1, 86_400, whole=False)


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    _add_solve(commands)
    _add_check(commands)
    why = commands.add_parser("why", help="say why a session due is not held, and what would help")
    _files(why)
    why.add_argument("demand", metavar="DEMAND", help="id of the session due")
    why.add_argument("--seconds", type=SECONDS, default=15.0)
    why.set_defaults(run=run_why)
    export = commands.add_parser("export", help="write a timetable as JSON, CSV or ICS")
    _files(export)
    export.add_argument("--as", dest="form", choices=("json", "csv", "ics"), default="csv")
    export.add_argument("--person", help="only the sessions this person id is in (ICS)")
    export.add_argument("-o", "--output", metavar="FILE")
    export.set_defaults(run=run_export)
    schema = commands.add_parser("schema", help="print the JSON Schema of the open format")
    schema.add_argument("-o", "--output", metavar="FILE")
    schema.set_defaults(run=run_schema)


def _add_solve(commands: Any) -> None:
    command = commands.add_parser("solve", help="plan a week file and write its timetable")
    command.add_argument("week", metavar="WEEK.json")
    command.add_argument("-o", "--output", metavar="TIMETABLE.json", required=True)
    command.add_argument("--seconds", type=SECONDS, default=60.0, help="time limit (60)")
    command.add_argument("--workers", type=number(1, 64), default=2, help="solver threads (2)")
    command.add_argument("--seed", type=number(0, 2**31 - 1), default=1)
    command.set_defaults(run=run_solve)


def _add_check(commands: Any) -> None:
    command = commands.add_parser("check", help="judge a timetable: broken musts, price per tier")
    _files(command)
    command.add_argument("--json", action="store_true", help="findings as JSON")
    command.set_defaults(run=run_check)


def _files(command: Any) -> None:
    command.add_argument("week", metavar="WEEK.json")
    command.add_argument("timetable", metavar="TIMETABLE.json")
    command.add_argument("--labels", metavar="LABELS.json", help="names by id, to read with")


def read_week(path: str) -> Week:
    """A week file whose sites' settings name rules that there are."""
    week = parsed(path, week_json.week_from_json)
    unknown = "\n".join(f"  {fault}" for fault in unknown_rules(week))
    if unknown:
        raise Refused(f"{path} cannot be used:\n{unknown}")
    return week


def _read(args: argparse.Namespace) -> tuple[Week, Timetable, Labels]:
    week = read_week(args.week)
    timetable = parsed(args.timetable, lambda t: week_json.timetable_from_json(t, week))
    tables: dict[str, dict[str, str]] = {"people": {}, "rooms": {}, "sites": {}}
    if args.labels:
        tables = parsed(args.labels, week_json.labels_from_json)
    return week, timetable, labels_for(week, tables["people"], tables["rooms"], tables["sites"])


def run_solve(args: argparse.Namespace) -> int:
    """Solve a week file; exit 1 when no timetable was found in the time."""
    week = read_week(args.week)
    check_output(args.output)
    with Watch(len(week.demands), args.seconds) as watch:
        result = solve(
            week,
            seconds=args.seconds,
            workers=args.workers,
            seed=args.seed,
            on_progress=watch.saw,
        )
    if result.first_seconds is None:
        print(
            f"No timetable within {args.seconds:g} s (the solver said “{result.status}”). "
            "Nothing was written; allow more --seconds.",
            file=sys.stderr,
        )
        return 1
    wrong = broken(Referee(week).findings(result.timetable))
    write_file(args.output, week_json.timetable_to_json(result.timetable, week))
    _tell(week, result)
    allowed = {(rule, key) for rule, key in result.relaxed}
    return int(any((f.rule, f.key) not in allowed for f in wrong))


def _tell(week: Week, result: Result) -> None:
    held = len(result.timetable.assignments)
    print(f"{held} of {len(week.demands)} sessions due are held ({result.seconds:.1f} s).")
    for tier in result.tiers:
        print(f"{tier.tier:<8} cost {tier.cost}: {how_good(tier.cost, tier.bound, tier.proven)}")


def run_check(args: argparse.Namespace) -> int:
    """Check a timetable; exit 0 clean, 1 broken musts."""
    week, timetable, labels = _read(args)
    begun = time.perf_counter()
    findings = Referee(week).findings(timetable)
    took = time.perf_counter() - begun
    if args.json:
        _print_json(findings, labels, len(timetable.assignments))
    else:
        _print_text(findings, labels, took)
    return int(bool(broken(findings)))


def _print_json(findings: tuple[Finding, ...], labels: Labels, held: int) -> None:
    found = [
        {
            "rule": f.rule,
            "key": f.key,
            "site": f.site,
            "level": f.level,
            "tier": f.tier,
            "breach": f.breach,
            "cost": f.cost,
            "sessions": list(f.demands),
            "people": [r.id for r in f.say.refs if r.kind == "person"],
            "sentence": labels.sentence(f.say),
        }
        for f in findings
    ]
    whole = {"broken": len(broken(findings)), "price": price(findings), "held": held}
    print(json.dumps({**whole, "findings": found}, ensure_ascii=False, indent=1))


def _print_text(findings: tuple[Finding, ...], labels: Labels, took: float) -> None:
    wrong = broken(findings)
    for f in wrong:
        print(f"BROKEN  {book()[f.rule].title if f.rule in book() else 'Asked for'}")
        print(f"        {labels.sentence(f.say)}")
    for f in findings:
        if f.level == "should":
            print(f"{f.tier:<8}{f.cost:>6}  {labels.sentence(f.say)}")
    costs = ", ".join(f"{tier} {cost}" for tier, cost in price(findings).items())
    words = "No must is broken" if not wrong else f"{len(wrong)} broken musts"
    print(f"{words}. Price: {costs}. Checked in {took * 1000:.0f} ms.")


def run_why(args: argparse.Namespace) -> int:
    """Explain one session due."""
    week, timetable, labels = _read(args)
    if args.demand not in {d.id for d in week.demands}:
        raise Refused(f"There is no session due “{args.demand}” in {args.week}.")
    if args.demand in {a.demand for a in timetable.assignments}:
        print("It is held in this timetable.")
        return 0
    why = why_not(week, timetable, args.demand, seconds=args.seconds)
    for reason in why.reasons:
        print(f"- {labels.sentence(reason.say)}  [{reason.rule}]")
    for fix in why.fixes:
        print(f"What would help: {labels.sentence(fix.say)}")
    if not why.proven:
        print("Not proven in the time given: try more --seconds.")
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write a timetable in another form."""
    week, timetable, labels = _read(args)
    if args.person is not None and args.form != "ics":
        raise Refused("--person goes with --as ics alone. Leave it out, or add --as ics.")
    if args.form == "json":
        write_file(args.output, week_json.timetable_to_json(timetable, week))
    elif args.form == "ics":
        if args.person is not None and args.person not in {p.id for p in week.people}:
            raise Refused(f"There is no person “{args.person}” in {args.week}.")
        write_file(args.output, to_ics(entries(week, timetable, args.person), labels.rooms))
    else:
        write_file(args.output, sheet_csv.to_csv(week, timetable, labels))
    return 0


def run_schema(args: argparse.Namespace) -> int:
    """Print the JSON Schema."""
    write_file(args.output, json.dumps(week_json.schema(), indent=1, ensure_ascii=False) + "\n")
    return 0
