"""One cycle to rows: whole parks or nothing, and the same rows however often."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime

import pytest
from cycles import NOON, RIDES, add_parks, after, count, cycle, park, said
from sqlalchemy import Connection, Engine

from park_downtime.collection import store
from park_downtime.collection.store import store_cycle
from park_downtime.database.availability import DatabaseUnavailable, TryAgain
from park_downtime.database.cycles import cycle_at
from park_downtime.database.engine import reading
from park_downtime.database.park_past import past_of_parks
from park_downtime.database.readings import add_snapshots, parks_reached, parks_requested
from park_downtime.database.ride_status import statuses
from park_downtime.database.rides import former_names, lands_of, rides_of
from park_downtime.judging.fold_readings import record_readings
from park_downtime.model import Category, Cycle, CycleOutcome, Land, ParkFailure, ParkOutcome, State, Status

TWO_PARKS = cycle(NOON, {6: (said(1), said(2)), 7: (said(3), said(4, State.CLOSED))})


@pytest.fixture(autouse=True)
def known_parks(engine: Engine) -> None:
    add_parks(engine, park(6), park(7))


def test_a_cycle_is_counted(engine: Engine) -> None:
    failed = (ParkFailure(8, ParkOutcome.FAILED, "timed out"), ParkFailure(9, ParkOutcome.REJECTED, "$: no"))
    store_cycle(engine, Cycle(NOON, 600, TWO_PARKS.parks, failed, 2.5), RIDES)
    with reading(engine) as connection:
        row = cycle_at(connection, NOON)
    assert row is not None
    assert (row.outcome, row.parks_ok, row.parks_failed, row.parks_rejected) == (
        CycleOutcome.COMPLETE,
        2,
        1,
        1,
    )
    assert (row.rows_written, row.fetch_seconds, row.was_spooled) == (4, 2.5, False)


def test_the_same_cycle_twice_doubles_nothing(engine: Engine) -> None:
    store_cycle(engine, TWO_PARKS, RIDES)
    again = store_cycle(engine, TWO_PARKS, RIDES)
    assert (again.parks_ok, again.parks_skipped, again.rows_written) == (2, 2, 4)
    assert count(engine, "ride_status_snapshots") == 4
    assert count(engine, "collection_cycles") == 1


def test_a_park_that_failed_at_first_is_stored_by_the_second_attempt(engine: Engine) -> None:
    first = Cycle(NOON, 600, TWO_PARKS.parks[:1], (ParkFailure(7, ParkOutcome.FAILED, "timed out"),))
    store_cycle(engine, first, RIDES)
    again = store_cycle(engine, TWO_PARKS, RIDES)
    assert (again.parks_ok, again.parks_failed, again.rows_written) == (2, 0, 4)


def test_a_failure_in_a_second_attempt_takes_nothing_back(engine: Engine) -> None:
    store_cycle(engine, TWO_PARKS, RIDES)
    again = Cycle(NOON, 600, TWO_PARKS.parks[:1], (ParkFailure(7, ParkOutcome.FAILED, "timed out"),))
    assert store_cycle(engine, again, RIDES).parks_failed == 0
    with reading(engine) as connection:
        assert parks_reached(connection, NOON) == {6, 7}


def test_a_park_that_cannot_be_stored_harms_no_other(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = record_readings

    def failing(connection: Connection, row: object, *rest: object) -> None:
        real(connection, row, *rest)  # type: ignore[arg-type]
        if getattr(row, "park_id", None) == 6:
            raise ZeroDivisionError("a mistake of ours")

    monkeypatch.setattr(store, "record_readings", failing)
    done = store_cycle(engine, TWO_PARKS, RIDES)
    assert (done.parks_ok, done.parks_failed, done.rows_written) == (1, 1, 2)
    assert count(engine, "ride_status_snapshots") == 2
    with reading(engine) as connection:
        assert parks_requested(connection, NOON) == {6, 7}
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.__dict__["park_id"] == 6


def test_an_unknown_park_is_counted_as_failed(engine: Engine) -> None:
    done = store_cycle(engine, cycle(NOON, {5: (said(1),), 6: (said(2),)}), RIDES)
    assert (done.parks_ok, done.parks_failed) == (1, 1)


def test_a_database_that_goes_away_leaves_whole_parks_and_the_rest_for_later(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = add_snapshots

    def going_away(connection: Connection, park_id: int, *rest: object) -> int:
        written = real(connection, park_id, *rest)  # type: ignore[arg-type]
        if park_id == 7:
            raise DatabaseUnavailable("server has gone away")
        return written

    with monkeypatch.context() as patched:
        patched.setattr(store, "add_snapshots", going_away)
        with pytest.raises(DatabaseUnavailable):
            store_cycle(engine, TWO_PARKS, RIDES)
    with reading(engine) as connection:
        assert parks_reached(connection, NOON) == {6}
    assert count(engine, "ride_status_snapshots") == 2
    done = store_cycle(engine, TWO_PARKS, RIDES, was_spooled=True)
    assert (done.parks_ok, done.parks_skipped, done.rows_written) == (2, 1, 4)


@pytest.mark.parametrize("step", ["begin_cycle", "add_snapshots", "finish_cycle"])
def test_what_the_server_took_back_is_stored_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = getattr(store, step)
    told: list[str] = []

    def deadlock(*given: object, **named: object) -> object:
        done = real(*given, **named)
        if not told:
            told.append("Deadlock found when trying to get lock; try restarting transaction")
            raise TryAgain(told[0])
        return done

    monkeypatch.setattr(store, step, deadlock)
    done = store_cycle(engine, TWO_PARKS, RIDES)
    assert told
    assert (done.parks_ok, done.parks_failed, done.rows_written) == (2, 0, 4)
    assert count(engine, "ride_status_snapshots") == 4
    assert count(engine, "collection_cycles") == 1


def test_what_another_collector_stored_meanwhile_is_newer(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The past of all parks is read before the first is stored; by the time of the second it may be old."""
    later = cycle(after(10), {7: (said(3, State.CLOSED), said(4, State.CLOSED))})

    def read_and_overtaken(connection: Connection, park_ids: Collection[int], at: datetime) -> object:
        pasts = past_of_parks(connection, park_ids, at)
        if at == NOON and len(park_ids) == 2:
            store_cycle(engine, later, RIDES)
        return pasts

    monkeypatch.setattr(store, "past_of_parks", read_and_overtaken)
    store_cycle(engine, TWO_PARKS, RIDES)
    with reading(engine) as connection:
        row = statuses(connection, after(10))[3]
    assert (row.status, row.last_reading_at) == (Status.CLOSED, after(10))


