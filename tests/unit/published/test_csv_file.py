"""CSV as it is published: the same rows are the same bytes, and nothing known is lost."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime

import pytest

from park_downtime.published.columns import PublishedTable
from park_downtime.published.csv_file import write_table

TABLE = PublishedTable("test", "A test", (), ())
ROW = [
    1,
    None,
    0,
    True,
    False,
    2.5,
    date(2026, 7, 1),
    datetime(2026, 7, 1, 4, tzinfo=UTC),
    'Say "Boo", twice',
]
LINE = '1,,0,true,false,2.5,2026-07-01,2026-07-01T04:00:00Z,"Say ""Boo"", twice"\n'


@pytest.mark.parametrize("is_packed", [True, False])
def test_values_read_as_they_are_meant(is_packed: bool) -> None:
    out = io.BytesIO()
    assert write_table(out, TABLE, [ROW], is_packed) == 1
    content = gzip.decompress(out.getvalue()) if is_packed else out.getvalue()
    assert content.decode() == f"\n{LINE}"


def test_a_packed_file_holds_no_time_and_no_name() -> None:
    out = io.BytesIO()
    write_table(out, TABLE, [ROW], True)
    assert out.getvalue()[3:8] == bytes(5)
