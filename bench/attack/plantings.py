"""Faults to be planted: one small change of the source each, and the tests that have to notice.

Each takes one thing away that keeps people from what is not theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

ACCESS, DOOR = "pipe_sched/access.py", "pipe_sched/actions/door.py"
GATE, FOREIGN, REACH = (f"pipe_sched/store/{name}.py" for name in ("gate", "foreign", "reach"))
ENGINE, SIGN_INS = "pipe_sched/store/engine.py", "pipe_sched/store/sign_ins.py"
VIEWER, CORE_VIEWER = "pipe_sched/actions/viewer.py", "pipe_sched/core/viewer.py"
PUBLISHING, SIGNING = "pipe_sched/web/publishing.py", "pipe_sched/web/signing.py"
OF_ACCESS, OF_ROUTES = "tests/test_access.py", "tests/web/test_routes.py"
OF_GATE, OF_LIMITS = "tests/store/test_gate.py", "tests/actions/test_limits.py"
OF_VIEWER, OF_SIGN_IN = "tests/actions/test_viewer.py", "tests/actions/test_sign_in.py"
OF_ISOLATION = "tests/web/test_isolation.py"
OF_ACCOUNTS, OF_PAGES = "tests/actions/test_accounts.py", "tests/web/test_sign_in.py"


@dataclass(frozen=True, slots=True)
class Planting:
    """A fault: what is planted where, in place of what, and which tests are run against it."""

    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def _of(file: str, what: str, old: str, new: str, *tests: str) -> Planting:
    return Planting(what, file, old, new, tests)


ROLES = (
    _of(
        ACCESS,
        "a role added to an action",
        '_plans("publish a timetable")',
        '_plans("publish a timetable", PLANNERS | {"staff"})',
        OF_ACCESS,
    ),
    _of(
        ACCESS,
        "`may` ignores the site",
        "bool(reach) if site is None else site in reach",
        "bool(reach)",
        OF_ACCESS,
    ),
    _of(
        ACCESS,
        "a role at one site counts at every one",
        "        return None\n    return frozenset(site for site in mine if site is not None)",
        "        return None\n    return None if mine else frozenset()",
        OF_ACCESS,
    ),
    _of(
        DOOR,
        "`allowed` forgets the sites asked for",
        "        if not may(actor, action, site):\n            raise no_site(site)",
        "        pass",
        OF_LIMITS,
    ),
    _of(
        DOOR,
        "the scope of an action is every site",
        "Scope(EverySite(action) if reach is None else reach,",
        "Scope(EverySite(action),",
        OF_LIMITS,
    ),
    _of(
        PUBLISHING,
        "a route without a mark",
        '@pages.get("/sites/<site>/<week>/versions")\n@needs("see_versions")\n',
        '@pages.get("/sites/<site>/<week>/versions")\n',
        OF_ROUTES,
    ),
    _of(
        PUBLISHING,
        "a route with a weaker mark",
        '@needs("publish_week")',
        '@needs("see_week")',
        OF_ROUTES,
    ),
)
DATA = (
    _of(
        GATE,
        "no criteria for one table",
        "        if not state.is_insert:",
        '        if not state.is_insert and entity.__table__.name != "drafts":',
        OF_GATE,
    ),
    _of(
        GATE,
        "the gate lets text through",
        "if isinstance(part, TextClause) or _is_literal(part):",
        "if _is_literal(part):",
        OF_GATE,
    ),
    _of(
        GATE,
        "the gate lets bare tables through",
        "if isinstance(table, TableClause) and table.name not in tables:",
        "if False:",
        OF_GATE,
    ),
    _of(
        GATE,
        "the gate lets selects within through",
        "if isinstance(part, SelectBase | AliasedReturnsRows) and part is not statement:",
        "if False:",
        OF_GATE,
    ),
    _of(
        GATE,
        "what a passage loaded is not forgotten",
        "            _forget(session, before)",
        "            pass",
        "tests/store/test_passages.py",
    ),
    _of(
        GATE,
        "nothing looks at rows before they are written",
        "            check_values(session, gate.sites, type(row), _both(row))",
        "            pass",
        OF_GATE,
    ),
    _of(
        GATE,
        "statements pass by the gate",
        '    raise Refused("A statement that did not pass the gate.")',
        "    return",
        OF_GATE,
    ),
    _of(
        FOREIGN,
        "rows about people of other premises are written",
        "    return not found or bool(found & sites)",
        "    return True",
        OF_GATE,
        OF_LIMITS,
    ),
    _of(
        REACH,
        "every name is read everywhere",
        "        and_(people, _of_sites(Name.id, sites)),",
        "        people,",
        OF_GATE,
    ),
    _of(
        ENGINE,
        "a look can write",
        "{'OFF' if write else 'ON'}",
        "OFF",
        "tests/store/test_engine.py",
    ),
    _of(
        ENGINE,
        "a change is not put on record",
        "                put_on_record(session)\n",
        "",
        "tests/store/test_audit.py",
    ),
    _of(
        "pipe_sched/web/record_access.py",
        "a look is not put on record",
        "    if request.url_rule is None or",
        '    if request.method == "GET" or request.url_rule is None or',
        "tests/web/test_record_access.py",
    ),
)
NAMES = (
    _of(
        VIEWER,
        "from whom a resident is hidden is ignored",
        "    if person in resident.hidden_from:\n        return False\n",
        "",
        OF_VIEWER,
    ),
    _of(
        VIEWER,
        "who alone may know a resident is ignored",
        "    return not resident.restricted or person in resident.seen_by",
        "    return True",
        OF_VIEWER,
    ),
    _of(
        CORE_VIEWER,
        "a confidential session is shown to everybody",
        "        if not confidential(demand):\n            return True",
        "        if demand is not None:\n            return True",
        "tests/core/test_viewer.py",
    ),
    _of(
        "pipe_sched/core/noted.py",
        "an id without words is shown as it is",
        "unknown = id_ if self._unknown is None else self._unknown",
        "unknown = id_",
        "tests/core/test_labels.py",
        "tests/core/test_viewer.py",
    ),
    _of(
        "pipe_sched/actions/see_week.py",
        "readers are shown the draft",
        '        if not may(actor, "try_change", site):',
        "        if False:",
        OF_LIMITS,
    ),
    _of(
        "pipe_sched/actions/see_versions.py",
        "files hold the draft",
        "        return _exported(session, found)\n\n\ndef see_version(",
        "        from pipe_sched.actions.texts import read_timetable\n\n"
        "        draft = drafts.draft(session, site, clock, row.revision if row else 0)\n"
        '        places = read_timetable(draft.timetable if draft else "")\n'
        "        return replace(_exported(session, found), timetable=places)\n\n\ndef see_version(",
        "tests/actions/test_publish_week.py",
        "tests/web/test_pages.py",
    ),
    _of(
        "pipe_sched/actions/see_versions.py",
        "files tell a leaving that is held back",
        "    timetable, week = outward(session, found), outward_week(session, found)",
        "    week = read_week(weeks.week_text(session, found.week_hash))\n"
        "    from pipe_sched.actions.texts import read_timetable\n\n"
        "    timetable = read_timetable(found.timetable)",
        "tests/actions/test_end_stay.py",
    ),
    _of(
        "pipe_sched/actions/settle_proposal.py",
        "a re-plan of several premises is settled by who plans one",
        "if not runs.is_whole(session, run.id):",
        "if False:",
        OF_LIMITS,
    ),
    _of(
        "pipe_sched/web/runs.py",
        "a run is stopped at any address",
        "    if site not in found.sites or found.clock != clock_of(week):",
        "    if False:",
        "tests/web/test_runs_of_a_week.py",
    ),
)
COMING_IN = (
    _of(
        SIGN_INS,
        "a password alone signs in",
        "        full=full,\n",
        "        full=True,\n",
        OF_SIGN_IN,
    ),
    _of(
        SIGN_INS,
        "an account that was switched off comes in",
        "where(SignIn.id == hashed, Account.active, *good)",
        "where(SignIn.id == hashed, *good)",
        "tests/store/test_sign_ins.py",
    ),
    _of(
        SIGN_INS,
        "an idle sign-in stays good",
        "IDLE = timedelta(minutes=30)",
        "IDLE = timedelta(hours=13)",
        OF_SIGN_IN,
    ),
    _of(
        SIGN_INS,
        "a sign-in has no end",
        "LONGEST = timedelta(hours=12)",
        "LONGEST = timedelta(days=12)",
        OF_SIGN_IN,
    ),
    _of(
        "pipe_sched/actions/who_asks.py",
        "roles are remembered",
        "        held = accounts.grants(session, account.id)",
        "        known = who_asks.__dict__.setdefault(store.engine.url, {})\n"
        "        held = known.setdefault(account.id, accounts.grants(session, account.id))",
        OF_SIGN_IN,
        OF_PAGES,
    ),
    _of(
        "pipe_sched/store/ways_in.py",
        "a link works twice",
        "    good = (Link.used_at.is_(None), Link.ends_at > now, Account.active)",
        "    good = (Link.ends_at > now, Account.active)",
        OF_ACCOUNTS,
    ),
    _of(
        "pipe_sched/actions/give_second_factor.py",
        "a code works twice",
        "        account.step = step\n",
        "",
        OF_SIGN_IN,
    ),
    _of(
        "pipe_sched/store/guesses.py",
        "guesses are not slowed down",
        "    if longest > timedelta(0):",
        "    if False:",
        OF_SIGN_IN,
    ),
    _of(
        "pipe_sched/actions/change_account.py",
        "the last administrator can go",
        "    if not accounts.other_administrators(session, found.id):",
        "    if False:",
        OF_ACCOUNTS,
    ),
    _of(
        "pipe_sched/actions/end_sign_ins.py",
        "somebody else's sign-in is ended",
        "signed.account, present(now), only=which)",
        'next((s.account for s in session.scalars(__import__("sqlalchemy").select('
        "sign_ins.SignIn).where(sign_ins.SignIn.id == which))), signed.account), "
        "present(now), only=which)",
        OF_ACCOUNTS,
    ),
    _of(
        "pipe_sched/web/__init__.py",
        "forms need no token",
        "    CSRFProtect(app)\n",
        '    app.config["WTF_CSRF_CHECK_DEFAULT"] = False\n    CSRFProtect(app)\n',
        "tests/web/test_bad_input.py",
        "tests/web/test_demo_door.py",
    ),
    _of(
        "pipe_sched/web/guard.py",
        "forms come from anywhere",
        "    if not ours:",
        "    if False:",
        "tests/web/test_bad_input.py",
        "tests/web/test_beyond.py",
    ),
    _of(
        "pipe_sched/web/demo_door.py",
        "the demo's door is everywhere",
        '    if app.config.get("DEMO") is not True or app.config.get("PUBLIC_URL") is not None:',
        '    if app.config.get("PUBLIC_URL") is not None:',
        "tests/web/test_demo_door.py",
    ),
    _of(
        SIGNING,
        "scripts can read the cookie",
        '        httponly=True,\n        samesite="Lax",\n    )\n\n\ndef _for_templates',
        '        httponly=False,\n        samesite="Lax",\n    )\n\n\ndef _for_templates',
        OF_PAGES,
    ),
    _of(
        "pipe_sched/web/waiting.py",
        "an upload is confirmed by anybody",
        "if found is None or found.owner != owner:",
        "if found is None:",
        "tests/web/test_uploads.py",
    ),
)
ELSEWHERE = (
    _of(
        REACH,
        "the joint week of a run is read by who plans a part",
        "        ~_solved(sites, here=False),\n",
        "",
        OF_LIMITS,
        OF_ISOLATION,
    ),
    _of(
        "pipe_sched/actions/see_week.py",
        "a week names premises that are not the reader's",
        " if known.covers(s)) or",
        " if known) or",
        OF_LIMITS,
        OF_ISOLATION,
    ),
    _of(
        "pipe_sched/store/log_search.py",
        "the record is read of every premises",
        "[_at_sites(wanted.log, wanted.sites)]",
        "[true()]",
        "tests/web/test_record_of_others.py",
    ),
    _of(
        "pipe_sched/actions/record_ids.py",
        "the record knows accounts of other premises",
        "if here is None or id_ in here)",
        "if here is not None or id_)",
        OF_ISOLATION,
    ),
    _of(
        "pipe_sched/actions/import_plan.py",
        "a workbook's faults name what is of other premises",
        "if pair not in beyond]",
        "if pair and beyond is not None]",
        "tests/actions/test_ids_of_others.py",
    ),
    _of(
        "pipe_sched/actions/export_week.py",
        "files hold the ids of residents",
        "week, timetable = _nameless(found, aliases), aliased(given, aliases)",
        "week, timetable = (found, given) if aliases is not None else (found, given)",
        "tests/web/test_canary.py",
    ),
    _of(
        SIGNING,
        "a browser keeps the session that it brought along",
        "    session.clear()\n    _set(answer, TOKEN, entered.token)",
        "    _set(answer, TOKEN, entered.token)",
        OF_PAGES,
    ),
)
PLANTINGS = (*ROLES, *DATA, *NAMES, *COMING_IN, *ELSEWHERE)
