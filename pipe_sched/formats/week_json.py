"""The open format: a frozen week and its timetable as JSON without names.

`docs/format.md` says what each field means; `schema()` is the JSON Schema.
Labels (names) are an optional second file. Reading refuses another version, an
unknown field or a dangling id, with sentences that name the place.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping

from pipe_sched.core.sound import faults, misplaced
from pipe_sched.core.week import Assignment, Timetable, Week
from pipe_sched.formats.json_values import (
    FormatError,
    Json,
    definitions,
    from_json,
    shown,
    text_fault,
    to_json,
)

WEEK = "pipe-sched/week/1"
TIMETABLE = "pipe-sched/timetable/1"
LABELS = "pipe-sched/labels/1"
LABEL_TABLES = ("people", "rooms", "sites")


def week_to_json(week: Week) -> str:
    """The week's canonical text: every field, in a fixed order, one byte-exact form."""
    return _text({"format": WEEK, **to_json(week)})


def week_from_json(text: str | bytes) -> Week:
    """Read a week; raises `FormatError` for anything unusable."""
    data = _parsed(text, WEEK)
    week = from_json(Week, data, "week")
    found = faults(week)
    if found:
        raise FormatError(list(found))
    return week


def week_hash(week: Week) -> str:
    """SHA-256 of the canonical text: what a result must still fit."""
    return hashlib.sha256(week_to_json(week).encode()).hexdigest()


def timetable_to_json(timetable: Timetable, week: Week | None = None) -> str:
    """The timetable's canonical text, assignments in order of demand id."""
    ordered = tuple(sorted(timetable.assignments, key=lambda a: a.demand))
    head: dict[str, Json] = {"format": TIMETABLE}
    if week is not None:
        head["week"] = {"year": week.year, "number": week.number, "sha256": week_hash(week)}
    return _text({**head, "assignments": to_json(ordered)})


def timetable_from_json(text: str | bytes, week: Week | None = None) -> Timetable:
    """Read a timetable; with its week, dangling ids and another week's are refused."""
    data = _parsed(text, TIMETABLE)
    head = data.pop("week", None)
    timetable = from_json(Timetable, data, "timetable")
    if week is not None:
        _belongs(head, week)
        found = misplaced(week, timetable)
        if found:
            raise FormatError(list(found))
    return timetable


def _belongs(head: Json, week: Week) -> None:
    if not isinstance(head, dict):
        return
    told = (head.get("year"), head.get("number"))
    if told != (week.year, week.number):
        raise FormatError(
            [
                f"timetable.week: made for week {shown(told[1])} of {shown(told[0])}, "
                f"but this is week {week.number} of {week.year}."
            ]
        )


def labels_to_json(tables: Mapping[str, Mapping[str, str]]) -> str:
    """Names by id, for whoever may hold them: `people`, `rooms`, `sites`."""
    return _text({"format": LABELS, **{t: dict(tables.get(t, {})) for t in LABEL_TABLES}})


def labels_from_json(text: str | bytes) -> dict[str, dict[str, str]]:
    """Read a labels file; raises `FormatError`."""
    data = _parsed(text, LABELS)
    wrong = [
        f"labels.{shown(table)}: expected an object of id to text."
        for table, names in data.items()
        if table not in LABEL_TABLES
        or not isinstance(names, dict)
        or not all(isinstance(name, str) for name in names.values())
    ]
    wrong += [
        f"labels.{table}.“{shown(id_)}”: {fault}"
        for table in LABEL_TABLES
        if not wrong
        for id_, name in data.get(table, {}).items()
        if (fault := text_fault(id_) or text_fault(name))
    ]
    if wrong:
        raise FormatError(wrong)
    return {table: dict(data.get(table, {})) for table in LABEL_TABLES}


def schema() -> dict[str, Json]:
    """The JSON Schema (2020-12) of week, timetable and labels files."""
    defs = definitions(Week, Assignment)
    week = defs.pop("Week")
    week["properties"] = {"format": {"const": WEEK}, **week["properties"]}
    week["required"] = ["format", *week["required"]]
    names = {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pipe-sched open format, version 1",
        "oneOf": [{"$ref": "#/$defs/Week"}, {"$ref": "#/$defs/Timetable"}, _labels_schema(names)],
        "$defs": {"Week": week, "Timetable": _timetable_schema(), **defs},
    }


def _timetable_schema() -> Json:
    return {
        "type": "object",
        "properties": {
            "format": {"const": TIMETABLE},
            "week": {
                "type": "object",
                "properties": {
                    "year": {"type": "integer"},
                    "number": {"type": "integer"},
                    "sha256": {"type": "string"},
                },
            },
            "assignments": {"type": "array", "items": {"$ref": "#/$defs/Assignment"}},
        },
        "required": ["format", "assignments"],
        "additionalProperties": False,
    }


def _labels_schema(names: Json) -> Json:
    return {
        "type": "object",
        "properties": {"format": {"const": LABELS}, **dict.fromkeys(LABEL_TABLES, names)},
        "required": ["format"],
        "additionalProperties": False,
    }


def _text(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _parsed(text: str | bytes, wanted: str) -> dict[str, Json]:
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except FormatError:
        raise
    except UnicodeDecodeError as error:
        raise FormatError([f"Not UTF-8 text: byte {error.start} cannot be read."]) from None
    except RecursionError:
        raise FormatError(["Not usable JSON: nested too deeply."]) from None
    except ValueError as error:
        raise FormatError([f"Not JSON: {error}."]) from None
    if not isinstance(data, dict):
        raise FormatError([f"Expected an object with “format”: “{wanted}”."])
    found = data.pop("format", None)
    if found != wanted:
        told = f"says “{shown(found)}”" if found else "names no format"
        raise FormatError([f"format: the file {told}; this program reads “{wanted}” here."])
    return data


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object, in which each field is given once: readers differ on which of two counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise FormatError(
            [f"Not usable JSON: the field “{shown(twice)}” is given twice in one object."]
        )
    return found
