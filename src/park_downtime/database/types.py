"""Column types: instants that are UTC on every engine, enums as small codes."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, SmallInteger
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine

TINY = SmallInteger().with_variant(mysql.TINYINT(unsigned=True), "mysql", "mariadb")
SMALL = SmallInteger()


class UtcDateTime(TypeDecorator[datetime]):
    """An instant to the second. Takes only aware datetimes, gives back UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sqlite.DATETIME(truncate_microseconds=True))  # type: ignore[no-untyped-call]
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs its zone, {value!r} has none")
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
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
        self._codes = {member: code for code, member in enumerate(members)}

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TINY)

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> int | None:
        return None if value is None else self._codes[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.members[value]
