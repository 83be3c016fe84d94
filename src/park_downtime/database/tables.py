"""Every table, as SQLAlchemy metadata. docs/data-model.md explains them; a test keeps it equal.

Raw tables carry no foreign keys and no surrogate ids: at 720,000 rows a day each further index
costs more than it tells. Their rows are written in one transaction with what they refer to.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from park_downtime.database.types import SMALL, TINY, Coded, UtcDateTime
from park_downtime.model import Category, CycleOutcome, DoubtKind, ParkOutcome, State

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}
MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mariadb_charset": "utf8mb4"}
# Clustered by the primary key on every engine: InnoDB always is, SQLite needs telling.
CLUSTERED: dict[str, Any] = {**MYSQL, "sqlite_with_rowid": False}

STATE = Coded(State.UNKNOWN, State.OPEN, State.CLOSED)
PARK_OUTCOME = Coded(
    ParkOutcome.OK, ParkOutcome.FAILED, ParkOutcome.REJECTED, ParkOutcome.PARTIAL, ParkOutcome.EMPTY
)
ANSWERED = (ParkOutcome.OK, ParkOutcome.PARTIAL)
"""Outcomes of payloads that were accepted."""
DOUBT_KIND = Coded(DoubtKind.STANDSTILL, DoubtKind.LEFT_OPEN)
CYCLE_OUTCOME = Coded(CycleOutcome.RUNNING, CycleOutcome.COMPLETE, CycleOutcome.INTERRUPTED)

metadata = MetaData(naming_convention=NAMING)


def given_id(name: str) -> Column[int]:
    """A primary key that Queue-Times gives, not the database."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


park_groups = Table(
    "park_groups",
    metadata,
    given_id("group_id"),
    Column("name", String(255), nullable=False),
    **MYSQL,
)

