"""Frozen values to JSON and back, strictly, driven by their type hints.

One walk over the dataclasses serves writing, reading and the JSON Schema, so
the three cannot drift. A reader names the place of everything it refuses.
"""

from __future__ import annotations

import dataclasses
import types
import typing
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast

from pipe_sched.core.sound_numbers import FAR
from pipe_sched.core.spans import Span

T = TypeVar("T")
Json = Any

BIGGEST = 10**9
"""No whole number of the format is further from 0 than this."""
LONGEST = 200
"""Most characters of any text: ids and names are read on one line."""
UNSHOWN = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Unicode categories that break a line or a terminal: controls, half characters, separators."""
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows, and so can make one id look like another."""


class FormatError(ValueError):
    """Unusable JSON. `faults` are sentences, each naming its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@cache
def hints(cls: type) -> dict[str, Any]:
    """The resolved type hints of a dataclass's fields, in field order."""
    found = typing.get_type_hints(cls)
    return {f.name: found[f.name] for f in dataclasses.fields(cls)}


def to_json(value: object) -> Json:
    """Plain JSON of a frozen value: spans as [start, end], tuples as arrays."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(getattr(value, name)) for name in hints(type(value))}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    return value


def from_json(cls: type[T], data: Json, place: str) -> T:
    """Read a value of the type; raises `FormatError` with every fault found."""
    faults: list[str] = []
    try:
        value = _read(cls, data, place, faults)
    except RecursionError:
        faults = [f"{place}: nested too deeply."]
    if faults:
        raise FormatError(faults)
    return cast(T, value)


def _read(hint: Any, data: Json, place: str, faults: list[str]) -> Any:
    if hint is Span:
        return _span(data, place, faults)
    if dataclasses.is_dataclass(hint):
        return _object(cast(type, hint), data, place, faults)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _array(typing.get_args(hint)[0], data, place, faults)
    if origin is Literal:
        return _one_of(typing.get_args(hint), data, place, faults)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return _read(inner, data, place, faults)
    return _plain(hint, data, place, faults)


def _span(data: Json, place: str, faults: list[str]) -> Span:
    whole = isinstance(data, list) and len(data) == 2 and all(type(n) is int for n in data)
    if not whole:
        faults.append(f"{place}: a stretch of time is [start, end] in whole minutes.")
    elif data[1] < data[0]:
        faults.append(f"{place}: the end {shown(data[1])} is before the start {shown(data[0])}.")
    elif abs(data[0]) > FAR or abs(data[1]) > FAR:
        faults.append(f"{place}: {shown(data)} is further than 40 days from the week's Monday.")
    else:
        return Span(data[0], data[1])
    return Span(0, 0)


def _object(cls: type, data: Json, place: str, faults: list[str]) -> Any:
    if not isinstance(data, dict):
        faults.append(f"{place}: expected an object with the fields of a {cls.__name__}.")
        return None
    known = hints(cls)
    faults.extend(f"{place}: unknown field “{shown(key)}”." for key in data if key not in known)
    before = len(faults)
    values = {}
    for field in dataclasses.fields(cls):
        where = f"{place}.{field.name}"
        if field.name in data:
            values[field.name] = _read(known[field.name], data[field.name], where, faults)
        elif _required(field):
            faults.append(f"{place}: the field “{field.name}” is missing.")
    return cls(**values) if len(faults) == before else None


def _required(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _array(inner: Any, data: Json, place: str, faults: list[str]) -> tuple[Any, ...]:
    if not isinstance(data, list):
        faults.append(f"{place}: expected a list.")
        return ()
    return tuple(_read(inner, item, f"{place}[{i}]", faults) for i, item in enumerate(data))


def _one_of(allowed: tuple[Any, ...], data: Json, place: str, faults: list[str]) -> Any:
    if data not in allowed or (isinstance(data, bool) and True not in allowed):
        names = ", ".join(str(a) for a in allowed)
        faults.append(f"{place}: “{shown(data)}” is not one of {names}.")
        return allowed[0]
    return data


def _plain(hint: Any, data: Json, place: str, faults: list[str]) -> Any:
    words = {int: "a whole number", str: "text", bool: "true or false"}
    if type(data) is not hint:
        faults.append(f"{place}: expected {words.get(hint, hint)}, found {shown(data, repr)}.")
        return hint()
    fault = text_fault(data) if hint is str else None
    if hint is int and abs(data) > BIGGEST:
        fault = f"{shown(data)}. Use whole numbers from -{BIGGEST:,} to {BIGGEST:,}."
    if fault:
        faults.append(f"{place}: {fault}")
    return data


def text_fault(text: str) -> str | None:
    """What is wrong with a text as an id or a name, or None."""
    if len(text) > LONGEST:
        return f"the text has {len(text):,} characters. Use at most {LONGEST}."
    if not on_one_line(text):
        return "the text holds a line break or a character that cannot be shown. Leave it out."
    return None


def on_one_line(text: str) -> bool:
    """Whether the text holds nothing that breaks its line, or turns the direction of it."""
    return not any(unicodedata.category(c) in UNSHOWN or c in TURNING for c in text)


def shown(data: Json, form: Callable[[Json], str] = str) -> str:
    """A value on one short line, whatever it holds."""
    text = form(data if not isinstance(data, str) else data[:100])
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:100])
    return text if len(text) <= 40 else text[:37] + "..."


def definitions(*roots: type) -> dict[str, Json]:
    """JSON Schema definitions of the dataclasses and all they hold, by class name."""
    out: dict[str, Json] = {"Span": _span_schema()}
    waiting = list(roots)
    while waiting:
        cls = waiting.pop()
        if cls.__name__ in out:
            continue
        out[cls.__name__] = _object_schema(cls)
        waiting.extend(c for hint in hints(cls).values() for c in _classes(hint))
    return out


def _classes(hint: Any) -> Iterator[type]:
    if dataclasses.is_dataclass(hint) and hint is not Span:
        yield cast(type, hint)
    for inner in typing.get_args(hint):
        yield from _classes(inner)


def _span_schema() -> Json:
    return {
        "description": "A half-open stretch [start, end) in elapsed minutes since local Monday.",
        "type": "array",
        "items": {"type": "integer", "minimum": -FAR, "maximum": FAR},
        "minItems": 2,
        "maxItems": 2,
    }


def _object_schema(cls: type) -> Json:
    fields = dataclasses.fields(cls)
    known = hints(cls)
    properties = {}
    for field in fields:
        schema = dict(_schema(known[field.name]))
        if field.default is not dataclasses.MISSING:
            schema["default"] = to_json(field.default)
        properties[field.name] = schema
    return {
        "description": " ".join((cls.__doc__ or "").split()),
        "type": "object",
        "properties": properties,
        "required": [f.name for f in fields if _required(f)],
        "additionalProperties": False,
    }


def _schema(hint: Any) -> Json:
    if hint is Span or dataclasses.is_dataclass(hint):
        return {"$ref": f"#/$defs/{cast(type, hint).__name__}"}
    origin = typing.get_origin(hint)
    if origin is tuple:
        return {"type": "array", "items": _schema(typing.get_args(hint)[0])}
    if origin is Literal:
        return {"enum": list(typing.get_args(hint))}
    if origin in (Union, types.UnionType):
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return {"anyOf": [_schema(inner), {"type": "null"}]}
    plain: dict[type, Json] = {
        int: {"type": "integer", "minimum": -BIGGEST, "maximum": BIGGEST},
        str: {"type": "string", "maxLength": LONGEST},
        bool: {"type": "boolean"},
    }
    return plain[hint]
