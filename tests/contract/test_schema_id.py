"""The id of the revision that is edited in place is that of the schema it makes."""

from __future__ import annotations

import importlib
from typing import Any

import sqlalchemy as sa
from schema_id import described, schema_id

from park_downtime.database.migrations import frozen
from park_downtime.database.statistics_tables import ride_daily_stats
from park_downtime.database.types import TINY, Coded, UtcDateTime
from park_downtime.model import State

FILE = "0100_schema_of_0_2"
REVISION = importlib.import_module(f"park_downtime.database.migrations.versions.{FILE}")


def table(*columns: sa.Column[Any], name: str = "rides") -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table(
        name, metadata, sa.Column("ride_id", sa.Integer, primary_key=True, autoincrement=False), *columns
    )
    return metadata


def test_the_revision_has_the_id_of_the_schema() -> None:
    views = {
        f"ride_status_changes of {engine}": REVISION.STATUS_CHANGES.format(seconds=seconds)
        for engine, seconds in REVISION.SECONDS_BETWEEN.items()
    }
    wanted = schema_id(ride_daily_stats.metadata, views)
    assert REVISION.revision == wanted, (
        f'the schema was edited: write revision = "{wanted}" in migrations/versions/{FILE}.py, '
        "so that databases of the form before are noticed"
    )


def test_a_table_is_described_in_words_of_our_own() -> None:
    metadata = table(
        sa.Column("name", sa.String(255), nullable=False, unique=True),
        sa.Column("state", Coded(State.UNKNOWN, State.OPEN)),
        sa.Column("seen_at", UtcDateTime, index=True),
        sa.Column("land_key", sa.ForeignKey("lands.land_key")),
        sa.Column("seconds", frozen.DAY_SECONDS, nullable=False, server_default="0"),
    )
    sa.Table("lands", metadata, sa.Column("land_key", sa.Integer, primary_key=True), sqlite_with_rowid=False)
    assert described(metadata) == [
        "lands.land_key: sqlite integer, mysql integer, not null, counted by the database",
        "lands: primary key (land_key)",
        "lands: table None None clustered",
        "rides.land_key: sqlite integer, mysql integer, null",
        "rides.name: sqlite string(255), mysql string(255), not null",
        "rides.ride_id: sqlite integer, mysql integer, not null",
        "rides.seconds: sqlite integer, mysql mediumint unsigned, not null, default 0",
        "rides.seen_at: sqlite datetime, mysql datetime, null",
        "rides.state: sqlite smallint, mysql tinyint unsigned, null",
        "rides: foreign key (land_key) of lands.land_key",
        "rides: index ix_rides_seen_at (seen_at)",
        "rides: primary key (ride_id)",
        "rides: table None None",
        "rides: unique (name)",
    ]


def test_an_id_is_known_for_good() -> None:
    """Another version of Python or SQLAlchemy that made another one would refuse every database."""
    assert schema_id(table(sa.Column("name", sa.String(255))), {"names": "SELECT 1"}) == "0100_03577e76"


def test_the_place_of_a_column_is_no_part_of_it() -> None:
    there = table(sa.Column("name", sa.String(255)), sa.Column("state", TINY))
    back = table(sa.Column("state", TINY), sa.Column("name", sa.String(255)))
    assert schema_id(there, {}) == schema_id(back, {})


def test_whatever_is_changed_makes_another_id() -> None:
    names = [
        sa.Column("name", sa.String(255)),
        sa.Column("called", sa.String(255)),
        sa.Column("name", sa.String(100)),
        sa.Column("name", sa.Text),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("name", sa.String(255), unique=True),
        sa.Column("name", sa.String(255), index=True),
        sa.Column("name", sa.String(255), server_default="x"),
        sa.Column("name", sa.String(255), primary_key=True),
    ]
    forms = [schema_id(table(name), {}) for name in names]
    forms += [schema_id(table(), {}), schema_id(table(), {"names": "SELECT 1"})]
    assert len(set(forms)) == 11
