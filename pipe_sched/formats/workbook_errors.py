"""What is wrong with a workbook: every place at once, in plain words with the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellError:
    """One thing to put right. `row` and `column` as Excel shows them; 0 and "" are the whole."""

    say: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""

    @property
    def place(self) -> str:
        """Where it is: “Staff, row 4, column C (Line manager)”; empty for the whole file."""
        parts = [self.sheet] if self.sheet else []
        if self.row:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}" + (f" ({self.heading})" if self.heading else ""))
        return ", ".join(parts)

    def __str__(self) -> str:
        return f"{self.place}: {self.say}" if self.place else self.say


class WorkbookErrors(ValueError):
    """A workbook that cannot be used. Nothing of it was taken; `errors` holds all reasons."""

    def __init__(self, errors: Iterable[CellError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class Wrong(ValueError):
    """One cell's text is no value of its column; the message says what would be."""
