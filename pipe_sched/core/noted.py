"""A table of words by id that says what was read from it.

Every look at a word is noted for the record of who saw whom, and an id that the table does not
know has neutral words: a raw id is shown to nobody, whatever default a caller gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipe_sched.core import shown

NOBODY_ELSE: Mapping[str, tuple[str, ...]] = {}


class Noted(Mapping[str, str]):
    """Words by id. `unknown` stands for ids without words (None: the id itself).

    `also`: people whose names are in the words of an id, noted with it.
    """

    __slots__ = ("_also", "_kind", "_unknown", "words")

    def __init__(
        self,
        kind: str,
        words: Mapping[str, str],
        unknown: str | None,
        also: Mapping[str, tuple[str, ...]] = NOBODY_ELSE,
    ) -> None:
        self._kind = kind
        self.words: Mapping[str, str] = words.words if isinstance(words, Noted) else words
        self._unknown = unknown
        self._also = also

    def __getitem__(self, id_: str) -> str:
        shown.note(self._kind, id_)
        for person in self._also.get(id_, ()):
            shown.note("person", person)
        unknown = id_ if self._unknown is None else self._unknown
        return self.words.get(id_, unknown)

    def __contains__(self, id_: object) -> bool:
        return id_ in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)
