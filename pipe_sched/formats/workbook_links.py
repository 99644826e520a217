"""Turns references between sheets into ids and says which lead nowhere.

People may write an id or, where no two share it, a name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pipe_sched.formats.workbook_cells import Ref, Refs, nearest
from pipe_sched.formats.workbook_errors import Wrong
from pipe_sched.formats.workbook_lines import Line, Lines, listed
from pipe_sched.formats.workbook_sheets import BY_TABLE


@dataclass(slots=True)
class Known:
    """What may be referred to in some tables: ids, and ids by small-letter id or name."""

    ids: set[str] = field(default_factory=set)
    called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[str, str] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Take in a line's id and name."""
        own = line.values.get("id")
        if not isinstance(own, str):
            return
        self.ids.add(own)
        name = line.values.get("name")
        for text in (own, name):
            if isinstance(text, str) and text:
                self.called[text.casefold()].add(own)
                self.shown[text.casefold()] = text

    def find(self, text: str, to: tuple[str, ...]) -> str:
        """The id meant; raises `Wrong` naming the nearest when there is none, or when two are."""
        if text in self.ids:
            return text
        meant = self.called.get(text.casefold(), set())
        if len(meant) == 1:
            return next(iter(meant))
        if meant:
            raise Wrong(f"“{text}” could be {listed(sorted(meant))}. Write the id.")
        sheets = listed(BY_TABLE[t].name for t in to)
        hint = nearest(text, self.shown.values()) or " Add it there, or correct it here."
        raise Wrong(f"There is no “{text}” on the sheet {sheets}.{hint}")


def resolve(lines: Lines) -> None:
    """Replace every reference by an id; what cannot be is noted and left out.

    References to a sheet that is missing are passed over: that is said once already.
    """
    known: dict[tuple[str, ...], Known] = {}
    for line in [line for found in lines.tables.values() for line in found]:
        for name, cell in _references(line):
            if all(table in lines.tables for table in cell.to):
                if cell.to not in known:
                    known[cell.to] = _known(lines, cell.to)
                _resolve(lines, line, name, cell, known[cell.to])


def _references(line: Line) -> list[tuple[str, Ref | Refs]]:
    """The filled reference cells of a line."""
    return [
        (column.field, column.cell)
        for column in line.sheet.columns
        if isinstance(column.cell, Ref | Refs) and line.values.get(column.field)
    ]


def _known(lines: Lines, to: tuple[str, ...]) -> Known:
    known = Known()
    for table in to:
        for line in lines.of(table):
            known.add(line)
    return known


def _resolve(lines: Lines, line: Line, name: str, cell: Ref | Refs, known: Known) -> None:
    value = line.values[name]
    texts = (value,) if isinstance(value, str) else value
    ids: list[str] = []
    for text in texts:  # type: ignore[attr-defined]
        try:
            ids.append(known.find(text, cell.to))
        except Wrong as wrong:
            lines.wrong(line, name, str(wrong))
    if len(ids) < len(texts):  # type: ignore[arg-type]
        del line.values[name]
    elif len(set(ids)) < len(ids):
        lines.wrong(line, name, "The list names one thing twice. Name each once.")
        del line.values[name]
    else:
        line.values[name] = ids[0] if isinstance(value, str) else tuple(ids)
