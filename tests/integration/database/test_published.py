"""What is published of a month, on either database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import add_parks, park
from recorded import collect, recording, rows
from sqlalchemy import Engine

from park_downtime.database.engine import reading
from park_downtime.database.published import methods_of, rows_of_month, unheard_dates
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.periods import DateRange
from park_downtime.statistics.days import METHOD_VERSION

NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
JULY = DateRange(date(2026, 7, 1), date(2026, 7, 31))
AUGUST = DateRange(date(2026, 8, 1), date(2026, 8, 31))


@pytest.fixture(autouse=True)
def two_days(engine: Engine) -> None:
    """A day that is closed, and the noon of the next; a third on which nothing was heard lies between."""
    add_parks(engine, park(6), park(7))
    pictures = ("XoXooXXXXXXX", "XooooXXXXXXX", "XooooXXXXXXX")
    collect(engine, recording({6: pictures, 7: pictures}, NOON))
    collect(engine, recording({6: ("oo",) * 3}, NOON + timedelta(days=2)))
    aggregate_due(engine, NOON + timedelta(days=2))


def test_rows_are_those_of_final_days_in_order(engine: Engine) -> None:
    with reading(engine) as connection:
        found = list(rows_of_month(connection, "ride_days", ["ride_id", "stat_date"], JULY))
    first = [tuple(row) for row in found if row[1] == JULY.first]
    assert first == [(ride_id, JULY.first) for ride_id in (61, 62, 63, 71, 72, 73)]
    assert max(row[1] for row in found) < date(2026, 7, 3)


def test_a_closure_is_given_as_it_is_stored(engine: Engine) -> None:
    with reading(engine) as connection:
        found = list(rows_of_month(connection, "outages", ["park_id", "ride_id", "seconds"], JULY))
    assert [tuple(row) for row in found] == [(6, 61, 3600), (7, 71, 3600)]


def test_dates_on_which_nobody_was_heard_are_told(engine: Engine) -> None:
    assert {row["stat_date"] for row in rows(engine, "park_daily_stats", days_with_data=0)} == {
        date(2026, 7, 2)
    }
    with reading(engine) as connection:
        assert unheard_dates(connection, JULY) == [date(2026, 7, 2)]


def test_methods_are_those_of_its_days(engine: Engine) -> None:
    with reading(engine) as connection:
        assert methods_of(connection, JULY) == (METHOD_VERSION, METHOD_VERSION)
        assert methods_of(connection, AUGUST) is None
