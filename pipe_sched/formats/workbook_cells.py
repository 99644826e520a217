"""Kinds of cell: how a value is written for people and read back.

Each cell kind has `show` (value to what Excel holds) and `read` (what Excel holds
to value, or `Wrong` with a sentence). Reading forgives what people type: 9:15am,
yes, Monday to Friday; writing always uses one form, so that both ways agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from difflib import get_close_matches
from typing import Protocol

from pipe_sched.formats.json_values import on_one_line
from pipe_sched.formats.workbook_errors import Wrong

LONGEST_TEXT = 200
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


class Cell(Protocol):
    """A kind of cell."""

    def show(self, value: object) -> object:
        """What Excel holds for a value: text, whole number, date or time; None is blank."""

    def read(self, raw: object) -> object:
        """The value of what Excel holds; raises `Wrong`."""


def nearest(text: str, known: Iterable[str]) -> str:
    """“ Did you mean X?” when something known is near, else nothing."""
    by_low = {k.casefold(): k for k in known}
    found = get_close_matches(text.casefold(), by_low, n=1, cutoff=0.6)
    return f" Did you mean “{by_low[found[0]]}”?" if found else ""


def as_text(raw: object) -> str:
    """Any cell as one line of trimmed text; a whole number loses its point."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, date | time | timedelta):
        raise Wrong("This is a date or time where text is expected. Format the cell as text.")
    text = str(raw).strip()
    if not on_one_line(text) or "\ufffe" in text:
        raise Wrong("The text has a line break or invisible character. Type it again on one line.")
    if len(text) > LONGEST_TEXT:
        raise Wrong(f"The text has {len(text)} characters. Use at most {LONGEST_TEXT}.")
    return text


def items(raw: object) -> tuple[str, ...]:
    """A list separated by commas."""
    parts = tuple(part.strip() for part in as_text(raw).replace(";", ",").split(","))
    found = tuple(part for part in parts if part)
    if len({part.casefold() for part in found}) < len(found):
        raise Wrong("The list names something twice. Name each once.")
    return found


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text, kept as typed, never a formula."""

    def show(self, value: object) -> object:
        """The text itself."""
        return value or None

    def read(self, raw: object) -> object:
        """One line of text."""
        return as_text(raw)


@dataclass(frozen=True, slots=True)
class Words(Text):
    """A list of plain words separated by commas."""

    def show(self, value: object) -> object:
        """The words with commas."""
        return ", ".join(value) or None  # type: ignore[arg-type]

    def read(self, raw: object) -> object:
        """The words in the order given."""
        return items(raw)


@dataclass(frozen=True, slots=True)
class Id(Text):
    """A row's own short id."""

    def read(self, raw: object) -> object:
        """Letters, digits, point, dash and underscore."""
        text = as_text(raw)
        if not _ID.fullmatch(text):
            raise Wrong(
                f"“{text}” cannot be an id. Use up to 40 letters, digits and dashes, "
                "starting with a letter or digit."
            )
        return text


@dataclass(frozen=True, slots=True)
class Ref(Text):
    """The id or name of a row on one of these sheets; names become ids in `workbook_links`."""

    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refs(Words):
    """Ids or names of rows on other sheets, separated by commas."""

    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed list, shown in plain words and read either way."""

    words: Mapping[str, str] = field(default_factory=dict)

    def show(self, value: object) -> object:
        """The plain words of a value; None is blank."""
        return None if value is None else self.words.get(str(value), str(value))

    def read(self, raw: object) -> object:
        """The value of the words or of the value's own name."""
        return self.one(as_text(raw))

    def one(self, text: str) -> str:
        """One item; a separate step because lists share it."""
        names = {_low(key): key for key in self.words}
        names |= {_low(label): key for key, label in self.words.items()}
        if _low(text) in names:
            return names[_low(text)]
        hint = nearest(text, self.words.values()) or f" Choose from: {', '.join(self.labels)}."
        raise Wrong(f"“{text}” is not one of the choices.{hint}")

    @property
    def labels(self) -> tuple[str, ...]:
        """What the drop-down offers."""
        return tuple(self.words.values())


@dataclass(frozen=True, slots=True)
class Choices(Choice):
    """Some of a fixed list, separated by commas."""

    def show(self, value: object) -> object:
        """The plain words with commas."""
        return ", ".join(self.words.get(v, v) for v in value) or None  # type: ignore[attr-defined]

    def read(self, raw: object) -> object:
        """The values in the order given."""
        return tuple(self.one(text) for text in items(raw))


def _low(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.casefold()).strip()


@dataclass(frozen=True, slots=True)
class YesNo:
    """yes or no."""

    def show(self, value: object) -> object:
        """The word."""
        return "yes" if value else "no"

    def read(self, raw: object) -> object:
        """True or False."""
        text = as_text(raw).casefold()
        if text in ("yes", "y", "true"):
            return True
        if text in ("no", "n", "false"):
            return False
        raise Wrong(f"“{as_text(raw)}” is neither yes nor no. Write yes or no.")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both included."""

    least: int = 0
    most: int = 100_000

    def show(self, value: object) -> object:
        """The number."""
        return value

    def read(self, raw: object) -> object:
        """The number, also when typed as text."""
        number = raw
        if isinstance(raw, str) and re.fullmatch(r"-?\d{1,9}", raw.strip()):
            number = int(raw)
        if isinstance(number, float) and number.is_integer():
            number = int(number)
        if isinstance(number, bool) or not isinstance(number, int):
            raise Wrong(f"“{shown(raw)}” is not a whole number.")
        if not self.least <= number <= self.most:
            raise Wrong(f"{number} is outside {self.least} to {self.most}.")
        return number


def shown(raw: object) -> str:
    """A cell's content for a message, cut short."""
    text = " ".join(str(raw).split())
    return text if len(text) <= 40 else text[:39] + "…"
