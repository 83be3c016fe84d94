"""Parks open by season and weekday, some past midnight, some twice in an evening."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from park_downtime.periods import day_range
from park_downtime.simulator.catalogue import Kind
from park_downtime.simulator.causes import Cause
from park_downtime.simulator.worlds import default_world

WORLD = default_world()


def test_a_seasonal_park_is_closed_in_winter() -> None:
    assert WORLD.park_hours(50, date(2025, 1, 18)) == ()
    start, end = day_range(date(2025, 1, 18), "America/New_York")
    assert {s.cause for ride in WORLD.park_truth(50, start, end).values() for s in ride} == {Cause.SEASON}


def test_some_parks_close_on_winter_weekdays_only() -> None:
    monday, saturday = date(2025, 1, 20), date(2025, 1, 25)
    assert WORLD.park_hours(34, monday) == ()
    assert len(WORLD.park_hours(34, saturday)) == 1


def test_a_water_park_opens_in_its_season_only() -> None:
    assert WORLD.park_hours(295, date(2025, 10, 4)) == ()
    assert len(WORLD.park_hours(295, date(2025, 7, 4))) == 1


def test_some_summer_nights_end_at_two() -> None:
    nights = [date(2025, 7, 4) + timedelta(weeks=week) for week in range(8)]
    closing = {
        WORLD.park_hours(6, night)[-1].end.astimezone(ZoneInfo("America/New_York")).strftime("%H:%M")
        for night in nights
    }
    assert "02:00" in closing


def test_an_evening_event_follows_a_day_that_ended_at_five() -> None:
    day, event = WORLD.park_hours(6, date(2025, 10, 17))
    assert (day.is_event, event.is_event) == (False, True)
    assert day.end.astimezone(ZoneInfo("America/New_York")).hour == 17
    assert event.start > day.end


def test_few_rides_run_at_an_evening_event() -> None:
    event = WORLD.park_hours(6, date(2025, 10, 17))[1]
    rides = [ride.ride_id for ride in WORLD.parks[6].rides if ride.kind is Kind.RIDE]
    stretches = {ride: WORLD.truth(6, ride, event.start, event.end) for ride in rides}
    running = sum(any(stretch.is_open for stretch in found) for found in stretches.values())
    assert 0.1 * len(rides) < running < 0.5 * len(rides)


def test_hours_follow_the_true_zone_and_not_the_stated_one() -> None:
    opening = WORLD.park_hours(47, date(2025, 7, 5))[0].start.astimezone(ZoneInfo("America/Mexico_City"))
    assert opening.hour in (9, 10)
