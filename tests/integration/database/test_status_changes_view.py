"""The view ride_status_changes: a change is where a run begins with another state than before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Engine, insert, text

from park_downtime.database.engine import writing
from park_downtime.database.tables import ride_runs
from park_downtime.model import State

NINE = datetime(2025, 7, 4, 13, tzinfo=UTC)


def add_run(connection: Connection, minutes: int, state: State, day: date = date(2025, 7, 4)) -> None:
    connection.execute(
        insert(ride_runs),
        {
            "park_id": 6,
            "local_date": day,
            "ride_id": 138,
            "started_at": NINE + timedelta(minutes=minutes),
            "last_reading_at": NINE + timedelta(minutes=minutes),
            "interval_seconds": 600,
            "state": state,
            "reading_count": 1,
            "wait_count": 0,
            "wait_sum": 0,
        },
    )


def changes(connection: Connection) -> list[tuple[object, ...]]:
    rows = connection.execute(
        text(
            "SELECT ride_id, previous_status, new_status, previous_seconds "
            "FROM ride_status_changes ORDER BY changed_at"
        )
    )
    return [tuple(row) for row in rows]


def test_a_change_tells_both_states_and_the_time_in_the_previous_one(engine: Engine) -> None:
    with writing(engine) as connection:
        add_run(connection, 0, State.OPEN)
        add_run(connection, 90, State.CLOSED)
        add_run(connection, 120, State.OPEN)
        assert changes(connection) == [(138, "open", "closed", 5_400), (138, "closed", "open", 1_800)]


def test_a_run_that_goes_on_after_midnight_or_a_gap_is_no_change(engine: Engine) -> None:
    with writing(engine) as connection:
        add_run(connection, 0, State.OPEN)
        add_run(connection, 900, State.OPEN, date(2025, 7, 5))
        add_run(connection, 960, State.CLOSED, date(2025, 7, 5))
        assert changes(connection) == [(138, "open", "closed", 57_600)]


def test_the_first_run_of_a_ride_is_no_change(engine: Engine) -> None:
    with writing(engine) as connection:
        add_run(connection, 0, State.CLOSED)
        assert changes(connection) == []
