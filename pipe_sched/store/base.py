"""The declarative base and the column types that SQLite and PostgreSQL share."""

from __future__ import annotations

import base64
import zlib
from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it without its zone, which is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; hand the driver UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


PACKED = "z85:"
"""Begins a text that is kept packed; a text of JSON never begins so."""


class Packed(TypeDecorator[str]):
    """A long text, kept compressed: a frozen week of 160 kB takes 11, and every change keeps one.

    A text that was stored before this type existed is read as it is.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Compress; the same text always gives the same bytes."""
        if value is None:
            return None
        return PACKED + base64.b85encode(zlib.compress(value.encode(), 6)).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """The text again."""
        if value is None or not value.startswith(PACKED):
            return value
        return zlib.decompress(base64.b85decode(value[len(PACKED) :])).decode()


class Base(DeclarativeBase):
    """Base of all tables."""

    # Its own registry, so that the Flask extension can build its base class on the same one.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Instant, dict: JSON, list: JSON},
    )
