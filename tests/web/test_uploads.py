"""Uploads stay in memory, at most an hour, for the account that sent them."""

from __future__ import annotations

import re
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from pipe_sched.core.plan import RoomRow
from pipe_sched.formats.workbook_write import as_bytes
from pipe_sched.web import create_app
from pipe_sched.web.limits import BODY_LIMIT, FIELD_LIMIT, PARTS_LIMIT, UPLOAD_LIMIT
from pipe_sched.web.waiting import HOUR, MOST, MOST_EACH, Waiting
from tests.formats.test_workbook_files import SHEET, repacked
from tests.formats.workbook_plans import small
from tests.web.client import Page, PageClient
from tests.web.conftest import client_for, plan

MIB = 1024 * 1024
NEW = RoomRow("1-new", "north", "New room", 4)

HERE = {"Origin": "http://localhost"}


def test_an_upload_is_given_once(tmp_path: Path) -> None:
    kept = Waiting()
    key = kept.put(b"one", "anna")
    assert kept.take(key, "anna") == b"one"
    assert kept.take(key, "anna") is None


def test_an_upload_is_given_to_nobody_else_and_is_still_there(tmp_path: Path) -> None:
    kept = Waiting()
    key = kept.put(b"one", "anna")
    assert kept.take(key, "ben") is None
    assert kept.take("nothing", "ben") is None
    assert kept.take(key, "anna") == b"one"


def test_an_upload_waits_an_hour_unless_told_otherwise() -> None:
    assert Waiting().seconds == HOUR == 3600


def test_an_upload_that_waited_too_long_is_gone_although_nobody_asks_for_it() -> None:
    kept = Waiting(seconds=0.05)
    kept.put(b"one", "anna")
    assert kept.kept
    until = time.monotonic() + 10
    while kept.kept and time.monotonic() < until:
        time.sleep(0.01)
    assert not kept.kept


def test_only_so_many_uploads_wait_at_once() -> None:
    kept = Waiting()
    keys = [kept.put(b"x", str(number)) for number in range(MOST + 1)]
    assert kept.take(keys[0], "0") is None
    assert kept.take(keys[-1], str(MOST)) == b"x"


def test_one_account_pushes_out_its_own_uploads_and_no_others() -> None:
    kept = Waiting()
    annas = kept.put(b"anna", "anna")
    bens = [kept.put(b"ben", "ben") for _ in range(MOST)]
    assert len(kept.kept) == MOST_EACH + 1
    assert kept.take(bens[0], "ben") is None
    assert kept.take(bens[-1], "ben") == b"ben"
    assert kept.take(annas, "anna") == b"anna"


