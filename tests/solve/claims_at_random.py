"""Random claims of every kind over a tiny week, for the agreement of solver and checker.

The rules use each kind in a few ways; sites, later rules and other levels may use them in
all others. So here every field is drawn: nested levels, negative weights, choices with and
without starts, roles twice, rooms, frames, demands against themselves.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pipe_sched.core.phrase import Phrase
from pipe_sched.core.spans import Span, Spans
from pipe_sched.core.week import ATTENDS, Assignment, Demand, Lead, Role, Room, Timetable, Week
from pipe_sched.rules.claims import (
    Apart,
    Balance,
    Before,
    Breaks,
    Choice,
    Claim,
    Cover,
    Gathered,
    Group,
    Level,
    Neighbours,
    Pause,
    Quota,
    Rival,
    Share,
    Slot,
    Spare,
    Term,
    Use,
    Within,
)

DAY = 1440
OPEN = tuple(Span(day * DAY + 540, day * DAY + 780) for day in range(3))
DEMANDS = (
    Demand(
        "a",
        "s",
        "key_work",
        60,
        OPEN,
        roles=(Role("lead", 1, ("x", "y")),),
        required=("r",),
    ),
    Demand(
        "b",
        "s",
        "creative",
        30,
        OPEN,
        roles=(Role("lead", 1, ("x", "y")), Role("second", 1, ("y", "z"))),
        offered=("x", "r", "q"),
    ),
    Demand(
        "c",
        "s",
        "training",
        45,
        OPEN[:2],
        roles=(Role("lead", 1, ("z", "x")),),
        needs_room=False,
        expected=("y", "q"),
    ),
    Demand("d", "s", "structured", 75, OPEN[1:], offered=("x", "y"), rooms=("one",)),
)
WEEK = Week(
    2026, 49, (), rooms=(Room("one", "s", 9), Room("two", "s", 9)), demands=DEMANDS, grid=15
)
PEOPLE = ("x", "y", "z", "q", "r")

minutes = st.integers(0, 3 * 24 * 4).map(lambda n: n * 15)
gaps = st.sampled_from((0, 0, 5, 15, 60))


@st.composite
def spans(draw: Any, most: int = 3) -> Spans:
    """A few stretches, mostly while sessions may be held; they may overlap."""
    out = []
    for _ in range(draw(st.integers(0, most))):
        day = draw(st.integers(0, 2))
        start = day * DAY + draw(st.integers(510, 790))
        out.append(Span(start, start + draw(st.sampled_from((1, 15, 60, 90, 200, DAY)))))
    return tuple(out)


@st.composite
def uses(draw: Any) -> Use:
    """A use, whether it can exist or not."""
    demand = draw(st.sampled_from(DEMANDS))
    person = draw(st.none() | st.sampled_from(PEOPLE))
    role = None
    if person is not None:
        role = draw(st.none() | st.sampled_from(("lead", "second", ATTENDS)))
    room = draw(st.sampled_from((None, None, None, "one", "two")))
    return Use(demand.id, person, role, room)


@st.composite
def choices(draw: Any) -> Choice:
    """A choice, half of them with starts."""
    return Choice(draw(uses()), draw(st.none() | spans()))


terms = st.builds(Term, choices(), st.sampled_from((1, 1, 1, 2, 15, -1)))
slots = st.builds(Slot, choices(), gaps)
levels = st.builds(
    Level,
    st.builds(lambda a, n: Span(a, a + n), minutes, st.sampled_from((15, 50, 600, DAY))),
    st.integers(0, 2),
)
some_terms = st.lists(terms, max_size=5).map(tuple)
some_uses = st.lists(uses(), max_size=5).map(tuple)
some_choices = st.lists(choices(), max_size=5).map(tuple)
pairs_of_rooms = st.frozensets(
    st.tuples(st.sampled_from(("one", "two", "")), st.sampled_from(("one", "two", "")))
)
HEAD = ("rule", "s", "key", Phrase("Random."), 1)


@st.composite
def claims(draw: Any) -> Claim:
    """A claim of any kind."""
    return draw(draw(st.sampled_from(KINDS)))


def _kind(kind: Any, **fields: Any) -> Any:
    return st.builds(kind, *(st.just(value) for value in HEAD), **fields)


@st.composite
def _gathered(draw: Any) -> Claim:
    groups = []
    for day in range(2):
        for site in ("s", "t"):
            span = Span(day * DAY, (day + 1) * DAY)
            found = tuple(Choice(use, (span,)) for use in draw(some_uses))
            groups.append(Group(site, span, found))
    return Gathered(*HEAD, tuple(groups), draw(st.sampled_from(("days", "idle", "sites"))))


DAYS = tuple(Span(day * DAY, (day + 1) * DAY) for day in range(3))
KINDS = (
    _kind(Within, choice=choices(), windows=spans()),
    _kind(
        Quota,
        terms=some_terms,
        lo=st.none() | st.integers(-1, 4),
        hi=st.none() | st.integers(-1, 4),
        when=st.none() | choices() | uses().map(Choice),
    ),
    _kind(
        Apart,
        left=st.lists(slots, max_size=5).map(tuple),
        right=st.just(()) | st.lists(slots, max_size=4).map(tuple),
        places=st.none() | pairs_of_rooms,
    ),
    _kind(Before, first=uses(), second=uses(), gap=gaps),
    _kind(
        Cover,
        levels=st.lists(levels, max_size=4).map(tuple),
        uses=some_uses,
        during=st.none() | choices(),
    ),
    _kind(
        Breaks,
        choices=some_choices,
        longest=st.sampled_from((0, 45, 60, 90, 105, 150)),
        pause=st.sampled_from((0, 15, 30)),
    ),
    _kind(
        Pause,
        choices=some_choices,
        stretch=st.builds(lambda a, n: Span(a, a + n), minutes, st.integers(0, 300)),
        minutes=st.sampled_from((0, 20, 45)),
    ),
    _kind(
        Balance,
        shares=st.lists(
            st.builds(Share, st.sampled_from(PEOPLE), st.integers(0, 3), some_terms), max_size=3
        ).map(tuple),
        unit=st.sampled_from((1, 1, 2, 15)),
    ),
    _gathered(),
    _kind(
        Spare,
        use=uses(),
        rivals=st.lists(
            st.builds(Rival, st.sampled_from(PEOPLE), spans(), some_uses), max_size=2
        ).map(tuple),
    ),
    _kind(Neighbours, uses=some_uses, days=st.just(DAYS)),
)


@st.composite
def timetables(draw: Any) -> Timetable:
    """A timetable of the tiny week; roles may be filled or not, people are in it once."""
    out = []
    for demand in DEMANDS:
        if draw(st.integers(0, 4)) == 0:
            continue
        window = draw(st.sampled_from(demand.windows))
        last = (window.minutes - demand.minutes) // 15
        start = window.start + 15 * draw(st.integers(0, last))
        room = draw(st.sampled_from(demand.rooms or ("one", "two"))) if demand.needs_room else None
        taken: set[str] = set()
        staff = []
        for role in demand.roles:
            person = draw(st.none() | st.sampled_from(role.people))
            if person is not None and person not in taken:
                staff.append(Lead(role.name, person))
                taken.add(person)
        attendees = [p for p in demand.attendees if p not in taken and draw(st.booleans())]
        out.append(Assignment(demand.id, start, room, tuple(staff), tuple(attendees)))
    return Timetable(tuple(out))
