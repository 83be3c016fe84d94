"""A visitor's engine gives up within seconds, whatever the server does; a job's waits."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from cycles import NOON, RIDES, add_parks, cycle, park, said
from sqlalchemy import Engine, text

from park_downtime.collection.store import store_cycle
from park_downtime.database.availability import DATABASE_UNAVAILABLE, DatabaseUnavailable
from park_downtime.database.engine import JOBS, VISITORS, Patience, make_engine, reading
from park_downtime.database.readings import parks_reached

SHORT = Patience(
    connect_seconds=1, pool_seconds=1, busy_seconds=0.05, silence_seconds=20, statement_seconds=1
)
LIMITS = text("SELECT @@lock_wait_timeout, @@innodb_lock_wait_timeout, @@max_statement_time")


@pytest.fixture
def hasty(mariadb_url: str) -> Iterator[Engine]:
    engine = make_engine(mariadb_url, SHORT)
    yield engine
    engine.dispose()


@pytest.fixture
def altered(mariadb_url: str) -> Iterator[Engine]:
    """Somebody holds `rides`, as an alteration of the table would."""
    engine = make_engine(mariadb_url)
    with engine.connect() as holder:
        holder.execute(text("LOCK TABLES rides WRITE"))
        yield engine
        holder.execute(text("UNLOCK TABLES"))
    engine.dispose()


def test_the_server_limits_what_visitors_ask(mariadb_url: str) -> None:
    engine = make_engine(mariadb_url, VISITORS)
    with reading(engine) as connection:
        assert connection.execute(LIMITS).one() == (4, 4, 4.0)
    engine.dispose()


def test_the_server_sets_jobs_no_limit(mariadb_url: str) -> None:
    engine = make_engine(mariadb_url, JOBS)
    with reading(engine) as connection:
        assert connection.execute(LIMITS).one() == (86400, 50, 0.0)
    engine.dispose()


def test_a_visitor_is_far_less_patient_than_a_job() -> None:
    assert max(VISITORS.connect_seconds, VISITORS.silence_seconds, VISITORS.busy_seconds) <= 5
    assert min(JOBS.connect_seconds, JOBS.silence_seconds, JOBS.busy_seconds) >= 10


@pytest.mark.usefixtures("altered")
def test_a_table_that_is_being_altered_is_away(hasty: Engine) -> None:
    with pytest.raises(DatabaseUnavailable), reading(hasty) as connection:
        connection.execute(text("SELECT COUNT(*) FROM rides"))


def test_a_question_that_takes_too_long_is_away(hasty: Engine) -> None:
    with pytest.raises(DatabaseUnavailable, match="max_statement_time"), reading(hasty) as connection:
        connection.execute(text("SELECT SLEEP(60) FROM DUAL"))


def test_readings_that_a_limit_cuts_are_stored_later(mariadb_url: str, hasty: Engine) -> None:
    add_parks(hasty, park(6), park(7))
    two_parks = cycle(NOON, {6: (said(1),), 7: (said(2),)})
    holding = make_engine(mariadb_url)
    with holding.connect() as holder:
        holder.execute(text("LOCK TABLES rides WRITE"))
        with pytest.raises(DatabaseUnavailable):
            store_cycle(hasty, two_parks, RIDES)
        holder.execute(text("UNLOCK TABLES"))
    holding.dispose()
    assert store_cycle(hasty, two_parks, RIDES, was_spooled=True).not_storable == ()
    with reading(hasty) as connection:
        assert parks_reached(connection, NOON) == {6, 7}


def test_a_server_that_takes_the_connection_and_says_nothing_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = make_engine(f"mysql+pymysql://nobody@127.0.0.1:{silent.getsockname()[1]}/parks", SHORT)
        with pytest.raises(DATABASE_UNAVAILABLE):
            engine.connect()
        engine.dispose()


def test_a_file_that_others_hold_locked_is_away(sqlite_url: str) -> None:
    one, other = make_engine(sqlite_url), make_engine(sqlite_url, SHORT)
    with one.connect() as holder:
        holder.exec_driver_sql("PRAGMA locking_mode = EXCLUSIVE")
        holder.exec_driver_sql("DELETE FROM park_groups")
        with pytest.raises(DatabaseUnavailable, match="database is locked"), reading(other) as connection:
            connection.execute(text("SELECT COUNT(*) FROM rides"))
    one.dispose()
    other.dispose()
