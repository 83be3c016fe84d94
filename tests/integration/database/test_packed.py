"""What a database packs into one text arrives whole, beyond what a server packs unless it is told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, insert, literal, select

from park_downtime.database.engine import reading, writing
from park_downtime.database.packed import Packed
from park_downtime.database.tables import collection_cycles
from park_downtime.model import CycleOutcome

START = datetime(2026, 7, 1, tzinfo=UTC)
CYCLES, DIGITS = 600, 2000
MARIADB_PACKS_BYTES = 1024 * 1024


def test_a_long_text_is_read_whole(engine: Engine) -> None:
    rows = [
        {
            "recorded_at": START + timedelta(minutes=number),
            "interval_seconds": 60,
            "outcome": CycleOutcome.COMPLETE,
            "was_spooled": False,
        }
        for number in range(CYCLES)
    ]
    long = Packed(literal("1" * DIGITS))
    with writing(engine) as connection:
        connection.execute(insert(collection_cycles), rows)
    with reading(engine) as connection:
        count, text = connection.execute(select(*long.columns).select_from(collection_cycles)).one()
    assert len(text) > MARIADB_PACKS_BYTES
    assert long.rows(count, text) == ["1" * DIGITS] * CYCLES
