"""What is ready for the first visitor says the same as the tables that it was made of."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import api_world
import pytest
from api_world import MakeApp
from sqlalchemy import Engine, delete, event, update
from sqlalchemy.exc import DataError

from park_downtime.database.engine import reading, writing
from park_downtime.database.statistics_tables import ready_columns
from park_downtime.database.tables import parks, ride_classifications, rides
from park_downtime.database.version import bump_version
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.reports import make_ready as making
from park_downtime.reports.make_ready import make_ready
from park_downtime.reports.ready_rides import ready_rides

NIGHT = datetime(2026, 7, 2, 5, 10, tzinfo=UTC)
PERIODS = ("today", "7days", "30days")
ADDRESSES = (
    *(f"/api/parks/downtime?period={period}" for period in PERIODS),
    "/api/parks/downtime?period=7days&weighted=true&park_wide=exclude",
    *(f"/api/rides/downtime?period={period}" for period in PERIODS),
    *(
        f"/api/rides/downtime?period=7days&sort={field}"
        for field in (
            "downtime_hours",
            "lost_hours",
            "trend_percentage",
            "current_status",
            "ride_name",
            "rank_low",
        )
    ),
    "/api/rides/downtime?period=7days&offset=3&limit=4",
    "/api/rides/downtime?period=7days&park_wide=exclude",
    "/api/rides/downtime?period=7days&sort=rank&order=desc",
    *(f"/api/rides/waittimes?mode={mode}" for mode in ("live", "7day-average", "peak")),
    *(f"/api/trends?category=parks-declining&period={period}" for period in PERIODS),
    *(f"/api/trends?category=rides-declining&period={period}" for period in PERIODS),
)
GONE = 14


@pytest.fixture
def after_a_night(engine: Engine) -> Engine:
    """With a ride that has a past and is gone."""
    api_world.fill(engine)
    with writing(engine) as connection:
        gone = update(rides).where(rides.c.ride_id == GONE).values(inactive_since=NIGHT - timedelta(hours=1))
        connection.execute(gone)
    aggregate_due(engine, NIGHT)
    return engine


def answers(engine: Engine, make_app: MakeApp, now: datetime = NIGHT) -> dict[str, str]:
    """Of a program that has kept nothing."""
    client = make_app(engine, now=now).test_client()
    return {address: client.get(address).text for address in ADDRESSES}


def is_ready(engine: Engine) -> bool:
    with reading(engine) as connection:
        return ready_rides(connection) is not None


def test_answers_are_those_of_the_tables(after_a_night: Engine, make_app: MakeApp) -> None:
    asked: list[str] = []
    event.listen(after_a_night, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert is_ready(after_a_night)
    found = answers(after_a_night, make_app)
    sums = ("ride_daily_stats", "ride_period_totals", "park_daily_stats", "park_period_totals")
    assert [one for one in asked if any(f" {table}" in one for table in sums)] == []
    assert '"rank_low":1,' in found["/api/rides/downtime?period=7days"]
    with writing(after_a_night) as connection:
        connection.execute(delete(ready_columns))
    assert found == answers(after_a_night, make_app)
    assert all('"success":true' in answer for answer in found.values())


def test_statuses_are_those_of_the_table(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine)
    make_ready(engine)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    found = answers(engine, make_app, api_world.NOW)
    live = make_app(engine).test_client().get("/live").text
    of_all = [one for one in asked if "ride_status_now" in one and "WHERE" not in one]
    assert of_all == []
    with writing(engine) as connection:
        connection.execute(delete(ready_columns))
    assert found == answers(engine, make_app, api_world.NOW)
    assert live == make_app(engine).test_client().get("/live").text
    statuses = found["/api/rides/downtime?period=7days&sort=current_status"]
    assert [kind for kind in ("Down", "Running", "Closed") if f'"{kind}"' not in statuses] == []


def test_what_has_changed_since_is_told_from_the_tables(after_a_night: Engine, make_app: MakeApp) -> None:
    c = ride_classifications.c
    with writing(after_a_night) as connection:
        connection.execute(update(ride_classifications).where(c.ride_id == 12).values(tier=3))
        bump_version(connection)
    before = answers(after_a_night, make_app)
    make_ready(after_a_night)
    assert is_ready(after_a_night)
    assert answers(after_a_night, make_app) == before
    [row] = [
        line for line in before["/api/rides/downtime?period=7days"].split("{") if '"ride_id":12,' in line
    ]
    assert '"tier":3,' in row


@pytest.mark.parametrize("tracked", [{api_world.MAGIC}, {api_world.MAGIC, api_world.PRAIRIE}])
def test_parks_that_are_tracked_no_more_or_again_are_told_from_the_tables(
    after_a_night: Engine, make_app: MakeApp, tracked: set[int]
) -> None:
    """A cycle begins with that, and the version rises with its end."""
    if len(tracked) > 1:  # the last cycle did not know the park
        track(after_a_night, {api_world.MAGIC})
        with writing(after_a_night) as connection:
            bump_version(connection)
        make_ready(after_a_night)
    track(after_a_night, tracked)
    found = answers(after_a_night, make_app)
    with writing(after_a_night) as connection:
        connection.execute(delete(ready_columns))
    assert found == answers(after_a_night, make_app)
    assert ("=Prairie" in found["/api/rides/downtime?period=7days"]) is (len(tracked) > 1)


def test_a_park_whose_day_has_changed_is_told_from_the_tables(
    after_a_night: Engine, make_app: MakeApp
) -> None:
    """Its zone was corrected, and it is another date there at the moment that is shown."""
    with writing(after_a_night) as connection:
        here = parks.c.park_id == api_world.PRAIRIE
        connection.execute(update(parks).where(here).values(timezone="Pacific/Kiritimati"))
    assert is_ready(after_a_night)  # the version has not risen yet
    found = answers(after_a_night, make_app)
    with writing(after_a_night) as connection:
        connection.execute(delete(ready_columns))
    assert found == answers(after_a_night, make_app)


def track(engine: Engine, park_ids: set[int]) -> None:
    with writing(engine) as connection:
        connection.execute(update(parks).values(is_tracked=parks.c.park_id.in_(park_ids)))


def test_nothing_is_made_twice(after_a_night: Engine) -> None:
    asked: list[str] = []
    event.listen(after_a_night, "before_cursor_execute", lambda *args: asked.append(args[2]))
    make_ready(after_a_night)
    assert [one for one in asked if "ready_columns" in one and not one.startswith("SELECT")] == []


def test_before_the_first_cycle_nothing_is_ready(engine: Engine) -> None:
    make_ready(engine)
    assert not is_ready(engine)


def test_without_a_counted_ride_answers_are_those_of_the_tables(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine, last=2)
    with writing(engine) as connection:
        connection.execute(delete(ride_classifications))
        bump_version(connection)
    before = answers(engine, make_app)
    make_ready(engine)
    assert answers(engine, make_app) == before


def test_what_cannot_be_kept_is_told_and_harms_nothing(
    after_a_night: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise DataError("INSERT", {}, ValueError("no room"))

    with writing(after_a_night) as connection:
        bump_version(connection)
    monkeypatch.setattr(making, "keep_ready", refused)
    with caplog.at_level(logging.WARNING):
        make_ready(after_a_night)
    assert "rankings not made ready" in caplog.text
    assert not is_ready(after_a_night)
