"""Stamps beside those of earlier cycles, through the code that stores a cycle (DESIGN, Reading)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from cycles import add_parks, park
from recorded import collect, rows
from sqlalchemy import Engine

from park_downtime.model import Cycle, ParkReadings, RideReading, State

START = datetime(2026, 7, 1, 4, tzinfo=UTC)  # midnight in New York
EVERY = timedelta(minutes=10)
PARK = 6


def live(engine: Engine, feed: Iterable[Cycle], was_spooled: bool = False) -> None:
    add_parks(engine, park(PARK))
    collect(engine, feed, was_spooled)


def cycles(start: int, end: int, stamps: str = "move", behind: timedelta = timedelta()) -> Iterator[Cycle]:
    """Two rides whose waits move and one that is open without. Stamps `move` with every cycle, `stand`
    still from `start` on, or move only with what they stand for: `change`.
    """
    for number in range(start, end):
        at = START + number * EVERY
        stamp = (START + (start - 1) * EVERY if stamps == "stand" else at) - behind
        readings = []
        for ride in (1, 2, 3):
            wait = 0 if ride == 3 else 5 + (ride + number) % 7 * 5
            is_old = stamps == "change" and ride == 3 and number > 0
            updated = START - behind if is_old else stamp
            readings.append(RideReading(60 + ride, f"Ride {ride}", None, State.OPEN, wait, False, updated))
        yield Cycle(at, 600, (ParkReadings(PARK, at, tuple(readings)),))


def states(engine: Engine, number: int) -> set[State]:
    found = rows(engine, "ride_status_snapshots", recorded_at=START + number * EVERY)
    return {row["state"] for row in found}


def test_stamps_that_stand_still_for_half_an_hour_after_a_day_of_moving_make_all_unknown(
    sqlite_engine: Engine,
) -> None:
    live(sqlite_engine, cycles(0, 150))
    live(sqlite_engine, cycles(150, 155, "stand"))
    assert [states(sqlite_engine, number) for number in (149, 151, 152)] == [
        {State.OPEN},
        {State.OPEN},
        {State.UNKNOWN},
    ]
    live(sqlite_engine, cycles(155, 156))
    assert states(sqlite_engine, 155) == {State.OPEN}


def test_on_the_first_day_it_takes_two_hours(engine: Engine) -> None:
    live(engine, cycles(0, 10))
    live(engine, cycles(10, 23, "stand"))
    assert [states(engine, number) for number in (20, 21)] == [{State.OPEN}, {State.UNKNOWN}]


def test_stamps_hours_behind_that_move_are_believed(engine: Engine) -> None:
    live(engine, cycles(0, 3, behind=timedelta(hours=7)))
    assert [states(engine, number) for number in (0, 1, 2)] == [{State.UNKNOWN}, {State.OPEN}, {State.OPEN}]
    offsets = {row["stamp_offset_seconds"] for row in rows(engine, "park_activity_snapshots")}
    assert offsets == {-7 * 3600}


def test_an_open_entry_far_behind_is_unknown_where_stamps_move_with_every_cycle(
    sqlite_engine: Engine,
) -> None:
    live(sqlite_engine, cycles(0, 4))
    live(sqlite_engine, cycles(4, 5, "change"))
    assert states(sqlite_engine, 4) == {State.OPEN, State.UNKNOWN}


def test_and_believed_where_they_move_only_with_what_they_stand_for(engine: Engine) -> None:
    live(engine, cycles(0, 6, "change"))
    assert {tuple(states(engine, number)) for number in range(6)} == {(State.OPEN,)}


def test_a_late_cycle_is_judged_by_what_came_before_it(engine: Engine) -> None:
    feed = list(cycles(0, 4))
    live(engine, [feed[0], feed[1], feed[3]])
    live(engine, [feed[2]], was_spooled=True)
    assert states(engine, 2) == {State.OPEN}
    (row,) = rows(engine, "park_activity_snapshots", recorded_at=START + 2 * EVERY)
    assert row["stamp_offset_seconds"] == 0
