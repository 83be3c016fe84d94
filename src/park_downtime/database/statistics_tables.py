"""The statistics tables, all made from one list of measures, `statistics/measures.py` (DESIGN, Data model).

A day, a week, a park and a period are sums of the same parts; ratios are never stored alone.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Double,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    case,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from park_downtime.database.tables import CLUSTERED, MYSQL, given_id, metadata
from park_downtime.database.types import LIST, PACKED, SMALL, TINY, Coded, UtcDateTime
from park_downtime.model import (
    GoneReason,
    PeriodTotal,
    RankedKind,
    RankedPeriod,
    Status,
    StretchKind,
    ZoneDayStatus,
)
from park_downtime.statistics.days import LOST, LOST_SINCE_METHOD
from park_downtime.statistics.measures import HOW_JUDGED, Measures, ParkMeasures

SECONDS = Integer().with_variant(mysql.INTEGER(unsigned=True), "mysql", "mariadb")
DAY_SECONDS = Integer().with_variant(mysql.MEDIUMINT(unsigned=True), "mysql", "mariadb")
READINGS = Integer().with_variant(mysql.SMALLINT(unsigned=True), "mysql", "mariadb")


@dataclass(frozen=True, slots=True)
class Widths:
    """How large a measure may become, by what it counts."""

    seconds: TypeEngine[int]
    days: TypeEngine[int]
    readings: TypeEngine[int]
    waits: TypeEngine[int]

    def column(self, part: Field[Any]) -> Column[Any]:
        if part.default is None:  # an extreme of waits, which are small
            return Column(part.name, SMALL)
        default = "0" if part.metadata.get("came_later") else None
        return Column(part.name, self._width(part.name), nullable=False, server_default=default)

    def _width(self, name: str) -> TypeEngine[int]:
        if name.endswith("_seconds"):
            return self.seconds
        if name.startswith("days_"):
            return self.days
        return self.waits if name == "wait_sum" else self.readings


# Of a reading each minute, each the longest wait that is believed, a month has 14 million minutes.
OF_RIDE_UP_TO_A_MONTH = Widths(seconds=DAY_SECONDS, days=TINY, readings=READINGS, waits=DAY_SECONDS)
OF_ANYTHING = Widths(seconds=SECONDS, days=Integer(), readings=Integer(), waits=Integer())


def parts(widths: Widths) -> list[Column[Any]]:
    """The columns that add up, and the extremes beside them."""
    return [widths.column(part) for part in fields(Measures)]


def park_parts(of_a_day: bool = False) -> list[Column[Any]]:
    """What only a park has: its sessions, and how much of them was observed; of several days how they were
    judged, too.
    """
    return [
        OF_ANYTHING.column(part)
        for part in fields(ParkMeasures)
        if not (of_a_day and part.name in HOW_JUDGED)
    ]


ride_daily_stats = Table(
    "ride_daily_stats",
    metadata,
    given_id("park_id"),
    Column("stat_date", Date, primary_key=True),
    given_id("ride_id"),
    *parts(OF_RIDE_UP_TO_A_MONTH),
    Column("first_open_at", UtcDateTime),
    Column("last_open_at", UtcDateTime),
    **CLUSTERED,
)

park_daily_stats = Table(
    "park_daily_stats",
    metadata,
    given_id("park_id"),
    Column("stat_date", Date, primary_key=True),
    *parts(OF_ANYTHING),
    *park_parts(of_a_day=True),
    Column("rides_with_downtime", SMALL, nullable=False),
    Column("first_running_at", UtcDateTime),
    Column("last_running_at", UtcDateTime),
    Column("is_final", Boolean, nullable=False),
    Column("is_partial", Boolean, nullable=False),
    Column("method_version", SMALL, nullable=False),
    **CLUSTERED,
)


HOW_A_DAY_IS_JUDGED: dict[str, ColumnElement[Any]] = {
    "days_provisional": case((park_daily_stats.c.is_final, 0), else_=1),
    "days_lost_known": case(
        (park_daily_stats.c.method_version >= LOST_SINCE_METHOD, park_daily_stats.c.days_with_data), else_=0
    ),
    "lowest_method": park_daily_stats.c.method_version,
    "highest_method": park_daily_stats.c.method_version,
}


def part_of(table: Table, name: str) -> ColumnElement[Any]:
    """A measure in a table of rides or parks."""
    return table.c[name] if name in table.c else HOW_A_DAY_IS_JUDGED[name]


def _rolled_up(name: str, of_park: bool, widths: Widths = OF_ANYTHING) -> Table:
    """Weeks, months and years: sums of daily rows that are final, up to the last one of the park, with the
    trend against the one before.
    """
    key = given_id("park_id" if of_park else "ride_id")
    owner = Column("last_date", Date) if of_park else Column("park_id", Integer, nullable=False)
    return Table(
        name,
        metadata,
        Column("period_start", Date, primary_key=True),
        key,
        owner,
        *parts(widths),
        *(park_parts() if of_park else []),
        Column("trend_percentage", Float),
        **CLUSTERED,
    )


ride_weekly_stats = _rolled_up("ride_weekly_stats", of_park=False, widths=OF_RIDE_UP_TO_A_MONTH)
ride_monthly_stats = _rolled_up("ride_monthly_stats", of_park=False, widths=OF_RIDE_UP_TO_A_MONTH)
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
    *parts(OF_RIDE_UP_TO_A_MONTH),
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
    *parts(OF_ANYTHING),
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
    Column("intervals", LIST, nullable=False),
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

CLOSURE_KIND = Coded(*LOST, StretchKind.ONGOING)

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
    Column("known_at", UtcDateTime),
    **CLUSTERED,
)
# The key of a row is part of it on every engine: it tells park, day and ride without the row itself.
Index("ix_ride_closures_kind", ride_closures.c.kind, ride_closures.c.started_at)

former_closure_ids = Table(
    "former_closure_ids",
    metadata,
    given_id("ride_id"),
    Column("started_at", UtcDateTime, primary_key=True),
    Column("gone_at", UtcDateTime, primary_key=True),
    Column("park_id", Integer, nullable=False),
    Column("known_at", UtcDateTime),
    Column("reason", Coded(*GoneReason), nullable=False),
    Column("moved_to", UtcDateTime),
    Column("back_at", UtcDateTime),
    **CLUSTERED,
)

ride_edges = Table(
    "ride_edges",
    metadata,
    given_id("park_id"),
    Column("started_at", UtcDateTime, primary_key=True),
    Column("edges", LIST, nullable=False),
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

ready_columns = Table(
    "ready_columns",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("packed", PACKED, nullable=False),
    **MYSQL,
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