parks = Table(
    "parks",
    metadata,
    given_id("park_id"),
    Column("group_id", ForeignKey("park_groups.group_id"), nullable=True),
    Column("name", String(255), nullable=False),
    Column("country", String(100)),
    Column("continent", String(100)),
    Column("city", String(100)),
    Column("state_province", String(100)),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("timezone", String(64), nullable=False),
    Column("previous_timezone", String(64)),
    Column("zone_changed_at", UtcDateTime),
    Column("next_timezone", String(64)),
    Column("zone_changes_at", UtcDateTime),
    Column("operator", String(100)),
    Column("is_tracked", Boolean, nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    Column("final_until", UtcDateTime),
    **MYSQL,
)

lands = Table(
    "lands",
    metadata,
    Column("land_key", Integer, primary_key=True),
    Column("park_id", ForeignKey("parks.park_id"), nullable=False),
    Column("land_id", Integer),
    Column("name", String(255), nullable=False),
    UniqueConstraint("park_id", "land_id"),
    **MYSQL,
)

rides = Table(
    "rides",
    metadata,
    given_id("ride_id"),
    Column("park_id", ForeignKey("parks.park_id"), nullable=False, index=True),
    Column("land_key", ForeignKey("lands.land_key")),
    Column("name", String(255), nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("missing_since", UtcDateTime),
    Column("missed_payloads", Integer, nullable=False),
    Column("inactive_since", UtcDateTime),
    Column("next_park_id", Integer),
    Column("moves_on", Date),
    **MYSQL,
)

ride_names = Table(
    "ride_names",
    metadata,
    Column("ride_id", ForeignKey("rides.ride_id"), primary_key=True, autoincrement=False),
    Column("used_until", UtcDateTime, primary_key=True),
    Column("name", String(255), nullable=False),
    **MYSQL,
)

ride_classifications = Table(
    "ride_classifications",
    metadata,
    Column("ride_id", ForeignKey("rides.ride_id"), primary_key=True, autoincrement=False),
    Column("category", Coded(*Category), nullable=False),
    Column("tier", TINY),
    Column("confidence", Float, nullable=False),
    Column("reason", String(255), nullable=False),
    Column("source", String(30), nullable=False),
    Column("classified_at", UtcDateTime, nullable=False),
    **MYSQL,
)

collection_cycles = Table(
    "collection_cycles",
    metadata,
    Column("cycle_id", Integer, primary_key=True),
    Column("recorded_at", UtcDateTime, nullable=False, unique=True),
    Column("interval_seconds", Integer, nullable=False),
    Column("outcome", CYCLE_OUTCOME, nullable=False),
    Column("was_spooled", Boolean, nullable=False),
    Column("parks_ok", Integer),
    Column("parks_failed", Integer),
    Column("parks_rejected", Integer),
    Column("rows_written", Integer),
    Column("odd_entries", Integer),
    Column("dropped_waits", Integer),
    Column("fetch_seconds", Float),
    Column("store_seconds", Float),
    **MYSQL,
)

ride_status_snapshots = Table(
    "ride_status_snapshots",
    metadata,
    given_id("park_id"),
    Column("recorded_at", UtcDateTime, primary_key=True),
    given_id("ride_id"),
    Column("cycle_id", Integer, nullable=False),
    Column("state", STATE, nullable=False),
    Column("wait_minutes", SMALL),
    Column("is_stale", Boolean, nullable=False),
    Column("last_updated", UtcDateTime),
    **CLUSTERED,
)

ride_runs = Table(
    "ride_runs",
    metadata,
    given_id("park_id"),
    Column("local_date", Date, primary_key=True),
    given_id("ride_id"),
    Column("started_at", UtcDateTime, primary_key=True),
    Column("last_reading_at", UtcDateTime, nullable=False),
    Column("interval_seconds", Integer, nullable=False),
    Column("state", STATE, nullable=False),
    Column("reading_count", SMALL, nullable=False),
    Column("wait_count", SMALL, nullable=False),
    Column("wait_sum", Integer, nullable=False),
    Column("wait_min", SMALL),
    Column("wait_max", SMALL),
    **CLUSTERED,
)
Index("ix_ride_runs_ride_id", ride_runs.c.ride_id, ride_runs.c.started_at)

park_runs = Table(
    "park_runs",
    metadata,
    given_id("park_id"),
    Column("local_date", Date, primary_key=True),
    Column("started_at", UtcDateTime, primary_key=True),
    Column("last_reading_at", UtcDateTime, nullable=False),
    Column("interval_seconds", Integer, nullable=False),
    Column("is_running", Boolean, nullable=False),
    **CLUSTERED,
)

park_doubts = Table(
    "park_doubts",
    metadata,
    given_id("park_id"),
    Column("recognised_at", UtcDateTime, primary_key=True),
    Column("kind", DOUBT_KIND, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    **CLUSTERED,
)

corrections = Table(
    "corrections",
    metadata,
    Column("correction_id", Integer, primary_key=True),
    Column("park_id", ForeignKey("parks.park_id"), nullable=False, index=True),
    Column("ride_id", Integer),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    **MYSQL,
)

park_activity_snapshots = Table(
    "park_activity_snapshots",
    metadata,
    given_id("park_id"),
    Column("recorded_at", UtcDateTime, primary_key=True),
    Column("cycle_id", Integer, nullable=False),
    Column("outcome", PARK_OUTCOME, nullable=False),
    Column("rides_open", SMALL),
    Column("rides_closed", SMALL),
    Column("rides_unknown", SMALL),
    Column("running_count", SMALL),
    Column("is_running", Boolean),
    Column("average_wait_minutes", Float),
    Column("max_wait_minutes", SMALL),
    Column("rides_waiting", SMALL),
    Column("rides_alive", SMALL),
    Column("has_changed", Boolean),
    Column("is_open", Boolean),
    Column("quiet_since", UtcDateTime),
    Column("stamp_offset_seconds", Integer),
    Column("rides_unchanged", SMALL),
    Column("stamps_moved", SMALL),
    **CLUSTERED,
)
Index("ix_park_activity_snapshots_recorded_at", park_activity_snapshots.c.recorded_at)
