"""Days and wall times as people type them."""

from __future__ import annotations

import re
from datetime import time

from wtforms import StringField
from wtforms.validators import ValidationError

SAID = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)
ASK = "Enter a time like 9:15am or 14:30."


def parse_time(text: str) -> time:
    """9:15am, 9am, 14:30, 1430 or midday; raises ValueError with a sentence."""
    words = text.strip().lower()
    if words in ("midday", "noon"):
        return time(12)
    if words == "midnight":
        return time(0)
    found = SAID.fullmatch(words)
    if found is None:
        raise ValueError(ASK)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if not half and found[2] is None:
        raise ValueError(ASK)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(ASK)
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError(ASK) from None


def is_time(_form: object, field: StringField) -> None:
    """A validator: the field holds a wall time."""
    try:
        parse_time(field.data or "")
    except ValueError as error:
        raise ValidationError(str(error)) from None
