"""Column types: instants that are UTC on every engine, enums as small codes.

Each gives the driver one function per value, without the layers between: a cycle writes and reads 50,000
instants, which was a sixth of its own work.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, SmallInteger, Text
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine

TINY = SmallInteger().with_variant(mysql.TINYINT(unsigned=True), "mysql", "mariadb")
SMALL = SmallInteger()
LIST = Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
"""What is only ever read as a whole, as one text (`lists.py`): a row for each would be thrice as large."""
PACKED = LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
"""The same, compressed."""
WHOLE_SECONDS = len("2026-07-14 19:00:00")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant to the second. Takes only aware datetimes, gives back UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sqlite.DATETIME(truncate_microseconds=True))  # type: ignore[no-untyped-call]
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _in_utc(value).replace(tzinfo=None, microsecond=0)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:
        return as_text

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return of_text if dialect.name == "sqlite" else _of_naive


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"an instant needs its zone, {value!r} has none")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def as_text(value: datetime | None) -> str | None:
    """As every driver would write it."""
    return None if value is None else _in_utc(value).isoformat(" ")[:WHOLE_SECONDS]


def of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _of_naive(value: datetime | None) -> datetime | None:
    return None if value is None else value.replace(tzinfo=UTC)


class Coded(TypeDecorator[StrEnum]):
    """An enum member stored as its place in `members`, one byte on MySQL and MariaDB.

    Codes are on disk: members may be appended, never reordered.
    """

    impl = SmallInteger
    cache_ok = True

    def __init__(self, *members: StrEnum) -> None:
        super().__init__()
        self.members = members
        self._codes: dict[StrEnum | None, int | None] = {None: None}
        self._codes |= {member: code for code, member in enumerate(members)}
        self.of_code = {code: member for member, code in self._codes.items()}

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TINY)

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> int | None:
        return self._codes[value]

    def bind_processor(self, dialect: Dialect) -> Callable[[StrEnum | None], int | None]:
        return self._codes.__getitem__

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], StrEnum | None]:
        return self.of_code.__getitem__
