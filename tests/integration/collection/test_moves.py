"""A park that changes its zone and a ride that changes its park: both from the next local midnight."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import RIDES, add_parks, cycle, park, said
from recorded import EVERY, collect, everything, recording, rows
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.collection.sync_time_zones import with_zone
from park_downtime.database import by_park
from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import all_parks, save_parks
from park_downtime.database.past_closures import closures_of_ride
from park_downtime.database.ride_history import ride_days
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.model import State
from park_downtime.periods import DateRange

DAY, NEXT_DAY = date(2026, 7, 1), date(2026, 7, 2)
CHICAGO, DENVER = "America/Chicago", "America/Denver"
EVENING = datetime(2026, 7, 2, 2, tzinfo=UTC)  # 20:00 of July 1 in Denver, 21:00 in Chicago


class TestZone:
    """Park 6 is labelled Denver, and corrected to Chicago in the evening of July 1."""

    # open from 20:00 to 02:00 in Denver; the first ride is down for an hour before and after midnight
    RIDES = ("ooo" + "XX" + "oXXXXXX", "oooooo" + "XXXXXX", "oooooo" + "XXXXXX")

    def collect(self, engine: Engine) -> None:
        add_parks(engine, park(6, DENVER))
        for cycle_ in recording({6: self.RIDES}, EVENING):
            collect(engine, [cycle_])
            if cycle_.recorded_at == EVENING + EVERY:
                with writing(engine) as connection:
                    known = all_parks(connection)[6]
                    save_parks(
                        connection, [with_zone(known, CHICAGO, cycle_.recorded_at, was_collected=True)]
                    )

    def test_the_day_of_the_change_ends_at_the_old_midnight(self, engine: Engine) -> None:
        self.collect(engine)
        found = rows(engine, "park_daily_stats")
        assert [(row["stat_date"], row["session_seconds"]) for row in found] == [
            (DAY, 4 * 3600),
            (NEXT_DAY, 2 * 3600),
        ]

    def test_no_downtime_is_lost(self, engine: Engine) -> None:
        self.collect(engine)
        found = rows(engine, "ride_daily_stats", ride_id=61)
        assert [row["downtime_seconds"] for row in found] == [3600, 3600]

    def test_both_days_are_closed(self, engine: Engine) -> None:
        self.collect(engine)
        for hours in (2, 6, 10, 39):
            aggregate_due(engine, EVENING + timedelta(minutes=10) + hours * EVERY)
        assert {row["stat_date"]: row["is_final"] for row in rows(engine, "park_daily_stats")} == {
            DAY: True,
            NEXT_DAY: True,
        }

    def test_the_night_changes_no_row(self, engine: Engine) -> None:
        self.collect(engine)
        tables = ("ride_daily_stats", "ride_closures", "ride_runs", "park_runs", "park_operating_sessions")
        before = everything(engine, *tables)
        for hours in (2, 6, 10, 39):
            aggregate_due(engine, EVENING + timedelta(minutes=10) + hours * EVERY)
        assert everything(engine, *tables) == before

    def test_its_last_old_day_is_closed_though_the_new_zone_was_closed_before(self, engine: Engine) -> None:
        """Park 7 is in Chicago, whose night comes an hour before that of Denver."""
        add_parks(engine, park(7, CHICAGO))
        collect(engine, recording({7: ("ooXXXXXX", "ooXXXXXX", "ooXXXXXX")}, EVENING - 6 * EVERY))
        aggregate_due(engine, datetime(2026, 7, 2, 5, 10, tzinfo=UTC))
        self.collect(engine)
        for hours in (4, 6, 10, 39):
            aggregate_due(engine, EVENING + timedelta(minutes=10) + hours * EVERY)
        assert all(row["is_final"] for row in rows(engine, "park_daily_stats", stat_date=DAY))


class TestRide:
    """Ride 2 is no longer in park 6, and turns up in park 7; both are in New York."""

    NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)

    def day(self, engine: Engine, start: datetime, pictures: dict[int, dict[int, str]]) -> None:
        """Parks, their rides, and what each says; `-`: not in the payload."""
        states = {"o": State.OPEN, "X": State.CLOSED}
        length = len(next(iter(next(iter(pictures.values())).values())))
        for place in range(length):
            payloads = {
                park_id: tuple(
                    said(ride_id, states[picture[place]])
                    for ride_id, picture in rides.items()
                    if picture[place] != "-"
                )
                for park_id, rides in pictures.items()
            }
            hourly = replace(cycle(start + place * EVERY, payloads), interval_seconds=3600)
            store_cycle(engine, hourly, RIDES)

    def collect(self, engine: Engine) -> None:
        add_parks(engine, park(6), park(7))
        others = {6: {1: "ooooXX", 3: "ooooXX", 5: "ooooXX"}, 7: {4: "ooooXX", 8: "ooooXX", 9: "ooooXX"}}
        on_the_day = {6: {**others[6], 2: "oXo---"}, 7: {**others[7], 2: "---oXX"}}
        self.day(engine, self.NOON, on_the_day)
        after = {6: others[6], 7: {**others[7], 2: "oXXoXX"}}
        self.day(engine, self.NOON + timedelta(days=1), after)

    def test_its_days_before_stay_with_the_old_park(self, engine: Engine) -> None:
        self.collect(engine)
        found = {row["stat_date"]: row for row in rows(engine, "ride_daily_stats", ride_id=2)}
        assert {day: (row["park_id"], row["downtime_seconds"]) for day, row in found.items()} == {
            DAY: (6, 3600),
            NEXT_DAY: (7, 7200),
        }

    def test_its_history_is_that_in_both_parks(self, engine: Engine) -> None:
        self.collect(engine)
        with reading(engine) as connection:
            days = ride_days(connection, 2, DAY, NEXT_DAY)
            outages = closures_of_ride(connection, 2, DateRange(DAY, NEXT_DAY), self.NOON + timedelta(days=2))
            later = by_park.parks_since(connection, [2], NEXT_DAY)
        assert {day: parts.downtime_seconds for day, parts in days.items()} == {DAY: 3600, NEXT_DAY: 7200}
        assert [outage.seconds for outage in outages] == [7200, 3600]
        assert later == [7]

    def test_its_former_park_is_found_in_however_many_days(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.collect(engine)
        monkeypatch.setattr(by_park, "KEYS_AT_ONCE", 4)  # two days of two parks
        with reading(engine) as connection:
            assert by_park.parks_since(connection, [2], DAY - timedelta(days=9)) == [6, 7]

    def test_it_has_one_row_on_the_day_on_which_cycles_of_both_met(self, engine: Engine) -> None:
        """Both parks are open beyond midnight, and park 6 is stored first."""
        add_parks(engine, park(6), park(7))
        others = {6: {1: "oooooo", 3: "oooooo", 5: "oooooo"}, 7: {4: "oooooo", 8: "oooooo", 9: "oooooo"}}
        evening = self.NOON + timedelta(hours=8, minutes=30)
        self.day(engine, evening, {6: {**others[6], 2: "o-----"}, 7: {**others[7], 2: "-ooooo"}})
        found = [(row["park_id"], row["stat_date"]) for row in rows(engine, "ride_daily_stats", ride_id=2)]
        assert found == [(6, DAY), (7, NEXT_DAY)]

    def test_nothing_is_expected_of_it_in_the_old_park_any_more(self, engine: Engine) -> None:
        self.collect(engine)
        (new,) = rows(engine, "park_daily_stats", park_id=6, stat_date=NEXT_DAY)
        assert new["expected_seconds"] == 3 * 4 * 3600

    def test_the_nights_change_no_row(self, engine: Engine) -> None:
        self.collect(engine)
        before = everything(engine, "ride_daily_stats", "ride_closures", "ride_runs")
        aggregate_due(engine, self.NOON + timedelta(days=2))
        assert everything(engine, *before) == before
        assert all(row["is_final"] for row in rows(engine, "park_daily_stats"))

    def test_each_park_has_the_sum_of_its_own_days(self, engine: Engine) -> None:
        self.collect(engine)
        aggregate_due(engine, self.NOON + timedelta(days=2))
        down = {row["park_id"]: row["downtime_seconds"] for row in rows(engine, "park_weekly_stats")}
        assert down == {6: 3600, 7: 7200}

    def test_its_week_is_the_sum_of_its_days_in_both(self, engine: Engine) -> None:
        self.collect(engine)
        aggregate_due(engine, self.NOON + timedelta(days=2))
        found = rows(engine, "ride_weekly_stats", ride_id=2)
        assert sum(row["downtime_seconds"] for row in found) == 3600 + 7200


def test_zones_are_kept_with_the_park(engine: Engine) -> None:
    add_parks(engine, park(6, DENVER))
    store_cycle(engine, cycle(EVENING, {6: (said(1),)}), RIDES)
    with writing(engine) as connection:
        save_parks(connection, [with_zone(all_parks(connection)[6], CHICAGO, EVENING, was_collected=True)])
    store_cycle(engine, cycle(EVENING + 3 * EVERY, {6: (said(1),)}), RIDES)
    store_cycle(engine, cycle(EVENING + 4 * EVERY, {6: (said(1),)}), RIDES)
    with reading(engine) as connection:
        found = all_parks(connection)[6]
    assert (found.timezone, found.previous_timezone) == (CHICAGO, DENVER)
