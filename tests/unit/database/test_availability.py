"""Which errors of a driver mean that the database is away, and which that a question is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pymysql
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from park_downtime.database.availability import (
    DATABASE_UNAVAILABLE,
    DatabaseUnavailable,
    in_one_line,
    is_unavailable,
    says_try_again,
)
from park_downtime.database.engine import make_engine, reading, writing


@pytest.mark.parametrize(
    "error",
    [
        pymysql.err.OperationalError(2003, "Can't connect to MySQL server on 'db'"),
        pymysql.err.OperationalError(2013, "Lost connection to MySQL server during query"),
        pymysql.err.OperationalError(1045, "Access denied for user"),
        pymysql.err.OperationalError(1049, "Unknown database 'parks'"),
        pymysql.err.OperationalError(1205, "Lock wait timeout exceeded"),
        pymysql.err.OperationalError(1213, "Deadlock found when trying to get lock"),
        pymysql.err.InternalError(1114, "The table 'ride_runs' is full"),
        pymysql.err.OperationalError(1290, "running with the --read-only option"),
        pymysql.err.OperationalError(1927, "Connection was killed"),
        pymysql.err.OperationalError(1969, "Query execution was interrupted (max_statement_time exceeded)"),
        pymysql.err.OperationalError(3024, "maximum statement execution time exceeded"),
        pymysql.err.OperationalError(3169, "The session was killed"),
        pymysql.err.OperationalError(1412, "Table definition has changed, please retry transaction"),
        pymysql.err.OperationalError(1878, "Temporary file write failure"),
        pymysql.err.ProgrammingError(1146, "Table 'parks.x' doesn't exist"),
        pymysql.err.OperationalError(9999, "An error that a coming release brings"),
        pymysql.err.InternalError("Packet sequence number wrong - got 3 expected 1"),
        pymysql.err.OperationalError(),
    ],
)
def test_a_server_that_cannot_be_used_is_away(error: Exception) -> None:
    assert is_unavailable(error)


@pytest.mark.parametrize(
    "error",
    [
        pymysql.err.OperationalError(1054, "Unknown column 'x'"),
        pymysql.err.OperationalError(1364, "Field 'name' doesn't have a default value"),
        pymysql.err.IntegrityError(1062, "Duplicate entry '6' for key 'PRIMARY'"),
        pymysql.err.IntegrityError(1452, "Cannot add or update a child row: a foreign key constraint fails"),
        pymysql.err.OperationalError(3819, "Check constraint 'tier_known' is violated"),
        pymysql.err.OperationalError(4025, "CONSTRAINT `tier_known` failed"),
        pymysql.err.OperationalError(1366, "Incorrect string value"),
        pymysql.err.DataError("told by the driver itself"),
        pymysql.err.ProgrammingError(1064, "You have an error in your SQL syntax"),
        pymysql.err.DataError(1406, "Data too long for column 'name'"),
        sqlite3.OperationalError("told by nobody"),
        ValueError(2013, "no matter of the database"),
    ],
)
def test_a_wrong_question_is_not_away(error: Exception) -> None:
    assert not is_unavailable(error)


def fill_up(connection: Connection) -> None:
    pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    connection.execute(text("CREATE TABLE much (bytes BLOB)"))
    connection.execute(text("INSERT INTO much VALUES (zeroblob(10000000))"))


def write_protect(connection: Connection) -> None:
    connection.execute(text("PRAGMA query_only = 1"))
    connection.execute(text("DELETE FROM parks"))


@pytest.mark.parametrize(
    ("does", "line"),
    [
        (fill_up, "database or disk is full"),
        (write_protect, "attempt to write a readonly database"),
    ],
)
def test_a_file_that_takes_nothing_is_away(
    sqlite_engine: Engine, does: Callable[[Connection], None], line: str
) -> None:
    with pytest.raises(DatabaseUnavailable) as raised, writing(sqlite_engine) as connection:
        does(connection)
    assert in_one_line(raised.value) == line


def test_a_file_that_is_locked_for_too_long_is_away(sqlite_url: str) -> None:
    one, other = make_engine(sqlite_url), make_engine(sqlite_url)
    with other.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 50"))
    with writing(one), pytest.raises(DatabaseUnavailable, match="database is locked"), writing(other):
        pass
    one.dispose()
    other.dispose()


@pytest.mark.parametrize("content", [None, b"this is no database, but it is long enough to be one" * 100])
def test_what_is_no_database_is_away(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "downtime.sqlite"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    engine = make_engine(f"sqlite:///{path}")
    with pytest.raises(DATABASE_UNAVAILABLE):
        engine.connect()
    engine.dispose()


@pytest.mark.parametrize(
    "question", ["SELECT no_such_column FROM parks", "SELECT COUNT(1, 2) FROM parks", "SELEC"]
)
def test_a_question_that_sqlite_does_not_understand_is_ours(sqlite_engine: Engine, question: str) -> None:
    with pytest.raises(OperationalError), writing(sqlite_engine) as connection:
        connection.execute(text(question))


def test_a_table_that_is_missing_comes_back_with_its_backup(sqlite_engine: Engine) -> None:
    with (
        pytest.raises(DatabaseUnavailable, match="no such table: rides_of_old"),
        reading(sqlite_engine) as connection,
    ):
        connection.execute(text("SELECT 1 FROM rides_of_old"))


@pytest.mark.parametrize(
    ("number", "is_told"), [(1412, True), (1213, True), (1020, True), (1205, False), (1969, False)]
)
def test_some_errors_ask_for_the_same_transaction_once_more(number: int, is_told: bool) -> None:
    assert says_try_again(pymysql.err.OperationalError(number, "please")) is is_told


def test_a_broken_rule_of_the_tables_is_ours(sqlite_engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(sqlite_engine) as connection:
        connection.execute(text("INSERT INTO park_groups (group_id, name) VALUES (1, NULL)"))


def test_a_pool_without_a_free_connection_counts_as_away() -> None:
    assert issubclass(PoolTimeout, DATABASE_UNAVAILABLE)


def test_one_line_leaves_out_what_sqlalchemy_adds() -> None:
    error = DBAPIError("SELECT secret", {}, Exception(1054, "Unknown column\n'x'"))
    assert in_one_line(error) == "Unknown column 'x'"
    assert in_one_line(KeyError()) == "KeyError"
