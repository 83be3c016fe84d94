"""Rows as CSV, plain or packed without a time, so that the same rows are the same bytes."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any, BinaryIO, cast

from park_downtime.published.columns import PublishedTable


def write_table(out: BinaryIO, table: PublishedTable, rows: Iterable[Sequence[Any]], is_packed: bool) -> int:
    """Answers how many rows."""
    count = 0
    with _text(out, is_packed) as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.names)
        for row in rows:
            writer.writerow([_value(value) for value in row])
            count += 1
    return count


@contextmanager
def _text(out: BinaryIO, is_packed: bool) -> Iterator[IO[str]]:
    if not is_packed:
        text = io.TextIOWrapper(out, "utf-8", newline="")
        yield text
        text.flush()
        text.detach()  # who opened the file closes it
        return
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed,
        io.TextIOWrapper(cast("BinaryIO", packed), "utf-8", newline="") as inner,
    ):
        yield inner


def _value(value: object) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return f"{value.isoformat()[:19]}Z"
        case date():
            return value.isoformat()
        case _:
            return value
