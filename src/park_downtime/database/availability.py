"""Which errors of the database are about what was asked or given, and which mean that it cannot be used now.

Drivers raise one class, OperationalError, for a server that is gone and for an unknown column, and servers
learn new errors with every release. So the errors of data and questions are named, and every other one is
waited for: readings wait in the spool, and a visitor is told to come back.
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


class DatabaseUnavailable(SQLAlchemyError):
    """The database cannot be used, for a reason outside this program; the message is one line."""


class TryAgain(DatabaseUnavailable):
    """The server took the transaction back and says to try it again: at once, see `again`."""


class ReplicaUnavailable(DatabaseUnavailable):
    """The read replica cannot be used; the message is one line."""


class ReplicaBehind(ReplicaUnavailable):
    """The read replica answers, but lacks what the primary has; the message is for everyone to read."""


DATABASE_UNAVAILABLE = (DatabaseUnavailable, PoolTimeout)
"""What is raised when the database cannot be reached or used, or went away in the middle."""

MYSQL_OURS = frozenset(
    {
        # A rule of the tables: not null, no default, unique, foreign key, CHECK of MySQL and of MariaDB.
        *(1022, 1048, 1062, 1138, 1169, 1171, 1216, 1217, 1364, 1451, 1452, 1557, 1586, 1761, 1762),
        *(3819, 4025),
        # A value: too long, too large, of another kind, in characters that the column has not.
        *(1074, 1115, 1118, 1153, 1162, 1263, 1264, 1265, 1267, 1270, 1271, 1292, 1300, 1301, 1365, 1366),
        *(1367, 1406, 1411, 1416, 1425, 1426, 1427, 1441, 1525, 1690, 1977, 3140, 3141, 3854),
        # A question: syntax, unknown or ambiguous columns, groups, the number of values.
        *(1052, 1054, 1055, 1056, 1058, 1063, 1064, 1065, 1066, 1109, 1110, 1111, 1136, 1140, 1149, 1166),
        *(1210, 1222, 1235, 1241, 1242, 1247, 1248, 1305, 1318, 1463, 1582, 1583, 4078),
        # A change of the tables that was made already, or cannot be.
        *(1007, 1008, 1050, 1051, 1060, 1061, 1068, 1071, 1072, 1091),
    }
)
"""Error numbers of MySQL and MariaDB, whichever driver tells them. What is missing here is waited for."""


class _EveryOther:
    """The error numbers that are not among some."""

    def __init__(self, numbers: frozenset[int]) -> None:
        self._numbers = numbers

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and number not in self._numbers


MYSQL_UNAVAILABLE = _EveryOther(MYSQL_OURS)
"""The server cannot be used now, also where it only says so with a number that nobody has heard of yet."""

MYSQL_TRY_AGAIN = frozenset({1020, 1213, 1412, 1615, 3101})
"""Changed since it was read, deadlock, table definition changed, prepare anew, refused by the cluster."""

MYSQL_LACKING = frozenset({1054, 1146, 1356})
"""An unknown column, no such table, a view on what is not there."""

SQLITE_OURS = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_RANGE,
    }
)
SQLITE_TRY_AGAIN = frozenset({sqlite3.SQLITE_BUSY_SNAPSHOT, sqlite3.SQLITE_SCHEMA})
_PRIMARY_CODE = 0xFF  # SQLite's extended codes carry the plain one in their lowest byte
_OF_DATA = frozenset({"DataError", "IntegrityError", "ProgrammingError", "NotSupportedError"})


def is_unavailable(error: BaseException) -> bool:
    """Whether the driver's own error means that the database cannot be used now."""
    if isinstance(error, sqlite3.Error):
        return _is_sqlite_unavailable(error)
    # Both drivers name the root of their errors so; what else went wrong is no matter of the database.
    if "MySQLError" not in _class_names(error):
        return False
    number = error.args[0] if error.args else None
    if isinstance(number, int) and number:
        return number in MYSQL_UNAVAILABLE
    # The driver's own complaint: about what we gave it, or about a connection in disorder.
    return not _OF_DATA & _class_names(error)


def says_try_again(error: BaseException) -> bool:
    """Whether the server took the transaction back and asks for it once more."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in SQLITE_TRY_AGAIN
    return "MySQLError" in _class_names(error) and bool(error.args) and error.args[0] in MYSQL_TRY_AGAIN


def is_lacking(error: BaseException) -> bool:
    """Whether a table or column of ours is not there: a mistake, or a replica behind a migration."""
    cause = error.orig if isinstance(error, DBAPIError) else error.__cause__
    if isinstance(cause, sqlite3.Error):
        return str(cause).startswith(("no such table", "no such column"))
    return cause is not None and bool(cause.args) and cause.args[0] in MYSQL_LACKING


def name_what_is_unavailable(engine: Engine) -> None:
    """Let every use of it raise DatabaseUnavailable where `is_unavailable`, or the connection is lost."""

    @event.listens_for(engine, "handle_error")
    def rename(context: ExceptionContext) -> DatabaseUnavailable | None:
        # A ping that fails before anything was asked only makes the pool connect anew.
        if context.sqlalchemy_exception is None or context.is_pre_ping:
            return None
        error = context.original_exception
        if _asks_whether_it_is_there(context):
            return None
        return named(error) if context.is_disconnect or is_unavailable(error) else None


@contextmanager
def named_when_unavailable(engine: Engine) -> Iterator[None]:
    """The same for what SQLAlchemy asks of the driver without telling about its errors."""
    try:
        yield
    except engine.dialect.loaded_dbapi.Error as error:
        if is_unavailable(error):
            raise named(error) from error
        raise


def named(error: BaseException) -> DatabaseUnavailable:
    return (TryAgain if says_try_again(error) else DatabaseUnavailable)(in_one_line(error))


def in_one_line(error: BaseException) -> str:
    """A database error without SQL, parameters or the driver's tuple: for people and logs."""
    cause: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig
    text = cause.args[1] if len(cause.args) > 1 and isinstance(cause.args[1], str) else str(cause)
    return one_line(text) or type(cause).__name__


def _is_sqlite_unavailable(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python's own complaint about what we gave it
        return False
    if code & _PRIMARY_CODE not in SQLITE_OURS:
        return True
    # One code for every question that SQLite does not understand; a table comes back with its backup.
    return code == sqlite3.SQLITE_ERROR and str(error).startswith("no such table")


def _asks_whether_it_is_there(context: ExceptionContext) -> bool:
    """SQLAlchemy describes a table to learn whether there is one, and understands its driver's "no"."""
    execution = context.execution_context
    is_told_apart = execution is not None and execution.execution_options.get("skip_user_error_events", False)
    return bool(is_told_apart) and context.original_exception.args[:1] == (1146,)


def _class_names(error: BaseException) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}


def unforeseen(error: Exception) -> Exception | None:
    """For `exc_info`: the error where its traceback tells more than its reason does."""
    return None if isinstance(error, SQLAlchemyError) else error
