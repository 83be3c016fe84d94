"""MariaDB that goes away, by a server of its own; and what MariaDB says that is no going away."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import mariadb_server
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from park_downtime.database.availability import DATABASE_UNAVAILABLE, DatabaseUnavailable, in_one_line
from park_downtime.database.engine import make_engine, reading, writing


@pytest.fixture
def mariadb(mariadb_url: str) -> Iterator[Engine]:
    engine = make_engine(mariadb_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("SELECT no_such_column FROM parks", 1054),
        ("INSERT INTO park_groups (group_id) VALUES (1)", 1364),
        ("INSERT INTO rides (ride_id, park_id, name, missed_payloads) VALUES (1, 404, 'x', 0)", 1364),
        ("INSERT INTO park_groups (group_id, name) VALUES (1, REPEAT('x', 300))", 1406),
    ],
)
def test_a_mistake_of_ours_is_no_database_that_is_away(mariadb: Engine, question: str, code: int) -> None:
    with pytest.raises(DBAPIError) as raised, writing(mariadb) as connection:
        connection.execute(text(question))
    assert raised.value.orig is not None
    assert raised.value.orig.args[0] == code


def test_a_row_that_another_holds_for_too_long_is_away(mariadb: Engine) -> None:
    with writing(mariadb) as connection:
        connection.execute(text("INSERT INTO park_groups (group_id, name) VALUES (1, 'Disney')"))
    with writing(mariadb) as holder, pytest.raises(DatabaseUnavailable, match="Lock wait timeout"):
        holder.execute(text("UPDATE park_groups SET name = 'Six Flags'"))
        with writing(mariadb) as connection:
            connection.execute(text("SET SESSION innodb_lock_wait_timeout = 1"))
            connection.execute(text("UPDATE park_groups SET name = 'Cedar Fair'"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"password": "wrong"}, "Access denied"), ({"database": "nowhere"}, "Unknown database 'nowhere'")],
)
def test_a_server_that_lets_us_not_in_is_away(mariadb_url: str, changed: dict[str, str], told: str) -> None:
    engine = make_engine(make_url(mariadb_url).set(**changed).render_as_string(hide_password=False))  # type: ignore[arg-type]
    with pytest.raises(DatabaseUnavailable, match=told):
        engine.connect()
    engine.dispose()


def test_a_server_that_stops_in_the_middle_is_away_until_it_is_back(
    tmp_path: Path, need: Callable[[str | None], None]
) -> None:
    is_installed = mariadb_server.is_installed()
    need(None if is_installed else "mariadbd is not installed (Debian: apt install mariadb-server)")
    url = mariadb_server.shared_url(tmp_path, os.getpid())
    engine = make_engine(f"{url}/mysql")
    try:
        with pytest.raises(DATABASE_UNAVAILABLE), writing(engine) as connection:
            connection.execute(text("SELECT 1"))
            mariadb_server.stop(tmp_path)
            connection.execute(text("SELECT 1"))
        for _ in range(2):  # also with what is left in the pool
            with pytest.raises(DATABASE_UNAVAILABLE) as raised, reading(engine):
                pass
            assert "127.0.0.1" in in_one_line(raised.value)
    finally:
        mariadb_server.stop(tmp_path)
        engine.dispose()
