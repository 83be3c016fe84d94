"""The bytes of a month of a park: gzip members one behind the other, first the header, then one for each day.

Together they are one gzip file that any program reads as one CSV. A day that is closed again has its member
replaced; those of the other days stay byte for byte and need not be packed again. No member holds a time or a
name, so the same day is the same bytes.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Mapping
from datetime import date

from park_downtime.stretches.lines import HEADER

LEVEL = 9
_GZIP = 16 + zlib.MAX_WBITS


class MonthDamaged(ValueError):
    """The bytes are no month of ours."""


class PackedDay:
    """One member, and what it unpacks to."""

    __slots__ = ("packed", "text")

    def __init__(self, packed: bytes, text: str) -> None:
        self.packed = packed
        self.text = text


def packed_day(text: str) -> PackedDay:
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=buffer, mtime=0) as file:
        file.write(text.encode())
    return PackedDay(buffer.getvalue(), text)


def header() -> bytes:
    return packed_day(HEADER).packed


def month_bytes(days: Mapping[date, PackedDay]) -> bytes:
    return b"".join([header(), *(days[day].packed for day in sorted(days))])


def days_in(data: bytes) -> dict[date, PackedDay]:
    """By local day. Raises MonthDamaged, also for a byte that is another than it was."""
    if not data:
        raise MonthDamaged("it is empty")
    days: dict[date, PackedDay] = {}
    for number, member in enumerate(_members(data)):
        if number == 0:
            if member.text != HEADER:
                raise MonthDamaged(
                    f"begins with {member.text[:60]!r} and not with the columns of this release"
                )
            continue
        try:
            days[date.fromisoformat(member.text.split(",", 2)[1])] = member
        except (IndexError, ValueError) as error:
            raise MonthDamaged(f"a day begins with {member.text[:60]!r}") from error
    return days


def _members(data: bytes) -> list[PackedDay]:
    members = []
    while data:
        unpacking = zlib.decompressobj(_GZIP)
        try:
            text = unpacking.decompress(data).decode()
        except (zlib.error, UnicodeDecodeError) as error:
            raise MonthDamaged(str(error)) from error
        if not unpacking.eof:
            raise MonthDamaged("it ends in the middle of a day")
        rest = unpacking.unused_data
        members.append(PackedDay(data[: len(data) - len(rest)], text))
        data = rest
    return members
