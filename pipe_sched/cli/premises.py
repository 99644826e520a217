"""Commands on a premises' own data: template, import, draw-up, worker, serve, demo.

They reach the data only through actions, as the pages do.
"""

from __future__ import annotations

import argparse
import io
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipe_sched.access import LOCAL
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.errors import Refusal
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_workbook import import_workbook
from pipe_sched.actions.list_sites import list_sites
from pipe_sched.actions.list_weeks import list_weeks
from pipe_sched.actions.views import DrawnUpWeek, Imported
from pipe_sched.cli.listening import Listening, add_options, check_free, listening
from pipe_sched.cli.serving import serve_app, worker_beside
from pipe_sched.cli.speak import Refused, number, read_file, week_argument, write_file
from pipe_sched.core.clock import Clock, week_of
from pipe_sched.demo.accounts import make_demo_accounts
from pipe_sched.demo.plan import write_demo
from pipe_sched.formats.workbook_errors import WorkbookErrors
from pipe_sched.formats.workbook_write import write_template
from pipe_sched.store.engine import Store, StoreUnusable, open_store
from pipe_sched.work import Settings, run_worker

WORKBOOK_LIMIT = 10 * 1024 * 1024
DEMO_SECONDS = 20.0


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    template = commands.add_parser("template", help="write an empty workbook to fill in")
    template.add_argument("output", metavar="WORKBOOK.xlsx")
    template.set_defaults(run=run_template)
    load = commands.add_parser("import", help="read a filled-in workbook into the store")
    load.add_argument("workbook", metavar="WORKBOOK.xlsx")
    load.add_argument("--preview", action="store_true", help="say what would change, store nothing")
    add_store(load)
    load.set_defaults(run=run_import)
    draw = commands.add_parser("draw-up", help="work out which sessions are due in a week")
    draw.add_argument("--week", required=True, metavar="2026-W49")
    draw.add_argument("--site", action="append", default=[], help="site id; default all")
    draw.add_argument("--generate", action="store_true", help="queue the planning as well")
    add_store(draw)
    draw.set_defaults(run=run_draw_up)
    _add_running(commands)


def _add_running(commands: Any) -> None:
    worker = commands.add_parser("worker", help="plan queued weeks until stopped")
    worker.add_argument(
        "--lease", type=number(1, 86_400, whole=False), default=None, help="seconds a claim lasts"
    )
    add_store(worker)
    worker.set_defaults(run=run_work)
    serve = commands.add_parser("serve", help="serve the pages, here or behind a proxy")
    add_options(serve)
    serve.add_argument("--with-worker", action="store_true", help="start a worker beside it")
    add_store(serve)
    serve.set_defaults(run=run_serve)
    demo = commands.add_parser("demo", help="make, import, plan and serve the demo week")
    demo.add_argument("--week", metavar="2026-W49", help="any ISO week; default next week")
    demo.add_argument("--port", type=number(1, 65_535), default=8000)
    demo.add_argument("--data", default="demo-data", metavar="FOLDER", help="where it is kept")
    demo.add_argument(
        "--seconds", type=number(1, 3600, whole=False), default=DEMO_SECONDS, help="planning time"
    )
    demo.add_argument("--workbook-only", metavar="FILE", help="write the demo workbook and stop")
    demo.set_defaults(run=run_demo)


def add_store(command: Any) -> None:
    """Add the option that names the database."""
    default = os.environ.get("PIPE_SCHED_STORE", "sqlite:///pipe-sched.db")
    command.add_argument("--store", default=default, metavar="URL", help=f"database ({default})")


def opened(url: str) -> Store:
    """The store at an address; `Refused` when it cannot be used."""
    try:
        return open_store(url)
    except StoreUnusable as error:
        raise Refused(str(error)) from None


