"""Retention inside MariaDB: the event's statements do what `prune` does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import add_parks, count, park
from recorded import collect, everything, recording, rows
from sqlalchemy import Engine, text

from park_downtime.database.cleanup_event import BODY, NAME, NoEvents, install_cleanup_event
from park_downtime.database.engine import make_engine
from park_downtime.jobs.aggregate import aggregate_due

NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)
RAW = ("ride_status_snapshots", "ride_runs", "park_runs", "park_activity_snapshots")
A_DAY = timedelta(days=1)


@pytest.fixture
def mariadb(mariadb_url: str) -> Iterator[Engine]:
    engine = make_engine(mariadb_url)
    add_parks(engine, park(6), park(7))
    collect(engine, recording({6: ("oXoXX", "oooXX", "oooXX")}, NOON))
    yield engine
    with engine.begin() as connection:
        connection.execute(text(f"DROP EVENT IF EXISTS {NAME}"))
    engine.dispose()


def happens(engine: Engine, at: datetime, batch_rows: int = 4) -> None:
    """The event's body, as a procedure that is called at `at`."""
    body = BODY.split("\nDO\n", 1)[1].format(rows=batch_rows)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP PROCEDURE IF EXISTS cleanup_now")
        connection.exec_driver_sql(f"CREATE PROCEDURE cleanup_now() {body}")
        connection.exec_driver_sql(f"SET timestamp = {at.timestamp()}")
        connection.exec_driver_sql("CALL cleanup_now()")
        connection.exec_driver_sql("SET timestamp = DEFAULT")
        connection.exec_driver_sql("DROP PROCEDURE cleanup_now")


def test_what_is_not_final_stays(mariadb: Engine) -> None:
    before = everything(mariadb, *RAW)
    happens(mariadb, NOON + 30 * A_DAY)
    assert everything(mariadb, *RAW) == before


def test_snapshots_of_a_final_day_go_after_a_day(mariadb: Engine) -> None:
    aggregate_due(mariadb, NIGHT)
    happens(mariadb, NOON + 2 * A_DAY)
    assert [count(mariadb, name) > 0 for name in RAW] == [False, True, True, True]


def test_runs_go_by_whole_days(mariadb: Engine) -> None:
    """Never half of a day, which would look as if it could be judged again."""
    collect(mariadb, recording({6: ("oXoXX", "oooXX", "oooXX")}, NOON + A_DAY))
    aggregate_due(mariadb, NIGHT + A_DAY)
    aggregate_due(mariadb, NIGHT + 2 * A_DAY)
    both = everything(mariadb, "ride_runs", "park_runs")
    happens(mariadb, NOON + 8 * A_DAY + timedelta(hours=2))
    assert everything(mariadb, *both) == both
    happens(mariadb, NOON + 9 * A_DAY + timedelta(hours=2))
    for name in both:
        assert {row["local_date"] for row in rows(mariadb, name)} == {date(2026, 7, 2)}


def test_installing_it_twice_leaves_one(mariadb: Engine) -> None:
    install_cleanup_event(mariadb)
    install_cleanup_event(mariadb)
    with mariadb.connect() as connection:
        names = connection.scalars(text("SELECT event_name FROM information_schema.events")).all()
    assert names.count(NAME) == 1


def test_sqlite_has_none(sqlite_engine: Engine) -> None:
    with pytest.raises(NoEvents, match="prunes by itself"):
        install_cleanup_event(sqlite_engine)
