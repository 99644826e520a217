"""Files of the poisoned premises, read as a spreadsheet, a calendar and a planner read them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO

from flask import Flask
from icalendar import Calendar
from openpyxl import load_workbook

from bench.attack.edits import look
from bench.attack.figures import Figure, exactly, none, some
from bench.attack.poisoned import SITE, Poisoned, plan
from bench.attack.visit import Visit, quiet
from bench.door import COOKIE
from pipe_sched.formats import workbook
from pipe_sched.store.engine import Store

FORMULAS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
PROPERTIES = {
    "VCALENDAR": {"PRODID", "VERSION", "CALSCALE", "METHOD"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"TZNAME", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"},
    "DAYLIGHT": {"TZNAME", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"},
    "VEVENT": {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "CLASS"},
}
"""All that a calendar of ours holds."""
LONGEST = 75
"""Bytes of a line of a calendar."""


def files(app: Flask, there: Poisoned, token: str) -> Iterator[Figure]:
    """What is in the published week's files, and in a workbook."""
    browser = Visit(app)
    browser.client.set_cookie(COOKIE, token)
    week = f"/sites/{SITE}/{there.lived}"
    with quiet():
        sheet = browser.get(f"{week}/timetable.csv").get_data()
        calendar = browser.get(f"{week}/timetable.ics").get_data()
        texts = [browser.get(f"{week}/{name}.json").get_data() for name in ("week", "timetable")]
        store: Store = app.extensions["pipe-sched-store"]
        sessions = len(look(store, SITE, there.lived).timetable.assignments)
    yield from of_sheet(sheet)
    yield from of_calendar(calendar)
    yield exactly("open format: files that parse", 2, sum(bool(json.loads(t)) for t in texts))
    yield some("sessions of that week", sessions)
    yield from of_workbook(workbook.as_bytes(plan((there.lived,))))


def of_sheet(data: bytes) -> Iterator[Figure]:
    """A CSV file: its cells."""
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row]
    yield some("CSV: rows", len(rows) - 1)
    yield none("CSV: rows of another length", sum(len(row) != len(rows[0]) for row in rows))
    yield some("CSV: cells that hold a payload's sign", sum(c[:1] == "'" for c in cells))
    yield none("CSV: cells taken for a formula", sum(c.startswith(FORMULAS) for c in cells))


def of_calendar(data: bytes) -> Iterator[Figure]:
    """An ICS file: components, properties, lines."""
    calendar = Calendar.from_ical(data)
    parts = list(calendar.walk())
    strange = [
        f"{part.name} {name}"
        for part in parts
        for name in part
        if str(name).upper() not in PROPERTIES.get(str(part.name), set())
    ]
    lines = data.split(b"\r\n")
    yield some("ICS: events", sum(part.name == "VEVENT" for part in parts))
    yield none(
        "ICS: components that are none of ours", sum(p.name not in PROPERTIES for p in parts)
    )
    yield none("ICS: properties that are none of ours", len(strange))
    yield none("ICS: errors in parsing", sum(len(part.errors) for part in parts))
    yield none("ICS: lines too long", sum(len(line) > LONGEST for line in lines))
    yield none("ICS: line breaks of another kind", data.replace(b"\r\n", b"").count(b"\n"))


def of_workbook(data: bytes) -> Iterator[Figure]:
    """A workbook of the same rows: no cell of it is a formula."""
    cells = [c for sheet in load_workbook(BytesIO(data)).worksheets for r in sheet for c in r]
    yield some("XLSX: cells", len(cells))
    yield none("XLSX: cells that are formulas", sum(c.data_type == "f" for c in cells))
