"""A read replica beside the primary: what it lacks, and how far it lies behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine, false, select
from sqlalchemy.exc import SQLAlchemyError

from park_downtime.database.availability import (
    DATABASE_UNAVAILABLE,
    ReplicaBehind,
    ReplicaUnavailable,
    TryAgain,
    in_one_line,
    is_lacking,
)
from park_downtime.database.engine import reading
from park_downtime.database.transfer import ALL_TABLES
from park_downtime.timeline.runs import is_stale

LACKS = "The read replica lacks tables or columns that this release reads"


@contextmanager
def reading_replica(replica: Engine) -> Iterator[Connection]:
    """As `reading`; what it raises names the replica: ReplicaUnavailable, ReplicaBehind."""
    try:
        with reading(replica) as connection:
            yield connection
    except TryAgain:
        raise
    except SQLAlchemyError as error:
        # A migration that has not arrived yet; on a primary an unknown column would be a mistake of ours.
        if is_lacking(error):
            raise ReplicaBehind(LACKS) from error
        if isinstance(error, DATABASE_UNAVAILABLE):
            raise ReplicaUnavailable(in_one_line(error)) from error
        raise


def require_tables(connection: Connection) -> None:
    """Ask for every column of ours without reading a row."""
    for table in ALL_TABLES:
        connection.execute(select(table).where(false())).close()


def require_fresh(newest: datetime | None, as_of: datetime | None, interval_seconds: int) -> None:
    """Raises ReplicaBehind where the primary's newest cycle is later than the replica's by more than a
    reading holds: what the replica calls "now" is over. `newest` is None where the primary tells nothing.
    """
    if newest is None:
        return
    if as_of is None:
        raise ReplicaBehind("The read replica has no readings yet")
    if is_stale(as_of, newest, interval_seconds):
        minutes = int((newest - as_of).total_seconds() // 60)
        raise ReplicaBehind(f"The read replica is {minutes} minutes behind the database")
