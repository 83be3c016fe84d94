"""Columns of numbers and texts arrive as they are stored, missing values and strange names too."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, Select, literal_column, select, text, update

from park_downtime.database.engine import make_engine, reading, writing
from park_downtime.database.packed import read_columns
from park_downtime.database.parks import ParkRow, save_parks
from park_downtime.database.rides import RideRow, add_rides
from park_downtime.database.tables import rides
from park_downtime.timeline.presence import PRESENT

START = datetime(2026, 7, 1, tzinfo=UTC)
NAMES = {1: 'Say "yes", [Maybe]', 2: "Fürst \\ Pückler's 🎢", 3: "]", 4: "[\t]", 5: "1,2:3"}
c = rides.c


@pytest.fixture
def stored(engine: Engine) -> Engine:
    park = ParkRow(1, None, "Park", None, None, None, None, None, None, "UTC", None, True, START, None)
    with writing(engine) as connection:
        save_parks(connection, [park])
        add_rides(connection, [RideRow(i, 1, name, None, None, PRESENT) for i, name in NAMES.items()], START)
    return engine


def test_numbers_texts_and_what_is_missing(stored: Engine) -> None:
    query = select(c.ride_id, c.name, c.land_key, c.inactive_since.is_(None))
    with reading(stored) as connection:
        ride_ids, names, lands, are_active = read_columns(connection, query)
    assert dict(zip(ride_ids, names, strict=True)) == NAMES
    assert lands == [None] * len(NAMES)
    assert [*map(bool, are_active)] == [True] * len(NAMES)


def test_dates_and_instants_with_those_that_are_missing(stored: Engine) -> None:
    with writing(stored) as connection:
        connection.execute(update(rides).where(c.ride_id == 3).values(moves_on=date(2026, 7, 14)))
    query = select(c.ride_id, c.moves_on, c.first_seen_at, c.missing_since)
    with reading(stored) as connection:
        ride_ids, moves_on, first_seen_at, missing_since = read_columns(connection, query)
    assert dict(zip(ride_ids, moves_on, strict=True)) == dict.fromkeys(NAMES) | {3: date(2026, 7, 14)}
    assert {*first_seen_at} == {START}
    assert {*missing_since} == {None}


def test_of_no_row_the_columns_are_empty(stored: Engine) -> None:
    with reading(stored) as connection:
        assert read_columns(connection, select(c.ride_id, c.name).where(c.ride_id == 99)) == [[], []]


@pytest.mark.parametrize("bytes_kept", [4, 5])
def test_what_a_server_cuts_short_is_an_error(mariadb_url: str, bytes_kept: int) -> None:
    numbers: Select[int] = select(literal_column("seq")).select_from(text("seq_1_to_9"))
    engine = make_engine(mariadb_url)
    with reading(engine) as connection:
        assert read_columns(connection, numbers) == [[1, 2, 3, 4, 5, 6, 7, 8, 9]]
        connection.execute(text(f"SET SESSION group_concat_max_len = {bytes_kept}"))
        with pytest.raises(ValueError, match=r"the database cut their text short"):
            read_columns(connection, numbers)
    engine.dispose()