def run_template(args: argparse.Namespace) -> int:
    """Write the empty workbook."""
    out = io.BytesIO()
    write_template(out)
    write_file(args.output, out.getvalue())
    print(f"Wrote {args.output}. Its first sheet says how to fill it in.")
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Import a workbook, all or nothing."""
    data = read_file(args.workbook, WORKBOOK_LIMIT)
    _tell_import(imported(opened(args.store), data, args.workbook, save=not args.preview))
    return 0


def imported(store: Store, data: bytes, name: str, save: bool = True) -> Imported:
    """Import workbook bytes; every error of the file in one `Refused`."""
    try:
        return import_workbook(store, LOCAL, data, limit_bytes=WORKBOOK_LIMIT, save=save)
    except WorkbookErrors as error:
        lines = "\n".join(f"  {line}" for line in error.errors)
        raise Refused(f"{name} cannot be used, nothing was stored:\n{lines}") from None
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None


def _tell_import(done: Imported) -> None:
    for sentence in done.sentences:
        print(f"  {sentence}")
    if done.written:
        print(f"Imported: {done.added} rows new, {done.changed} changed.")
    else:
        print("Nothing was stored." if done.added or done.changed else "Nothing new in this file.")


def run_draw_up(args: argparse.Namespace) -> int:
    """Draw up a week and print the difference to the last time."""
    clock, store = week_argument(args.week), opened(args.store)
    sites = args.site or _all_sites(store)
    try:
        _tell_drawn(draw_up_week(store, LOCAL, sites, clock))
        if args.generate:
            generate_timetable(store, LOCAL, sites, clock)
            print("Queued for planning. A worker must run: pipe-sched worker")
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    return 0


def _all_sites(store: Store) -> tuple[str, ...]:
    sites = tuple(s.id for s in list_sites(store, LOCAL) if s.type == "approved_premises")
    if not sites:
        raise Refused("There are no premises yet. Import a workbook: pipe-sched import FILE.xlsx")
    return sites


def _tell_drawn(done: DrawnUpWeek) -> None:
    due = len(done.added) + len(done.changed) + done.same
    print(
        f"{due} sessions due in {done.clock}: {len(done.added)} new, {len(done.changed)} changed, "
        f"{len(done.withdrawn)} no longer due."
    )


def run_work(args: argparse.Namespace) -> int:
    """Be a worker until stopped."""
    settings = Settings() if args.lease is None else Settings(lease=args.lease)
    run_worker(args.store, settings)
    return 0


def run_serve(args: argparse.Namespace) -> int:
    """Serve the pages to this computer, or to others through a proxy."""
    at = listening(args)
    check_free(at)
    opened(args.store)
    if args.with_worker:
        with worker_beside(args.store):
            serve_app(args.store, at)
    else:
        serve_app(args.store, at)
    return 0


def run_demo(args: argparse.Namespace) -> int:
    """Make the demo workbook, import it, draw up the week, plan it and serve it."""
    clock = week_argument(args.week) if args.week else week_of(date.today() + timedelta(weeks=1))
    workbook = _demo_workbook(clock)
    if args.workbook_only:
        write_file(args.workbook_only, workbook)
        print(f"Wrote {args.workbook_only} for {clock}.")
        return 0
    at = Listening(args.port)  # the demo is for this computer alone
    check_free(at)
    folder = Path(args.data)
    url = _prepare_demo(folder, workbook, clock, args.seconds)
    with worker_beside(url):
        serve_app(url, at, demo=True)
    return 0


def _demo_workbook(clock: Clock) -> bytes:
    out = io.BytesIO()
    write_demo(out, clock)
    return out.getvalue()


def _prepare_demo(folder: Path, workbook: bytes, clock: Clock, seconds: float) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"The folder {folder} cannot be made: {error.strerror}.") from None
    path = folder / f"demo-{clock}.xlsx"
    write_file(str(path), workbook)
    url = f"sqlite:///{(folder / f'demo-{clock}.db').resolve()}"
    store = opened(url)
    if list_sites(store, LOCAL):
        print(f"Using the demo data of {folder}, with all that was changed in them.")
    else:
        print(f"Importing {path}: two made-up premises.")
        _tell_import(imported(store, workbook, path.name))
    make_demo_accounts(store)
    sites = _all_sites(store)
    try:
        _tell_drawn(draw_up_week(store, LOCAL, sites, clock))
        if not any(line.published for line in list_weeks(store, LOCAL)):
            generate_timetable(store, LOCAL, sites, clock, seconds=seconds)
    except Refusal as refusal:
        raise Refused(refusal.sentence) from None
    return url
