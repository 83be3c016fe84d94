"""Instants are UTC to the second on every engine; enums are small codes that never change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import StatementError

from park_downtime.database.engine import writing
from park_downtime.database.tables import collection_cycles
from park_downtime.model import CycleOutcome

NOON = datetime(2025, 7, 4, 12, tzinfo=UTC)


def cycle(recorded_at: datetime) -> dict[str, object]:
    return {
        "recorded_at": recorded_at,
        "interval_seconds": 600,
        "outcome": CycleOutcome.COMPLETE,
        "was_spooled": False,
    }


def stored(engine: Engine, recorded_at: datetime) -> datetime:
    with writing(engine) as connection:
        connection.execute(insert(collection_cycles), cycle(recorded_at))
        found = connection.execute(select(collection_cycles.c.recorded_at)).scalar_one()
        assert isinstance(found, datetime)
        return found


def test_an_instant_comes_back_in_utc(engine: Engine) -> None:
    found = stored(engine, NOON)
    assert (found, found.tzinfo) == (NOON, UTC)


def test_an_instant_given_in_another_zone_is_the_same_instant(engine: Engine) -> None:
    found = stored(engine, datetime(2025, 7, 4, 8, tzinfo=ZoneInfo("America/New_York")))
    assert (found, found.tzinfo) == (NOON, UTC)


def test_the_two_half_past_ones_of_autumn_are_kept_apart(engine: Engine) -> None:
    zone = ZoneInfo("America/New_York")
    twice = [datetime(2025, 11, 2, 1, 30, tzinfo=zone, fold=fold) for fold in (0, 1)]
    with writing(engine) as connection:
        connection.execute(insert(collection_cycles), [cycle(instant) for instant in twice])
        found = connection.execute(
            select(collection_cycles.c.recorded_at).order_by(collection_cycles.c.recorded_at)
        ).scalars()
        assert [instant.hour for instant in found] == [5, 6]


def test_the_database_holds_utc_for_other_readers(engine: Engine) -> None:
    stored(engine, datetime(2025, 7, 4, 17, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))))
    with engine.connect() as connection:
        raw = connection.execute(text("SELECT recorded_at FROM collection_cycles")).scalar_one()
    assert str(raw)[:19] == "2025-07-04 12:00:00"


def test_parts_of_a_second_are_cut_off(engine: Engine) -> None:
    assert stored(engine, NOON.replace(microsecond=999_999)) == NOON


def test_an_instant_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="an instant needs its zone"):
        stored(engine, NOON.replace(tzinfo=None))


def test_a_bound_without_a_zone_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(StatementError, match="an instant needs its zone"):
        connection.execute(
            select(collection_cycles).where(collection_cycles.c.recorded_at < NOON.replace(tzinfo=None))
        )


def test_a_range_is_half_open(engine: Engine) -> None:
    at = collection_cycles.c.recorded_at
    with writing(engine) as connection:
        connection.execute(
            insert(collection_cycles), [cycle(NOON + timedelta(minutes=10 * n)) for n in range(4)]
        )
        inside = select(at).where(at >= NOON, at < NOON + timedelta(minutes=20)).order_by(at)
        assert list(connection.execute(inside).scalars()) == [NOON, NOON + timedelta(minutes=10)]


def test_an_enum_is_one_small_number_in_the_database(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(collection_cycles), cycle(NOON) | {"outcome": CycleOutcome.INTERRUPTED})
        assert connection.execute(text("SELECT outcome FROM collection_cycles")).scalar_one() == 2
        assert (
            connection.execute(select(collection_cycles.c.outcome)).scalar_one() is CycleOutcome.INTERRUPTED
        )
