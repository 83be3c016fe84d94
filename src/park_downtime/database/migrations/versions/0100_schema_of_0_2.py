"""The schema of 0.2, with which numbering starts anew: what revisions 0001 to 0039 had built step by step."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from park_downtime.database.migrations.frozen import (
    CLUSTERED,
    DAY_SECONDS,
    LIST,
    PACKED,
    SECONDS,
    SMALLINT,
    TINY,
    UTF8,
)
from park_downtime.database.migrations.steps import create_index, create_table, create_view

# Until 0.2.0 this file is edited in place, and its id follows: tests/contract/test_schema_id.py says it.
revision = "0100_e9c067b5"
down_revision = None

INTEGER = sa.Integer()
HISTORY: dict[str, Any] = {**CLUSTERED, "is_compressed": True}
"""What is kept for ever; see docs/decisions/0005-compressed-history.md."""


def upgrade() -> None:
    create_reference()
    create_readings()
    create_runs()
    create_judged()
    create_statistics()
    create_period_totals()
    create_rank_intervals()
    create_operations()


def create_reference() -> None:
    create_table(
        "park_groups",
        given_id("group_id"),
        needed("name", sa.String(255)),
        key("park_groups", "group_id"),
        **UTF8,
    )
    create_table(
        "parks",
        given_id("park_id"),
        optional("group_id", sa.Integer()),
        needed("name", sa.String(255)),
        optional("country", sa.String(100)),
        optional("continent", sa.String(100)),
        optional("city", sa.String(100)),
        optional("state_province", sa.String(100)),
        optional("latitude", sa.Double()),
        optional("longitude", sa.Double()),
        needed("timezone", sa.String(64)),
        optional("previous_timezone", sa.String(64)),
        optional("zone_changed_at", sa.DateTime()),
        optional("next_timezone", sa.String(64)),
        optional("zone_changes_at", sa.DateTime()),
        optional("operator", sa.String(100)),
        needed("is_tracked", sa.Boolean()),
        needed("first_seen_at", sa.DateTime()),
        optional("removed_at", sa.DateTime()),
        optional("final_until", sa.DateTime()),
        key("parks", "park_id"),
        sa.ForeignKeyConstraint(["group_id"], ["park_groups.group_id"], name="fk_parks_group_id"),
        **UTF8,
    )
    create_table(
        "lands",
        needed("land_key", sa.Integer()),
        needed("park_id", sa.Integer()),
        optional("land_id", sa.Integer()),
        needed("name", sa.String(255)),
        key("lands", "land_key"),
        sa.ForeignKeyConstraint(["park_id"], ["parks.park_id"], name="fk_lands_park_id"),
        sa.UniqueConstraint("park_id", "land_id", name="uq_lands_park_id"),
        **UTF8,
    )
    create_table(
        "rides",
        given_id("ride_id"),
        needed("park_id", sa.Integer()),
        optional("land_key", sa.Integer()),
        needed("name", sa.String(255)),
        needed("first_seen_at", sa.DateTime()),
        optional("missing_since", sa.DateTime()),
        needed("missed_payloads", sa.Integer()),
        optional("inactive_since", sa.DateTime()),
        optional("next_park_id", sa.Integer()),
        optional("moves_on", sa.Date()),
        key("rides", "ride_id"),
        sa.ForeignKeyConstraint(["park_id"], ["parks.park_id"], name="fk_rides_park_id"),
        sa.ForeignKeyConstraint(["land_key"], ["lands.land_key"], name="fk_rides_land_key"),
        **UTF8,
    )
    create_index("ix_rides_park_id", "rides", ["park_id"])
    create_table(
        "ride_names",
        given_id("ride_id"),
        needed("used_until", sa.DateTime()),
        needed("name", sa.String(255)),
        key("ride_names", "ride_id", "used_until"),
        sa.ForeignKeyConstraint(["ride_id"], ["rides.ride_id"], name="fk_ride_names_ride_id"),
        **UTF8,
    )
    create_table(
        "ride_classifications",
        given_id("ride_id"),
        needed("category", TINY),
        optional("tier", TINY),
        needed("confidence", sa.Float()),
        needed("reason", sa.String(255)),
        needed("source", sa.String(30)),
        needed("classified_at", sa.DateTime()),
        key("ride_classifications", "ride_id"),
        sa.ForeignKeyConstraint(["ride_id"], ["rides.ride_id"], name="fk_ride_classifications_ride_id"),
        **UTF8,
    )


def create_readings() -> None:
    create_table(
        "collection_cycles",
        needed("cycle_id", sa.Integer()),
        needed("recorded_at", sa.DateTime()),
        needed("interval_seconds", sa.Integer()),
        needed("outcome", TINY),
        needed("was_spooled", sa.Boolean()),
        optional("parks_ok", sa.Integer()),
        optional("parks_failed", sa.Integer()),
        optional("parks_rejected", sa.Integer()),
        optional("rows_written", sa.Integer()),
        optional("odd_entries", sa.Integer()),
        optional("dropped_waits", sa.Integer()),
        optional("fetch_seconds", sa.Float()),
        optional("store_seconds", sa.Float()),
        key("collection_cycles", "cycle_id"),
        sa.UniqueConstraint("recorded_at", name="uq_collection_cycles_recorded_at"),
        **UTF8,
    )
    create_table(
        "ride_status_snapshots",
        given_id("park_id"),
        needed("recorded_at", sa.DateTime()),
        given_id("ride_id"),
        needed("cycle_id", sa.Integer()),
        needed("state", TINY),
        optional("wait_minutes", sa.SmallInteger()),
        needed("is_stale", sa.Boolean()),
        optional("last_updated", sa.DateTime()),
        key("ride_status_snapshots", "park_id", "recorded_at", "ride_id"),
        **CLUSTERED,
    )
    create_table(
        "park_activity_snapshots",
        given_id("park_id"),
        needed("recorded_at", sa.DateTime()),
        needed("cycle_id", sa.Integer()),
        needed("outcome", TINY),
        optional("rides_open", sa.SmallInteger()),
        optional("rides_closed", sa.SmallInteger()),
        optional("rides_unknown", sa.SmallInteger()),
        optional("running_count", sa.SmallInteger()),
        optional("is_running", sa.Boolean()),
        optional("average_wait_minutes", sa.Float()),
        optional("max_wait_minutes", sa.SmallInteger()),
        optional("rides_waiting", sa.SmallInteger()),
        optional("rides_alive", sa.SmallInteger()),
        optional("has_changed", sa.Boolean()),
        optional("is_open", sa.Boolean()),
        optional("quiet_since", sa.DateTime()),
        optional("stamp_offset_seconds", sa.Integer()),
        optional("rides_unchanged", sa.SmallInteger()),
        optional("stamps_moved", sa.SmallInteger()),
        key("park_activity_snapshots", "park_id", "recorded_at"),
        **CLUSTERED,
    )
    create_index("ix_park_activity_snapshots_recorded_at", "park_activity_snapshots", ["recorded_at"])


def create_runs() -> None:
    create_table(
        "ride_runs",
        given_id("park_id"),
        needed("local_date", sa.Date()),
        given_id("ride_id"),
        needed("started_at", sa.DateTime()),
        needed("last_reading_at", sa.DateTime()),
        needed("interval_seconds", sa.Integer()),
        needed("state", TINY),
        needed("reading_count", sa.SmallInteger()),
        needed("wait_count", sa.SmallInteger()),
        needed("wait_sum", sa.Integer()),
        optional("wait_min", sa.SmallInteger()),
        optional("wait_max", sa.SmallInteger()),
        key("ride_runs", "park_id", "local_date", "ride_id", "started_at"),
        **CLUSTERED,
    )
    create_index("ix_ride_runs_ride_id", "ride_runs", ["ride_id", "started_at"])
    create_table(
        "park_runs",
        given_id("park_id"),
        needed("local_date", sa.Date()),
        needed("started_at", sa.DateTime()),
        needed("last_reading_at", sa.DateTime()),
        needed("interval_seconds", sa.Integer()),
        needed("is_running", sa.Boolean()),
        key("park_runs", "park_id", "local_date", "started_at"),
        **CLUSTERED,
    )
    create_table(
        "park_doubts",
        given_id("park_id"),
        needed("recognised_at", sa.DateTime()),
        needed("kind", TINY),
        needed("started_at", sa.DateTime()),
        optional("ended_at", sa.DateTime()),
        key("park_doubts", "park_id", "recognised_at", "kind"),
        **CLUSTERED,
    )
    create_table(
        "corrections",
        needed("correction_id", sa.Integer()),
        needed("park_id", sa.Integer()),
        optional("ride_id", sa.Integer()),
        needed("started_at", sa.DateTime()),
        needed("ended_at", sa.DateTime()),
        needed("reason", sa.String(300)),
        needed("made_at", sa.DateTime()),
        optional("withdrawn_at", sa.DateTime()),
        key("corrections", "correction_id"),
        sa.ForeignKeyConstraint(["park_id"], ["parks.park_id"], name="fk_corrections_park_id"),
        **UTF8,
    )
    create_index("ix_corrections_park_id", "corrections", ["park_id"])
    dialect = "sqlite" if op.get_bind().dialect.name == "sqlite" else "mysql"
    create_view("ride_status_changes", STATUS_CHANGES.format(seconds=SECONDS_BETWEEN[dialect]))


SECONDS_BETWEEN = {
    "sqlite": "CAST(strftime('%s', changed_at) - strftime('%s', previous_changed_at) AS INTEGER)",
    "mysql": "TIMESTAMPDIFF(SECOND, previous_changed_at, changed_at)",
}

# A run ends at local midnight and at gaps without a change of state: only those that begin
# with another state than the run before are changes. The first run of a ride has none before.
STATUS_CHANGES = """
SELECT park_id, ride_id, changed_at, previous_status, new_status, {seconds} AS previous_seconds
FROM (
  SELECT park_id, ride_id, changed_at, previous_status, new_status,
         LAG(changed_at) OVER (PARTITION BY ride_id ORDER BY changed_at) AS previous_changed_at
  FROM (
    SELECT park_id, ride_id, started_at AS changed_at,
           CASE state WHEN 1 THEN 'open' WHEN 2 THEN 'closed' END AS new_status,
           LAG(CASE state WHEN 1 THEN 'open' WHEN 2 THEN 'closed' END)
             OVER (PARTITION BY ride_id ORDER BY started_at) AS previous_status
    FROM ride_runs
  ) AS runs
  WHERE previous_status IS NULL OR previous_status <> new_status
) AS changes
WHERE previous_status IS NOT NULL
"""


def create_judged() -> None:
    create_table(
        "park_operating_sessions",
        given_id("park_id"),
        needed("started_at", sa.DateTime()),
        needed("local_date", sa.Date()),
        needed("last_running_at", sa.DateTime()),
        optional("ended_at", sa.DateTime()),
        needed("park_stop_seconds", SECONDS),
        needed("unknown_seconds", SECONDS),
        key("park_operating_sessions", "park_id", "started_at"),
        **HISTORY,
    )
    create_table(
        "ride_closures",
        given_id("park_id"),
        needed("stat_date", sa.Date()),
        given_id("ride_id"),
        needed("started_at", sa.DateTime()),
        sa.Column("kind", TINY, nullable=False, server_default="0"),
        needed("ended_at", sa.DateTime()),
        optional("due_at", sa.DateTime()),
        needed("seconds", SECONDS),
        needed("park_wide_seconds", SECONDS),
        needed("is_incident", sa.Boolean()),
        optional("known_at", sa.DateTime()),
        key("ride_closures", "park_id", "stat_date", "ride_id", "started_at"),
        **HISTORY,
    )
    create_index("ix_ride_closures_kind", "ride_closures", ["kind", "started_at"])
    create_table(
        "former_closure_ids",
        given_id("ride_id"),
        needed("started_at", sa.DateTime()),
        needed("gone_at", sa.DateTime()),
        needed("park_id", sa.Integer()),
        optional("known_at", sa.DateTime()),
        needed("reason", TINY),
        optional("moved_to", sa.DateTime()),
        optional("back_at", sa.DateTime()),
        key("former_closure_ids", "ride_id", "started_at", "gone_at"),
        **HISTORY,
    )
    create_table(
        "ride_edges",
        given_id("park_id"),
        needed("started_at", sa.DateTime()),
        needed("edges", LIST),
        key("ride_edges", "park_id", "started_at"),
        **CLUSTERED,
    )
    create_table(
        "reopening_votes",
        given_id("park_id"),
        needed("started_at", sa.DateTime()),
        *cell(),
        key("reopening_votes", "park_id", "started_at", *CELL),
        **CLUSTERED,
    )
    create_table(
        "reopening_odds",
        needed("made_at", sa.DateTime()),
        *cell(),
        needed("chance", sa.Double()),
        key("reopening_odds", "made_at", *CELL),
        **CLUSTERED,
    )
    create_table(
        "ride_status_now",
        given_id("ride_id"),
        needed("park_id", sa.Integer()),
        needed("status", TINY),
        optional("down_since", sa.DateTime()),
        optional("back_today_percentage", sa.SmallInteger()),
        optional("wait_minutes", sa.SmallInteger()),
        optional("changed_at", sa.DateTime()),
        optional("last_updated", sa.DateTime()),
        needed("last_reading_at", sa.DateTime()),
        needed("interval_seconds", sa.Integer()),
        key("ride_status_now", "ride_id"),
        **CLUSTERED,
    )
    create_index("ix_ride_status_now_park_id", "ride_status_now", ["park_id"])


def create_statistics() -> None:
    create_table(
        "ride_daily_stats",
        given_id("park_id"),
        needed("stat_date", sa.Date()),
        given_id("ride_id"),
        *ride_measures(),
        optional("first_open_at", sa.DateTime()),
        optional("last_open_at", sa.DateTime()),
        key("ride_daily_stats", "park_id", "stat_date", "ride_id"),
        **HISTORY,
    )
    create_table(
        "park_daily_stats",
        given_id("park_id"),
        needed("stat_date", sa.Date()),
        *measures(),
        *park_measures(),
        needed("rides_with_downtime", sa.SmallInteger()),
        optional("first_running_at", sa.DateTime()),
        optional("last_running_at", sa.DateTime()),
        needed("is_final", sa.Boolean()),
        needed("is_partial", sa.Boolean()),
        needed("method_version", sa.SmallInteger()),
        key("park_daily_stats", "park_id", "stat_date"),
        **HISTORY,
    )
    for period in ("weekly", "monthly", "yearly"):
        create_table(
            f"ride_{period}_stats",
            needed("period_start", sa.Date()),
            given_id("ride_id"),
            needed("park_id", sa.Integer()),
            *(measures() if period == "yearly" else ride_measures()),
            optional("trend_percentage", sa.Float()),
            key(f"ride_{period}_stats", "period_start", "ride_id"),
            **HISTORY,
        )
        create_table(
            f"park_{period}_stats",
            needed("period_start", sa.Date()),
            given_id("park_id"),
            optional("last_date", sa.Date()),
            *measures(),
            *park_measures(),
            *how_judged(),
            optional("trend_percentage", sa.Float()),
            key(f"park_{period}_stats", "period_start", "park_id"),
            **HISTORY,
        )


def create_period_totals() -> None:
    create_table(
        "ride_period_totals",
        sa.Column("period", TINY, autoincrement=False, nullable=False),
        given_id("ride_id"),
        needed("park_id", sa.Integer()),
        *ride_measures(),
        key("ride_period_totals", "period", "ride_id"),
        **CLUSTERED,
    )
    create_index("ix_ride_period_totals_park_id", "ride_period_totals", ["park_id"])
    create_table(
        "park_period_totals",
        sa.Column("period", TINY, autoincrement=False, nullable=False),
        given_id("park_id"),
        needed("first_date", sa.Date()),
        needed("last_date", sa.Date()),
        *measures(),
        *park_measures(),
        *how_judged(),
        key("park_period_totals", "period", "park_id"),
        **CLUSTERED,
    )


def create_rank_intervals() -> None:
    create_table(
        "rank_sets",
        given_id("set_id"),
        needed("ranked_period", TINY),
        needed("first_date", sa.Date()),
        needed("last_date", sa.Date()),
        needed("worked_out_at", sa.DateTime()),
        needed("closings", sa.String(8)),
        key("rank_sets", "set_id"),
        **CLUSTERED,
    )
    create_table(
        "rank_intervals",
        given_id("set_id"),
        sa.Column("ranked_kind", TINY, autoincrement=False, nullable=False),
        needed("intervals", LIST),
        key("rank_intervals", "set_id", "ranked_kind"),
        **HISTORY,
    )


def create_operations() -> None:
    create_table(
        "aggregation_log",
        needed("timezone", sa.String(64)),
        needed("local_date", sa.Date()),
        needed("period_type", sa.String(10)),
        needed("status", TINY),
        needed("attempts", sa.SmallInteger()),
        needed("started_at", sa.DateTime()),
        optional("finished_at", sa.DateTime()),
        optional("parks_final", sa.Integer()),
        optional("parks_open", sa.Integer()),
        optional("rows_written", sa.Integer()),
        optional("error", sa.Text()),
        needed("method_version", sa.SmallInteger()),
        key("aggregation_log", "timezone", "local_date", "period_type"),
        **CLUSTERED,
    )
    create_table(
        "api_keys",
        needed("key_id", sa.Integer()),
        needed("name", sa.String(100)),
        needed("key_hash", sa.String(64)),
        needed("created_at", sa.DateTime()),
        optional("revoked_at", sa.DateTime()),
        key("api_keys", "key_id"),
        sa.UniqueConstraint("key_hash", name="uq_api_keys_key_hash"),
        **UTF8,
    )
    create_table(
        "api_usage",
        given_id("key_id"),
        needed("hour", sa.DateTime()),
        needed("request_count", sa.Integer()),
        key("api_usage", "key_id", "hour"),
        **CLUSTERED,
    )
    create_table(
        "ready_columns",
        needed("name", sa.String(60)),
        needed("version", sa.Integer()),
        needed("packed", PACKED),
        key("ready_columns", "name"),
        **UTF8,
    )
    create_table(
        "data_version",
        given_id("id"),
        needed("version", sa.Integer()),
        optional("as_of", sa.DateTime()),
        optional("is_simulated", sa.Boolean()),
        key("data_version", "id"),
        **CLUSTERED,
    )


def ride_measures() -> list[sa.Column[Any]]:
    """Of a ride, up to a month."""
    return measures(DAY_SECONDS, days=TINY, readings=SMALLINT, waits=DAY_SECONDS)


def measures(
    seconds: TypeEngine[int] = SECONDS,
    days: TypeEngine[int] = INTEGER,
    readings: TypeEngine[int] = INTEGER,
    waits: TypeEngine[int] = INTEGER,
) -> list[sa.Column[Any]]:
    """What every statistic holds: sums, and the extremes beside them."""
    return [
        needed("open_seconds", seconds),
        needed("downtime_seconds", seconds),
        needed("park_wide_seconds", seconds),
        needed("ongoing_seconds", seconds),
        sa.Column("late_start_seconds", seconds, nullable=False, server_default="0"),
        needed("late_opening_seconds", seconds),
        sa.Column("did_not_reopen_seconds", seconds, nullable=False, server_default="0"),
        needed("early_close_seconds", seconds),
        needed("did_not_operate_seconds", seconds),
        needed("unknown_seconds", seconds),
        needed("expected_seconds", seconds),
        needed("outage_count", readings),
        sa.Column("park_wide_outage_count", readings, nullable=False, server_default="0"),
        needed("status_changes", readings),
        needed("days_operated", days),
        needed("days_not_operated", days),
        needed("longest_outage_seconds", seconds),
        needed("wait_sum", waits),
        needed("wait_count", readings),
        optional("wait_min", sa.SmallInteger()),
        optional("wait_max", sa.SmallInteger()),
    ]


def park_measures() -> list[sa.Column[Any]]:
    """What only a park's statistic holds."""
    return [
        needed("session_seconds", SECONDS),
        needed("park_stop_seconds", SECONDS),
        needed("park_expected_seconds", SECONDS),
        needed("park_unknown_seconds", SECONDS),
        needed("days_with_data", sa.Integer()),
    ]


def how_judged() -> list[sa.Column[Any]]:
    """What is known of several days of a park."""
    return [
        sa.Column("days_provisional", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("days_lost_known", sa.Integer(), nullable=False, server_default="0"),
        optional("lowest_method", sa.SmallInteger()),
        optional("highest_method", sa.SmallInteger()),
    ]


CELL = ("closed_for_minutes", "to_closing_minutes", "are_few_open")


def cell() -> tuple[sa.Column[Any], ...]:
    """A cell of the table of chances to reopen."""
    return (
        sa.Column("closed_for_minutes", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("to_closing_minutes", sa.SmallInteger(), autoincrement=False, nullable=False),
        needed("are_few_open", sa.Boolean()),
        needed("closures", sa.Integer()),
        needed("back", sa.Integer()),
    )


def given_id(name: str) -> sa.Column[int]:
    """An id that is given, by Queue-Times for the most part, and not counted by the database."""
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def needed(name: str, type_: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def optional(name: str, type_: TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=True)


def key(table_name: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table_name}")
