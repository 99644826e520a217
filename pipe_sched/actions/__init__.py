"""What people do, one verb per file: each takes the store and the actor, in one transaction.

An action checks the permission (`access`), opens a scoped session, does one thing and
returns a frozen view from `views`. Pages, commands and the worker call these and never
see tables. All views hold ids; words come from `WeekView.labels` or `names`.

    from pipe_sched.access import Actor, LOCAL          # LOCAL: the person at this computer
    from pipe_sched.core.clock import Clock, parse_week
    from pipe_sched.store.engine import Store, open_store
    store: Store = open_store("sqlite:////path/pipe-sched.db")   # brings the tables up to date

`sites` is any iterable of site ids, `now` an aware datetime (default: the present).

import_workbook(store, actor, data: bytes, *, limit_bytes=10 MiB, save=True) -> Imported
    save=False previews. Raises `formats.workbook_read.WorkbookErrors`. All or nothing.
import_plan(store, actor, incoming: Plan, *, save=True) -> Imported
list_sites(store, actor) -> tuple[SiteLine, ...]        id, name, type, women, beds
list_weeks(store, actor, site=None) -> tuple[WeekLine, ...]     newest week first
draw_up_week(store, actor, sites, clock, *, now=None) -> DrawnUpWeek
    Stores the sessions due and says the difference to last time; never renumbers.
generate_timetable(store, actor, sites, clock, *, seconds=60, workers=2, seed=1, key=None,
                   now=None) -> Generated
    Queues a run (draws up first when that was not done for these sites or the plan changed).
    Generated.queued False: a run is already active (or the key was used): `run` is that one.
stop_run(store, actor, run_id) -> RunView               keeps the best answer so far
see_run(store, actor, run_id) -> RunView                state and progress, for polling
see_week(store, actor, site, clock, *, revision=None) -> WeekView | None
    None when the week was not drawn up. All that a page needs, see `views.WeekView`.
export_week(store, actor, site, clock, *, revision=None) -> Exported
    week and timetable JSON texts, the values, and the labels; for files.
worker_alive(store, *, now=None) -> bool                for the banner

Errors are `errors.Refusal`s, each with a plain `sentence`: `NotFound` (404), `Conflict` (409),
`NotAllowed` (403), `BadRequest` (400): the number is in `status`. Any action may also raise
`store.engine.StoreUnavailable` (503; its text is a sentence): locked, disk full, unreachable.
"""
