"""When the night of a zone is due."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from park_downtime.jobs.aggregate import days_over, is_due

NEW_YORK, DAY = "America/New_York", date(2026, 7, 1)  # over at 04:00 UTC of July 2


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestDue:
    @pytest.mark.parametrize(
        ("now", "due"),
        [("2026-07-02T03:59", False), ("2026-07-02T04:09", False), ("2026-07-02T04:10", True)],
    )
    def test_first_ten_minutes_after_the_day_is_over(self, now: str, due: bool) -> None:
        assert is_due(DAY, NEW_YORK, None, at(now)) is due

    @pytest.mark.parametrize(
        ("now", "due"), [("2026-07-02T05:09", False), ("2026-07-02T05:10", True), ("2026-07-02T06:10", True)]
    )
    def test_then_hourly(self, now: str, due: bool) -> None:
        assert is_due(DAY, NEW_YORK, at("2026-07-02T04:10"), at(now)) is due

    def test_an_attempt_fills_its_hour_however_late_it_was(self) -> None:
        assert not is_due(DAY, NEW_YORK, at("2026-07-02T04:50"), at("2026-07-02T05:00"))
        assert is_due(DAY, NEW_YORK, at("2026-07-02T04:50"), at("2026-07-02T05:10"))

    def test_also_days_later(self) -> None:
        assert is_due(DAY, NEW_YORK, at("2026-07-02T06:10"), at("2026-07-05T17:10"))

    def test_after_a_23_hour_day_it_is_due_by_the_real_midnight(self) -> None:
        spring = date(2026, 3, 8)  # begins at 05:00 UTC, ends at 04:00
        assert not is_due(spring, NEW_YORK, None, at("2026-03-09T04:00"))
        assert is_due(spring, NEW_YORK, None, at("2026-03-09T04:10"))

    def test_after_a_25_hour_day_too(self) -> None:
        autumn = date(2026, 11, 1)
        assert not is_due(autumn, NEW_YORK, None, at("2026-11-02T04:10"))
        assert is_due(autumn, NEW_YORK, None, at("2026-11-02T05:10"))

    def test_newfoundland_is_due_at_forty_minutes_past(self) -> None:
        assert not is_due(DAY, "America/St_Johns", None, at("2026-07-02T02:39"))
        assert is_due(DAY, "America/St_Johns", None, at("2026-07-02T02:40"))

    def test_arizona_is_due_at_the_same_time_all_year(self) -> None:
        for day, now in (
            (date(2026, 7, 1), "2026-07-02T07:10"),
            (date(2026, 1, 1), "2026-01-02T07:10"),
        ):
            assert is_due(day, "America/Phoenix", None, at(now))


class TestDaysOver:
    def test_from_the_first_to_yesterday(self) -> None:
        assert days_over(date(2026, 6, 29), NEW_YORK, at("2026-07-02T04:00")) == [
            date(2026, 6, 29),
            date(2026, 6, 30),
            DAY,
        ]

    def test_today_is_not_over(self) -> None:
        assert days_over(DAY, NEW_YORK, at("2026-07-02T03:59")) == []

    def test_what_is_over_in_new_york_is_not_in_los_angeles(self) -> None:
        now = at("2026-07-02T05:00")
        assert days_over(DAY, NEW_YORK, now) == [DAY]
        assert days_over(DAY, "America/Los_Angeles", now) == []
