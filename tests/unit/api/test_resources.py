"""Small judgements of rendering: what is null, and what is not."""

from __future__ import annotations

from datetime import date

import pytest

from park_downtime.api.fields import ride_totals
from park_downtime.api.resources.ride_details import day_row
from park_downtime.api.resources.wait_times import against_average
from park_downtime.database.ride_history import ParkDayRow
from park_downtime.statistics.measures import Measures

DAY = date(2026, 7, 1)
OPEN = ParkDayRow(
    session_seconds=36_000, park_expected_seconds=36_000, park_unknown_seconds=0, method_version=2
)
CLOSED = ParkDayRow(session_seconds=0, park_expected_seconds=0, park_unknown_seconds=0, method_version=2)
MISSED = ParkDayRow(
    session_seconds=0, park_expected_seconds=10_800, park_unknown_seconds=10_800, method_version=2
)


@pytest.mark.parametrize(
    ("ride", "park", "operated", "park_operated"),
    [
        (Measures(open_seconds=60, expected_seconds=60, days_operated=1), OPEN, True, True),
        (Measures(did_not_operate_seconds=60, expected_seconds=60, days_not_operated=1), OPEN, False, True),
        (Measures(unknown_seconds=60, expected_seconds=60), OPEN, None, True),
        (None, CLOSED, None, False),
        (None, MISSED, None, None),
        (None, None, None, None),
    ],
)
def test_what_a_day_was(
    ride: Measures | None, park: ParkDayRow | None, operated: bool | None, park_operated: bool | None
) -> None:
    cell = day_row(DAY, ride, park)
    assert (cell["operated"], cell["park_operated"]) == (operated, park_operated)


def test_figures_of_a_ride_that_was_never_observed_are_null() -> None:
    figures = ride_totals(Measures(expected_seconds=600, unknown_seconds=600))
    assert (figures.pop("coverage_percentage"), figures.pop("unknown_hours")) == (0, 600 / 3600)
    assert set(figures.values()) == {None}


def test_figures_of_a_ride_that_never_opened_are_zero_but_its_uptime_is_null() -> None:
    figures = ride_totals(Measures(expected_seconds=600, did_not_operate_seconds=600, days_not_operated=1))
    assert (figures["downtime_hours"], figures["uptime_percentage"]) == (0, None)


@pytest.mark.parametrize(
    ("current", "average", "percent"),
    [
        (60, 40.0, 50.0),
        (20, 40.0, -50.0),
        (None, 40.0, None),
        (60, None, None),
        (60, 0.0, None),
        (0, 40.0, -100.0),
    ],
)
def test_the_wait_against_its_average(
    current: int | None, average: float | None, percent: float | None
) -> None:
    assert against_average(current, average) == percent
