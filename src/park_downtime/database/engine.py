"""Engines for SQLite, MySQL and MariaDB, and the two ways to use one: reading and writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from park_downtime.database.availability import DATABASE_UNAVAILABLE as DATABASE_UNAVAILABLE
from park_downtime.database.availability import in_one_line as in_one_line
from park_downtime.database.availability import name_what_is_unavailable, named_when_unavailable
from park_downtime.database.packed import LONGEST_BYTES

POOL_SIZE = 10
POOL_OVERFLOW = 20
PREPARED_STATEMENTS = 32
"""Kept by each connection to SQLite: the usual 128 are 4 MB, and to prepare one anew costs nearly nothing."""
RECYCLE_SECONDS = 1800  # well below MySQL's wait_timeout of 8 hours and most proxies' hour


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds: for a connection, for a free one of the pool, for what others hold
    locked in a SQLite file, for bytes of the server; and by the server for one statement and its locks
    (None: as long as the server likes).
    """

    connect_seconds: int
    pool_seconds: float
    busy_seconds: float
    silence_seconds: int
    statement_seconds: int | None


JOBS = Patience(10, 30, 30, 120, None)
"""A night may work long, and a cycle would rather wait than leave its readings for the next one."""
VISITORS = Patience(3, 4, 4, 5, 4)
"""A visitor is told within seconds that the database is busy, while a table is altered, say."""


def with_driver(url: URL) -> URL:
    """Name the driver: mysqlclient where it is installed, else PyMySQL; utf8mb4 throughout."""
    if url.get_backend_name() == "sqlite":
        return url
    if url.drivername in ("mysql", "mariadb"):
        driver = "mysqldb" if find_spec("MySQLdb") else "pymysql"
        url = url.set(drivername=f"{url.drivername}+{driver}")
    return url.update_query_dict({"charset": "utf8mb4"})


def make_engine(database_url: str, patience: Patience = JOBS) -> Engine:
    """An engine for DATABASE_URL; does not connect yet. Creates the folder of a SQLite file."""
    url = with_driver(make_url(database_url))
    is_file = url.get_backend_name() == "sqlite"
    engine = _sqlite_engine(url, patience) if is_file else _mysql_engine(url, patience)
    name_what_is_unavailable(engine)
    return engine


def _mysql_engine(url: URL, patience: Patience) -> Engine:
    arguments: dict[str, Any] = {
        "connect_timeout": patience.connect_seconds,
        "read_timeout": patience.silence_seconds,
        "write_timeout": patience.silence_seconds,
        "init_command": f"SET {_session(patience)}",
    }
    return create_engine(
        url,
        hide_parameters=True,  # they are readings and names of strangers: not for a log
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=patience.pool_seconds,
        pool_recycle=RECYCLE_SECONDS,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args=arguments,
    )


def _session(patience: Patience) -> str:
    variables = (
        "time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',"
        f" group_concat_max_len = {LONGEST_BYTES}"
    )
    seconds = patience.statement_seconds
    if seconds is None:
        return variables
    # Each server reads its own name of the limit; to the other one it is a comment.
    return (
        f"{variables}, lock_wait_timeout = {seconds}, innodb_lock_wait_timeout = {seconds}"
        f" /*!50708 , max_execution_time = {1000 * seconds} */ /*M!100101 , max_statement_time = {seconds} */"
    )


def _sqlite_engine(url: URL, patience: Patience) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=patience.pool_seconds,
        connect_args={"cached_statements": PREPARED_STATEMENTS},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # The driver must not open transactions by itself: `begin` below says which kind.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {round(1000 * patience.busy_seconds)}",  # first: the next may wait too
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for questions; everything asked inside sees one state of the database."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with named_when_unavailable(engine):
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is stored, or nothing.

    On SQLite the write lock is taken at once: a transaction that reads first and then writes
    would fail at the write, without waiting, if another had written in between.
    """
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection, connection.begin():
        yield connection