def test_many_at_once_do_not_trip_over_one_another() -> None:
    kept, failed = Waiting(), []

    def come_and_go(owner: str) -> None:
        for _ in range(50):
            if kept.take(kept.put(owner.encode(), owner), owner) not in (owner.encode(), None):
                failed.append(owner)

    threads = [threading.Thread(target=come_and_go, args=(f"o{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert not kept.kept


@pytest.fixture
def bare(tmp_path: Path) -> Flask:
    """The pages over an empty store, and one that says what it was sent."""
    app = create_app(f"sqlite:///{tmp_path / 'uploads.db'}", WTF_CSRF_ENABLED=False)

    def told() -> dict[str, Any]:
        files = {n: (type(f.stream).__name__, len(f.read())) for n, f in request.files.items()}
        return {"files": files, "fields": {n: len(v) for n, v in request.form.items()}}

    told.needs = "see_health"  # type: ignore[attr-defined]  # as a view that needs no sign-in
    app.add_url_rule("/told", "told", told, methods=["POST"])
    return app


def send(app: Flask, data: dict[str, Any]) -> TestResponse:
    return app.test_client().post("/told", data=data, headers=HERE)


@pytest.mark.parametrize("size", [10, 600_000, UPLOAD_LIMIT])
def test_an_upload_of_any_size_that_is_taken_stays_in_memory(bare: Flask, size: int) -> None:
    answer = send(bare, {"book": (BytesIO(b"x" * size), "../../etc/passwd")})
    assert answer.get_json()["files"] == {"book": ["BytesIO", size]}


def test_a_form_that_is_larger_than_any_of_ours_is_refused(bare: Flask) -> None:
    answer = send(bare, {"book": (BytesIO(b"x" * BODY_LIMIT), "week.xlsx")})
    assert answer.status_code == 413
    assert b"at most 1 MiB" in answer.data


def test_a_field_that_is_longer_than_any_of_ours_is_refused(bare: Flask) -> None:
    assert send(bare, {"note": "é" * FIELD_LIMIT}).get_json()["fields"] == {"note": FIELD_LIMIT}
    for data in ({"note": "é" * (FIELD_LIMIT + 1)}, {"n" * 201: "x"}):
        answer = send(bare, data)
        assert answer.status_code == 400
        assert b"10,000 letters" in answer.data


def test_a_form_of_more_parts_than_any_of_ours_is_refused(bare: Flask) -> None:
    data = {f"n{number}": (BytesIO(b""), "f") for number in range(PARTS_LIMIT + 100)}
    assert send(bare, data).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n",
        b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nabc',
        b"\xff\xfe\x00" * 100,
    ],
    ids=["nothing", "an open boundary", "no header", "no name", "no end", "noise"],
)
def test_a_form_that_is_broken_off_is_never_a_fault_of_ours(bare: Flask, body: bytes) -> None:
    answer = bare.test_client().post(
        "/told", data=body, headers=HERE, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code < 500


def upload(client: PageClient, data: bytes, name: str = "week.xlsx") -> Page:
    return client.send(client.get("/"), "/workbook", workbook=(BytesIO(data), name))


def test_a_preview_is_confirmed_by_nobody_but_whom_it_was_shown(app: Flask) -> None:
    anna, ben = client_for(app, "manager"), client_for(app, "regime_lead")
    shown = upload(anna, as_bytes(replace(plan(), rooms=(*plan().rooms, NEW))))
    form = next(f for f in shown.html.forms if f.action.startswith("/workbook/"))
    taken = ben.post(form.action, {**ben.get("/").form("/workbook").fields})
    absent = ben.post("/workbook/absent", {**ben.get("/").form("/workbook").fields})
    assert (taken.status, absent.status) == (404, 404)
    assert taken.heading == absent.heading
    assert "Choose the file again." in taken.text
    assert "Choose the file again." in absent.text
    assert anna.post(form.action, form.fields).status == 303
    assert anna.post(form.action, form.fields).status == 404


def far_away(sheet: bytes) -> bytes:
    """A sheet that says it reaches the last cell of Excel, and has one there."""
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    told = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', sheet)
    return told.replace(b"</sheetData>", cell + b"</sheetData>")


def changed_sheet(change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(BytesIO(as_bytes(small()))) as parts:
        return repacked({SHEET: change(parts.read(SHEET))})


ENTITY = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
DANGEROUS: dict[str, Callable[[], bytes]] = {
    "a zip bomb": lambda: repacked({SHEET: b" " * (80 * MIB)}),
    "XML that reads a file": lambda: repacked({SHEET: ENTITY}),
    "a cell at the end of the world": lambda: changed_sheet(far_away),
    "macros": lambda: repacked({"xl/vbaProject.bin": b"x"}),
    "an old Excel file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(600),
    "a calendar": lambda: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "a page": lambda: b"<html><script>alert(1)</script></html>",
    "an address": lambda: b"http://127.0.0.1/week.xlsx",
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("kind", DANGEROUS)
def test_a_dangerous_file_is_refused_within_seconds_and_nothing_of_it_is_kept(
    app: Flask, client: PageClient, kind: str
) -> None:
    data = DANGEROUS[kind]()
    assert len(data) <= UPLOAD_LIMIT
    began = time.monotonic()
    page = upload(client, data, "<b>week</b>.xlsx")
    assert time.monotonic() - began < 5
    assert page.status in (400, 413, 422)
    assert "root:" not in page.text
    assert "<b>week" not in page.text
    assert "pipe-sched-waiting" not in app.extensions
