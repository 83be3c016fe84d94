"""What an engine promises: all or nothing, one state per question, patience, a pool that heals."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from park_downtime.database.engine import (
    DATABASE_UNAVAILABLE,
    VISITORS,
    in_one_line,
    make_engine,
    reading,
    writing,
)
from park_downtime.database.tables import park_groups, rides

ADD = insert(park_groups)
IMPATIENT = replace(VISITORS, busy_seconds=0)


@pytest.fixture
def mariadb(mariadb_url: str) -> Iterator[Engine]:
    engine = make_engine(mariadb_url)
    yield engine
    engine.dispose()


def group_count(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(connection.execute(select(park_groups)).all())


def test_an_error_takes_the_whole_transaction_back(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:
        connection.execute(ADD, {"group_id": 1, "name": "Disney"})
        raise ZeroDivisionError
    assert group_count(engine) == 0


def test_foreign_keys_are_enforced(engine: Engine) -> None:
    ride = {"ride_id": 1, "park_id": 404, "name": "Nowhere", "missed_payloads": 0}
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO rides (ride_id, park_id, name, missed_payloads, first_seen_at) "
                "VALUES (:ride_id, :park_id, :name, :missed_payloads, '2025-07-04 12:00:00')"
            ),
            ride,
        )
    with reading(engine) as connection:
        assert connection.execute(select(rides)).all() == []


def test_a_reader_sees_one_state_while_another_writes(engine: Engine) -> None:
    with reading(engine) as reader:
        before = len(reader.execute(select(park_groups)).all())
        with writing(engine) as writer:
            writer.execute(ADD, {"group_id": 1, "name": "Disney"})
        after = len(reader.execute(select(park_groups)).all())
    assert (before, after) == (0, 0)
    assert group_count(engine) == 1


def test_writers_of_sqlite_wait_for_each_other(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine) as connection:
        connection.execute(ADD, {"group_id": 1, "name": "0"})

    def add_one(_: int) -> None:
        with writing(sqlite_engine) as connection:
            number = int(connection.execute(select(park_groups.c.name)).scalar_one())
            connection.execute(update(park_groups).values(name=str(number + 1)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(40)))
    with reading(sqlite_engine) as connection:
        assert connection.execute(select(park_groups.c.name)).scalar_one() == "40"


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 30_000)]
)
def test_sqlite_is_set_up_on_every_connection(sqlite_engine: Engine, pragma: str, value: object) -> None:
    with ExitStack() as stack:
        connections = [stack.enter_context(sqlite_engine.connect()) for _ in range(3)]
        assert [c.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() for c in connections] == [value] * 3


def test_a_locked_file_is_waited_for_as_patience_says_from_the_first_statement_on(tmp_path: Path) -> None:
    """Three tries: a machine may stop for seconds. The driver's own patience is five seconds."""
    file = tmp_path / "locked.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        waited = min(_seconds_until_given_up(f"sqlite:///{file}") for _ in range(3))
    assert waited < 4


def _seconds_until_given_up(url: str) -> float:
    begun = time.monotonic()
    with pytest.raises(DATABASE_UNAVAILABLE, match="locked"), reading(make_engine(url, IMPATIENT)):
        pass
    return time.monotonic() - begun


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new' / 'folder' / 'downtime.sqlite'}")
    with engine.connect():
        pass
    engine.dispose()
    assert (tmp_path / "new" / "folder" / "downtime.sqlite").exists()


def test_thirty_connections_at_once_and_no_more(mariadb: Engine) -> None:
    assert isinstance(mariadb.pool, QueuePool)
    mariadb.pool._timeout = 0.05
    with ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(mariadb.connect())
        with pytest.raises(PoolTimeout):
            mariadb.connect()
    assert mariadb.pool.size() == 10


def test_a_connection_that_was_cut_while_idle_is_replaced(mariadb: Engine, mariadb_url: str) -> None:
    with mariadb.connect() as connection:
        first = connection.scalar(text("SELECT CONNECTION_ID()"))
    other = make_engine(mariadb_url)
    with other.connect() as connection:
        connection.execute(text(f"KILL {first}"))
    other.dispose()
    with mariadb.connect() as connection:
        assert connection.scalar(text("SELECT CONNECTION_ID()")) != first


def test_a_connection_that_is_cut_in_the_middle_counts_as_database_away(
    mariadb: Engine, mariadb_url: str
) -> None:
    other = make_engine(mariadb_url)
    with mariadb.connect() as connection:
        number = connection.scalar(text("SELECT CONNECTION_ID()"))
        with other.connect() as killer:
            killer.execute(text(f"KILL {number}"))
        with pytest.raises(DATABASE_UNAVAILABLE):
            connection.execute(select(park_groups))
    other.dispose()


def test_the_session_is_in_utc_wherever_the_server_is(mariadb: Engine) -> None:
    with mariadb.connect() as connection:
        assert connection.execute(text("SELECT @@global.time_zone, @@time_zone")).one() == (
            "+05:30",
            "+00:00",
        )


def test_text_that_does_not_fit_is_refused_not_cut(mariadb: Engine) -> None:
    with pytest.raises(DataError), writing(mariadb) as connection:
        connection.execute(ADD, {"group_id": 1, "name": "x" * 256})


def test_nobody_listening_counts_as_database_away_and_is_one_line() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    engine = make_engine(f"mysql://someone:hidden@127.0.0.1:{port}/parks")
    with pytest.raises(DATABASE_UNAVAILABLE) as raised:
        engine.connect()
    line = in_one_line(raised.value)
    assert "127.0.0.1" in line
    assert "hidden" not in line
    assert "\n" not in line
