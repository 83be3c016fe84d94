"""A park's official hours as they stand beside a recording."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.accuracy.official_hours import OfficialHours, read_hours


def test_clock_times_past_midnight_lie_in_the_night_that_follows(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text(
        "park_id,date,open,close,extra_open,extra_close\n8,2017-07-01,09:00,22:00,08:00,25:00\n",
        encoding="utf-8",
    )
    assert read_hours(file, "America/New_York") == {
        date(2017, 7, 1): OfficialHours(
            opens_at=datetime(2017, 7, 1, 13, tzinfo=UTC),
            closes_at=datetime(2017, 7, 2, 2, tzinfo=UTC),
            extra_opens_at=datetime(2017, 7, 1, 12, tzinfo=UTC),
            extra_closes_at=datetime(2017, 7, 2, 5, tzinfo=UTC),
        )
    }


def test_the_clock_is_the_one_on_the_wall_on_the_day_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text(
        "park_id,date,open,close,extra_open,extra_close\n8,2017-11-05,09:00,20:00,08:00,20:00\n",
        encoding="utf-8",
    )
    (found,) = read_hours(file, "America/New_York").values()
    assert found.opens_at == datetime(2017, 11, 5, 14, tzinfo=UTC)