def test_a_killed_cycle_is_marked_by_the_next(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store, "add_snapshots", killed)
        with pytest.raises(KeyboardInterrupt):
            store_cycle(engine, TWO_PARKS, RIDES)
    store_cycle(engine, cycle(after(10), {6: (said(1),)}), RIDES)
    with reading(engine) as connection:
        row = cycle_at(connection, NOON)
    assert row is not None
    assert row.outcome is CycleOutcome.INTERRUPTED


def test_names_survive_as_they_are(engine: Engine) -> None:
    name, land = "Pirates\u200b™ of é – 東京 🎢", Land(70, "Fantasyland™ ✨")
    store_cycle(engine, cycle(NOON, {6: (said(1, name=name, land=land),)}), RIDES)
    with reading(engine) as connection:
        assert rides_of(connection, 6)[1].name == name
        assert [row.name for row in lands_of(connection, 6)] == [land.name]


def test_a_new_ride_is_classified(engine: Engine) -> None:
    store_cycle(engine, TWO_PARKS, RIDES)
    with reading(engine) as connection:
        assert rides_of(connection, 6)[1].category is Category.RIDE


def test_a_renamed_ride_keeps_its_former_name(engine: Engine) -> None:
    for minutes, name in (
        (0, "Splash Mountain"),
        (10, "Tiana's Bayou Adventure"),
        (20, "Tiana's Bayou Adventure"),
    ):
        store_cycle(engine, cycle(after(minutes), {6: (said(1, name=name),)}), RIDES)
    with reading(engine) as connection:
        assert rides_of(connection, 6)[1].name == "Tiana's Bayou Adventure"
        assert former_names(connection, 1) == [("Splash Mountain", after(10))]


def test_a_renamed_land_stays_the_same_land(engine: Engine) -> None:
    for minutes, name in ((0, "Camp Minnie-Mickey"), (10, "Pandora")):
        store_cycle(engine, cycle(after(minutes), {6: (said(1, land=Land(70, name)),)}), RIDES)
    with reading(engine) as connection:
        assert [(row.land_id, row.name) for row in lands_of(connection, 6)] == [(70, "Pandora")]


def test_a_land_known_by_name_gets_its_id(engine: Engine) -> None:
    for minutes, land in ((0, Land(None, "Pandora")), (10, Land(70, "Pandora")), (20, Land(None, "Pandora"))):
        store_cycle(engine, cycle(after(minutes), {6: (said(1, land=land),)}), RIDES)
    with reading(engine) as connection:
        assert [(row.land_id, row.name) for row in lands_of(connection, 6)] == [(70, "Pandora")]


def test_an_odd_entry_of_an_unknown_ride_is_not_stored(engine: Engine) -> None:
    odd = cycle(NOON, {6: (said(1), said(2).__class__(2, None, None, State.UNKNOWN, None, False, None))})
    assert store_cycle(engine, odd, RIDES).rows_written == 1


def test_readings_that_come_late_rename_nothing(engine: Engine) -> None:
    store_cycle(engine, cycle(after(10), {6: (said(1, name="New name"),)}), RIDES)
    store_cycle(engine, cycle(NOON, {6: (said(1, name="Old name"),)}), RIDES)
    with reading(engine) as connection:
        assert rides_of(connection, 6)[1].name == "New name"
    assert count(engine, "ride_status_snapshots") == 2
