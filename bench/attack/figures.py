"""A figure: what was asked, what was seen, and whether that reaches it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of an attack's report. `good` None: it is only told, nothing was asked."""

    what: str
    asked: str
    seen: str
    good: bool | None

    def line(self, part: str) -> str:
        """The figure as it is printed."""
        told = {None: "", True: "reached", False: "FALLS SHORT"}[self.good]
        return f"{part:<20} {self.what:<44} {self.asked:<14} {self.seen:<14} {told}".rstrip()


def exactly(what: str, asked: int, seen: int) -> Figure:
    """The number seen must be the one asked for."""
    return Figure(what, f"{asked:,}", f"{seen:,}", asked == seen)


def none(what: str, seen: int) -> Figure:
    """There must be none."""
    return exactly(what, 0, seen)


def at_least(what: str, asked: int, seen: int) -> Figure:
    """There must be so many or more."""
    return Figure(what, f"{asked:,} or more", f"{seen:,}", seen >= asked)


def some(what: str, seen: int) -> Figure:
    """There must be at least one, or the attack has tried nothing."""
    return Figure(what, "some", f"{seen:,}", seen > 0)


def no_more(what: str, limit: int, seen: int) -> Figure:
    """There may be so many, and at least one, or the attack has tried nothing."""
    return Figure(what, f"1 to {limit:,}", f"{seen:,}", 0 < seen <= limit)


def within(what: str, part: float, seen: float) -> Figure:
    """A share that must not be more."""
    return Figure(what, f"{part:.0%}", f"{seen:.1%}", seen <= part)


def at_most(what: str, limit: float, seen: float) -> Figure:
    """Seconds that must not be more."""
    return Figure(what, f"{limit:.0f} s", f"{seen:.1f} s", seen <= limit)


def told(what: str, seen: object) -> Figure:
    """A figure that only says how the attack went."""
    return Figure(what, "", str(seen), None)
