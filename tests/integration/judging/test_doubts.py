"""A feed that lies under fresh stamps changes no figure of the day (DESIGN, Doubt)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from cycles import add_parks, park
from lying import (
    CLOSES,
    EVERY_MINUTES,
    MIDNIGHT,
    OPENS,
    Feed,
    cycles,
    honest,
    left_open,
    listing,
    reopening,
    repeating,
)
from recorded import DAILY, as_park, collect, everything, only, rows
from sqlalchemy import Engine

from park_downtime.database.engine import reading
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.judging.moment import moment
from park_downtime.model import Cycle, DoubtKind, Status
from park_downtime.reports.live import live_view

HONEST, LYING = 6, 7
DAYS = [date(2026, 7, 1), date(2026, 7, 2)]
NEXT_MORNING = 24 * 60 + OPENS - EVERY_MINUTES
HOUR = 3600
LIES: dict[str, Feed] = {
    "repeats until 23:00": repeating(23 * 60),
    "repeats until the next morning": repeating(NEXT_MORNING),
    "repeats until it opens again": repeating(24 * 60 + OPENS),
    "two are left open": left_open(1, 2),
    "three are left open": left_open(1, 2, 3),
}


def know_parks(engine: Engine) -> None:
    add_parks(engine, park(HONEST), park(LYING))


def both(feed: Feed, days: int = 3) -> Iterable[Cycle]:
    """Each cycle with an honest park and its twin that lies."""
    for true, untrue in zip(cycles(honest, days, HONEST), cycles(feed, days, LYING), strict=True):
        yield Cycle(true.recorded_at, true.interval_seconds, (*true.parks, *untrue.parks))


def live_day(engine: Engine, feed: Feed, days: int = 3) -> None:
    know_parks(engine)
    for cycle in both(feed, days):
        collect(engine, [cycle])
        aggregate_due(engine, cycle.recorded_at)


def minutes_of(day: int, minute: int) -> datetime:
    return MIDNIGHT + timedelta(days=day, minutes=minute)


def sums(engine: Engine, park_id: int, *names: str) -> dict[str, int]:
    found = [row for row in rows(engine, "park_daily_stats", park_id=park_id) if row["stat_date"] in DAYS]
    return {name: sum(row[name] for row in found) for name in names}


@pytest.mark.parametrize(
    ("database_url", "lie"),
    [
        *(("sqlite", lie) for lie in LIES),
        ("mariadb", "repeats until 23:00"),
        ("mariadb", "two are left open"),
    ],
    indirect=["database_url"],  # on the server one of each kind: what is done differs, no statement does
)
def test_two_days_are_what_they_were(engine: Engine, lie: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        live_day(engine, LIES[lie])
    assert caplog.messages == []  # the night folds what the cycles had folded
    names = ("open_seconds", "downtime_seconds", "outage_count", "early_close_seconds", "park_stop_seconds")
    assert sums(engine, LYING, *names) == sums(engine, HONEST, *names)
    assert sums(engine, HONEST, *names) == {
        "open_seconds": 2 * (5 * 8 - 1) * HOUR,
        "downtime_seconds": 2 * HOUR,
        "outage_count": 2,
        "early_close_seconds": 0,
        "park_stop_seconds": 0,
    }


@pytest.mark.parametrize("is_proven", [False, True])
def test_an_opening_without_a_wait_ends_a_closure_once_a_wait_is_alive(
    sqlite_engine: Engine, is_proven: bool
) -> None:
    know_parks(sqlite_engine)
    counted: list[tuple[datetime, float, float]] = []
    for cycle in cycles(reopening(20 * 60, is_proven), 1, LYING):
        collect(sqlite_engine, [cycle])
        counted.extend(
            (cycle.recorded_at, row["ongoing_seconds"] / HOUR, row["downtime_seconds"] / HOUR)
            for row in rows(sqlite_engine, "ride_daily_stats", ride_id=LYING * 10 + 1)
        )
    after = {at: figures for at, *figures in counted}
    assert after[minutes_of(0, 19 * 60 + 30)] == [2.5, 1]
    assert after[minutes_of(0, 20 * 60)] == [3, 1]
    assert after[minutes_of(0, 20 * 60 + 30)] == ([0, 4] if is_proven else [0, 1])
    assert after[minutes_of(0, 23 * 60)] == ([0, 4] if is_proven else [0, 1])


@pytest.mark.parametrize("feed", LIES.values(), ids=LIES.keys())
def test_waits_are_those_of_the_day(sqlite_engine: Engine, feed: Feed) -> None:
    live_day(sqlite_engine, feed, days=2)
    waits: dict[int, list[dict[str, Any]]] = {HONEST: [], LYING: []}
    for row in rows(sqlite_engine, "ride_daily_stats", stat_date=DAYS[0]):
        waits[row["park_id"]].append({name: row[name] for name in ("wait_sum", "wait_count", "wait_max")})
    assert waits[LYING] == waits[HONEST]


def status_at(engine: Engine, feed: Feed, day: int, minute: int) -> tuple[bool | None, set[Status]]:
    """What is said of the park that lies, and of its rides, with the cycle of then."""
    at = minutes_of(day, minute)
    know_parks(engine)
    collect(engine, (cycle for cycle in both(feed) if cycle.recorded_at <= at))
    with reading(engine) as connection:
        view = live_view(connection, moment(connection), at)
    (lying,) = [one for one in view.parks if one.park_id == LYING]
    return lying.is_running, {entry.status for entry in lying.entries}


def test_two_hours_after_its_last_change_the_park_is_unknown(engine: Engine) -> None:
    assert status_at(engine, LIES["repeats until 23:00"], 0, CLOSES + 2 * 60) == (None, {Status.UNKNOWN})


def test_half_an_hour_after_its_last_wait_the_park_is_not_open_and_nothing_is_down(engine: Engine) -> None:
    said, statuses = status_at(engine, LIES["two are left open"], 0, CLOSES + EVERY_MINUTES)
    assert said is False
    assert Status.DOWN not in statuses


@pytest.mark.parametrize("lie", ["two are left open", "repeats until it opens again"])
def test_when_it_opens_again_it_is_open(sqlite_engine: Engine, lie: str) -> None:
    said, statuses = status_at(sqlite_engine, LIES[lie], 1, OPENS + EVERY_MINUTES)
    assert (said, statuses) == (True, {Status.RUNNING})


def kinds(engine: Engine) -> list[DoubtKind]:
    return [row["kind"] for row in rows(engine, "park_doubts")]


def test_an_honest_feed_is_not_doubted(sqlite_engine: Engine) -> None:
    know_parks(sqlite_engine)
    collect(sqlite_engine, cycles(honest, 3, HONEST))
    assert kinds(sqlite_engine) == []


LATE = {"at closing": range(34, 38), "as it was recognised": range(40, 45), "after midnight": range(48, 50)}


class TestLateReadings:
    TABLES = (*DAILY, "park_doubts")

    def twins(self, feed: Feed, late: range) -> tuple[list[Cycle], list[Cycle]]:
        """Two parks that say the same, and what of the second comes late."""
        all_cycles = list(cycles(feed, 2, HONEST, LYING))
        return all_cycles, [only(all_cycles[place], LYING) for place in late]

    @pytest.mark.parametrize(
        ("database_url", "lie", "when"),
        [
            *(("sqlite", lie, when) for lie in ("repeats until 23:00", "two are left open") for when in LATE),
            ("mariadb", "repeats until 23:00", "as it was recognised"),
            ("mariadb", "two are left open", "after midnight"),
        ],
        indirect=["database_url"],
    )
    def test_the_rows_are_those_of_readings_in_time(self, engine: Engine, lie: str, when: str) -> None:
        know_parks(engine)
        late = LATE[when]
        all_cycles, coming = self.twins(LIES[lie], late)
        for place, cycle in enumerate(all_cycles[:60]):
            collect(engine, [only(cycle, HONEST) if place in late else cycle])
        collect(engine, coming, was_spooled=True)
        collect(engine, all_cycles[60:72])
        for name, found in everything(engine, *self.TABLES).items():
            assert as_park(LYING, found) == as_park(HONEST, found), name

    def test_a_reading_that_differs_takes_a_standstill_back(self, engine: Engine) -> None:
        def feed(ride: int, day: int, minute: int) -> tuple[bool, int]:
            """Three hours of the afternoon as at 13:00, but for one reading of them."""
            if 13 * 60 <= minute <= 16 * 60:
                return True, 10 + 5 * (minute == 14 * 60 + EVERY_MINUTES)
            said = honest(ride, day, minute)
            assert said is not None
            return said

        know_parks(engine)
        place = (14 * 60 + EVERY_MINUTES) // EVERY_MINUTES
        all_cycles = list(cycles(feed, 1, HONEST, LYING))
        for number, cycle in enumerate(all_cycles):
            collect(engine, [only(cycle, HONEST) if number == place else cycle])
        assert kinds(engine) == [DoubtKind.STANDSTILL]
        collect(engine, [only(all_cycles[place], LYING)], was_spooled=True)
        assert kinds(engine) == []
        for name, found in everything(engine, *self.TABLES).items():
            assert as_park(LYING, found) == as_park(HONEST, found), name


class TestAbsence:
    def park_row(self, sqlite_engine: Engine, feed: Feed) -> dict[str, Any]:
        live_day(sqlite_engine, feed, days=2)
        (row,) = rows(sqlite_engine, "park_daily_stats", park_id=LYING, stat_date=DAYS[0])
        return row

    def test_a_payload_without_a_ride_is_no_park_stop(self, sqlite_engine: Engine) -> None:
        row = self.park_row(sqlite_engine, listing([], 14 * 60, 16 * 60))
        unheard = 2 * 60 * 60
        assert (row["park_stop_seconds"], row["park_unknown_seconds"]) == (0, unheard)
        assert row["unknown_seconds"] == 5 * unheard

    def test_one_that_lists_few_says_nothing_of_the_park_but_all_of_its_rides(
        self, sqlite_engine: Engine
    ) -> None:
        row = self.park_row(sqlite_engine, listing([0, 1], 14 * 60, 16 * 60))
        unheard = 2 * 60 * 60
        assert (row["park_stop_seconds"], row["park_unknown_seconds"]) == (0, unheard)
        (listed,) = rows(sqlite_engine, "ride_daily_stats", ride_id=LYING * 10 + 2, stat_date=DAYS[0])
        assert (listed["unknown_seconds"], listed["open_seconds"]) == (unheard, 6 * HOUR)

    def test_one_that_lists_most_speaks_for_the_park(self, sqlite_engine: Engine) -> None:
        row = self.park_row(sqlite_engine, listing([0, 1, 2], 14 * 60, 16 * 60))
        assert (row["park_stop_seconds"], row["park_unknown_seconds"]) == (0, 0)

    def test_few_that_are_open_at_night_keep_no_park_running(self, sqlite_engine: Engine) -> None:
        few = left_open(0, 1)

        def feed(ride: int, day: int, minute: int) -> tuple[bool, int] | None:
            return few(ride, day, minute) if OPENS <= minute < CLOSES or ride < 2 else None

        row = self.park_row(sqlite_engine, feed)
        assert row["session_seconds"] == (CLOSES - OPENS) * 60
