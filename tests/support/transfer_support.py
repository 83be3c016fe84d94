"""Two databases, a filled one and an empty one: from SQLite to MariaDB and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, insert

from park_downtime.database.corrections import add_correction
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.keys import add_usage, create_key
from park_downtime.database.statistics_tables import former_closure_ids
from park_downtime.jobs.prune import prune
from park_downtime.model import GoneReason
from park_downtime.simulator.backfill import backfill
from park_downtime.simulator.worlds import synthetic_world
from park_downtime.timeline.voided import Voided

UNTIL = datetime(2026, 7, 14, 18, tzinfo=UTC)


class Move(NamedTuple):
    """`source` has ten days of three parks and an API key and a correction, `target` nothing."""

    source: Engine
    target: Engine


@pytest.fixture(params=["sqlite to mariadb", "mariadb to sqlite"])
def move(request: pytest.FixtureRequest) -> Iterator[Move]:
    names = request.param.split(" to ")
    source, target = (make_engine(request.getfixturevalue(f"{name}_url")) for name in names)
    fill(source)
    yield Move(source, target)
    source.dispose()
    target.dispose()


@pytest.fixture
def filled(sqlite_engine: Engine) -> Engine:
    fill(sqlite_engine)
    return sqlite_engine


def fill(engine: Engine) -> None:
    backfill(engine, synthetic_world(3, 4), date(2026, 7, 4), UNTIL)
    prune(engine, UNTIL)
    with writing(engine) as connection:
        key_id, _ = create_key(connection, "Ærø 北京 🎢", UNTIL)
        add_usage(connection, {(key_id, UNTIL): 7})
        stretch = Voided(None, UNTIL - timedelta(hours=3), UNTIL - timedelta(hours=2))
        add_correction(connection, 1, stretch, "Ærø 北京 🎢", UNTIL)
        gone = {"ride_id": 1, "started_at": stretch.started_at, "gone_at": UNTIL, "park_id": 1}
        connection.execute(insert(former_closure_ids).values(reason=GoneReason.CORRECTED, **gone))
