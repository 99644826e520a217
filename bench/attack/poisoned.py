"""A premises in which every word that a person can type is a payload, lived through every state.

One site, room, worker, visitor, resident, commitment, routine, programme and account for each
payload; every worker leads the session that asks for their training, in the room that has its
features. One week is published, changed since and planned again; of the other a run waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, time, timedelta
from random import Random

from sqlalchemy import update

from bench.attack import hands
from bench.attack.choices import choose
from bench.attack.edits import agreements, look
from bench.attack.house import coming
from bench.attack.payloads import PAYLOADS
from pipe_sched.access import LOCAL
from pipe_sched.actions.account_facts import Facts
from pipe_sched.actions.change_week import Asked, change_week
from pipe_sched.actions.draw_up_week import draw_up_week
from pipe_sched.actions.end_stay import end_stay
from pipe_sched.actions.errors import BadRequest
from pipe_sched.actions.generate_timetable import generate_timetable
from pipe_sched.actions.import_plan import import_plan
from pipe_sched.actions.make_account import make_account
from pipe_sched.actions.make_link import make_link
from pipe_sched.actions.publish_week import publish_week
from pipe_sched.actions.record_happening import Away, RoomOut, record_happening
from pipe_sched.core.clock import Clock
from pipe_sched.core.plan import (
    AbsenceRow,
    AllocationRow,
    CommitmentRow,
    CoverRow,
    EnrolmentRow,
    FreeRow,
    HoursRow,
    OutsideRow,
    Part,
    Plan,
    ProgrammeRow,
    ResidentRow,
    RoomRow,
    RoutineRow,
    ShiftRow,
    SiteRow,
    StaffRow,
    StayRow,
)
from pipe_sched.formats.json_values import on_one_line
from pipe_sched.formats.workbook_cells import Text, Words
from pipe_sched.formats.workbook_sheets import SHEETS
from pipe_sched.store.account_tables import Account
from pipe_sched.store.engine import Store
from pipe_sched.store.tables import Name

SITE = "s0"
DAYS = 3
SECONDS = 10.0
"""Seconds of planning."""
KEYED, IMPOSSIBLE = 4, 8
"""One payload in so many has key work as well, and a session that nobody is trained for."""
AGREED, TRIES = 3, 40
"""How many broken musts somebody agrees to, and changes tried to break one."""
BEFORE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Poisoned:
    """What was made. `lived` and `queued` are weeks; `link`: an open link to set a password."""

    lived: Clock
    queued: Clock
    accounts: tuple[str, ...]
    link: str


def poison(store: Store) -> Poisoned:
    """Fill the store and live through it."""
    lived, queued = coming(2)
    import_plan(store, LOCAL, plan((lived, queued)))
    accounts = tuple(_account(store, n) for n in range(len(PAYLOADS)))
    link = make_link(store, LOCAL, accounts[0]).token
    _live(store, lived)
    draw_up_week(store, LOCAL, [SITE], queued)
    generate_timetable(store, LOCAL, [SITE], queued)
    return Poisoned(lived, queued, accounts, link)


def plan(clocks: Iterable[Clock]) -> Plan:
    """The rows of all payloads, with shifts in these weeks."""
    days = [c.monday + timedelta(days=n) for c in clocks for n in range(DAYS)]
    parts = [Plan(hours=(HoursRow(SITE, time(9), time(20)),), cover=(_cover(),))]
    parts += [_rows(n, text, days) for n, text in enumerate(PAYLOADS)]
    return Plan(
        **{f.name: tuple(r for p in parts for r in getattr(p, f.name)) for f in fields(Plan)}
    )


def _cover() -> CoverRow:
    return CoverRow(SITE, 1, time(8), time(20))


def _rows(n: int, text: str, days: list[date]) -> Plan:
    """Every row in which a person can type a payload."""
    who, whom, outside, since = f"w{n}", crn(n), f"o{n}", days[0] - BEFORE
    word = one_line(text)
    programmes = tuple(_programmes(n, word))
    later = time(9 + n % 8)
    return Plan(
        sites=(SiteRow(f"s{n}", text, beds=100, place=text),),
        routine=(RoutineRow(SITE, word, time(7, n), time(7, n + 1)),),
        rooms=(RoomRow(f"r{n}", SITE, text, 6, (word,)),),
        staff=(_worker(who, n, text),),
        outside=(OutsideRow(outside, text, "external"),),
        free=tuple(FreeRow(outside, day, time(9), time(17), (SITE,)) for day in days),
        shifts=tuple(ShiftRow(who, day, time(8), time(20), (SITE,)) for day in days),
        absences=(AbsenceRow(who, days[0], time(18), days[0], time(19)),),
        residents=(ResidentRow(whom, text),),
        stays=(StayRow(whom, SITE, since),),
        allocations=(AllocationRow(whom, who, since),),
        commitments=tuple(
            CommitmentRow(
                f"c{p}", p, text, later, later.replace(minute=20), days[0], days[-1], away=True
            )
            for p in (who, whom)
        ),
        programmes=programmes,
        enrolments=tuple(EnrolmentRow(row.id, whom, since) for row in programmes),
    )


def crn(n: int) -> str:
    """What a workbook calls the resident of a payload."""
    return f"X{n:06}"


def one_line(text: str) -> str:
    """The payload as a week can hold it, which keeps words and no names: on one line."""
    return "".join(c if on_one_line(c) else " " for c in text)


def _worker(id_: str, n: int, text: str) -> StaffRow:
    training = (one_line(text),)
    row = StaffRow(id_, text, "residential_worker", (SITE,), employer=text, training=training)
    return replace(row, counts=True, manager=f"w{n - 1}" if n else None)


def _programmes(n: int, text: str) -> Iterator[ProgrammeRow]:
    lead = Part(text, 1, ("residential_worker",), training=text)
    own = Part("lead", 1, ("own_key_worker",))
    nobody = Part(text, 1, ("residential_worker",), training=f"{text} as nobody is")
    first = ProgrammeRow(
        f"p{n}-0", SITE, "creative", 30, parts=(lead,), enrolled=True, features=(text,), title=text
    )
    yield first
    one = replace(first, parts=(own,), kind="key_work", whom="each_resident", mode="required")
    if n % KEYED == 0:
        yield replace(one, id=f"p{n}-1", features=(), one_to_one=True)
    if n % IMPOSSIBLE == 0:
        yield replace(first, id=f"p{n}-2", parts=(nobody,), features=())


def unplanted() -> list[str]:
    """Columns of the workbook that take free text and hold no payload in the plan."""
    there, out = plan(coming(1)), []
    for sheet in SHEETS:
        for column in sheet.columns:
            if type(column.cell) in (Text, Words) and not _holds(there, sheet.table, column.field):
                out.append(f"{sheet.name}: {column.heading}")
    return out


def _holds(there: Plan, table: str, field: str) -> bool:
    rows = getattr(there, table, ())
    if table == "parts":
        rows = [part for programme in there.programmes for part in programme.parts]
    held = {v for row in rows for v in _values(getattr(row, field))}
    return set(map(one_line, PAYLOADS)) <= {one_line(str(value)) for value in held}


def _values(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        yield from value
    else:
        yield value


def _account(store: Store, n: int) -> str:
    """An account whose name and e-mail address are payloads, past what the forms would take."""
    facts = Facts(f"Somebody {n}", frozenset({("staff", SITE)}), f"w{n}")
    made = make_account(store, LOCAL, f"somebody{n}@attack.example", facts)
    text = PAYLOADS[n]
    with store.open_session(hands.SCOPE) as session:
        session.execute(update(Account).where(Account.id == made).values(email=f"{text}@{n}"))
        named = update(Name).where(Name.kind == "account", Name.id == made)
        session.execute(named.values(name=text))
    return made


def _live(store: Store, clock: Clock) -> None:
    """Plan, publish, agree to a broken must, lose somebody, and plan again."""
    _plan(store, clock)
    _publish(store, clock)
    _agree(store, clock)
    monday = clock.monday
    record_happening(store, LOCAL, SITE, Away("w1", monday, time(8), monday, time(20)))
    record_happening(store, LOCAL, SITE, RoomOut("r2", monday, time(8), monday, time(20)))
    people = look(store, SITE, clock).week.people
    resident = next(p.id for p in people if p.type == "resident")
    end_stay(store, LOCAL, SITE, resident, monday + timedelta(days=1), time(8))
    _plan(store, clock)


def _plan(store: Store, clock: Clock) -> None:
    state = hands.plan(store, (SITE,), clock, seconds=SECONDS, now=None)
    if state != "done":
        raise LookupError(f"Planning the poisoned week ended as {state}.")


def _publish(store: Store, clock: Clock) -> None:
    version = look(store, SITE, clock).version
    publish_week(store, LOCAL, SITE, clock, version=version, save=True)


def _agree(store: Store, clock: Clock) -> None:
    """Make changes that break a must, and agree to it: for what reason is no free text."""
    chance, agreed = Random(1), 0
    for _ in range(TRIES):
        view = look(store, SITE, clock)
        try:
            asked = Asked(choose(view, chance, ("room", "attendee")), view.version, {})
            told = change_week(store, LOCAL, SITE, clock, asked)
            if told.refused or not told.to_agree:
                continue
            fine = replace(asked, agreed=agreements(told))
            change_week(store, LOCAL, SITE, clock, fine, save=True)
        except BadRequest:
            continue
        agreed += 1
        if agreed == AGREED:
            return
    raise LookupError("No must could be broken by agreement.")
