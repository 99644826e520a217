"""The forms of a page as a browser would send them: where to, and what every field holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXTS = frozenset({"text", "search", "email", "password", "number", "date", "time", "url", ""})
TOKEN = "csrf_token"


@dataclass
class FilledIn:
    """A form: its fields with their values, which of them take free text, and which a file."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def put(self, name: str, value: str) -> None:
        """One more value of a field."""
        self.values.setdefault(name, []).append(value)

    @property
    def fields(self) -> list[str]:
        """Every field that somebody can send anything in."""
        return [name for name in self.values if name != TOKEN]


class Forms(HTMLParser):
    """All forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[FilledIn] = []
        self._select: str | None = None
        self._chosen = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what belongs to a form."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(FilledIn(given.get("action", ""), given.get("method", "get").lower()))
        if not self.found:
            return
        if tag == "input" and given.get("name"):
            self._input(self.found[-1], given)
        elif tag == "button" and given.get("name"):
            self.found[-1].put(given["name"], given.get("value", ""))
        elif tag == "textarea" and given.get("name"):
            self.found[-1].texts.append(given["name"])
            self.found[-1].put(given["name"], "")
        elif tag == "select":
            self._select, self._chosen = given.get("name"), False
        elif tag == "option" and self._select:
            self._option(self.found[-1], given)

    def _input(self, form: FilledIn, given: Mapping[str, str]) -> None:
        kind, name = given.get("type", ""), given["name"]
        if kind == "file":
            form.files.append(name)
        elif kind in ("checkbox", "radio") and "checked" not in given:
            form.values.setdefault(name, [])
        else:
            form.put(name, given.get("value", ""))
        if kind in TEXTS:
            form.texts.append(name)

    def _option(self, form: FilledIn, given: Mapping[str, str]) -> None:
        """The first option, or the one that is selected."""
        name = str(self._select)
        if "selected" in given or not self._chosen:
            form.values[name] = [given.get("value", "")]
        self._chosen = True

    def handle_endtag(self, tag: str) -> None:
        """A select ends."""
        if tag == "select":
            self._select = None


def forms_in(text: str) -> list[FilledIn]:
    """The forms of a page, without the one with which people sign out."""
    return [form for form in Forms(text).found if form.action != "/sign-out"]
