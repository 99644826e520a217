"""How much a request may bring, and that none of it touches the disk."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Request, abort, request

UPLOAD_LIMIT = 1024 * 1024
"""Bytes of a workbook."""
BODY_LIMIT = UPLOAD_LIMIT + 64 * 1024
"""Bytes of a whole form, with what stands around the workbook."""
PARTS_LIMIT = 1000
ADDRESS_LIMIT = 8 * 1024
FIELD_LIMIT = 10_000
NAME_LIMIT = 200
"""Letters of a field, and of its name."""
NUL = "\x00"
"""No keyboard makes it, and PostgreSQL takes no text that holds it."""


class MemoryRequest(Request):
    """A request whose uploads stay in memory: what is never stored cannot be left behind."""

    def _get_file_stream(self, *_said: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()


def hold_to_limits() -> None:
    """Refuse an address or a field that no page of ours makes."""
    if len(request.environ.get("QUERY_STRING", "")) + len(request.path) > ADDRESS_LIMIT:
        abort(414)
    if NUL in request.path or any(
        NUL in text for pair in request.args.items(True) for text in pair
    ):
        abort(400, "The address holds a character that nobody can type. Start from the list.")
    for name, value in request.form.items(multi=True):
        if len(name or "") > NAME_LIMIT or len(value) > FIELD_LIMIT:  # a part may have no name
            abort(
                400, f"A field holds more than {FIELD_LIMIT:,} letters. Shorten it and try again."
            )
        if NUL in (name or "") or NUL in value:
            abort(400, "A field holds a character that nobody can type. Type it again.")
