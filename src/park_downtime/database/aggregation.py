"""The log of the nights: how far each zone's local days have been closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from park_downtime.database.statistics_tables import aggregation_log
from park_downtime.database.upsert import upsert
from park_downtime.model import ZoneDayStatus
from park_downtime.statistics.days import METHOD_VERSION

_c = aggregation_log.c
DAILY = "daily"


@dataclass(frozen=True, slots=True)
class LogRow:
    """One zone's day: parks that are final, and parks that must wait for a later attempt."""

    timezone: str
    local_date: date
    status: ZoneDayStatus
    attempts: int
    started_at: datetime
    finished_at: datetime | None
    parks_final: int | None
    parks_open: int | None
    rows_written: int | None
    error: str | None


_COLUMNS = [_c[name] for name in LogRow.__dataclass_fields__]


def zone_days(connection: Connection, timezone: str, since: date) -> dict[date, LogRow]:
    query = select(*_COLUMNS).where(_c.timezone == timezone, _c.local_date >= since, _c.period_type == DAILY)
    return {row.local_date: LogRow(**row._mapping) for row in connection.execute(query)}


def closings(connection: Connection, first: date, last: date) -> dict[tuple[str, date], datetime]:
    """When each zone closed its local days from `first` to `last`; those that are not closed are missing."""
    query = select(_c.timezone, _c.local_date, _c.finished_at).where(
        _c.local_date >= first,
        _c.local_date <= last,
        _c.period_type == DAILY,
        _c.status == ZoneDayStatus.SUCCESS,
    )
    return {(row.timezone, row.local_date): row.finished_at for row in connection.execute(query)}


def begin_attempt(connection: Connection, timezone: str, day: date, attempts: int, at: datetime) -> None:
    _save(
        connection,
        timezone,
        day,
        {
            "status": ZoneDayStatus.RUNNING,
            "attempts": attempts,
            "started_at": at,
            "finished_at": None,
            "error": None,
            "method_version": METHOD_VERSION,
        },
    )


def end_attempt(
    connection: Connection,
    timezone: str,
    day: date,
    status: ZoneDayStatus,
    at: datetime,
    parks_final: int,
    parks_open: int,
    rows_written: int,
    error: str | None,
) -> None:
    connection.execute(
        update(aggregation_log)
        .where(_c.timezone == timezone, _c.local_date == day, _c.period_type == DAILY)
        .values(
            status=status,
            finished_at=at,
            parks_final=parks_final,
            parks_open=parks_open,
            rows_written=rows_written,
            error=error,
        )
    )


def reopen_zone_day(connection: Connection, timezone: str, day: date, why: str) -> None:
    """A closed day must be judged again: the next attempt is due at once."""
    connection.execute(
        update(aggregation_log)
        .where(_c.timezone == timezone, _c.local_date == day, _c.period_type == DAILY)
        .values(status=ZoneDayStatus.FAILED, error=why, attempts=0)
    )


def say_judged_again(connection: Connection, timezone: str, day: date, at: datetime) -> None:
    """A closed day has other figures now: what was worked out of them is due again."""
    connection.execute(
        update(aggregation_log)
        .where(
            _c.timezone == timezone,
            _c.local_date == day,
            _c.period_type == DAILY,
            _c.status == ZoneDayStatus.SUCCESS,
        )
        .values(finished_at=at, method_version=METHOD_VERSION)
    )


def _save(connection: Connection, timezone: str, day: date, values: dict[str, Any]) -> None:
    upsert(
        connection,
        aggregation_log,
        [{"timezone": timezone, "local_date": day, "period_type": DAILY, **values}],
    )
