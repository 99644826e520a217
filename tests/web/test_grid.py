"""The day's grid: every session in its place, none hidden, cover said in numbers and words."""

from __future__ import annotations

from pipe_sched.core.clock import Clock
from pipe_sched.core.index import Held, Index
from pipe_sched.core.labels import Labels, labels_for
from pipe_sched.core.spans import Span
from pipe_sched.core.week import (
    Assignment,
    Band,
    Demand,
    Lead,
    Person,
    Role,
    Room,
    Shift,
    Site,
    Timetable,
    Week,
)
from pipe_sched.cover_strip import cover_strip
from pipe_sched.web.cover import day_cover
from pipe_sched.web.grid import Card, Day, day_grid
from pipe_sched.web.wall import public

DAY = Span(0, 1440)
NINE = 9 * 60


def week(*demands: Demand, crew: int = 3, needed: int = 2, number: int = 49) -> Week:
    """A site with two rooms, a crew on shift all Monday, and so many needed."""
    people = tuple(f"w{n}" for n in range(crew))
    return Week(
        2026,
        number,
        (Site("kirk", cover=(Band(DAY, needed),)),),
        plans=("kirk",),
        rooms=(Room("r1", "kirk", 8), Room("r2", "kirk", 8)),
        people=tuple(Person(p, "staff", "kirk", counts=True) for p in people),
        shifts=tuple(Shift(p, ("kirk",), DAY) for p in people),
        demands=demands,
    )


def due(id: str, minutes: int = 45, **more: object) -> Demand:
    roles = (Role("lead", 1, ("w0", "w1", "w2")),)
    return Demand(id, "kirk", "structured", minutes, (), roles=roles, **more)  # type: ignore[arg-type]


def at(id: str, start: int, room: str | None = "r1", worker: str = "w0") -> Assignment:
    return Assignment(id, start, room, (Lead("lead", worker),))


def grid(week: Week, *places: Assignment, day: int = 0) -> Day:
    held = Held(Index(week), Timetable(places))
    return day_grid(held, labels_for(week, {}, {}, {}), "kirk", day)


def columns(card: Card) -> str:
    return next(name for name in card.place.split() if name.startswith("col-"))


def test_a_session_stands_at_its_time_in_its_rooms_column() -> None:
    shown = grid(week(due("a")), at("a", NINE, "r2"))
    assert [r.text for r in shown.rooms] == ["r1", "r2"]
    assert [r.place for r in shown.rooms] == ["col-3 wide-1", "col-4 wide-1"]
    (card,) = shown.cards
    assert card.place == "at-10 for-3 col-4"  # row 2 is 7am
    assert (card.time, card.starts) == ("09:00 to 09:45", "09:00")


def test_sessions_at_once_in_one_column_stand_side_by_side() -> None:
    shown = grid(
        week(due("a"), due("b"), due("c")),
        at("a", NINE, None, "w0"),
        at("b", NINE + 15, None, "w1"),
        at("c", NINE + 45, None, "w2"),
    )
    assert shown.rooms[-1].text == "No room"
    assert shown.rooms[-1].place == "col-5 wide-2"
    assert shown.columns == 4
    assert [columns(card) for card in shown.cards] == ["col-5", "col-6", "col-5"]


def test_a_day_with_an_early_and_a_late_session_is_widened_to_whole_hours() -> None:
    shown = grid(week(due("a"), due("b")), at("a", 6 * 60 + 30), at("b", 21 * 60 + 30))
    assert shown.hours[0].text == "06:00"
    assert shown.hours[-1].text == "22:00"
    assert shown.cards[0].place.startswith("at-4 ")


def test_hours_read_as_the_clock_on_the_wall_on_the_day_the_clocks_change() -> None:
    sunday = Clock(2026, 13).day(6)
    shown = grid(week(due("a"), number=13), at("a", sunday + 8 * 60), day=6)
    assert shown.cards[0].starts == "09:00"
    row = shown.cards[0].place.split()[0]
    assert [h.text for h in shown.hours if h.place.startswith(f"{row} ")] == ["09:00"]


def test_the_strip_counts_who_is_left_on_the_floor() -> None:
    shown = grid(week(due("a")), at("a", NINE))
    assert [(piece.text, piece.place) for piece in shown.strip] == [
        ("3/2", "at-2 for-8 cover-good"),
        ("2/2", "at-10 for-3 cover-least"),
        ("3/2", "at-13 for-45 cover-good"),
    ]


def test_a_session_on_the_floor_takes_nobody_off_it() -> None:
    shown = grid(week(due("a", on_floor=True)), at("a", NINE))
    assert [piece.text for piece in shown.strip] == ["3/2"]


def test_thin_cover_is_said_and_told_from_a_short_rota() -> None:
    thin = grid(week(due("a"), crew=2), at("a", NINE)).cover
    assert thin is not None
    assert thin.warnings == ("Cover is thin, 9am to 9:45am: 1 on the floor and 2 needed.",)
    assert thin.summary == ""
    short = grid(week(crew=1)).cover
    assert short is not None
    assert short.warnings == ("The rota is short, midnight to midnight: 1 on duty and 2 needed.",)


def test_enough_cover_is_said_with_its_tightest_time() -> None:
    cover = grid(week(due("a")), at("a", NINE)).cover
    assert cover is not None
    assert cover.summary == (
        "There is enough cover all day. "
        "It is tightest from 9am to 9:45am: 2 on the floor and 2 needed."
    )
    assert [(line.time, line.floor, line.words) for line in cover.lines][1] == (
        "9am to 9:45am",
        2,
        "Just enough",
    )


def test_where_no_cover_is_asked_for_nothing_is_said_of_it() -> None:
    empty = week(needed=0)
    held = Held(Index(empty), Timetable())
    assert day_cover(Labels(empty.clock), cover_strip(held, "kirk", DAY)) is None
    assert grid(empty).strip == ()


def test_the_wall_shows_what_concerns_a_group_alone() -> None:
    assert public(due("a", offered=("p1", "p2")))
    for private in (
        due("a", one_to_one=True),
        due("a", support=True),
        due("a", confidential=True),
        due("a", required=("p1",)),
        due("a", offered=("p1",)),
        Demand("a", "kirk", "move_on", 45, (), offered=("p1", "p2")),
        Demand("a", "kirk", "group_supervision", 45, (), offered=("p1", "p2")),
    ):
        assert not public(private), private
