"""The statistics tables, all made from one list of measures, `statistics/measures.py` (DESIGN, Data model).

A day, a week, a park and a period are sums of the same parts; ratios are never stored alone.
"""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any

from sqlalchemy import Boolean, Column, Date, Double, Float, Index, Integer, SmallInteger, String, Table, Text
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from park_downtime.database.tables import CLUSTERED, given_id, metadata
from park_downtime.database.types import SMALL, Coded, UtcDateTime
from park_downtime.model import PeriodTotal, RankedKind, RankedPeriod, Status, ZoneDayStatus
from park_downtime.statistics.days import LOST
from park_downtime.statistics.measures import Measures, ParkMeasures

SECONDS = Integer().with_variant(mysql.INTEGER(unsigned=True), "mysql", "mariadb")
DAY_SECONDS = Integer().with_variant(mysql.MEDIUMINT(unsigned=True), "mysql", "mariadb")


def parts(of_one_day: bool, of_park: bool) -> list[Column[Any]]:
    """The columns that add up, and the extremes beside them."""
    seconds: TypeEngine[int] = DAY_SECONDS if of_one_day and not of_park else SECONDS
    count: TypeEngine[int] = SmallInteger() if of_one_day and not of_park else Integer()
    return [column_of(part, seconds, count) for part in fields(Measures)]


def column_of(part: Field[Any], seconds: TypeEngine[int], count: TypeEngine[int]) -> Column[Any]:
    if part.default is None:  # an extreme of waits, which are small
        return Column(part.name, SMALL)
    default = "0" if part.metadata.get("came_later") else None
    if part.name.endswith("_seconds"):
        return Column(part.name, seconds, nullable=False, server_default=default)
    size = Integer() if part.metadata.get("is_wide") else count
    return Column(part.name, size, nullable=False, server_default=default)


def park_parts() -> list[Column[Any]]:
    """What only a park has: its sessions, and how much of them was observed."""
    return [column_of(part, SECONDS, Integer()) for part in fields(ParkMeasures)]


ride_daily_stats = Table(
    "ride_daily_stats",
    metadata,
    given_id("park_id"),
    Column("stat_date", Date, primary_key=True),
    given_id("ride_id"),
    *parts(of_one_day=True, of_park=False),
    Column("first_open_at", UtcDateTime),
    Column("last_open_at", UtcDateTime),
    **CLUSTERED,
)

park_daily_stats = Table(
    "park_daily_stats",
    metadata,
    given_id("park_id"),
    Column("stat_date", Date, primary_key=True),
    *parts(of_one_day=True, of_park=True),
    *park_parts(),
    Column("rides_with_downtime", SMALL, nullable=False),
    Column("first_running_at", UtcDateTime),
    Column("last_running_at", UtcDateTime),
    Column("is_final", Boolean, nullable=False),
    Column("is_partial", Boolean, nullable=False),
    Column("method_version", SMALL, nullable=False),
    **CLUSTERED,
)


def _rolled_up(name: str, of_park: bool) -> Table:
    """Weeks, months and years: sums of daily rows, with the trend against the one before."""
    key = given_id("park_id" if of_park else "ride_id")
    owner = [] if of_park else [Column("park_id", Integer, nullable=False)]
    return Table(
        name,
        metadata,
        Column("period_start", Date, primary_key=True),
        key,
        *owner,
        *parts(of_one_day=False, of_park=of_park),
        *(park_parts() if of_park else []),
        Column("trend_percentage", Float),
        **CLUSTERED,
    )


ride_weekly_stats = _rolled_up("ride_weekly_stats", of_park=False)
ride_monthly_stats = _rolled_up("ride_monthly_stats", of_park=False)
ride_yearly_stats = _rolled_up("ride_yearly_stats", of_park=False)
park_weekly_stats = _rolled_up("park_weekly_stats", of_park=True)
park_monthly_stats = _rolled_up("park_monthly_stats", of_park=True)
park_yearly_stats = _rolled_up("park_yearly_stats", of_park=True)

PERIOD_TOTAL = Coded(*PeriodTotal)

ride_period_totals = Table(
    "ride_period_totals",
    metadata,
    Column("period", PERIOD_TOTAL, primary_key=True, autoincrement=False),
    given_id("ride_id"),
    Column("park_id", Integer, nullable=False),
    *parts(of_one_day=False, of_park=False),
    **CLUSTERED,
)
Index("ix_ride_period_totals_park_id", ride_period_totals.c.park_id)

park_period_totals = Table(
    "park_period_totals",
    metadata,
    Column("period", PERIOD_TOTAL, primary_key=True, autoincrement=False),
    given_id("park_id"),
    Column("first_date", Date, nullable=False),
    Column("last_date", Date, nullable=False),
    *parts(of_one_day=False, of_park=True),
    *park_parts(),
    **CLUSTERED,
)

