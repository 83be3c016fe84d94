"""When an error of the database means that it cannot be used now, and not that a question of ours is wrong.

Drivers raise one class, OperationalError, for a server that is gone and for an unknown column. What is
away is waited for, and readings are kept for later; what is wrong would be waited for in vain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from park_downtime.plain_text import one_line


class DatabaseAway(SQLAlchemyError):
    """The database cannot be used, for a reason outside this program; the message is one line."""


DATABASE_AWAY = (DatabaseAway, PoolTimeout)
"""What is raised when the database cannot be reached or used, or went away in the middle."""

MYSQL_AWAY = frozenset(
    {
        # The client: nobody listens, unknown host, connection lost, no secure connection, no way to log in.
        *(2001, 2002, 2003, 2004, 2005, 2006, 2007, 2012, 2013, 2026, 2027, 2048, 2055, 2058, 2059, 2061),
        # Not let in, or not to this database or table: wrong settings, missing grants, a locked account.
        *(1044, 1045, 1049, 1130, 1142, 1251, 1698, 1820, 1862, 3118, 3159),
        # Too much at once: connections, threads, memory, an account's share.
        *(1037, 1038, 1040, 1041, 1129, 1135, 1203, 1226),
        # Others hold what we want for too long, or both wait for each other.
        *(1205, 1206, 1213),
        # Disk full or not readable, a table full, an engine's own failure.
        *(3, 1016, 1021, 1023, 1024, 1026, 1030, 1114, 1180),
        # Read-only, offline, not a working member of its cluster.
        *(1047, 1290, 1792, 1836, 3032, 3100, 3101),
        # Stopping, or somebody cut the connection.
        *(1053, 1077, 1078, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1317, 1927, 4031),
    }
)
"""Error numbers of MySQL and MariaDB, whichever driver tells them."""

SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOTADB,
    }
)
_PRIMARY_CODE = 0xFF  # SQLite's extended codes carry the plain one in their lowest byte


def is_away(error: BaseException) -> bool:
    """Whether the driver's own error means that the database cannot be used now."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & _PRIMARY_CODE in SQLITE_AWAY
    return bool(error.args) and error.args[0] in MYSQL_AWAY


def name_what_is_away(engine: Engine) -> None:
    """Let every use of the engine raise DatabaseAway where `is_away`, or where the connection is lost."""

    @event.listens_for(engine, "handle_error")
    def rename(context: ExceptionContext) -> DatabaseAway | None:
        # A ping that fails before anything was asked only makes the pool connect anew.
        if context.sqlalchemy_exception is None or context.is_pre_ping:
            return None
        error = context.original_exception
        return DatabaseAway(in_one_line(error)) if context.is_disconnect or is_away(error) else None


@contextmanager
def named_when_away(engine: Engine) -> Iterator[None]:
    """The same for what SQLAlchemy asks of the driver without telling about its errors."""
    try:
        yield
    except engine.dialect.loaded_dbapi.Error as error:
        if is_away(error):
            raise DatabaseAway(in_one_line(error)) from error
        raise


def in_one_line(error: BaseException) -> str:
    """A database error without SQL, parameters or the driver's tuple: for people and logs."""
    cause: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig
    text = cause.args[1] if len(cause.args) > 1 and isinstance(cause.args[1], str) else str(cause)
    return one_line(text) or type(cause).__name__
