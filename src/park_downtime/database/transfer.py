"""Rows of any table as plain JSON values and back, the same on every engine: what export and import use."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Double, Float, Table, delete, func, insert, select

from park_downtime.database.statistics_tables import (
    api_usage,
    data_version,
    former_closure_ids,
    park_period_totals,
    rank_intervals,
    rank_sets,
    ready_columns,
    reopening_odds,
    reopening_votes,
    ride_closures,
    ride_edges,
    ride_period_totals,
    ride_status_now,
)
from park_downtime.database.tables import (
    collection_cycles,
    corrections,
    metadata,
    park_activity_snapshots,
    park_doubts,
    park_runs,
    ride_runs,
    ride_status_snapshots,
)
from park_downtime.database.types import Coded, UtcDateTime
from park_downtime.database.version import ONLY_ROW
from park_downtime.model import PeriodTotal
from park_downtime.periods import whole_days

READINGS: tuple[Table, ...] = (
    collection_cycles,
    ride_status_snapshots,
    ride_runs,
    park_runs,
    park_doubts,
    park_activity_snapshots,
    ride_status_now,
    api_usage,
)
"""Kept for days only, but what the days that are still open are made from."""

REBUILT: tuple[Table, ...] = (ride_period_totals, park_period_totals, ready_columns, data_version)
"""Follows from the others, or is written anew."""

ALL_TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
PERMANENT: tuple[Table, ...] = tuple(t for t in ALL_TABLES if t not in READINGS and t not in REBUILT)
CAME_AFTER_0_1: tuple[Table, ...] = (
    *(corrections, ride_edges, rank_sets, rank_intervals),
    *(reopening_votes, reopening_odds),
    former_closure_ids,
)
"""Permanent ones that archives of earlier revisions lack."""

_CALLED_IN_0_1: Mapping[Table, str] = {ride_closures: "ride_outages"}

ROWS_AT_ONCE = 2_000
DELETED_AT_ONCE = 20_000
SINGLE_DIGITS = 6

PlainRow = list[Any]


def name_in_archive(table: Table, names: Container[str]) -> str:
    """What an archive with tables of those names calls this one, if it has it."""
    earlier = _CALLED_IN_0_1.get(table)
    return earlier if earlier is not None and earlier in names else table.name


def plain_rows(connection: Connection, table: Table) -> Iterator[PlainRow]:
    """Every row in the order of its key, without holding the table in memory."""
    encode = [_encoder(column) for column in table.columns]
    query = select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(stream_results=True, yield_per=ROWS_AT_ONCE).execute(query)
    for row in result:
        yield [None if value is None else to(value) for to, value in zip(encode, row, strict=True)]


def insert_plain(connection: Connection, table: Table, names: Sequence[str], rows: list[PlainRow]) -> None:
    """Insert rows whose values stand in the order of `names`; other columns get their defaults.

    Raises ValueError for what is no value.
    """
    columns = [table.c[name] for name in names]
    decode = [_decoder(column) for column in columns]
    connection.execute(
        insert(table),
        [
            {
                name: None if value is None else to(value)
                for name, to, value in zip(names, decode, row, strict=True)
            }
            for row in rows
        ],
    )


def fits(table: Table, names: Sequence[str], is_earlier: bool) -> bool:
    """Whether rows with these columns can be stored.

    Of an earlier revision, columns may be missing that came later: those that may be null or have a default.
    A column that the table does not have never fits, so that nothing is dropped unless someone says so here.
    """
    missing = [column for column in table.columns if column.name not in names]
    if missing and not is_earlier:
        return False
    return set(names) <= set(table.columns.keys()) and all(map(_can_be_left_out, missing))


def _can_be_left_out(column: Column[Any]) -> bool:
    return bool(column.nullable) or column.default is not None or column.server_default is not None


def count_rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def filled_tables(connection: Connection) -> list[str]:
    """Tables with at least one row."""
    return [
        table.name
        for table in ALL_TABLES
        if connection.execute(select(*table.primary_key.columns).limit(1)).first() is not None
    ]


def delete_some(connection: Connection, table: Table) -> int:
    """Delete up to a batch of rows, lowest keys first; answers how many."""
    keys = list(table.primary_key.columns)
    first = keys[0]
    bound = connection.scalar(select(first).order_by(first).offset(DELETED_AT_ONCE).limit(1))
    statement = delete(table) if bound is None else delete(table).where(first <= bound)
    return connection.execute(statement).rowcount


def totals_made_for(connection: Connection) -> dict[int, date]:
    """The local date for which each park's period totals were summed."""
    c = park_period_totals.c
    after = whole_days(PeriodTotal.CURRENT_7, date(2000, 1, 8)).last - date(2000, 1, 8)
    query = select(c.park_id, c.last_date).where(c.period == PeriodTotal.CURRENT_7)
    return {row.park_id: row.last_date - after for row in connection.execute(query)}


def set_version(
    connection: Connection, number: int, as_of: datetime | None, is_simulated: bool = False
) -> None:
    connection.execute(delete(data_version).where(data_version.c.id == ONLY_ROW))
    row = {"id": ONLY_ROW, "version": number, "as_of": as_of, "is_simulated": is_simulated}
    connection.execute(insert(data_version).values(row))


def _encoder(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, UtcDateTime):
        return instant_text
    if isinstance(column.type, Date):
        return lambda value: value.isoformat()
    if isinstance(column.type, Coded):
        return lambda value: value.value
    if isinstance(column.type, Boolean):
        return bool
    if isinstance(column.type, Float) and not isinstance(column.type, Double):
        # MySQL keeps these in single precision: digits beyond are not the same everywhere.
        return lambda value: float(f"{value:.{SINGLE_DIGITS}g}")
    return lambda value: value


def _decoder(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, UtcDateTime):
        return instant
    if isinstance(column.type, Date):
        return date.fromisoformat
    if isinstance(column.type, Coded):
        members = {member.value: member for member in column.type.members}

        def member(value: Any) -> Any:
            if value not in members:
                raise ValueError(f"{value!r} is not known as {column.name}")
            return members[value]

        return member
    return lambda value: value


def instant_text(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.utcoffset() != timedelta(0):
        raise ValueError(f"{text!r} is no time in UTC")
    return found


def in_batches(rows: Iterable[PlainRow]) -> Iterator[list[PlainRow]]:
    batch: list[PlainRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