rank_sets = Table(
    "rank_sets",
    metadata,
    given_id("set_id"),
    Column("ranked_period", Coded(*RankedPeriod), nullable=False),
    Column("first_date", Date, nullable=False),
    Column("last_date", Date, nullable=False),
    Column("worked_out_at", UtcDateTime, nullable=False),
    Column("closings", String(8), nullable=False),
    **CLUSTERED,
)

rank_intervals = Table(
    "rank_intervals",
    metadata,
    given_id("set_id"),
    Column("ranked_kind", Coded(*RankedKind), primary_key=True, autoincrement=False),
    given_id("ranked_id"),
    Column("rank_low", SMALL, nullable=False),
    Column("rank_high", SMALL, nullable=False),
    **CLUSTERED,
)

park_operating_sessions = Table(
    "park_operating_sessions",
    metadata,
    given_id("park_id"),
    Column("started_at", UtcDateTime, primary_key=True),
    Column("local_date", Date, nullable=False),
    Column("last_running_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("park_stop_seconds", SECONDS, nullable=False),
    Column("unknown_seconds", SECONDS, nullable=False),
    **CLUSTERED,
)

CLOSURE_KIND = Coded(*LOST)

ride_closures = Table(
    "ride_closures",
    metadata,
    given_id("park_id"),
    Column("stat_date", Date, primary_key=True),
    given_id("ride_id"),
    Column("started_at", UtcDateTime, primary_key=True),
    Column("kind", CLOSURE_KIND, nullable=False, server_default="0"),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("seconds", SECONDS, nullable=False),
    Column("park_wide_seconds", SECONDS, nullable=False),
    Column("is_incident", Boolean, nullable=False),
    **CLUSTERED,
)

ride_edges = Table(
    "ride_edges",
    metadata,
    given_id("park_id"),
    Column("started_at", UtcDateTime, primary_key=True),
    given_id("ride_id"),
    Column("opened_seconds", DAY_SECONDS),
    Column("closed_seconds", DAY_SECONDS),
    **CLUSTERED,
)


def _cell() -> list[Column[Any]]:
    """A cell of the table of chances to reopen, `timeline/reopening.py`, by the minutes its bins begin at."""
    return [
        Column("closed_for_minutes", SMALL, primary_key=True, autoincrement=False),
        Column("to_closing_minutes", SMALL, primary_key=True, autoincrement=False),
        Column("are_few_open", Boolean, primary_key=True, autoincrement=False),
        Column("closures", Integer, nullable=False),
        Column("back", Integer, nullable=False),
    ]


reopening_votes = Table(
    "reopening_votes",
    metadata,
    given_id("park_id"),
    Column("started_at", UtcDateTime, primary_key=True),
    *_cell(),
    **CLUSTERED,
)

reopening_odds = Table(
    "reopening_odds",
    metadata,
    Column("made_at", UtcDateTime, primary_key=True),
    *_cell(),
    Column("chance", Double, nullable=False),
    **CLUSTERED,
)

ride_status_now = Table(
    "ride_status_now",
    metadata,
    given_id("ride_id"),
    Column("park_id", Integer, nullable=False),
    Column("status", Coded(*Status), nullable=False),
    Column("down_since", UtcDateTime),
    Column("back_today_percentage", SMALL),
    Column("wait_minutes", SMALL),
    Column("changed_at", UtcDateTime),
    Column("last_updated", UtcDateTime),
    Column("last_reading_at", UtcDateTime, nullable=False),
    Column("interval_seconds", Integer, nullable=False),
    **CLUSTERED,
)
Index("ix_ride_status_now_park_id", ride_status_now.c.park_id)

aggregation_log = Table(
    "aggregation_log",
    metadata,
    Column("timezone", String(64), primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("period_type", String(10), primary_key=True),
    Column("status", Coded(*ZoneDayStatus), nullable=False),
    Column("attempts", SMALL, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("parks_final", Integer),
    Column("parks_open", Integer),
    Column("rows_written", Integer),
    Column("error", Text),
    Column("method_version", SMALL, nullable=False),
    **CLUSTERED,
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    mysql_engine="InnoDB",
    mysql_charset="utf8mb4",
    mariadb_charset="utf8mb4",
)

api_usage = Table(
    "api_usage",
    metadata,
    given_id("key_id"),
    Column("hour", UtcDateTime, primary_key=True),
    Column("request_count", Integer, nullable=False),
    **CLUSTERED,
)

data_version = Table(
    "data_version",
    metadata,
    given_id("id"),
    Column("version", Integer, nullable=False),
    Column("as_of", UtcDateTime),
    Column("is_simulated", Boolean),
    **CLUSTERED,
)
