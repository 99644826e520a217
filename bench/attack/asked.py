"""The requests: every route x every method x own, other, absent; made from the routes there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flask import Flask
from werkzeug.routing import Rule

from bench.attack import filled_in, filled_weeks
from bench.attack.besiegers import Besieger
from bench.attack.known import Case, Choice, Choices, Known, case
from pipe_sched.access import ACTIONS

Side = Literal["own", "other", "absent"]
USES = {**filled_in.USES, **filled_weeks.USES}
LOOKING = frozenset({"GET", "HEAD"})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
"""Tried where no route of the address takes them. HEAD is tried with every GET."""
OPEN_FILES = "static"
"""The one endpoint without a mark: files that hold no data."""
ALL = "all of them"
LONG = 6
MERGED = "*"
"""A field of a form whose value is more fields."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One request. `taken`: the route takes the method; `action`: what its view is marked with.

    `side` and `slot`: which of its values are not the besieger's own. `at`: the site in its
    address. `told`: those values, which an answer may repeat; `sent`: every word of the request.
    """

    endpoint: str
    action: str
    method: str
    path: str
    query: Mapping[str, Any]
    form: Mapping[str, Any]
    side: Side
    slot: str
    name: str
    at: str
    told: tuple[str, ...]
    sent: tuple[str, ...]
    taken: bool = True

    @property
    def pair(self) -> tuple[str, ...]:
        """The same for a request for what others have and for the one for what is not there."""
        return self.endpoint, self.method, self.slot, self.name

    def __str__(self) -> str:
        which = f" {self.side} {self.slot}" if self.slot else ""
        return f"{self.method} {self.endpoint}{f' {self.name}' if self.name else ''}{which}"


def action_of(app: Flask, endpoint: str) -> str:
    """The action that a route's view is marked with; empty for the open files."""
    return str(getattr(app.view_functions[endpoint], "needs", ""))


def unclassified(known: Known) -> list[str]:
    """Routes of which it is not known how they are used, or what they need."""
    app, found = known.siege.app, []
    for rule in app.url_map.iter_rules():
        marked = action_of(app, rule.endpoint) in ACTIONS or rule.endpoint == OPEN_FILES
        used = rule.endpoint in USES or "GET" in (rule.methods or ())
        own = {"token", "key", "kind"} if rule.endpoint in USES else set()
        strange = rule.arguments - known.paths(rule.endpoint).keys() - own
        if not marked or not used or strange:
            found.append(rule.endpoint)
    gone = USES.keys() - {rule.endpoint for rule in app.url_map.iter_rules()}
    return [*found, *sorted(gone)]


def askings(known: Known, who: Besieger) -> Iterator[Asking]:
    """Every request that somebody sends."""
    for rule in known.siege.app.url_map.iter_rules():
        uses = USES.get(rule.endpoint, _looked_at)
        for number, use in enumerate(uses(known, who)):
            yield from _of_case(known, rule, use)
            if number == 0:
                yield from _not_taken(known, rule, use)


def _looked_at(_known: Known, _who: Besieger) -> filled_in.Uses:
    yield case()


def _of_case(known: Known, rule: Rule, use: Case) -> Iterator[Asking]:
    methods = [m for m in ("GET", "HEAD", "POST") if m in (rule.methods or ())]
    path = _path_of(known, rule, use)
    for side, slot in _sides((path, use.query, use.form)):
        for method in methods:
            yield _asking(known, rule, use, method, side, slot)


def _not_taken(known: Known, rule: Rule, use: Case) -> Iterator[Asking]:
    """The methods that no route takes at this address."""
    adapter = known.siege.app.url_map.bind("localhost")
    for method in METHODS:
        asking = _asking(known, rule, use, method, "own", "", taken=False)
        if not adapter.test(asking.path, method):
            yield asking


def _path_of(known: Known, rule: Rule, use: Case) -> Choices:
    given = {**known.paths(rule.endpoint), **use.path}
    return {name: given[name] for name in sorted(rule.arguments)}


def _sides(parts: Iterable[Choices]) -> Iterator[tuple[Side, str]]:
    """Own, and one by one what has another's or an absent value; then all of these at once."""
    yield "own", ""
    both = {name: choice for part in parts for name, choice in part.items()}
    others = [name for name, choice in both.items() if choice.other is not None]
    for name, choice in both.items():
        if choice.other is not None:
            yield "other", name
        if choice.absent is not None:
            yield "absent", name
    if len(others) > 1:
        yield "other", ALL
        yield "absent", ALL


def _asking(
    known: Known, rule: Rule, use: Case, method: str, side: Side, slot: str, taken: bool = True
) -> Asking:
    path = _path_of(known, rule, use)
    given = [_given(part, side, slot) for part in (path, use.query, use.form)]
    told = [word for part in (path, use.query, use.form) for word in _told(part, side, slot)]
    adapter = known.siege.app.url_map.bind("localhost")
    address = adapter.build(rule.endpoint, given[0], method=next(iter(rule.methods or ("GET",))))
    form = {**given[2], **given[2].get(MERGED, {})}
    form.pop(MERGED, None)
    return Asking(
        endpoint=rule.endpoint,
        action=action_of(known.siege.app, rule.endpoint),
        method=method,
        path=address,
        query=given[1],
        form=form,
        side=side,
        slot=slot,
        name=use.name,
        at=str(given[0].get("site", "")),
        told=tuple(told),
        sent=(*told, *_words(given)),
        taken=taken,
    )


def _words(parts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Every word of these values that is long enough to be known again."""
    for part in parts:
        for value in part.values():
            listed = value if isinstance(value, list) else [value]
            yield from (v for v in listed if isinstance(v, str) and len(v) >= LONG)


def _given(part: Choices, side: Side, slot: str) -> dict[str, Any]:
    return {name: _value(choice, name, side, slot) for name, choice in part.items()}


def _value(choice: Choice, name: str, side: Side, slot: str) -> Any:
    if side == "own" or slot not in (name, ALL):
        return choice.own
    found = choice.other if side == "other" else choice.absent
    # All at once: what others have none of stays the besieger's own, on both sides alike.
    return choice.own if found is None or (choice.other is None and slot == ALL) else found


def _told(part: Choices, side: Side, slot: str) -> Iterator[str]:
    """The words that stand for what is asked for."""
    for name, choice in part.items():
        value, own = _value(choice, name, side, slot), choice.own
        if value is own or value == own:
            continue
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from (key.rpartition("-")[2] for key in value)
        elif isinstance(value, list):
            yield from (one for one in value if one not in own)
        elif hasattr(value, "site"):
            yield value.site
        else:
            yield str(value)
