"""Two machines collect into one database, without a lock that both could see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cycles import NOON, RIDES, add_parks, count, cycle, park, said
from sqlalchemy import Connection, Engine, event

from park_downtime.collection.store import StoredCycle, store_cycle
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.readings import parks_reached

CYCLE = cycle(NOON, {6: (said(61), said(62)), 7: (said(71),)})


@pytest.fixture
def engine(mariadb_url: str) -> Iterator[Engine]:
    """Not SQLite: two machines have no file in common."""
    engine = make_engine(mariadb_url)
    yield engine
    engine.dispose()


@pytest.fixture
def other(mariadb_url: str) -> Iterator[Engine]:
    engine = make_engine(mariadb_url)
    yield engine
    engine.dispose()


@pytest.fixture
def overtaken(engine: Engine, other: Engine) -> StoredCycle:
    """The other machine stores the same cycle while this one has only begun it."""
    add_parks(engine, park(6), park(7))
    begun = 0

    def overtake(_: Connection) -> None:
        nonlocal begun
        begun += 1
        if begun == 2:  # the first transaction begins the cycle, the second stores a park
            store_cycle(other, CYCLE, RIDES)

    event.listen(engine, "begin", overtake)
    try:
        return store_cycle(engine, CYCLE, RIDES)
    finally:
        event.remove(engine, "begin", overtake)


def test_what_one_heard_is_heard(overtaken: StoredCycle, engine: Engine) -> None:
    with reading(engine) as connection:
        assert parks_reached(connection, NOON) == {6, 7}


def test_nothing_is_stored_twice(overtaken: StoredCycle, engine: Engine) -> None:
    assert count(engine, "ride_status_snapshots") == 3
